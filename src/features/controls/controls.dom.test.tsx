import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { parseScenario } from '../../engine/scenario/parse';
import type { Scenario } from '../../engine/scenario/types';
import { type Lang, setLang } from '../../i18n/area';
import { UiRoot } from '../../ui/UiRoot';
import type { FoundMessage } from '../../worker/protocol';
import { ControlsPanel } from './ControlsPanel';
import { ControlsCallsContext } from './calls';
import type { ControlsData } from './data';
import { type Differs, SAMPLE_FILE, sampleView } from './fixture';
import { settingsAfter } from './model/settings';

function scenarioOf(version: string, actions: readonly object[], file: object): Scenario {
  const parsed = parseScenario({ ...SAMPLE_FILE, productVersion: version, actions, ...file });
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  return parsed.scenario;
}

interface Shown extends Differs, Partial<Pick<ControlsData, 'process' | 'link'>> {
  readonly actions?: readonly object[];
  readonly version?: string;
  /** Parts of the file that are other than in the sample. */
  readonly file?: object;
  readonly lang?: Lang;
  readonly find?: (text: string) => Promise<readonly FoundMessage[]>;
}

function show({
  actions = [],
  version = '5.3',
  file = {},
  lang = 'en',
  find,
  process = null,
  link = null,
  ...differs
}: Shown = {}) {
  setLang(lang);
  const scenario = scenarioOf(version, actions, file);
  const settings = settingsAfter(scenario, scenario.actions);
  const view = sampleView(differs);
  const data = {
    view,
    scenario,
    actions: scenario.actions,
    settings,
    marks: [],
    process,
    link,
    refusal: null,
  };
  const calls = { act: vi.fn(), find: find ?? (async () => []), follow: vi.fn() };
  render(
    <UiRoot lang={lang}>
      <ControlsCallsContext value={calls}>
        <ControlsPanel data={data} />
      </ControlsCallsContext>
    </UiRoot>,
  );
  return { user: userEvent.setup(), ...calls };
}

/** Types into a number field and takes it with Enter; at once, for each letter would draw the panel again. */
function enter(field: HTMLElement, text: string): void {
  fireEvent.change(field, { target: { value: text } });
  fireEvent.keyDown(field, { key: 'Enter' });
}

beforeEach(() => setLang('en'));

describe('a configuration key', () => {
  it('is set by exactly one action, and shows the line of broker.conf and the restart it needs', async () => {
    const { user, act } = show();
    const choice = screen.getByRole('radiogroup', { name: 'flushDiskType of broker-b:0' });
    await user.click(within(choice).getByRole('radio', { name: 'SYNC' }));
    expect(act.mock.calls).toEqual([
      [{ do: 'set', target: 'broker-b:0', config: { flushDiskType: 'SYNC_FLUSH' } }],
    ]);
    const note = screen.getByRole('region', { name: 'flushDiskType of broker-b:0 changed' });
    expect(note.textContent).toContain('flushDiskType=SYNC_FLUSH');
    expect(note.textContent).toContain('mqadmin updateBrokerConfig -b <addr> -k flushDiskType -v SYNC_FLUSH');
    expect(note.textContent).toContain('as after an instant restart');
  });

  it('has its line copied by a button', async () => {
    const { user } = show();
    const choice = screen.getByRole('radiogroup', { name: 'brokerRole of broker-a:0' });
    await user.click(within(choice).getByRole('radio', { name: 'SYNC' }));
    await user.click(screen.getByRole('button', { name: 'Copy: brokerRole=SYNC_MASTER' }));
    expect(await navigator.clipboard.readText()).toBe('brokerRole=SYNC_MASTER');
    expect(await screen.findByText('Copied')).toBeTruthy();
  });

  it('is found among all keys of the selected process and refuses a number out of range in words', async () => {
    const { user, act } = show({ process: 'broker-a:0' });
    await user.click(screen.getByRole('button', { name: 'All keys…' }));
    fireEvent.change(screen.getByPlaceholderText('Search the keys'), { target: { value: 'insync' } });
    expect(screen.queryByRole('textbox', { name: /slaveTimeout/ })).toBeNull();
    const field = screen.getByRole('textbox', { name: 'inSyncReplicas of broker-a:0 (copies)' });
    enter(field, '0');
    expect(screen.getByRole('alert').textContent).toBe('0 is outside 1 to 64. Still 1.');
    enter(field, 'two');
    expect(screen.getByRole('alert').textContent).toBe('“two” is not a number. Still 1.');
    expect(act).not.toHaveBeenCalled();
    enter(field, '2');
    expect(act.mock.calls).toEqual([[{ do: 'set', target: 'broker-a:0', config: { inSyncReplicas: 2 } }]]);
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByText('inSyncReplicas=2')).toBeTruthy();
  });

  it('of a client shows the setter', async () => {
    const { user, act } = show({ process: 'P1' });
    await user.click(screen.getByRole('button', { name: 'All keys…' }));
    const field = screen.getByRole('textbox', { name: 'sendMsgTimeout of P1 (ms)' });
    enter(field, '8000');
    expect(act.mock.calls).toEqual([[{ do: 'set', target: 'P1', config: { sendMsgTimeout: 8_000 } }]]);
    expect(screen.getByText('producer.setSendMsgTimeout(8000);')).toBeTruthy();
  });

  it('that differs from its default is counted', () => {
    show({
      process: 'broker-a:0',
      actions: [
        { at: '1s', do: 'set', target: 'broker-a:0', config: { slaveTimeout: 1, slaveReadEnable: true } },
      ],
    });
    expect(screen.getByText('2 changed')).toBeTruthy();
  });
});

it('says that SYNC_MASTER waits for nobody with inSyncReplicas=1, and that of 5.3 only', () => {
  const actions = [{ at: '1s', do: 'set', target: 'broker-a:0', config: { brokerRole: 'SYNC_MASTER' } }];
  show({ actions });
  expect(screen.getByText(/waits for the slave only with inSyncReplicas=2/)).toBeTruthy();
  cleanup();
  show({ actions, version: '4.9' });
  expect(screen.queryByText(/only with inSyncReplicas=2/)).toBeNull();
});

describe('the workload', () => {
  it('is set once, when the drag ends', () => {
    const { act } = show();
    const rate = screen.getByRole('slider', { name: 'rate' });
    expect(rate.getAttribute('aria-valuetext')).toBe('20 msg/s');
    fireEvent.keyDown(rate, { key: 'End' });
    expect(act.mock.calls).toEqual([[{ do: 'set', target: 'P1', workload: { ratePerSecond: 10_000 } }]]);
  });

  it('pauses a client, and lets it go on', async () => {
    const { user, act } = show({ producer: { paused: true } });
    await user.click(screen.getByRole('button', { name: 'Resume P1' }));
    await user.click(screen.getByRole('button', { name: 'Pause C1' }));
    expect(act.mock.calls).toEqual([
      [{ do: 'resume', target: 'P1' }],
      [{ do: 'pause', target: 'billing-1' }],
    ]);
  });

  it('of the selected producer says how it sends from now on', async () => {
    const { user, act } = show({ process: 'P1' });
    await user.click(screen.getByRole('button', { name: 'More of the workload' }));
    await user.click(screen.getByRole('radio', { name: 'oneway' }));
    expect(act.mock.calls).toEqual([[{ do: 'set', target: 'P1', workload: { mode: 'oneway' } }]]);
  });

  it('of the selected consumer fails its next messages', async () => {
    const { user, act } = show({ process: 'billing-2' });
    await user.click(screen.getByRole('button', { name: 'More of the workload' }));
    const count = screen.getByRole('textbox', { name: 'fail next (msgs)' });
    enter(count, '3');
    await user.click(screen.getByRole('button', { name: 'Fail' }));
    expect(act.mock.calls).toEqual([[{ do: 'fail', target: 'billing-2', messages: 3 }]]);
  });
});

describe('what each message carries', () => {
  const open = async (shown: Shown = {}) => {
    const { user, act } = show({ process: 'P1', ...shown });
    await user.click(screen.getByRole('button', { name: 'More of the workload' }));
    return { user, act };
  };

  it('is a delay level that its brokers have', async () => {
    const { user, act } = await open();
    screen.getByRole('combobox', { name: 'delay' }).focus();
    await user.keyboard('{Enter}');
    await user.click(screen.getByRole('option', { name: 'level 3 · 10s' }));
    expect(act.mock.calls).toEqual([[{ do: 'set', target: 'P1', workload: { delayLevel: 3 } }]]);
  });

  it('are tags and properties, refused in words when they are written otherwise', async () => {
    const { act } = await open();
    enter(screen.getByRole('textbox', { name: 'tags' }), 'TagA, TagB');
    enter(screen.getByRole('textbox', { name: 'properties' }), 'region');
    expect(screen.getByRole('alert').textContent).toBe('Write name=value; name=value.');
    enter(screen.getByRole('textbox', { name: 'properties' }), 'region=eu|us; vip=true');
    expect(act.mock.calls.map(([action]) => action.workload)).toEqual([
      { tags: ['TagA', 'TagB'] },
      { properties: { region: ['eu', 'us'], vip: ['true'] } },
    ]);
  });

  it('is no timer in 4.9', async () => {
    await open({ version: '4.9' });
    expect(screen.queryByRole('textbox', { name: 'timer (ms)' })).toBeNull();
  });

  it('of a transaction is how it ends and what a check is told', async () => {
    const mode = {
      at: '1s',
      do: 'add',
      producer: { id: 'P9', group: 'tx', topic: 'Orders', mode: 'transaction' },
    };
    const { act } = await open({
      actions: [mode],
      producer: { id: 'P9', mode: 'transaction' },
      process: 'P9',
    });
    enter(screen.getByRole('textbox', { name: 'outcomes' }), 'commit, maybe');
    expect(screen.getByRole('alert').textContent).toBe(
      'Only these words: commit, rollback, unknown, exception.',
    );
    enter(screen.getByRole('textbox', { name: 'outcomes' }), 'commit, unknown');
    expect(act.mock.calls).toEqual([
      [
        {
          do: 'set',
          target: 'P9',
          workload: {
            localTransaction: expect.objectContaining({
              outcomes: ['commit', 'unknown'],
              answers: ['truth'],
            }),
          },
        },
      ],
    ]);
  });
});

it('sends all dead letters of a group again, once there are any', async () => {
  show();
  expect(screen.queryByText('Dead letters')).toBeNull();
  cleanup();
  const lane = {
    id: 'deadLetter:billing',
    kind: 'deadLetter',
    topic: '%DLQ%billing',
    group: 'billing',
  } as const;
  const { user, act } = show({ lanes: [{ ...lane, waiting: 0, ready: 5, levels: [], parked: [] }] });
  await user.click(screen.getByRole('button', { name: 'Send the 5 dead letters of billing again' }));
  expect(act.mock.calls).toEqual([[{ do: 'resendDeadLetters', group: 'billing' }]]);
});

it('offers only the dead letters that were not sent again, and says what became of the others', async () => {
  const lane = { id: 'deadLetter:g', kind: 'deadLetter', topic: '%DLQ%g', group: 'g', levels: [] } as const;
  const resent = { atUs: 70_500_000, topic: 'Orders', replicaGroup: 'broker-a', queueId: 2 };
  const copies = { mem: 2, disk: true, replica: 0, lost: false } as const;
  const parked = [{ message: 1, key: 'order-1', dueUs: 0, level: 0, attempt: 17, copies, resent }];
  show({ lanes: [{ ...lane, waiting: 0, ready: 5, resent: 3, parked }] });
  expect(screen.getByRole('button', { name: 'Send the 2 dead letters of g again' })).toBeTruthy();
  expect(screen.getByText(/^3 sent again, last to Orders at 70\.5 s\./)).toBeTruthy();
  cleanup();
  show({ lanes: [{ ...lane, waiting: 0, ready: 3, resent: 3, parked }] });
  expect(screen.queryByRole('button', { name: /dead letters of g/ })).toBeNull();
  expect(screen.getByText('all sent again')).toBeTruthy();
});

describe('the faults', () => {
  it('befall the selected process, and are undone by a second press', async () => {
    const { user, act } = show({ process: 'broker-b:0' });
    await user.click(screen.getByRole('button', { name: 'Power loss' }));
    expect(act.mock.calls).toEqual([[{ do: 'kill', target: 'broker-b:0', failure: 'power' }]]);
    cleanup();
    const dead = show({
      process: 'broker-b:0',
      master: { state: 'down', failure: 'power', sinceUs: 71_900_000 },
    });
    const power = screen.getByRole('button', { name: 'Power loss', pressed: true });
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'kill -9' }).disabled).toBe(true);
    await dead.user.click(power);
    expect(dead.act.mock.calls).toEqual([[{ do: 'restart', target: 'broker-b:0' }]]);
  });

  it('of a controller: shut down it stays a member, and the majority does not shrink', async () => {
    const controllers = ['controller-1', 'controller-2', 'controller-3'].map((id) => ({ id }));
    const { user, act } = show({
      process: 'controller-2',
      file: { controllers },
      controllers: controllers.map(({ id }) => id),
    });
    const button = screen.getByRole('button', { name: 'Shut down' });
    await user.hover(button);
    expect((await screen.findAllByText(/stays a member: the group still needs 2 of 3/))[0]).toBeTruthy();
    await user.click(button);
    expect(act.mock.calls).toEqual([[{ do: 'remove', target: 'controller-2' }]]);
  });

  it('cut the link to the slave of a master', async () => {
    const { user, act } = show({ process: 'broker-b:0' });
    await user.click(screen.getByRole('button', { name: 'Cut link' }));
    expect(act.mock.calls).toEqual([[{ do: 'cut', between: ['broker-b:0', 'broker-b:1'] }]]);
  });

  it('of a selected link are those of links', () => {
    const between = ['P1', 'broker-a:0'] as const;
    show({ link: between, links: [{ between, cut: true, latencyUs: 500 }] });
    expect(screen.queryByRole('button', { name: 'Power loss' })).toBeNull();
    expect(screen.getByText('link P1 – broker-a:0')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Cut link', pressed: true })).toBeTruthy();
  });

  it('make a backlog with one click', async () => {
    const { user, act } = show();
    await user.click(screen.getByRole('button', { name: 'Trigger a backlog' }));
    expect(act.mock.calls).toEqual([[{ do: 'burst', target: 'P1', messages: 5_000 }]]);
  });
});

describe('what is in force', () => {
  it('stands with its time and a button that undoes it', async () => {
    const { user, act } = show({ master: { state: 'down', failure: 'power', sinceUs: 71_900_000 } });
    expect(screen.getByText('broker-b:0 no power')).toBeTruthy();
    expect(screen.getByText('71.9 s')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Restart: broker-b:0 no power' }));
    expect(act.mock.calls).toEqual([[{ do: 'restart', target: 'broker-b:0' }]]);
  });

  it('is nothing, in words, in both languages', () => {
    show();
    expect(screen.getByText('Everything runs as the scenario has it.')).toBeTruthy();
    cleanup();
    show({ lang: 'zh' });
    expect(screen.getByText('一切按场景运行。')).toBeTruthy();
  });
});

describe('one message by hand', () => {
  it('is sent with a key of its own, and followed as soon as it is there', async () => {
    const sent: FoundMessage[] = [{ message: 3, name: 'm3', key: 'hand-1' }];
    const { user, act, follow } = show({ find: async () => sent });
    act.mockImplementation(() => sent.push({ message: 90, name: 'm90', key: 'hand-1' }));
    await user.click(screen.getByRole('button', { name: 'Send one' }));
    await user.type(screen.getByRole('textbox', { name: 'tag' }), 'TagA');
    await user.click(screen.getByRole('button', { name: 'Send and follow' }));
    expect(await screen.findByText('Following m90.')).toBeTruthy();
    expect(act.mock.calls).toEqual([[{ do: 'send', target: 'P1', message: { key: 'hand-1', tag: 'TagA' } }]]);
    expect(follow.mock.calls).toEqual([[90]]);
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'key' }).value).toBe('hand-2');
  });

  it('refuses a tag with a space', async () => {
    const { user, act } = show();
    await user.click(screen.getByRole('button', { name: 'Send one' }));
    await user.type(screen.getByRole('textbox', { name: 'tag' }), 'a b{Enter}');
    expect(screen.getByRole('alert').textContent).toBe('A tag has no space and no bar.');
    expect(act).not.toHaveBeenCalled();
  });
});

describe('adding', () => {
  it('adds a consumer of another group that pops and reads what it filters', async () => {
    const { user, act } = show();
    await user.click(screen.getByRole('button', { name: 'New consumer' }));
    const form = within(screen.getByRole('form', { name: 'New consumer' }));
    fireEvent.change(form.getByRole('textbox', { name: 'group' }), { target: { value: 'audit' } });
    await user.click(form.getByRole('radio', { name: 'sql' }));
    fireEvent.change(form.getByRole('textbox', { name: 'filter' }), { target: { value: "region = 'eu'" } });
    await user.click(form.getByRole('radio', { name: 'pop' }));
    await user.click(form.getByRole('button', { name: 'Add this consumer' }));
    expect(act.mock.calls).toEqual([
      [
        {
          do: 'add',
          consumer: {
            ...{ id: 'audit-1', group: 'audit', topic: 'Orders', filter: { sql: "region = 'eu'" } },
            ...{ listener: 'concurrently', protocol: 'pop', messageModel: 'CLUSTERING', idempotent: 'none' },
          },
        },
      ],
    ]);
  });

  it('sets consumeMessageOrderly of the group before a client of version 5 that is to consume in order', async () => {
    const { user, act } = show();
    await user.click(screen.getByRole('button', { name: 'New consumer' }));
    const form = within(screen.getByRole('form', { name: 'New consumer' }));
    fireEvent.change(form.getByRole('textbox', { name: 'group' }), { target: { value: 'audit' } });
    await user.click(form.getByRole('radio', { name: 'orderly' }));
    expect(form.queryByRole('status')).toBeNull();
    await user.click(form.getByRole('radio', { name: 'grpc' }));
    expect(form.getByRole('status').textContent).toContain('consumeMessageOrderly=true');
    await user.click(form.getByRole('button', { name: 'Add this consumer' }));
    expect(act.mock.calls).toEqual([
      [
        { do: 'alterGroup', group: 'audit', config: { consumeMessageOrderly: true } },
        {
          do: 'add',
          consumer: expect.objectContaining({ id: 'audit-1', listener: 'orderly', protocol: 'grpc' }),
        },
      ],
    ]);
    await user.click(form.getByRole('radio', { name: 'concurrently' }));
    expect(form.queryByRole('status')).toBeNull();
  });

  it('sets consumeMessageOrderly of the group of a client of version 5, and shows what was set', async () => {
    const consumers = SAMPLE_FILE.consumers.map((consumer) => ({ ...consumer, protocol: 'grpc' }));
    const group = 'billing';
    const on = { at: '5s', do: 'alterGroup', group, config: { consumeMessageOrderly: true } };
    const { user, act } = show({ file: { consumers }, actions: [on] });
    await user.click(screen.getByRole('button', { name: 'More of the workload' }));
    const [order] = screen.getAllByRole('switch', { name: 'consumeMessageOrderly' });
    expect(order?.getAttribute('aria-checked')).toBe('true');
    await user.click(order as HTMLElement);
    expect(act.mock.calls).toEqual([[{ do: 'alterGroup', group, config: { consumeMessageOrderly: false } }]]);
  });

  it('adds a consumer like those that are there', async () => {
    const { user, act } = show();
    await user.click(screen.getByRole('button', { name: 'Add' }));
    await user.click(screen.getByRole('button', { name: 'Add: Consumer' }));
    expect(act.mock.calls).toEqual([
      [
        {
          do: 'add',
          consumer: {
            id: 'billing-3',
            group: 'billing',
            topic: 'Orders',
            messageModel: 'CLUSTERING',
            processingMs: 20,
          },
        },
      ],
    ]);
  });

  it('says that controllers do not join a running group, where there are any', async () => {
    const { user } = show();
    await user.click(screen.getByRole('button', { name: 'Add' }));
    expect(screen.queryByText(/controllerDLegerPeers/)).toBeNull();
    cleanup();
    const { user: other } = show({ file: { controllers: [{ id: 'controller-1' }] } });
    await other.click(screen.getByRole('button', { name: 'Add' }));
    expect(screen.getByText(/cannot join a group that runs.*restart them all/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: /Controller/ })).toBeNull();
  });

  it('changes how many queues a topic has', async () => {
    const { user, act } = show();
    await user.click(screen.getByRole('button', { name: 'Topic' }));
    const queues = screen.getByRole('textbox', { name: 'queues each (queues)' });
    enter(queues, '8');
    await user.click(screen.getByRole('button', { name: 'Change' }));
    expect(act.mock.calls).toEqual([
      [{ do: 'alterTopic', topic: 'Orders', queues: 8, brokers: ['broker-a', 'broker-b'] }],
    ]);
  });
});

it('says everything in Chinese', () => {
  show({ lang: 'zh', process: 'broker-a:0' });
  for (const name of ['断电', '切断链路', '制造堆积', '全部配置…'])
    expect(screen.getByRole('button', { name })).toBeTruthy();
  expect(screen.getByRole('slider', { name: '速率' }).getAttribute('aria-valuetext')).toBe('20 条/s');
});
