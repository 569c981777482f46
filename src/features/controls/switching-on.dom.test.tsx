import { fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { parseScenario } from '../../engine/scenario/parse';
import { setLang } from '../../i18n/area';
import { UiRoot } from '../../ui/UiRoot';
import { ControlsPanel } from './ControlsPanel';
import { ControlsCallsContext } from './calls';
import type { ControlsData } from './data';
import { SAMPLE_FILE, sampleView } from './fixture';
import { settingsAfter } from './model/settings';

/** What a learner switches on who has a plain cluster before him. */
beforeEach(() => setLang('en'));

interface Shown {
  readonly actions?: readonly object[];
  readonly refusal?: ControlsData['refusal'];
}

function show({ actions: files = [], refusal = null }: Shown = {}) {
  const parsed = parseScenario({ ...SAMPLE_FILE, actions: files });
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  const { scenario } = parsed;
  const { actions } = scenario;
  const settings = settingsAfter(scenario, actions);
  const shown = { marks: [], process: null, link: null, refusal };
  const calls = { act: vi.fn(), find: async () => [], follow: vi.fn() };
  render(
    <UiRoot lang="en">
      <ControlsCallsContext value={calls}>
        <ControlsPanel data={{ view: sampleView(), scenario, actions, settings, ...shown }} />
      </ControlsCallsContext>
    </UiRoot>,
  );
  return { user: userEvent.setup(), ...calls };
}

async function openForm(user: ReturnType<typeof show>['user'], name: string) {
  await user.click(screen.getByRole('button', { name }));
  return within(screen.getByRole('form', { name }));
}

async function choose(user: ReturnType<typeof show>['user'], field: HTMLElement, option: string) {
  await user.click(field);
  await user.click(screen.getByRole('option', { name: option }));
}

describe('a new consumer', () => {
  it('that is idempotent brings its database along, and uses the one that is there', async () => {
    const { user, act } = show();
    const form = await openForm(user, 'New consumer');
    await choose(user, form.getByRole('combobox', { name: 'idempotent' }), 'uniqueKey');
    await user.click(form.getByRole('button', { name: 'Add this consumer' }));
    expect(act.mock.calls[0]).toMatchObject([
      { do: 'add', database: { id: 'orders-db-1' } },
      { do: 'add', consumer: { idempotent: 'uniqueKey', database: 'orders-db-1' } },
    ]);
  });

  it('takes the database that was added before', async () => {
    const { user, act } = show({ actions: [{ at: '1s', do: 'add', database: { id: 'stock-db' } }] });
    const form = await openForm(user, 'New consumer');
    await choose(user, form.getByRole('combobox', { name: 'idempotent' }), 'stateMachine');
    await user.click(form.getByRole('button', { name: 'Add this consumer' }));
    expect(act.mock.calls[0]).toMatchObject([{ do: 'add', consumer: { database: 'stock-db' } }]);
  });

  it('begins where it is told', async () => {
    const { user, act } = show();
    const form = await openForm(user, 'New consumer');
    await choose(user, form.getByRole('combobox', { name: 'consumeFromWhere' }), 'FIRST_OFFSET');
    await user.click(form.getByRole('button', { name: 'Add this consumer' }));
    expect(act.mock.calls[0]).toMatchObject([
      { do: 'add', consumer: { config: { consumeFromWhere: 'CONSUME_FROM_FIRST_OFFSET' } } },
    ]);
  });

  it('with an expression that does not compile is not added, and told where it goes wrong', async () => {
    const { user, act } = show();
    const form = await openForm(user, 'New consumer');
    await user.click(form.getByRole('radio', { name: 'sql' }));
    const field = form.getByRole('textbox', { name: 'filter' });
    fireEvent.change(field, { target: { value: 'amount = = 3' } });
    expect(form.getByRole('alert').textContent).toMatch(/does not compile.*character 10/);
    fireEvent.submit(screen.getByRole('form', { name: 'New consumer' }));
    expect(act).not.toHaveBeenCalled();
    fireEvent.change(field, { target: { value: 'amount = 3' } });
    expect(form.queryByRole('alert')).toBeNull();
  });
});

it('resets the offsets of a group to a time of the run', async () => {
  const { user, act } = show();
  const form = await openForm(user, 'Reset offsets');
  const time = form.getByRole('textbox', { name: /^a time of the run/ });
  const enter = (text: string) => {
    fireEvent.change(time, { target: { value: text } });
    fireEvent.keyDown(time, { key: 'Enter' });
  };
  enter('-1');
  expect(form.getByRole('alert').textContent).toBe('−1 is outside 0 to 31,536,000. Still 0.');
  enter('12.5');
  await user.click(form.getByRole('button', { name: 'Reset billing' }));
  expect(act.mock.calls).toEqual([
    [{ do: 'resetOffset', group: 'billing', topic: 'Orders', to: 'time', time: '12500ms' }],
  ]);
});

it('sends to a topic that was made on the screen', async () => {
  const { user, act } = show({ actions: [{ at: '1s', do: 'createTopic', topic: { name: 'Stock' } }] });
  await user.click(screen.getByRole('button', { name: 'Add' }));
  await choose(user, screen.getByRole('combobox', { name: 'Topic of a new producer' }), 'Stock');
  await user.click(screen.getByRole('button', { name: 'Add: Producer' }));
  expect(act.mock.calls[0]).toMatchObject([{ do: 'add', producer: { topic: 'Stock' } }]);
});

it('says what keeps failing in what is in force, and takes it back', async () => {
  const workload = { failureRate: [30, 100], poisonKeys: ['order-7'] };
  const { user, act } = show({ actions: [{ at: '1s', do: 'set', target: 'billing-1', workload }] });
  await user.click(screen.getByRole('button', { name: 'Heal: C1 fails 30 %' }));
  await user.click(screen.getByRole('button', { name: 'Heal: C1 fails on order-7' }));
  expect(act.mock.calls).toMatchObject([
    [{ do: 'set', target: 'billing-1', workload: { failureRate: [0, 1] } }],
    [{ do: 'set', target: 'billing-1', workload: { poisonKeys: [] } }],
  ]);
});

it('says beside the controls why something was not done, and shows no line for it', async () => {
  const refusal = { en: 'The formats differ.', zh: '格式不同。' };
  const { user } = show({ refusal });
  expect(screen.getByRole('alert').textContent).toBe('The formats differ.');
  const choice = screen.getByRole('radiogroup', { name: 'flushDiskType of broker-b:0' });
  await user.click(within(choice).getByRole('radio', { name: 'SYNC' }));
  expect(screen.queryByRole('region', { name: /changed$/ })).toBeNull();
});
