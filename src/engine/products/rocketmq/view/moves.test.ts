import { describe, expect, it } from 'vitest';
import { Run } from '../../../run';
import { parseScenario } from '../../../scenario/parse';
import type { MoveView } from '../../../view';

function runOf(
  producer: object,
  consumer: object = {},
  config: object = {},
  actions: readonly object[] = [],
) {
  const parsed = parseScenario({
    format: 'mq-playground/scenario@1',
    product: 'rocketmq',
    nameservers: [{ id: 'ns-1' }],
    brokers: [{ id: 'a', brokerName: 'a', config }],
    topics: [{ name: 'T', queues: 1 }],
    producers: [{ id: 'p', group: 'p', topic: 'T', ratePerSecond: 10, messages: 1, ...producer }],
    consumers: [{ id: 'c', group: 'g', topic: 'T', processingMs: 1, ...consumer }],
    actions,
  });
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  return new Run(parsed.scenario);
}

interface Seen extends Omit<MoveView, 'node' | 'untilUs'> {
  /** Time after its beginning at which it was seen last, µs. */
  readonly tookUs: number;
}

/** Every move up to a moment, looked for after each event. */
function movesUntil(timeUs: number, run: Run): readonly Seen[] {
  const seen = new Map<string, Seen>();
  while (run.sim.nowUs < timeUs && run.advance(timeUs, 1) === false) {
    const lanes = run.product.view(run.sim).lanes.map(({ id }) => id);
    for (const { node: _node, untilUs, ...move } of run.product.moves?.(run.sim) ?? []) {
      expect(untilUs).toBeGreaterThanOrEqual(run.sim.nowUs);
      // What it leaves and goes to is drawn.
      for (const place of [move.from, move.to])
        if (typeof place === 'string' && place !== '') expect(lanes).toContain(place);
      const key = `${move.message} ${move.from} ${move.to} ${move.sinceUs}`;
      seen.set(key, { ...move, tookUs: run.sim.nowUs - move.sinceUs });
    }
  }
  return [...seen.values()];
}

const ways = (moves: readonly Seen[]) => moves.map(({ message, from, to, as }) => [message, from, to, as]);
const queueOf = (run: Run) => run.product.view(run.sim).groups[0]?.queues[0]?.queue;

describe('a message moves inside its broker', () => {
  it('[SC-4] into the lane of its level, and to its queue when it is due', () => {
    const run = runOf({ delayLevel: 1 });
    const moves = movesUntil(3_000_000, run);
    expect(ways(moves)).toEqual([
      [0, '', 'delay', 'delayed'],
      [0, 'delay', queueOf(run), 'delayed'],
    ]);
    const [into, out] = moves;
    expect((out?.sinceUs ?? 0) - (into?.sinceUs ?? 0)).toBeGreaterThanOrEqual(1_000_000);
    // The dispatch comes each millisecond: longer it is not on its way.
    for (const { tookUs } of moves) expect(tookUs).toBeLessThanOrEqual(1_100);
    expect(run.product.moves?.(run.sim)).toEqual([]);
  });

  it('[SC-9] out of the wheel of timers', () => {
    const run = runOf({ timerDelayMs: 2_000 });
    const moves = movesUntil(6_000_000, run);
    expect(ways(moves)).toEqual([
      [0, '', 'timer', 'timed'],
      [0, 'timer', queueOf(run), 'timed'],
    ]);
  });

  it('[TX-4] out of the half messages when it is committed, and not when it is rolled back', () => {
    const committed = runOf({ mode: 'transaction', localTransaction: { outcomes: ['commit'] } });
    expect(ways(movesUntil(3_000_000, committed))).toEqual([
      [0, '', 'half', 'half'],
      [0, 'half', queueOf(committed), 'half'],
    ]);
    const rolledBack = runOf({ mode: 'transaction', localTransaction: { outcomes: ['rollback'] } });
    expect(ways(movesUntil(3_000_000, rolledBack))).toEqual([[0, '', 'half', 'half']]);
  });

  it('[CO-20] from retry to retry, to the dead letters, and from there to its queue by command', () => {
    const resend = { at: '15s', do: 'resendDeadLetters', group: 'g' };
    const run = runOf({}, { failureRate: [1, 1], config: { maxReconsumeTimes: 1 } }, {}, [resend]);
    const moves = movesUntil(15_100_000, run);
    expect(ways(moves).slice(0, 4)).toEqual([
      [0, '', 'retry:g', 'retry'],
      [0, 'retry:g', 'retry:g', 'retry'],
      [0, 'retry:g', 'deadLetter:g', 'deadLetter'],
      [0, 'deadLetter:g', queueOf(run), 'deadLetter'],
    ]);
  });

  it('is nothing where nothing stands apart', () => {
    expect(movesUntil(2_000_000, runOf({}))).toEqual([]);
  });
});
