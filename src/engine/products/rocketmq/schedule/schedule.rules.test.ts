import { describe, expect, it } from 'vitest';
import {
  messageKey,
  queueName,
  queueOf,
  recordMessage,
  recordQueue,
  recordStoredUs,
} from '../../../model/world';
import { MESSAGE_DEFAULTS } from '../../../scenario/defaults';
import { readMetadata } from '../broker/metadata-file';
import { BROKER, type Consuming, consuming, type Entry, type Setup } from '../consumer/consuming.fixture';
import { timerBaseUs } from '../timers';
import { delayLevels } from './levels';

const MASTER = BROKER;
const SLAVE = 'broker-a:1';
const PAIR = [
  { id: MASTER, brokerName: 'broker-a' },
  { id: SLAVE, brokerName: 'broker-a', brokerId: 1, config: { brokerRole: 'SLAVE' } },
];

/** Sends one message by hand, now. */
function send(run: Consuming, delayLevel: number, key = `level-${delayLevel}`): Consuming {
  return run.act({ do: 'send', target: 'p', message: { ...MESSAGE_DEFAULTS, key, delayLevel } });
}

const arenaOf = (run: Consuming) => run.sim.state.arena;
const keyOf = (run: Consuming, { a }: Entry) => messageKey(arenaOf(run), recordMessage(arenaOf(run), a));
const queueNamed = (run: Consuming, { a }: Entry) =>
  queueName(queueOf(arenaOf(run), recordQueue(arenaOf(run), a)));
/** Where the records of the run stand, in the order in which they were stored. */
const storedIn = (run: Consuming, fromMs = 0) =>
  run.entries('message.stored', fromMs, MASTER).map((entry) => queueNamed(run, entry));
const onShelf = (run: Consuming, level: number) =>
  run
    .entries('message.stored')
    .filter((entry) => queueNamed(run, entry).endsWith(`XXXX@broker-a#${level - 1}`));
const delivered = (run: Consuming, fromMs = 0) => run.entries('record.delivered', fromMs, 'c1');
const written = (run: Consuming, broker = MASTER) =>
  readMetadata(run.broker(broker).store.disk.delayFile).offsets;

/** One queue, and messages of level 1 that were sent 20 ms apart: due from 2 s on. */
const five = (setup: Setup = {}) =>
  consuming({
    queues: 1,
    ...setup,
    actions: [0, 20, 40, 60, 80].map((ms) => ({
      at: `${1_005 + ms}ms`,
      do: 'send',
      target: 'p',
      message: { delayLevel: 1 },
    })),
  });

describe('levels', () => {
  it('[SC-1] are those of messageDelayLevel, counted from 1', () => {
    const levels = delayLevels('1s 5s 10s 30s 1m 2m 3m 4m 5m 6m 7m 8m 9m 10m 20m 30m 1h 2h');
    expect(levels).toHaveLength(18);
    expect([levels[0], levels[2], levels[15], levels[17]]).toEqual([1e6, 10e6, 1_800e6, 7_200e6]);
    expect(delayLevels('2m 1d')).toEqual([120e6, 86_400e6]);
  });

  it('[SC-1] above the highest one mean the highest; 0 and below mean none', () => {
    const run = consuming();
    for (const level of [18, 19, 30]) send(run, level);
    for (const level of [0, -1]) send(run, level);
    run.until(200);
    expect(onShelf(run, 18)).toHaveLength(3);
    expect(run.entries('delay.level-clipped').map(({ b }) => b)).toEqual([18, 18]);
    expect(delivered(run)).toHaveLength(2);
  });

  it('[SC-1] are fewer where messageDelayLevel has fewer', () => {
    const run = send(consuming({ brokerConfig: { messageDelayLevel: '1s 3s' } }), 5);
    run.until(4_200);
    expect(onShelf(run, 2)).toHaveLength(1);
    expect(delivered(run)).toHaveLength(1);
  });
});

describe('a delayed message', () => {
  it('[SC-2] waits in SCHEDULE_TOPIC_XXXX, queue level − 1, and then goes to the queue that it was sent to', () => {
    const run = send(consuming(), 3).until(100);
    expect(storedIn(run)).toEqual(['SCHEDULE_TOPIC_XXXX@broker-a#2']);
    run.until(11_000);
    const [, real] = storedIn(run);
    expect(real).toMatch(/^Orders@broker-a#[0-3]$/);
    const [first, second] = run.entries('message.stored').map(({ a }) => recordMessage(arenaOf(run), a));
    expect(second).toBe(first);
    expect(delivered(run)).toHaveLength(1);
  });

  it('[SC-2] by workload: every message of it waits', () => {
    const run = consuming({ producer: { delayLevel: 2, ratePerSecond: 10, messages: 20 } });
    run.until(4_900);
    expect(delivered(run)).toHaveLength(0);
    run.until(8_000);
    expect(delivered(run)).toHaveLength(20);
  });

  it('[SC-2] is not said to wait when its put is refused', () => {
    const run = consuming();
    run.broker().store.memory.diskFull = true;
    send(run, 3).until(4_000);
    expect(run.count('message.delayed')).toBe(0);
  });

  it('[SC-3] is due its delay after it was stored, however late it became visible', () => {
    const run = send(consuming({ brokerConfig: { flushDiskType: 'SYNC_FLUSH' } }), 3).until(12_000);
    const [stored] = run.entries('message.stored');
    const [kept] = run.entries('delay.deliver-time-kept');
    const [over] = run.entries('delay.over');
    const storedUs = recordStoredUs(arenaOf(run), stored?.a ?? -1);
    // SYNC_FLUSH: visible after its flush.
    expect(kept?.atMs).toBeGreaterThan(storedUs / 1000 + 5);
    expect((kept?.atMs ?? 0) * 1000 + (kept?.b ?? 0)).toBe(storedUs + 10e6);
    expect((over?.atMs ?? 0) * 1000 - (over?.b ?? 0)).toBe(storedUs + 10e6);
  });

  it('[SC-4] comes at the first look of its level that finds it due: each 100 ms, first after 1 s', () => {
    const run = consuming();
    for (let n = 0; n < 7; n++) send(run.until(n * 130), 1, `m${n}`);
    run.until(4_000);
    const overs = run.entries('delay.over');
    expect(overs).toHaveLength(7);
    for (const { b } of overs) expect(b).toBeLessThanOrEqual(100_000);
    // All in one look came at it, but for the few microseconds that those before them took.
    for (const { atMs } of overs) expect(atMs % 100).toBeLessThan(1);
    expect(new Set(overs.map(({ b }) => Math.floor(b / 10_000))).size).toBeGreaterThan(3);
  });

  it('[SC-4] does not wait for those of other levels, and they not for it', () => {
    const run = consuming();
    send(run, 3, 'ten');
    send(run, 1, 'one');
    send(run, 2, 'five');
    run.until(11_000);
    expect(delivered(run).map(({ atMs }) => Math.round(atMs / 1_000))).toEqual([1, 5, 10]);
  });

  it('[SC-4] that cannot be stored is tried again each 100 ms, and those behind it wait', () => {
    const run = five();
    run.until(1_900);
    const { memory } = run.broker().store;
    memory.diskFull = true;
    run.until(2_550);
    expect(run.count('message.stored', 1_900)).toBe(0);
    expect(run.count('delay.over')).toBeGreaterThan(4);
    expect(run.count('delay.delivery-failed')).toBe(1);
    memory.diskFull = false;
    run.until(2_605);
    expect(run.count('message.stored', 1_900)).toBe(5);
  });

  it('[SC-4] that retention takes between the look and the delivery holds up none of those behind it', () => {
    const run = five();
    run.untilTrue(() => run.count('delay.over') === 1, 3_000);
    const { a } = run.entries('delay.over')[0] as Entry;
    const queue = run.broker().store.disk.queues.get(recordQueue(arenaOf(run), a));
    if (queue !== undefined) queue.min++;
    run.until(2_105);
    expect(run.count('message.stored', 1_900)).toBe(4);
  });

  for (const seed of [1, 2, 3]) {
    it(`[SC-7] comes at the look behind its time, wherever those looks fall (seed ${seed})`, () => {
      const run = consuming({ phases: 'seeded', seed });
      send(run.until(500), 3).until(12_000);
      const [over] = run.entries('delay.over');
      const [stored] = run.entries('message.stored');
      const dueUs = recordStoredUs(arenaOf(run), stored?.a ?? -1) + 10e6;
      const phaseUs = (timerBaseUs(run.sim, run.node(MASTER)) % 100_000) + 100_000;
      const lookUs = dueUs + ((phaseUs - (dueUs % 100_000)) % 100_000);
      expect(over?.atMs).toBe(lookUs / 1000);
      expect(run.entries('delay.look-booked')[0]?.b).toBe(lookUs - dueUs);
    });
  }
});

describe('who delivers', () => {
  it('[SC-5] is the master, and a slave does not', () => {
    const run = consuming({ brokers: PAIR });
    send(run, 1).until(3_000);
    expect(run.entries('delay.over').map(({ node }) => node)).toEqual([MASTER]);
    expect(run.broker(SLAVE).store.log.records.length).toBe(2);
  });

  it('[SC-5] is nobody while the master is down; then all that is overdue comes at once', () => {
    const run = five({ brokers: PAIR });
    run.until(1_500).act({ do: 'kill', target: MASTER, failure: 'process' });
    run.until(40_000);
    expect(delivered(run)).toHaveLength(0);
    run.act({ do: 'restart', target: MASTER });
    run.until(60_000);
    const [found] = run.entries('delay.overdue-found');
    expect(found?.a).toBe(5);
    const overs = run.entries('delay.over');
    expect(overs).toHaveLength(5);
    expect((overs[4]?.atMs ?? 0) - (overs[0]?.atMs ?? 0)).toBeLessThan(1);
    // The first look of a process comes 1 s after it serves.
    expect((overs[0]?.atMs ?? 0) - (found?.atMs ?? 0)).toBe(1_000);
    expect(run.deliveredTwice()).toBe(0);
  });
});

describe('how far a level is delivered', () => {
  const deliveries = (run: Consuming) => delivered(run).length;

  it('[SC-6] is forgotten by a crash before it is written: the messages come again', () => {
    const run = five();
    run.until(5_000).act({ do: 'kill', target: BROKER, failure: 'process' });
    expect(run.entries('delay.delivered-again').map(({ a }) => a)).toEqual([5]);
    run.until(6_000).act({ do: 'restart', target: BROKER });
    run.until(70_000);
    expect(deliveries(run)).toBe(10);
    expect(run.deliveredTwice()).toBe(5);
  });

  it('[SC-6] is written every 10 s: a crash behind that repeats nothing', () => {
    const run = five();
    run.until(9_900);
    expect(written(run).get(1)).toBeUndefined();
    run.until(10_100);
    expect(written(run).get(1)).toBe(5);
    run.act({ do: 'kill', target: BROKER, failure: 'process' });
    expect(run.count('delay.delivered-again')).toBe(0);
    run.until(11_000).act({ do: 'restart', target: BROKER });
    run.until(70_000);
    expect(deliveries(run)).toBe(5);
  });

  it('[SC-6] is written by a shutdown', () => {
    const run = five();
    run.until(5_000).act({ do: 'remove', target: BROKER });
    run.until(9_000);
    expect(written(run).get(1)).toBe(5);
  });

  it('[SC-6] is written every flushDelayOffsetInterval, the first time after 10 s', () => {
    const run = consuming({
      brokerConfig: { flushDelayOffsetInterval: 1_000 },
      producer: { delayLevel: 1, ratePerSecond: 10 },
    });
    run.until(12_500);
    expect(run.entries('delay.offsets-written').map(({ atMs }) => atMs)).toEqual([10_000, 11_000, 12_000]);
  });

  it('[SC-6] is lost by a power loss until the journal has its file: 5 s later', () => {
    const repeated = (killedMs: number) => {
      const run = five();
      run.until(killedMs).act({ do: 'kill', target: BROKER, failure: 'power' });
      run.until(killedMs + 1_000).act({ do: 'restart', target: BROKER });
      return deliveries(run.until(killedMs + 150_000)) - 5;
    };
    expect(repeated(14_900)).toBe(5);
    expect(repeated(15_100)).toBe(0);
  });

  it('[SC-6] starts anew where a queue lost its tail: what takes its place is delivered, too', () => {
    const run = five();
    run.until(5_000);
    const { store } = run.broker();
    store.memory.schedule.offsets.set(1, 9);
    store.memory.schedule.dirty = true;
    run.until(11_000).act({ do: 'remove', target: BROKER });
    run.until(15_000).act({ do: 'restart', target: BROKER });
    run.until(80_000);
    send(run, 1, 'later').until(90_000);
    expect(deliveries(run)).toBe(6);
  });

  it('[HA-11] is copied by a slave: as its master it repeats no more than what came since', () => {
    const run = five({ brokers: PAIR });
    run.until(60_000);
    expect(written(run, SLAVE).get(1)).toBeUndefined();
    run.until(75_000);
    expect(run.count('metadata.synced', 0, SLAVE)).toBeGreaterThan(0);
    expect(written(run, SLAVE).get(1)).toBe(5);
  });

  it('[HA-11] in 4.9 is copied every 10 s', () => {
    const run = five({ brokers: PAIR, version: '4.9' });
    run.until(10_500);
    expect(written(run, SLAVE).get(1)).toBe(5);
  });

  it('[SC-2] keeps the key of a message through all of its copies', () => {
    const run = five().until(3_000);
    expect(new Set(delivered(run).map((entry) => keyOf(run, entry))).size).toBe(5);
  });
});
