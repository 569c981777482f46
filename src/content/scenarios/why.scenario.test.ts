import { expect, it } from 'vitest';
import { causesOf, messageIn } from '../../engine/report/causes';
import { whyLost } from '../../engine/report/why';
import type { Run } from '../../engine/run';
import controllerElects from './controller-elects-a-master.json';
import fiveConsumersPop from './five-consumers-pop.json';
import orderMeetsGrowth from './order-meets-growth.json';
import { play } from './playing.fixture';
import slaveActs from './slave-acts-as-master.json';
import theDiskFillsUp from './the-disk-fills-up.json';

/** The chain of causes leads from the fault that a learner makes to the effect that is seen. */

const KILL = { at: '10s', do: 'kill', failure: 'process' };

function played(file: object, seconds: number, actions: readonly Record<string, unknown>[] = []): Run {
  const { run } = play(file, { actions });
  run.advance(seconds * 1_000_000);
  return run;
}

function firstOf({ sim }: Run, type: string): number {
  let found = -1;
  sim.window?.scan(0, sim.traceCount, ({ id, kind }) => {
    if (found < 0 && kind.type === type) found = id;
    return found < 0;
  });
  expect(found).toBeGreaterThanOrEqual(0);
  return found;
}

const chainOf = (run: Run, type: string) =>
  causesOf(run.sim.state, run.sim.window, firstOf(run, type)).entries.map(({ kind }) => kind.type);

it('a replaced route leads back to the broker that was killed, and so does the slave that acts for it', () => {
  const run = played(slaveActs, 15, [{ ...KILL, target: 'broker-a:0' }]);
  expect(chainOf(run, 'route.replaced')).toEqual([
    'process.killed',
    'conn.closed',
    'broker.connection-lost',
    'broker.removed',
    'route.replaced',
  ]);
  expect(chainOf(run, 'master.acting')).toEqual(['process.killed', 'group.seen', 'master.acting']);
});

it('a tail that is cut off leads back over the election to the master that was killed', () => {
  const run = played(controllerElects, 20, [{ ...KILL, target: 'leaderOf:busiest' }]);
  const chain = chainOf(run, 'log.truncated');
  expect(chain[0]).toBe('process.killed');
  expect(chain).toEqual(
    expect.arrayContaining(['controller.elected', 'broker.became-master', 'ha.connected']),
  );
});

it('a send that the full disk refuses names the full disk', () => {
  expect(chainOf(played(theDiskFillsUp, 71), 'put.refused')).toEqual(['disk.full', 'put.refused']);
});

it('a message that is popped again names the consumer that was killed with it in hand', () => {
  const run = played(fiveConsumersPop, 75, [{ ...KILL, target: 'consumer-1' }]);
  const { sim } = run;
  const twice = sim.window?.get(firstOf(run, 'message.delivered-twice'));
  const why = whyLost(run, messageIn(sim.state, twice!))!;
  expect(why.finding).toBe('duplicate');
  const types = why.steps.map(({ type }) => type);
  const story = ['process.killed', 'pop.revived', 'message.delivered-twice'];
  expect(types.filter((type) => story.includes(type))).toEqual(story);
  // What woke the pop that brought it is no part of its story.
  expect(types.filter((type) => type === 'send.called')).toHaveLength(1);
});

it('a message out of order names the queue that the one before it went to', () => {
  const run = played(orderMeetsGrowth, 50);
  const { sim } = run;
  const violated = sim.window?.get(firstOf(run, 'order.violated'));
  const why = whyLost(run, violated!.a)!;
  expect(why.finding).toBe('order');
  const sent = why.steps.filter(({ type }) => type === 'send.attempt-by-key').map(({ text }) => text.en);
  expect(sent).toHaveLength(2);
  expect(sent[0]).toMatch(/Orders@broker-a#[0-3]/);
  expect(sent[1]).toMatch(/Orders@broker-a#[4-7]/);
});
