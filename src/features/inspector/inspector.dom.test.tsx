import { act, cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { MessageDetails, NodeDetails, TraceLineView } from '../../engine/details';
import type { Why } from '../../engine/report/why';
import type { ClusterView, ReplicaView } from '../../engine/view';
import { type Lang, setLang } from '../../i18n/area';
import { UiRoot } from '../../ui/UiRoot';
import type { Answer, EntryView, Mark, Question } from '../../worker/protocol';
import { type Ask, InspectorCallsContext } from './calls';
import type { InspectorData, InspectorTab } from './data';
import { InspectorPanel } from './InspectorPanel';

const DEAD = {
  id: 'broker-b:0',
  node: 1,
  host: 'broker-b:0',
  state: 'down',
  failure: 'power',
  sinceUs: 71_900_000,
} as const;

const replica = (parts: Partial<ReplicaView>): ReplicaView => ({
  ...{ id: 'broker-b:1', node: 2, host: 'broker-b:1', state: 'up', sinceUs: 0 },
  role: 'follower',
  replica: 1,
  chips: [],
  strip: {
    ...{
      columns: [],
      messagesPerColumn: 1,
      appendedBytes: 1_727_740,
      flushedBytes: 1_719_312,
      replicatedBytes: 0,
    },
    ...{ unflushed: 7, replicaOnly: 0, lost: 0, followerLag: 0 },
  },
  believers: [],
  servesReads: false,
  ...{ waitingFlush: 0, waitingReplicas: 0, cpu: 0, disk: 0 },
  ...parts,
});

const VIEW: ClusterView = {
  nowUs: 75_500_000,
  registries: [
    {
      ...{ id: 'ns-1', node: 0, host: 'ns-1', state: 'up', sinceUs: 0, topics: 1 },
      rows: [
        {
          group: 'broker-b',
          replica: 0,
          process: 'broker-b:0',
          ageUs: 33_000_000,
          limitUs: 120_000_000,
          true: false,
        },
      ],
    },
  ],
  groups: [
    {
      id: 'broker-b',
      replicas: [
        replica({
          ...DEAD,
          role: 'leader',
          replica: 0,
          strip: {
            ...{ columns: [], messagesPerColumn: 1, appendedBytes: 1_731_352, flushedBytes: 1_718_108 },
            ...{ replicatedBytes: 1_727_740, unflushed: 0, replicaOnly: 8, lost: 3, followerLag: 3 },
          },
        }),
        replica({}),
      ],
      queues: [
        {
          ...{ queue: 4, topic: 'Orders', queueId: 0, min: 0, max: 352, lostOffsets: [351], tail: [] },
          positions: [{ group: 'order-billing', committed: 341, owners: ['C2'] }],
        },
      ],
    },
  ],
  clients: [],
  consumerGroups: [],
  lanes: [],
  links: [],
};

const NODE: NodeDetails = {
  process: DEAD,
  kind: 'broker',
  config: [
    { key: 'flushDiskType', value: 'ASYNC_FLUSH', changed: false },
    { key: 'slaveTimeout', value: 8_000, changed: true },
  ],
  sections: [
    {
      title: { en: 'Consumer offsets in memory', zh: '内存中的消费位点' },
      source: 'ConsumerOffsetManager.offsetTable',
      columns: ['topic@group', 'offsets'],
      rows: [['Orders@order-billing', '341, 360']],
    },
  ],
};

const LOST: Why = {
  message: 1_431,
  name: 'm-001431',
  verdict: 'lost',
  complete: true,
  steps: [
    ['send.called', 'PR-1', 71_817_400, 'P1 sends m-001431.', 'P1 发送 m-001431。'],
    ['message.stored', 'BR-2', 71_818_000, 'broker-b:0 appends m-001431.', 'broker-b:0 追加 m-001431。'],
    ['host.power-lost', 'EN-3', 71_900_000, 'broker-b:0 loses power.', 'broker-b:0 断电。'],
    ['message.lost', 'EN-20', 71_900_000, 'No copy is left anywhere.', '任何地方都没有副本了。'],
  ].map(([type, rule, timeUs, en, zh], i) => ({
    ...{ entry: i, timeUs: Number(timeUs), node: 'broker-b:0', type: String(type), rule: String(rule) },
    beat: 'hop' as const,
    text: { en: String(en), zh: String(zh) },
  })),
};

const DETAILS: MessageDetails = {
  ...{
    message: 9,
    name: 'm-000009',
    uniqueKey: 'UK',
    topic: 'Orders',
    key: 'order-9',
    tag: 'TagA',
    properties: { region: 'EU' },
    body: '',
  },
  ...{ bytes: 1_024, bornUs: 3_000_000, producer: 'P1', result: 'SEND_OK', attempts: 2, verdict: 'volatile' },
  copies: [
    {
      ...{ process: 'broker-b:0', where: 'page cache', queue: 'Orders@broker-b#0' },
      ...{ offset: 12, physicalOffset: 0, offsetMsgId: 'OM', sysFlag: '0', reachable: true },
    },
    {
      ...{ process: 'broker-b:1', where: 'disk', queue: 'Orders@broker-b#0' },
      ...{ offset: 12, physicalOffset: 0, offsetMsgId: 'OM', sysFlag: '0', reachable: false },
    },
  ],
  deliveries: [{ group: 'order-billing', count: 2, wanted: true, done: false }],
};

const DETAILS_OF = new Map([[9, DETAILS]]);

const entry = (id: number, text: string): EntryView => ({
  ...{
    id,
    timeUs: id * 1_000_000,
    node: 0,
    type: 'x.y',
    rule: 'NS-16',
    cause: id - 1,
    beat: 'none',
    message: -1,
  },
  text: { en: text, zh: text },
});

const FINDINGS = new Map<number, Why['finding']>();

function answerTo(question: Question): Answer {
  switch (question.kind) {
    case 'node':
      return { kind: 'node', details: NODE };
    case 'why':
      return {
        kind: 'why',
        why: FINDINGS.has(question.message)
          ? { ...LOST, verdict: 'safe', finding: FINDINGS.get(question.message) }
          : question.message === 9
            ? { ...LOST, message: 9, verdict: 'volatile', steps: [] }
            : LOST,
      };
    case 'message':
      return { kind: 'message', details: DETAILS_OF.get(question.message) };
    case 'find':
      return { kind: 'find', messages: [{ message: 9, name: 'm-000009', key: 'order-9' }] };
    case 'causes':
      return {
        kind: 'causes',
        entries:
          question.entry === 5
            ? [{ ...entry(5, 'C1 fails on m-000009.'), message: 9 }]
            : [entry(1, 'The heartbeat is late.'), entry(2, 'ns-1 drops broker-b.')],
      };
    case 'entries':
      return { kind: 'entries', entries: [entry(3, 'P1 sends m-000009.')], reachedStart: true };
    default:
      return { kind: 'none', reason: { en: 'no answer', zh: '没有回答' } };
  }
}

interface Shown extends Partial<InspectorData> {
  readonly tab: InspectorTab;
  readonly lang?: Lang;
  readonly lost?: number;
}

function show({ tab, lang = 'en', lost = 3, ...parts }: Shown) {
  setLang(lang);
  const verdict = {
    ...{ acknowledged: 3_000, acknowledgedLost: lost, consumedBefore: 0, stranded: 0, unavailable: 0 },
    ...{ duplicates: 0, orderViolations: 0, unresolvedTransactions: 0 },
  };
  const data: InspectorData = {
    ...{ view: VIEW, verdict, step: 1, process: null, message: null, entry: null, followed: null },
    ...{ nowUs: 75_000_000, marks: [] },
    ...parts,
  };
  const asked = vi.fn(async (question: Question) => answerTo(question));
  const calls = {
    ask: asked as unknown as Ask,
    seek: vi.fn(),
    pickMessage: vi.fn(),
    openMessage: vi.fn(),
    follow: vi.fn(),
    showWhy: vi.fn(),
    chooseScenario: vi.fn(),
  };
  const page = (now: InspectorData) => (
    <UiRoot lang={lang}>
      <InspectorCallsContext value={calls}>
        <InspectorPanel data={now} tab={tab} onTab={() => {}} />
      </InspectorCallsContext>
    </UiRoot>
  );
  const { rerender } = render(page(data));
  const at = (step: number) => rerender(page({ ...data, step }));
  return { user: userEvent.setup(), asked, at, ...calls };
}

afterEach(() => vi.useRealTimers());

describe('with nothing selected', () => {
  it.each([
    ['en', 'Select a node, a message or a verdict.'],
    ['zh', '点选节点、消息或结论。'],
  ] as const)('says what to select (%s)', (lang, text) => {
    for (const tab of ['node', 'message', 'why'] as const) {
      show({ tab, lang });
      expect(screen.getByText(text)).toBeTruthy();
      cleanup();
    }
  });

  it.each([
    ['en', 'Nothing was lost in this run. Other scenarios lose messages.', 'Choose a scenario'],
    ['zh', '本次没有丢失。别的场景会丢消息。', '选择场景'],
  ] as const)('and nothing lost, leads to the other scenarios (%s)', async (lang, text, button) => {
    const { user, chooseScenario } = show({ tab: 'why', lang, lost: 0 });
    expect(screen.getByText(text)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: button }));
    expect(chooseScenario).toHaveBeenCalledOnce();
  });
});

describe('a process', () => {
  it('shows its state, who still believes in it, what is not at its default, and its tables', async () => {
    const { user } = show({ tab: 'node', process: 'broker-b:0' });
    expect(await screen.findByText('power lost 71.9 s')).toBeTruthy();
    const beliefs = screen.getByRole('region', { name: 'What others believe' });
    expect(within(beliefs).getByText('believed alive · 87 s left')).toBeTruthy();
    expect(screen.getByText('slaveTimeout')).toBeTruthy();
    expect(screen.queryByText('flushDiskType')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Show all 2 keys' }));
    expect(screen.getByText('flushDiskType')).toBeTruthy();
    expect(screen.getByText('ConsumerOffsetManager.offsetTable')).toBeTruthy();
    expect(screen.getByRole('cell', { name: '341, 360' })).toBeTruthy();
  });

  it('tells what was remarkable at it so far, newest first, and leads to why', async () => {
    const mark = (id: number, text: string, more: Partial<Mark> = {}): Mark => ({
      ...{ id, timeUs: id * 1_000_000, untilUs: id * 1_000_000, count: 1, beat: 'fault', type: 'x.y' },
      ...{ rule: 'EN-3', node: DEAD.node, message: -1, text: { en: text, zh: text } },
      ...more,
    });
    const marks = [
      mark(1, 'It starts.'),
      mark(2, 'Another starts.', { node: DEAD.node + 1 }),
      mark(3, 'It refuses.', { count: 4 }),
      mark(4, 'It goes on.', { count: 7, untilUs: 90_000_000 }),
      mark(99, 'It comes back.'),
    ];
    const { user, showWhy } = show({ tab: 'node', process: 'broker-b:0', marks });
    const lately = within(await screen.findByRole('region', { name: 'What happened to it' }));
    const lines = lately.getAllByRole('button');
    expect(lines.map((line) => line.textContent)).toEqual([
      '4.000 sIt goes on.',
      '3.000 sIt refuses. (4 like it)',
      '1.000 sIt starts.',
    ]);
    await user.click(lines[1] as HTMLElement);
    expect(showWhy.mock.calls).toEqual([[3]]);
  });

  it('is asked for at most four times a second while the run goes on', async () => {
    vi.useFakeTimers();
    const { asked, at } = show({ tab: 'node', process: 'broker-b:0' });
    await act(async () => {
      await vi.advanceTimersByTimeAsync(0);
    });
    for (let step = 2; step <= 11; step++) {
      at(step);
      await act(async () => {
        await vi.advanceTimersByTimeAsync(100);
      });
    }
    expect(asked.mock.calls.length).toBeGreaterThanOrEqual(4);
    expect(asked.mock.calls.length).toBeLessThanOrEqual(5);
    expect(new Set(asked.mock.calls.map(([question]) => JSON.stringify(question)))).toEqual(
      new Set(['{"kind":"node","id":"broker-b:0"}']),
    );
  });
});

describe('a message', () => {
  it('is found by its name or key and picked', async () => {
    const { user, pickMessage } = show({ tab: 'message' });
    await user.type(screen.getByRole('textbox', { name: 'Find by name, key or id' }), 'order-9');
    await user.click(await screen.findByRole('button', { name: /m-000009/ }));
    expect(pickMessage.mock.calls).toEqual([[9]]);
  });

  it('says of each record what it is beside the message', async () => {
    const [copy] = DETAILS.copies;
    const kept = (as: 'delayed' | 'deadLetter' | 'half', attempt: number, level = 0) => ({
      ...{ ...copy!, offset: attempt, queue: as },
      kept: { as, attempt, level },
    });
    const copies = [kept('delayed', 2, 4), kept('deadLetter', 17), kept('half', 0)];
    DETAILS_OF.set(10, { ...DETAILS, copies });
    show({ tab: 'message', message: 10 });
    const list = within(await screen.findByRole('region', { name: 'Copies' })).getAllByRole('listitem');
    expect(list.map((item) => item.querySelector('b + span')?.textContent)).toEqual([
      'retry 2 · delayed, level 4',
      'dead letter, failed 17×',
      'half message, 0 checks',
    ]);
  });

  describe('the message trace', () => {
    const line: TraceLineView = {
      ...{ type: 'Pub', client: 'P1', group: 'producers', timeUs: 3_000_000, costUs: 2_000 },
      ...{ success: true, offsetMsgId: 'OM', request: 0, fromCheck: false },
    };
    const call = { ...line, client: 'C1', group: 'order-billing', offsetMsgId: undefined, request: 7 };
    const trace: NonNullable<MessageDetails['trace']> = {
      ...{ lines: [line, { ...call, type: 'SubBefore', retryTimes: 1 }], topicExists: true },
      ...{ clients: [{ id: 'C2', traced: false, waiting: 0 }], switchedOff: false },
    };
    const traceOf = async (parts: Partial<typeof trace>) => {
      DETAILS_OF.set(11, { ...DETAILS, trace: { ...trace, ...parts } });
      show({ tab: 'message', message: 11 });
      return within(await screen.findByRole('region', { name: 'Message trace' }));
    };

    it('stands beside what happened, and says what it lacks', async () => {
      const section = await traceOf({});
      expect(section.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
        'Pub P13.000 s2 ms · successOM',
        'Sub C13.000 sretryTimes 1 · no SubAfter',
      ]);
      expect(section.getAllByText('1 in the trace, 2 in fact')).toHaveLength(2);
      expect(section.getByText(/What is missing had no answer/)).toBeTruthy();
      expect(section.getByText('Without enableTrace: C2.')).toBeTruthy();
    });

    it('says why it is empty, and what a client still has to send', async () => {
      const off = await traceOf({ lines: [] });
      expect(off.getByText(/enableTrace is off at all clients/)).toBeTruthy();
      cleanup();
      const waiting = await traceOf({ lines: [], clients: [{ id: 'C1', traced: true, waiting: 2 }] });
      expect(waiting.getByText(/2 entries are only in the memory of C1/)).toBeTruthy();
      cleanup();
      const clients = [{ id: 'C1', traced: true, waiting: 0 }];
      const none = await traceOf({ lines: [], clients, topicExists: false });
      expect(none.getByText(/No running broker has RMQ_SYS_TRACE_TOPIC/)).toBeTruthy();
    });
  });

  it('shows each copy with how durable it is and whether it can be read, and its deliveries', async () => {
    const { user, follow, showWhy } = show({ tab: 'message', message: 9 });
    const [onMaster, onSlave] = within(await screen.findByRole('region', { name: 'Copies' })).getAllByRole(
      'listitem',
    );
    expect(onMaster?.textContent).toContain('page cache: power loss takes it');
    expect(onMaster?.textContent).toContain('readable now');
    expect(onSlave?.textContent).toContain('disk: kept');
    expect(onSlave?.textContent).toContain('not readable now');
    expect(screen.getByText('2 times · not finished')).toBeTruthy();
    expect(screen.getByRole('img', { name: 'page cache and slave' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Follow m-000009' }));
    expect(follow.mock.calls).toEqual([[9]]);
    await user.click(screen.getByRole('button', { name: 'Why?' }));
    expect(showWhy.mock.calls).toEqual([[null]]);
  });

  it('is no longer followed by a second press', async () => {
    const { user, follow } = show({ tab: 'message', message: 9, followed: 9 });
    await user.click(await screen.findByRole('button', { name: 'Follow m-000009', pressed: true }));
    expect(follow.mock.calls).toEqual([[null]]);
  });
});

describe('Why?', () => {
  it('tells the chain of a loss with glyphs, rules and methods, and ends with the outcome', async () => {
    show({ tab: 'why', message: 1_431 });
    expect(await screen.findByRole('heading', { name: 'Why was this message lost?' })).toBeTruthy();
    const steps = within(screen.getByRole('list', { name: 'Steps' })).getAllByRole('listitem');
    expect(steps.map((step) => within(step).getByRole('img').getAttribute('aria-label'))).toEqual([
      'in flight',
      'page cache only',
      'lost',
      'lost',
    ]);
    expect(steps[1]?.textContent).toContain('broker-b:0 appends m-001431.');
    await within(steps[1] as HTMLElement).findByText('CommitLog#asyncPutMessage');
    expect(steps[1]?.textContent).toContain('BR-2');
    expect(steps.at(-1)?.textContent).toContain('No copy is left anywhere.');
  });

  it('goes to the moment of a step', async () => {
    const { user, seek } = show({ tab: 'why', message: 1_431 });
    await user.click(await screen.findByRole('button', { name: 'Go to 71.8180 s' }));
    expect(seek.mock.calls).toEqual([[71_818_000]]);
  });

  it('opens a rule with its sentence and where the product has it', async () => {
    const { user } = show({ tab: 'why', message: 1_431 });
    await user.click(await screen.findByRole('button', { name: 'EN-3' }));
    const rule = screen.getByRole('dialog', { name: 'Rule EN-3' });
    expect(rule.textContent).toContain('A host without power tells nobody');
    expect(rule.textContent).toContain('fsync(2)');
  });

  it('says where a message that is not lost stands now', async () => {
    show({ tab: 'why', message: 9 });
    expect(
      await screen.findByRole('heading', { name: 'Why could this message still be lost?' }),
    ).toBeTruthy();
    expect(screen.getByText('No copy is on a disk yet: it lives in page caches only.')).toBeTruthy();
  });

  it('tells what led to an entry of the log', async () => {
    show({ tab: 'why', entry: 2 });
    expect(await screen.findByRole('heading', { name: 'What led to this?' })).toBeTruthy();
    const steps = within(screen.getByRole('list', { name: 'Steps' })).getAllByRole('listitem');
    expect(steps.map((step) => step.querySelector('p')?.textContent)).toEqual([
      'The heartbeat is late.',
      'ns-1 drops broker-b.',
    ]);
  });

  it('leads from an entry to the whole story of its message', async () => {
    const { user, pickMessage, showWhy } = show({ tab: 'why', entry: 5 });
    await user.click(await screen.findByRole('button', { name: 'Its whole story' }));
    expect(pickMessage.mock.calls).toEqual([[9]]);
    expect(showWhy.mock.calls).toEqual([[null]]);
  });

  it('opens the messages that its sentences name', async () => {
    const { user, openMessage } = show({ tab: 'why', entry: 5 });
    const name = await screen.findByRole('button', { name: 'm-000009' });
    expect(name.closest('p')?.textContent).toBe('C1 fails on m-000009.');
    await user.click(name);
    expect(openMessage.mock.calls).toEqual([[9]]);
    cleanup();
    show({ tab: 'why', message: 1_431 });
    expect(await screen.findByText('P1 sends m-001431.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'm-001431' })).toBeNull();
  });

  it.each([
    ['duplicate', 'Why did this message come more than once?'],
    ['half', 'Why does nobody see this message yet?'],
  ] as const)('asks first about what is remarkable: %s', async (finding, title) => {
    FINDINGS.set(12, finding);
    show({ tab: 'why', message: 12 });
    expect(await screen.findByRole('heading', { name: title })).toBeTruthy();
  });

  it('speaks Chinese', async () => {
    show({ tab: 'why', message: 1_431, lang: 'zh' });
    expect(await screen.findByRole('heading', { name: '这条消息为什么丢了？' })).toBeTruthy();
    expect(screen.getByText('任何地方都没有副本了。')).toBeTruthy();
  });
});

it('shows the bytes of both logs and the offsets of each group', async () => {
  show({ tab: 'storage', process: 'broker-b:0' });
  const rows = screen
    .getAllByRole('row')
    .map((row) => [...row.children].map(({ textContent }) => textContent));
  expect(rows).toContainEqual(['appended', '1,731,352', '1,727,740']);
  expect(rows).toContainEqual(['flushed', '1,718,108', '1,719,312']);
  expect(rows).toContainEqual(['replicated', '1,727,740', '']);
  expect(rows).toContainEqual(['lost', '3 msgs', '']);
  expect(rows).toContainEqual(['Orders q0', 'order-billing', '0', '341', '352', '11', '1']);
  expect(await screen.findByText('ConsumerOffsetManager.offsetTable')).toBeTruthy();
});
