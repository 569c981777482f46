import { describe, expect, it } from 'vitest';
import { Run } from '../../engine/run';
import { parseScenario } from '../../engine/scenario/parse';
import { type Hop, Hops } from './hops';

/** The hops of a run whose messages wait on the broker: delay level 4, 30 s; one a second. */
function hopsOf(followed: number | null): readonly Hop[] {
  const parsed = parseScenario({
    format: 'mq-playground/scenario@1',
    product: 'rocketmq',
    nameservers: [{ id: 'ns-1' }],
    brokers: [{ id: 'a', brokerName: 'a' }],
    topics: [{ name: 'T', queues: 1 }],
    producers: [{ id: 'p', group: 'p', topic: 'T', ratePerSecond: 1, messages: 3, delayLevel: 4 }],
    consumers: [{ id: 'c', group: 'g', topic: 'T', processingMs: 1 }],
  });
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  const run = new Run(parsed.scenario);
  const hops = new Hops(run.sim.nowUs, followed);
  run.advance(40_000_000);
  run.sim.window?.scan(0, run.sim.traceCount, (entry) => {
    hops.read(run, entry);
    return true;
  });
  return hops.list;
}

const lateOnes = (hops: readonly Hop[]) => hops.filter(({ timeUs }) => timeUs > 30_000_000);

describe('a message that waits on its broker', () => {
  it('is told on when its time has come: from its lane to its consumer', () => {
    const hops = hopsOf(null);
    const first = hops[0]?.message;
    const late = lateOnes(hops).filter(({ message }) => message === first);
    expect(late.length).toBeGreaterThanOrEqual(4);
    // It set out on no way while it slept: the stretch before is an ordinary one.
    expect(late[0]?.sinceUs).toBeUndefined();
    expect(late[1]?.sinceUs).toBe(late[0]?.timeUs);
    expect(late.at(-1)?.isLast).toBe(true);
  });

  it('is told on when it is the chosen one, whoever else has been told meanwhile', () => {
    const late = lateOnes(hopsOf(2));
    expect(new Set(late.map(({ message }) => message))).toContain(2);
  });
});
