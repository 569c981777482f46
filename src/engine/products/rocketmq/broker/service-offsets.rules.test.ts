import { describe, expect, it } from 'vitest';
import { BROKER, type Consuming, consuming, type Setup, stored } from '../consumer/consuming.fixture';
import { ALL } from '../filter/filter';
import {
  Code,
  getMaxOffset,
  heartBeat,
  queryConsumerOffset,
  searchOffset,
  updateConsumerOffset,
} from '../protocol';
import { consumeQueueOf } from './store-state';

const queueOf = (cluster: Consuming) =>
  consumeQueueOf(cluster.sim, cluster.broker(), 'Orders', 0) as NonNullable<
    ReturnType<typeof consumeQueueOf>
  >;

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
    cluster.act({ do: 'remove', target: BROKER }).until(30_000);
    const before = cluster.count('offsets.written');
    expect(before).toBe(5);
    cluster.act({ do: 'restart', target: BROKER }).until(31_000);
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
    const subscriptions = ['Orders', '%RETRY%g'].map((topic) => ({
      frozen: true as const,
      topic,
      filter: ALL,
      versionUs: 1,
    }));
    const heartbeat = (topics: typeof subscriptions) => {
      const consumers = [{ group: 'g', messageModel: 'CLUSTERING' as const, subscriptions: topics }];
      cluster.ask(heartBeat, { clientId, producerGroups: [], consumers });
      return cluster.count('members.notified', from);
    };
    expect(heartbeat(subscriptions)).toBe(0);
    expect(heartbeat(subscriptions.slice(0, 1))).toBe(1);
  });
});
