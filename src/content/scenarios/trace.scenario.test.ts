import { describe, expect, it } from 'vitest';
import { keyText, messageKey, recordMessage } from '../../engine/model/world';
import { messageTrace } from '../../engine/products/rocketmq/trace/message-trace';
import { type Changes, type Playing, play } from './playing.fixture';
import traceWithAHole from './trace-with-a-hole.json';

/** The numbers of the built-in scenario about the message trace, on its file. */

/** Types of the lines that the trace has of each order. */
function traced(run: Playing): Record<string, string[]> {
  const { sim } = run;
  const { arena } = sim.state;
  const messages = run.entries('message.stored', 1_000).map(({ a }) => recordMessage(arena, a));
  return Object.fromEntries(
    messages.map((message) => [
      keyText(arena, messageKey(arena, message)),
      messageTrace(sim, message).lines.map(({ type }) => type),
    ]),
  );
}

const hole = (changes: Changes = {}) => play(traceWithAHole, changes);
const SUB = ['SubBefore', 'SubAfter'];

describe('S41 a trace with a hole', () => {
  it('[TR-1] three orders are sent and consumed; the Pub of two of them died with the producer', () => {
    const run = hole().until(20_000);
    expect(run.count('record.consumed')).toBe(3);
    expect(run.entries('trace.forgotten').map(({ atMs, a }) => [atMs, a])).toEqual([[4_000, 2]]);
    expect(traced(run)).toEqual({ A1: ['Pub', ...SUB], A2: SUB, A3: SUB });
  });

  it('[TR-1] until 7 s the trace has the first Pub and the first SubBefore, which found an old last flush', () => {
    const run = hole().until(6_900);
    expect(traced(run)).toEqual({ A1: ['Pub', 'SubBefore'], A2: [], A3: [] });
    run.until(7_100);
    expect(traced(run).A3).toEqual(SUB);
  });

  it('[TR-1] three orders cost three messages more, stored and flushed like any', () => {
    const run = hole().until(20_000);
    expect(run.count('message.stored', 1_000)).toBe(3);
    expect(run.count('record.stored', 1_000)).toBe(3);
    expect(run.broker().store.log.records.length).toBe(6);
    expect(run.report().verdict).toMatchObject({ acknowledged: 3, duplicates: 0 });
  });

  it('[TR-1] an orderly shutdown instead of the kill leaves no hole', () => {
    const run = hole({
      script: false,
      actions: [
        { at: '2s', do: 'send', target: 'producer-1', message: { key: 'A1' } },
        { at: '3s', do: 'send', target: 'producer-1', message: { key: 'A2' } },
        { at: '4s', do: 'remove', target: 'producer-1' },
      ],
    }).until(20_000);
    expect(traced(run)).toEqual({ A1: ['Pub', ...SUB], A2: ['Pub', ...SUB] });
  });

  it('[TR-1] with traceOn=false nothing is noted at all', () => {
    expect(traced(hole({ brokerConfig: { traceOn: false } }).until(20_000))).toEqual({
      A1: [],
      A2: [],
      A3: [],
    });
  });

  it('[TR-1] a run that goes back to a moment with a queue in memory ends as it did', () => {
    const run = hole().until(5_000);
    const { run: engine } = run;
    const moment = engine.snapshot();
    const before = [traced(run.until(20_000)), engine.sim.digest];
    engine.restore(moment);
    expect([traced(run.until(20_000)), engine.sim.digest]).toEqual(before);
  });
});
