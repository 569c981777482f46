import { describe, expect, it } from 'vitest';
import { recordOffset } from '../../../model/world';
import { BROKER, type Consuming, consuming, type Setup } from '../consumer/consuming.fixture';
import {
  Code,
  getMaxOffset,
  heartBeat,
  queryConsumerOffset,
  searchOffset,
  updateConsumerOffset,
} from '../protocol';
import { consumeQueueOf } from './store-state';

/** A paused consumer holds the group together; messages are in the queue. */
function stored(messages: number, setup: Setup = {}): Consuming {
  const cluster = consuming({
    queues: 1,
    ...setup,
    actions: [
      { at: '1s', do: 'pause', target: 'c1' },
      { at: '2s', do: 'burst', target: 'p', messages },
      ...(setup.actions ?? []),
    ],
  });
  return cluster.until(31_000);
}

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
  const holds = (cluster: Consuming) => cluster.broker().service.held.get('Orders@0')?.length ?? 0;

  it('[CO-7] an arrival beyond the offset wakes it, one below does not', () => {
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

describe('consumer offsets', () => {
  const commit = (cluster: Consuming, offset: number) =>
    cluster.ask(updateConsumerOffset, { group: 'g', topic: 'Orders', queueId: 0, offset });

  it('[CO-8] a pull carries an offset to commit, also when it is then parked; the second run does not commit again', () => {
    const cluster = stored(50);
    cluster.pull({ offset: 0, commitOffset: 20 });
    expect(cluster.committed(0)).toBe(20);
    cluster.pull({ offset: 50, commitOffset: 30, suspendUs: 15_000_000 }, { limitMs: 1 });
    expect(cluster.committed(0)).toBe(30);
    commit(cluster, 45);
    cluster.act({ do: 'burst', target: 'p', messages: 1 }).until(cluster.nowMs + 10);
    expect(cluster.committed(0)).toBe(45);
  });

  it('[CO-16] a lower value is accepted, with a warning', () => {
    const cluster = stored(50);
    commit(cluster, 40);
    commit(cluster, 15);
    expect(cluster.committed(0)).toBe(15);
    expect(cluster.entries('offset.lowered', 31_000).map(({ b }) => b)).toEqual([15]);
  });

  it('[CO-16] unknown groups and topics are refused', () => {
    const cluster = stored(1, { brokerConfig: { autoCreateSubscriptionGroup: false } });
    const body = { group: 'nobody', topic: 'Orders', queueId: 0, offset: 1 };
    expect(cluster.ask(updateConsumerOffset, body)?.status).toBe(Code.SUBSCRIPTION_GROUP_NOT_EXIST);
    const known = stored(1);
    expect(known.ask(updateConsumerOffset, { ...body, group: 'g', topic: 'No' })?.status).toBe(
      Code.TOPIC_NOT_EXIST,
    );
  });

  it('[CO-31] a new group on a young topic is told 0; with the first message gone or out of memory it is told nothing', () => {
    const ask = (cluster: Consuming, setZeroIfNotFound = true) =>
      cluster.ask(queryConsumerOffset, { group: 'new', topic: 'Orders', queueId: 0, setZeroIfNotFound });
    expect(ask(stored(10))).toMatchObject({ status: Code.SUCCESS, body: 0 });
    expect(ask(stored(10), false)?.status).toBe(Code.QUERY_NOT_FOUND);
    const aged = stored(10);
    queueOf(aged).min = 3;
    expect(ask(aged)?.status).toBe(Code.QUERY_NOT_FOUND);
    const cold = stored(10);
    cold.broker().store.disk.coldBelowPhys = Number.MAX_SAFE_INTEGER;
    expect(ask(cold)?.status).toBe(Code.QUERY_NOT_FOUND);
    expect(ask(consuming({ queues: 1 }))?.status).toBe(Code.QUERY_NOT_FOUND);
  });

  it('[CO-31] 4.x asks how far message 0 is from the end of the log, not whether the page cache has it', () => {
    const ask = (cluster: Consuming) =>
      cluster.ask(queryConsumerOffset, { group: 'new', topic: 'Orders', queueId: 0, setZeroIfNotFound: true })
        ?.status;
    const cold = stored(10, { version: '4.9' });
    cold.broker().store.disk.coldBelowPhys = Number.MAX_SAFE_INTEGER;
    expect(ask(cold)).toBe(Code.SUCCESS);
    const environment = { memory: { pageCacheMB: 1 } };
    // 600 records are 0.7 MB: beyond 40 % of the memory, but still in the page cache.
    expect(ask(stored(600, { version: '4.9', environment }))).toBe(Code.QUERY_NOT_FOUND);
    expect(ask(stored(600, { environment }))).toBe(Code.SUCCESS);
  });

  it('[CO-30] the end of a queue, and its first message at or after a moment', () => {
    const cluster = consuming({ queues: 1, producer: { ratePerSecond: 10 } }).until(10_000);
    expect(cluster.ask(getMaxOffset, { topic: 'Orders', queueId: 0 })?.body).toBe(100);
    const at = (timeUs: number) => cluster.ask(searchOffset, { topic: 'Orders', queueId: 0, timeUs })?.body;
    expect([at(-5), at(2_000_000), at(60_000_000)]).toEqual([0, 20, 100]);
  });

  it('[BR-19] the file is written at 10 s and every 5 s, and by a graceful shutdown', () => {
    const cluster = consuming({ queues: 1, producer: { ratePerSecond: 10 } }).until(26_000);
    expect(cluster.entries('offsets.written').map(({ atMs }) => atMs)).toEqual([
      10_000, 15_000, 20_000, 25_000,
    ]);
    cluster.act({ do: 'remove', target: BROKER }).until(27_000);
    const before = cluster.count('offsets.written');
    expect(before).toBe(5);
    cluster.act({ do: 'restart', target: BROKER }).until(28_000);
    expect(cluster.committed(0)).toBeGreaterThanOrEqual(255);
  });
});

describe('a reset by an admin', () => {
  it('[CO-18] [CO-9] overwrites the offset, ignores commits, and the next executed pull moves the consumer', () => {
    const cluster = consuming({
      queues: 1,
      consumers: [{ processingMs: 1 }],
      producer: { ratePerSecond: 10 },
    }).until(30_050);
    cluster.act({ do: 'resetOffset', group: 'g', topic: 'Orders', to: 'earliest' });
    expect(cluster.committed(0)).toBe(0);
    cluster.ask(updateConsumerOffset, { group: 'g', topic: 'Orders', queueId: 0, offset: 290 });
    expect([cluster.committed(0), cluster.count('offset.commit-ignored')]).toEqual([0, 1]);
    // The parked pull is run by the next message, without a word of the reset: that comes with the pull after it.
    cluster.until(32_000);
    expect(cluster.count('offset.reset-delivered')).toBe(1);
    expect(cluster.entries('queue.owned', 30_000).map(({ b }) => b)).toEqual([0]);
    cluster.until(40_000);
    expect(cluster.deliveredTwice()).toBeGreaterThanOrEqual(300);
    expect(cluster.committed(0)).toBeGreaterThan(390);
  });

  it('[CO-18] to a time, to an offset, to the end', () => {
    const cluster = consuming({
      queues: 1,
      consumers: [{ processingMs: 1 }],
      producer: { ratePerSecond: 10 },
    }).until(30_050);
    cluster.act({ do: 'pause', target: 'c1' });
    const reset = (point: Readonly<Record<string, unknown>>) => {
      cluster.act({ do: 'resetOffset', group: 'g', topic: 'Orders', ...point });
      return cluster.committed(0);
    };
    expect(reset({ to: 'time', timeUs: 20_000_000 })).toBe(200);
    expect(reset({ to: 'offset', offset: 17 })).toBe(17);
    expect(reset({ to: 'latest' })).toBe(300);
  });

  it('[CO-18] is refused where no master knows the group', () => {
    const cluster = consuming({ queues: 1 });
    expect(() => cluster.act({ do: 'resetOffset', group: 'nobody', topic: 'Orders', to: 'latest' })).toThrow(
      'nobody',
    );
  });

  it('[CO-18] 4.x asks the connected consumers, which move after 10 s; without any the offset is written at once', () => {
    const setup: Setup = {
      version: '4.9',
      queues: 1,
      consumers: [{ processingMs: 1 }],
      producer: { ratePerSecond: 10 },
    };
    const cluster = consuming(setup).until(30_050);
    cluster.act({ do: 'resetOffset', group: 'g', topic: 'Orders', to: 'earliest' }).until(39_000);
    expect(cluster.deliveredTwice()).toBe(0);
    cluster.until(45_000);
    expect(cluster.deliveredTwice()).toBeGreaterThan(290);
    const alone = consuming(setup).until(30_000);
    alone.act({ do: 'remove', target: 'c1' }).until(31_000);
    alone.act({ do: 'resetOffset', group: 'g', topic: 'Orders', to: 'earliest' });
    expect(alone.committed(0)).toBe(0);
  });
});

describe('clients of a broker', () => {
  it('[CL-20] a consumer heartbeat creates its group and the retry topic with one queue', () => {
    const cluster = consuming();
    const { service, store } = cluster.broker();
    expect(service.disk.subscriptionGroups.has('g')).toBe(true);
    expect(store.memory.topics.get('%RETRY%g')).toMatchObject({
      readQueueNums: 1,
      writeQueueNums: 1,
      perm: 6,
    });
    expect(service.groups.get('g')?.channels.size).toBe(1);
    expect(service.producers.get('pg')?.size).toBe(1);
  });

  it('[CL-20] without autoCreateSubscriptionGroup the group stays unknown', () => {
    const cluster = consuming({ brokerConfig: { autoCreateSubscriptionGroup: false } });
    expect(cluster.broker().service.groups.has('g')).toBe(false);
    expect(cluster.pull()?.status).toBe(Code.SUBSCRIPTION_GROUP_NOT_EXIST);
  });

  it('[CL-21] [CL-22] a closed connection is noticed at once, and the others are told', () => {
    const cluster = consuming({ consumers: [{}, {}] }).until(30_000);
    cluster.act({ do: 'kill', target: 'c1', failure: 'process' }).until(30_010);
    expect(cluster.entries('client.forgotten', 30_000).map(({ a }) => a)).toEqual([cluster.node('c1')]);
    expect(cluster.entries('members.notified', 30_000).map(({ b }) => b)).toEqual([1]);
  });

  it('[CL-21] the scan drops a client whose heartbeats stopped, closes its connection, and tells nobody', () => {
    const cluster = consuming({ consumers: [{}, {}] }).until(1_000);
    // Its pulls go on, so the connection is never idle; only the heartbeats are gone.
    const info = cluster.broker().service.groups.get('g');
    const channel = [...(info?.channels.values() ?? [])].find(({ peer }) => peer === cluster.node('c1'));
    cluster.untilTrue(() => {
      if (channel !== undefined) channel.lastUs = 0;
      return cluster.count('client.expired') > 0;
    }, 140_000);
    expect(cluster.nowMs).toBe(130_000);
    expect(cluster.count('members.notified')).toBe(0);
    expect(info?.channels.size).toBe(1);
  });

  it('[CL-22] a newcomer and a leaver are announced; a broadcasting group never', () => {
    const notified = (changes: Readonly<Record<string, unknown>>) => {
      const late = { id: 'late', group: 'g', topic: 'Orders', ...changes };
      const actions = [
        { at: '10s', do: 'add', consumer: late },
        { at: '20s', do: 'remove', target: 'late' },
      ];
      const cluster = consuming({ consumers: [changes], actions }).until(30_000);
      return cluster.entries('members.notified').map(({ b }) => b);
    };
    expect(notified({})).toEqual([2, 1]);
    expect(notified({ messageModel: 'BROADCASTING' })).toEqual([]);
  });

  it('[CL-22] realTimeNotifyConsumerChange=false gathers notices for the next 15 s', () => {
    const late = { id: 'late', group: 'g', topic: 'Orders' };
    const cluster = consuming({
      brokerConfig: { realTimeNotifyConsumerChange: false },
      actions: [{ at: '31s', do: 'add', consumer: late }],
    }).until(60_000);
    expect(cluster.entries('members.notified').map(({ atMs }) => atMs)).toEqual([45_000]);
  });

  it('[CL-22] a repeated heartbeat is no news, a changed subscription is', () => {
    const cluster = consuming({ consumers: [{}, {}] }).until(10_000);
    const from = cluster.nowMs;
    const { clientId } = cluster.consumer('c1').client;
    const subscriptions = ['Orders', '%RETRY%g'].map((topic) => ({ topic, expression: '*', versionUs: 1 }));
    const heartbeat = (topics: typeof subscriptions) => {
      const consumers = [{ group: 'g', messageModel: 'CLUSTERING' as const, subscriptions: topics }];
      cluster.ask(heartBeat, { clientId, producerGroups: [], consumers });
      return cluster.count('members.notified', from);
    };
    expect(heartbeat(subscriptions)).toBe(0);
    expect(heartbeat(subscriptions.slice(0, 1))).toBe(1);
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
