import { describe, expect, it } from 'vitest';
import { recordOffset } from '../../../model/world';
import { BROKER, type Consuming, consuming, type Setup, stored } from '../consumer/consuming.fixture';
import { Code } from '../protocol';
import { consumeQueueOf } from './store-state';

const offsets = (cluster: Consuming, records: readonly number[] = []) =>
  records.map((record) => recordOffset(cluster.run.sim.state.arena, record));
const queueOf = (cluster: Consuming) =>
  consumeQueueOf(cluster.sim, cluster.broker(), 'Orders', 0) as NonNullable<
    ReturnType<typeof consumeQueueOf>
  >;

describe('reading a queue', () => {
  it('[CO-5] the table of offsets: below min, at max, above max, inside', () => {
    const cluster = stored(100);
    queueOf(cluster).min = 10;
    const answer = (offset: number) => {
      const { status, body } = cluster.pull({ offset }) ?? {};
      return [status, body?.nextOffset, body?.records.length];
    };
    expect(answer(9)).toEqual([Code.PULL_OFFSET_MOVED, 10, 0]);
    expect(answer(10)).toEqual([Code.SUCCESS, 42, 32]);
    expect(answer(90)).toEqual([Code.SUCCESS, 100, 10]);
    expect(answer(100)).toEqual([Code.PULL_NOT_FOUND, 100, 0]);
    expect(answer(101)).toEqual([Code.PULL_OFFSET_MOVED, 100, 0]);
  });

  it('[CO-5] an empty queue: offset 0 finds nothing, any other is moved to 0', () => {
    const cluster = consuming({ queues: 1 });
    expect(cluster.pull({ offset: 0 })?.status).toBe(Code.PULL_NOT_FOUND);
    expect(cluster.pull({ offset: 7 })).toMatchObject({
      status: Code.PULL_OFFSET_MOVED,
      body: { nextOffset: 0 },
    });
  });

  it('[CO-6] 100 KiB messages come two at a time from memory and alone from disk; the first always comes', () => {
    const producer = { bodyBytes: 100 * 1024 };
    const cluster = stored(10, { producer });
    expect(cluster.pull()?.body.records).toHaveLength(2);
    expect(cluster.pull({ maxBytes: 1 })?.body.records).toHaveLength(1);
    // 40 % of a megabyte of memory ends before the tenth message from the end.
    const small = stored(10, { producer, environment: { memory: { pageCacheMB: 1 } } });
    expect(small.pull()?.body.records).toHaveLength(1);
    expect(small.pull({ offset: 8 })?.body.records).toHaveLength(2);
  });

  it('[CO-6] 32 messages from memory, 8 from disk', () => {
    const environment = { memory: { pageCacheMB: 1 } };
    const cluster = stored(1_000, { environment });
    expect(cluster.pull({ offset: 0 })?.body.records).toHaveLength(8);
    expect(cluster.pull({ offset: 960 })?.body.records).toHaveLength(32);
    expect(cluster.pull({ offset: 960, maxMessages: 5 })?.body.records).toHaveLength(5);
  });

  it('[CO-6] what is not in the page cache costs the time of the disk', () => {
    const setup = { producer: { bodyBytes: 60_000 }, environment: { disk: { sequentialMBps: 1 } } };
    const took = (cold: boolean) => {
      const cluster = stored(4, setup);
      if (cold) cluster.broker().store.disk.coldBelowPhys = Number.MAX_SAFE_INTEGER;
      const beganMs = cluster.nowMs;
      expect(cluster.pull({}, { limitMs: 5_000 })?.body.records).toHaveLength(4);
      return cluster.nowMs - beganMs;
    };
    expect(took(false)).toBeLessThan(1);
    expect(took(true)).toBeGreaterThan(200);
  });

  it('[BR-32] a group that may not consume is refused, and one that may not broadcast when it does', () => {
    const cluster = stored(1);
    const groups = cluster.broker().service.disk.subscriptionGroups;
    const config = groups.get('g') as NonNullable<ReturnType<typeof groups.get>>;
    groups.set('g', { ...config, consumeBroadcastEnable: false });
    expect(cluster.pull()?.status).toBe(Code.SUCCESS);
    const info = cluster.broker().service.groups.get('g') as { messageModel: string };
    info.messageModel = 'BROADCASTING';
    expect(cluster.pull()?.status).toBe(Code.NO_PERMISSION);
    info.messageModel = 'CLUSTERING';
    groups.set('g', { ...config, consumeEnable: false });
    expect(cluster.pull()?.status).toBe(Code.NO_PERMISSION);
  });

  it('[BR-32] a topic, queue or permission that does not fit is refused; a group without a heartbeat as well', () => {
    const cluster = stored(1);
    expect(cluster.pull({ topic: 'Nothing' })?.status).toBe(Code.TOPIC_NOT_EXIST);
    expect(cluster.pull({ queueId: 1 })?.status).toBe(Code.INVALID_PARAMETER);
    expect(cluster.pull({ group: 'strangers' })?.status).toBe(Code.SUBSCRIPTION_NOT_EXIST);
    cluster.act({ do: 'alterTopic', topic: 'Orders', brokers: null, config: { perm: 2 } });
    expect(cluster.pull()?.status).toBe(Code.NO_PERMISSION);
  });
});

describe('parked pulls', () => {
  const parked = (changes = {}) => {
    const cluster = consuming({ queues: 1, actions: [{ at: '1s', do: 'pause', target: 'c1' }] }).until(
      24_000,
    );
    expect(cluster.pull({ suspendUs: 15_000_000, ...changes }, { limitMs: 1 })).toBeUndefined();
    return cluster;
  };
  const holds = (cluster: Consuming) => cluster.broker().service.held.get(cluster.queue(0))?.length ?? 0;

  it('[CO-7] [BR-7] an arrival beyond the offset wakes it, one below does not', () => {
    const cluster = parked({ offset: 0 });
    expect(holds(cluster)).toBe(1);
    cluster.act({ do: 'burst', target: 'p', messages: 1 }).until(24_010);
    expect(holds(cluster)).toBe(0);
    expect(cluster.count('pull.woken', 24_000)).toBe(1);
  });

  it('[CO-7] the second run is answered at once, even when it finds nothing', () => {
    const cluster = parked().until(46_000);
    expect(cluster.entries('pull.hold-ended', 24_000).map(({ atMs }) => atMs)).toEqual([40_000]);
    expect(holds(cluster)).toBe(0);
  });

  it('[CO-7] without suspend a pull is answered at once', () => {
    expect(parked().pull({ offset: 0, suspendUs: 0 })?.status).toBe(Code.PULL_NOT_FOUND);
  });

  it('[CO-7] an idle broker sweeps only while something is parked', () => {
    const cluster = consuming({ consumers: [] }).until(10_000);
    expect(cluster.broker().service.sweepAtUs).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('the pull pool', () => {
  it('[BR-27] [BR-28] requests that wait 5 s in front of the pool are cleaned out, and more than its capacity are refused', () => {
    const brokerConfig = {
      pullMessageThreadPoolNums: 1,
      pullThreadPoolQueueCapacity: 2,
      waitTimeMillsInPullQueue: 300,
    };
    const environment = { disk: { sequentialMBps: 1 } };
    const cluster = stored(20, { brokerConfig, environment, producer: { bodyBytes: 60_000 } });
    cluster.broker().store.disk.coldBelowPhys = Number.MAX_SAFE_INTEGER;
    const from = cluster.nowMs;
    for (let i = 0; i < 4; i++) cluster.pull({}, { limitMs: 0 });
    expect(cluster.entries('pull.overload', from).map(({ b }) => b)).toEqual([2]);
    cluster.until(from + 1_500);
    const overdue = cluster
      .entries('pull.timeout-clean-queue', from)
      .map(({ atMs, b }) => [atMs % 10, b >= 300_000]);
    expect(overdue).toEqual([[0, true]]);
  });

  it('[BR-28] one thread answers pulls in the order in which they came', () => {
    const cluster = stored(30, { queues: 3, brokerConfig: { pullMessageThreadPoolNums: 1 } });
    const from = cluster.nowMs;
    for (let queueId = 0; queueId < 3; queueId++) cluster.pull({ queueId }, { limitMs: 0 });
    cluster.until(from + 10);
    const answered = cluster.entries(['pull.answered', 'pull.cut'], from);
    expect(answered.map(({ a }) => a)).toEqual([0, 1, 2].map((queueId) => cluster.queue(queueId)));
  });

  it('[BR-27] with the fast failure off they wait as long as it takes', () => {
    const brokerConfig = {
      pullMessageThreadPoolNums: 1,
      brokerFastFailureEnable: false,
      waitTimeMillsInPullQueue: 10,
    };
    const environment = { disk: { sequentialMBps: 1 } };
    const cluster = stored(20, { brokerConfig, environment, producer: { bodyBytes: 60_000 } });
    cluster.broker().store.disk.coldBelowPhys = Number.MAX_SAFE_INTEGER;
    const from = cluster.nowMs;
    for (let i = 0; i < 3; i++) cluster.pull({}, { limitMs: 0 });
    cluster.until(from + 3_000);
    expect(cluster.count('pull.cut', from)).toBe(3);
    expect(cluster.count('pull.timeout-clean-queue', from)).toBe(0);
  });
});

describe('a slave', () => {
  const pair = (slave: Readonly<Record<string, unknown>>, setup: Setup = {}) =>
    consuming({
      queues: 1,
      consumers: [{ processingMs: 1 }],
      producer: { ratePerSecond: 20 },
      brokers: [
        { id: BROKER, brokerName: 'broker-a' },
        { id: 'broker-a:1', brokerName: 'broker-a', brokerId: 1, config: { brokerRole: 'SLAVE', ...slave } },
      ],
      ...setup,
    });

  it('[HA-13] rejects pulls by default; 4.x serves them', () => {
    const ask = (version: '5.3' | '4.9') =>
      pair({}, { version }).until(30_000).pull({}, { to: 'broker-a:1' });
    expect(ask('5.3')).toMatchObject({ status: Code.SYSTEM_BUSY });
    expect(ask('5.3')?.remark).toContain('[REJECTREQUEST]');
    expect(ask('4.9')?.status).toBe(Code.SUCCESS);
  });

  it('[HA-16] a caught-up 5.x slave answers PULL_RETRY_IMMEDIATELY and names its master; it corrects no offset', () => {
    const cluster = pair({ slaveReadEnable: true }).until(30_000);
    const to = 'broker-a:1';
    expect(cluster.pull({}, { to })?.status).toBe(Code.SUCCESS);
    const beyond = cluster.pull({ offset: 100_000, suspendUs: 15_000_000 }, { to });
    expect(beyond).toMatchObject({
      status: Code.PULL_RETRY_IMMEDIATELY,
      body: { nextOffset: 100_000, suggestBrokerId: 0 },
    });
  });

  it('[HA-14] a reader that is too far behind is sent to the slave, if its broker allows it, and back when it has caught up', () => {
    const environment = { memory: { pageCacheMB: 1 } };
    const suggestion = (slaveReadEnable: boolean, offset: number) => {
      const config = { slaveReadEnable };
      const cluster = consuming({
        queues: 1,
        environment,
        brokerConfig: config,
        actions: [
          { at: '1s', do: 'pause', target: 'c1' },
          { at: '2s', do: 'burst', target: 'p', messages: 800 },
        ],
      }).until(10_000);
      return cluster.pull({ offset })?.body.suggestBrokerId;
    };
    expect(suggestion(true, 0)).toBe(1);
    expect(suggestion(true, 700)).toBe(0);
    expect(suggestion(false, 0)).toBe(0);
  });

  it('[HA-14] [HA-15] offsets are read again from the slave: what the reader was told is where it pulls next', () => {
    const environment = { memory: { pageCacheMB: 1 } };
    const cluster = pair(
      { slaveReadEnable: true },
      {
        environment,
        consumers: [],
        brokers: [
          { id: BROKER, brokerName: 'broker-a', config: { slaveReadEnable: true } },
          {
            id: 'broker-a:1',
            brokerName: 'broker-a',
            brokerId: 1,
            config: { brokerRole: 'SLAVE', slaveReadEnable: true },
          },
        ],
        producer: {},
        actions: [
          { at: '1s', do: 'burst', target: 'p', messages: 800 },
          {
            at: '10s',
            do: 'add',
            consumer: {
              id: 'c1',
              group: 'g',
              topic: 'Orders',
              config: { consumeFromWhere: 'CONSUME_FROM_FIRST_OFFSET' },
            },
          },
        ],
      },
    ).until(20_000);
    expect(cluster.entries('pull.source-changed').map(({ b }) => b)).toEqual([1, 0]);
    expect(cluster.count('pull.cut', 0, 'broker-a:1')).toBeGreaterThan(10);
    expect(cluster.count('record.consumed')).toBe(800);
    expect(offsets(cluster, cluster.pull({ offset: 799 })?.body.records)).toEqual([799]);
  });
});
