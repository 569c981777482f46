import { fireEvent, render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { Verdict } from '../../engine/checkers/verdict';
import { UiRoot } from '../../ui/UiRoot';
import type { EntryView, QuestionOf } from '../../worker/protocol';
import { firstMessage } from './first-message';
import { Verdicts } from './Verdicts';

const VERDICT: Verdict = {
  acknowledged: 2_960,
  acknowledgedLost: 3,
  consumedBefore: 0,
  stranded: 8,
  unavailable: 42,
  duplicates: 0,
  orderViolations: 0,
  unresolvedTransactions: 0,
};

it('leads from a count to its messages, and nowhere from zero', () => {
  const onOpen = vi.fn();
  render(
    <UiRoot lang="en">
      <Verdicts verdict={VERDICT} row={false} onOpen={onOpen} />
    </UiRoot>,
  );
  fireEvent.click(screen.getByRole('button', { name: /acknowledged & lost/ }));
  expect(onOpen.mock.calls).toEqual([['lost']]);
  expect((screen.getByRole('button', { name: /duplicates/ }) as HTMLButtonElement).disabled).toBe(true);
  expect(screen.getByText('42 unavailable')).toBeTruthy();
  expect(screen.getByText('8 stranded')).toBeTruthy();
  expect(screen.queryByText(/half/)).toBeNull();
});

it('counts transactions that nobody has settled, while there are any', () => {
  render(
    <UiRoot lang="en">
      <Verdicts verdict={{ ...VERDICT, unresolvedTransactions: 5 }} row={false} onOpen={() => undefined} />
    </UiRoot>,
  );
  expect(screen.getByText('5 half')).toBeTruthy();
});

const entry = (type: string, message: number): EntryView => ({
  id: message,
  timeUs: message,
  node: 0,
  type,
  rule: 'EN-20',
  cause: -1,
  beat: 'loss',
  message,
  text: { en: '', zh: '' },
});

it('finds the first message that is still lost: one that turned up again is not', async () => {
  const asked: QuestionOf<'entries'>[] = [];
  const entries = [entry('message.lost', 4), entry('message.lost', 5), entry('message.found', 4)];
  const ask = async (question: QuestionOf<'entries'>) => {
    asked.push(question);
    return { kind: 'entries' as const, entries, reachedStart: true };
  };
  expect(await firstMessage(ask, 'lost')).toBe(5);
  expect(asked[0]?.filter).toEqual({ rule: 'EN-20' });
});

it('finds none when the engine has no answer', async () => {
  const ask = async () => ({ kind: 'none' as const, reason: { en: '', zh: '' } });
  expect(await firstMessage(ask, 'order')).toBeUndefined();
});
