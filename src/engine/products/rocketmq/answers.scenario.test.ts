import { describe, expect, it } from 'vitest';
import { queueOf, recordMessage, recordQueue } from '../../model/world';
import { type Sending, type SendingRun, sending } from './producer/sending.fixture';

/** The numbers of the lesson about the four SendStatus values: S09 of the syllabus. */

type Part = Readonly<Record<string, unknown>>;

const AT_S = 15;
const MASTERS = ['broker-a:0', 'broker-b:0'];
const SLAVES = ['broker-a:1', 'broker-b:1'];
const SYNC_FLUSH = { flushDiskType: 'SYNC_FLUSH' };
const SYNC_COPY = { brokerRole: 'SYNC_MASTER', inSyncReplicas: 2 };
/** A request and its answer are under way for a millisecond, with jitter. */
const ROUND_TRIP_S = 0.0012;

const each = (targets: readonly string[], action: Part) =>
  targets.map((target) => ({ at: `${AT_S - 0.5}s`, target, ...action }));
const slowDisks = (targets = MASTERS) => each(targets, { do: 'slow', part: 'disk', fsyncMs: 6_000 });
const frozenSlaves = each(SLAVES, { do: 'freeze', for: '10s' });
const killedSlaves = each(SLAVES, { do: 'kill', failure: 'process' });

/** T2 with a client that waits 10 s; one message, when what is done to the cluster is done. */
const one = (setup: Sending, untilS = AT_S + 20): SendingRun =>
  sending({
    shape: 'T2',
    ...setup,
    config: { sendMsgTimeout: 10_000, ...setup.config },
    actions: [...(setup.actions ?? []), { at: `${AT_S}s`, do: 'send', target: 'p' }],
  }).until(untilS);

/** How long the only send took, s. */
const tookS = (run: SendingRun, type: string) => {
  const ends = run.seen(type);
  expect(ends).toHaveLength(1);
  return ends[0]!.atS - AT_S;
};

/** Copies of the message in the logs of masters: whatever the answer, it is stored. */
const expectStored = (run: SendingRun, copies: number) => {
  expect(run.report().ledger).toMatchObject({ sent: 1, stored: 1, balanced: true });
  expect(MASTERS.reduce((sum, id) => sum + run.report().brokers[id]!.appended, 0)).toBe(copies);
};

const expectWithin = (value: number, [from, to]: readonly [number, number]) => {
  expect(value).toBeGreaterThanOrEqual(from);
  expect(value).toBeLessThanOrEqual(to + ROUND_TRIP_S);
};

const seeds = (setup: Sending) =>
  [1, 2, 3, 4, 5, 6].map((seed) => one({ ...setup, seed, phases: 'seeded' }, AT_S + 8));

/** When the message came to a listener, s after it was sent. */
const deliveredAfterS = (run: SendingRun) => run.seen('record.delivered').map(({ atS }) => atS - AT_S);

describe('S09 four honest answers', () => {
  it('[PR-5] [BR-30] SEND_OK from a healthy cluster, in a millisecond or two', () => {
    const run = one({});
    expect(tookS(run, 'send.ok')).toBeLessThan(0.002);
    expectStored(run, 1);
  });

  it('[BR-14] [PR-4] a flush of 6 s: FLUSH_DISK_TIMEOUT after 5.00 to 5.01 s, whatever the phase', () => {
    for (const run of seeds({ brokerConfig: SYNC_FLUSH, actions: slowDisks() })) {
      expectWithin(tookS(run, 'send.flush-disk-timeout'), [5, 5.01]);
      expectStored(run, 1);
    }
  });

  it('[BR-14] [CM-24] the written mark is past it at once, the flushed mark at 6 s', () => {
    const run = one({ brokerConfig: SYNC_FLUSH, actions: slowDisks() }, AT_S + 5.9);
    const marks = () => {
      const { brokers } = run.report();
      const [a, b] = MASTERS.map((id) => brokers[id]!);
      return { appended: a!.appended + b!.appended, flushed: a!.flushed + b!.flushed };
    };
    expect(marks()).toEqual({ appended: 1, flushed: 0 });
    expect(run.seen('message.stored')[0]!.atS - AT_S).toBeLessThan(0.001);
    run.until(AT_S + 6.01);
    expect(marks()).toEqual({ appended: 1, flushed: 1 });
    expect(run.report().sends).toMatchObject({ FLUSH_DISK_TIMEOUT: 1, failed: 0 });
  });

  it('[BR-6] [VC-1] a consumer gets it when it is flushed; from 4.9 it had it before', () => {
    const base: Sending = {
      brokerConfig: SYNC_FLUSH,
      actions: slowDisks(),
      consumers: [{ id: 'c', group: 'g', topic: 'Orders', processingMs: 1 }],
    };
    const [since5, ...again5] = deliveredAfterS(one(base));
    expectWithin(since5!, [6, 6.005]);
    const [in4, ...again4] = deliveredAfterS(one({ ...base, version: '4.9' }));
    expect(in4).toBeLessThan(0.01);
    expect([...again5, ...again4]).toEqual([]);
  });

  it('[HA-7] [CM-35] a slave that stands still: FLUSH_SLAVE_TIMEOUT after 3.00 to 3.01 s, whatever the phase', () => {
    for (const run of seeds({ brokerConfig: SYNC_COPY, actions: frozenSlaves })) {
      expectWithin(tookS(run, 'send.flush-slave-timeout'), [3, 3.01]);
      expectStored(run, 1);
    }
  });

  it('[HA-9] [CM-37] [VC-1] 4.9 without a slave: SLAVE_NOT_AVAILABLE at once, and stored', () => {
    const run = one({ version: '4.9', brokerConfig: { brokerRole: 'SYNC_MASTER' }, actions: killedSlaves });
    expect(tookS(run, 'send.slave-not-available')).toBeLessThan(0.01);
    expectStored(run, 1);
  });

  it('[HA-8] [CM-34] 5.3 without a slave: FLUSH_SLAVE_TIMEOUT after 3.00 to 3.01 s', () => {
    for (const run of seeds({ brokerConfig: SYNC_COPY, actions: killedSlaves })) {
      expectWithin(tookS(run, 'send.flush-slave-timeout'), [3, 3.01]);
      expectStored(run, 1);
    }
  });

  it('[HA-7] [CM-30] with inSyncReplicas=1 the same cluster says SEND_OK', () => {
    const run = one({ brokerConfig: { brokerRole: 'SYNC_MASTER' }, actions: killedSlaves });
    expect(tookS(run, 'send.ok')).toBeLessThan(0.01);
    expectStored(run, 1);
  });

  it('[PR-8] [PR-5] a callback receives the same four', () => {
    const async = { producer: { mode: 'async' } };
    const alone = { ...async, actions: killedSlaves };
    const statuses = [
      one(async),
      one({ ...async, brokerConfig: SYNC_FLUSH, actions: slowDisks() }),
      one({ ...alone, brokerConfig: SYNC_COPY }),
      one({ ...alone, version: '4.9', brokerConfig: { brokerRole: 'SYNC_MASTER' } }),
    ].map((run) => run.report().sends);
    expect(statuses).toMatchObject([
      { SEND_OK: 1, failed: 0 },
      { FLUSH_DISK_TIMEOUT: 1, failed: 0 },
      { FLUSH_SLAVE_TIMEOUT: 1, failed: 0 },
      { SLAVE_NOT_AVAILABLE: 1, failed: 0 },
    ]);
  });

  it('[PR-4] [CM-34] with the default 3 s a sync caller never sees the status of its stored message', () => {
    for (const setup of [
      { brokerConfig: SYNC_FLUSH, actions: slowDisks() },
      { brokerConfig: SYNC_COPY, actions: killedSlaves },
    ]) {
      const run = one({ ...setup, config: { sendMsgTimeout: 3_000 } });
      expect(tookS(run, 'send.failed')).toBeCloseTo(3, 3);
      expectStored(run, 1);
    }
  });
});

describe('S09 a status is a result', () => {
  /** The seed decides where the round begins: one whose first queue is of broker-a. */
  const firstOnA = (setup: Sending) => {
    for (let seed = 1; seed <= 8; seed++) {
      const run = one({ ...setup, seed });
      if (run.attempts()[0]!.queue.startsWith('broker-a')) return run;
    }
    throw new Error('no seed begins with broker-a');
  };
  const groups = (run: SendingRun) => run.attempts().map(({ queue }) => queue.slice(0, queue.indexOf('#')));
  const another = { retryAnotherBrokerWhenNotStoreOK: true };

  it('[PR-2] [PR-5] it is not retried', () => {
    const run = firstOnA({ brokerConfig: SYNC_FLUSH, actions: slowDisks(['broker-a:0']) });
    expect(groups(run)).toEqual(['broker-a']);
    expect(run.report().sends).toMatchObject({ FLUSH_DISK_TIMEOUT: 1, attempts: 1 });
  });

  it('[PR-2] [PR-7] with retryAnotherBrokerWhenNotStoreOK a second copy goes to broker-b after 5.0 s, and SEND_OK comes back', () => {
    const run = firstOnA({
      brokerConfig: SYNC_FLUSH,
      actions: slowDisks(['broker-a:0']),
      config: another,
    });
    expect(groups(run)).toEqual(['broker-a', 'broker-b']);
    expectWithin(run.attempts()[1]!.atS - AT_S, [5, 5.01]);
    // One more fsync of 8 ms.
    expectWithin(tookS(run, 'send.ok') - 0.008, [5, 5.01 + ROUND_TRIP_S]);
    expectStored(run, 2);
    const { arena } = run.run.sim.state;
    expect([0, 1].map((record) => recordMessage(arena, record))).toEqual([0, 0]);
    expect([0, 1].map((record) => queueOf(arena, recordQueue(arena, record)).group)).toEqual([
      'broker-a',
      'broker-b',
    ]);
  });

  it('[PR-2] [PR-3] the second attempt has what is left of the 10 s: broker-b would answer too late, so the first status comes back', () => {
    const run = firstOnA({ brokerConfig: SYNC_FLUSH, actions: slowDisks(), config: another });
    expect(groups(run)).toEqual(['broker-a', 'broker-b']);
    expect(run.seen('send.outcome-unknown')).toHaveLength(1);
    expect(tookS(run, 'send.flush-disk-timeout')).toBeCloseTo(10, 3);
    expectStored(run, 2);
  });

  it('[BR-17] both waits time out: the answer comes at 5 s, and the replica status wins', () => {
    for (const run of seeds({
      brokerConfig: { ...SYNC_FLUSH, ...SYNC_COPY },
      actions: [...slowDisks(), ...frozenSlaves],
    })) {
      expectWithin(tookS(run, 'send.flush-slave-timeout'), [5, 5.01]);
      expect(run.seen('wait.replica-status-wins')).toHaveLength(1);
      expectStored(run, 1);
    }
  });
});
