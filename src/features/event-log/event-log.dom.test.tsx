import { act, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { UiRoot } from '../../ui/UiRoot';
import type { AnswerTo, EntryView, QuestionOf } from '../../worker/protocol';
import { EventLog, type EventLogProps } from './EventLog';

const NODES = [
  { node: 0, name: 'ns-1' },
  { node: 2, name: 'broker-a:0' },
];

const entryOf = (id: number, more: Partial<EntryView> = {}): EntryView => ({
  id,
  timeUs: id * 1_000,
  node: 2,
  type: 'log.appended',
  rule: 'BR-2',
  cause: id - 1,
  beat: 'hop',
  message: id,
  text: { en: `broker-a:0 appends message ${id}.`, zh: `broker-a:0 追加第 ${id} 条消息。` },
  ...more,
});

function open(answer: (question: QuestionOf<'entries'>) => AnswerTo<'entries'>) {
  const asked: QuestionOf<'entries'>[] = [];
  const onPick = vi.fn();
  const props: EventLogProps = {
    step: 3,
    nowUs: 3_000,
    history: '1 0',
    nodes: NODES,
    ask: async (question) => {
      asked.push(question);
      return answer(question);
    },
    find: async (text) => (text === 'order-7' ? [{ message: 12, name: 'm-000012', key: 'order-7' }] : []),
    onPick,
  };
  const view = (changes: Partial<EventLogProps> = {}) => (
    <UiRoot lang="en">
      <EventLog {...props} {...changes} />
    </UiRoot>
  );
  const { rerender } = render(view());
  return { asked, onPick, change: (changes: Partial<EventLogProps>) => rerender(view(changes)) };
}

const settle = () => act(() => vi.advanceTimersByTimeAsync(1_000));
const all = (): AnswerTo<'entries'> => ({
  kind: 'entries',
  entries: [1, 2, 3].map((id) => entryOf(id)),
  reachedStart: true,
});

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  // Nothing is laid out here: the list would be taken for one without height, in which no line is in sight.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(240);
  return () => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  };
});

it('tells each entry with its time, node, sentence and rule', async () => {
  open(all);
  await settle();
  const rows = screen.getAllByRole('button', { name: /appends/ });
  expect(rows.map((row) => row.textContent)).toContain(
    '0.002000 sbroker-a:0broker-a:0 appends message 2.BR-2',
  );
  expect(screen.getByText('from the start of the run')).toBeTruthy();
});

it('asks the engine for what the filters leave', async () => {
  const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
  const { asked } = open(all);
  await settle();
  await user.type(screen.getByRole('textbox', { name: 'Rule' }), 'br-12');
  await user.click(screen.getByRole('switch', { name: 'Beats only' }));
  await user.type(screen.getByRole('textbox', { name: 'Message' }), 'order-7{Enter}');
  await settle();
  expect(asked.at(-1)?.filter).toEqual({ rule: 'BR-12', beatsOnly: true, message: 12 });
  await user.click(screen.getByRole('button', { name: 'Clear filters' }));
  await settle();
  expect(asked.at(-1)?.filter).toEqual({});
});

it('says when a message is not known', async () => {
  const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
  open(all);
  await user.type(screen.getByRole('textbox', { name: 'Message' }), 'nobody{Enter}');
  await settle();
  expect(screen.getByText('no such message')).toBeTruthy();
});

it('stands still while the run stands at the moment of the line that was picked', async () => {
  const { asked, onPick, change } = open(all);
  await settle();
  fireEvent.click(screen.getByRole('button', { name: /appends message 2/ }));
  expect(onPick).toHaveBeenCalledWith(entryOf(2));
  const before = asked.length;
  change({ step: 2, nowUs: 2_000 });
  await settle();
  expect(asked).toHaveLength(before);
  expect(screen.getByRole('button', { name: /appends message 3/ }).dataset.ahead).toBe('true');
  change({ step: 9, nowUs: 9_000 });
  await settle();
  expect(asked.length).toBeGreaterThan(before);
});

it('fetches older entries in front of those that are shown', async () => {
  const { asked } = open(({ before }) =>
    before === undefined
      ? { kind: 'entries', entries: [entryOf(8), entryOf(9)], reachedStart: false }
      : { kind: 'entries', entries: [entryOf(6), entryOf(7)], reachedStart: true },
  );
  await settle();
  fireEvent.click(screen.getByRole('button', { name: 'Show older' }));
  await settle();
  expect(asked.at(-1)?.before).toBe(8);
  expect(screen.getByText('4 lines')).toBeTruthy();
});

it('copies what is listed as JSON lines', async () => {
  const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
  open(all);
  await settle();
  await user.click(screen.getByRole('button', { name: 'Copy as JSON lines' }));
  const lines = (await navigator.clipboard.readText()).split('\n');
  expect(lines).toHaveLength(3);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ id: 1, node: 'broker-a:0', rule: 'BR-2' });
});

it('says when nothing fits', async () => {
  open(() => ({ kind: 'entries', entries: [], reachedStart: true }));
  await settle();
  expect(screen.getByText('Nothing fits these filters up to now.')).toBeTruthy();
});
