import { describe, expect, it } from 'vitest';
import { cutLink, healLink, killProcess, shutdownProcess, startProcess } from '../../../model/process';
import { changeFake, type FakeOptions, fakeCluster, SECOND } from '../fake-cluster.fixture';
import type { TopicRoute } from '../protocol';
import { ensureChannel } from '../remoting';
import type { ClientState } from './client-state';
import {
  findBrokerInPublish,
  findBrokerInSubscribe,
  publishQueues,
  readableQueues,
  sameRoute,
} from './route-tables';

const ORDERS = [{ topic: 'Orders' }, { topic: 'TBW102', perm: 7, readQueueNums: 8, writeQueueNums: 8 }];
const T2: FakeOptions = {
  nameservers: ['ns-1', 'ns-2'],
  brokers: [
    { name: 'a0', brokerName: 'broker-a', topics: ORDERS },
    { name: 'a1', brokerName: 'broker-a', brokerId: 1, topics: ORDERS },
    { name: 'b0', brokerName: 'broker-b', topics: ORDERS },
  ],
  consumers: [{ id: 'c', topic: 'Orders' }],
};

function cluster(options: FakeOptions = T2) {
  const made = fakeCluster(options);
  const client = (name = 'c'): ClientState => {
    const { consumers, producers } = made.sim.state.product;
    return (consumers.get(made.node(name)) ?? producers.get(made.node(name)))!.client;
  };
  return { ...made, client };
}

const ROUTE: TopicRoute = {
  frozen: true,
  topic: 'T',
  queues: [
    { brokerName: 'broker-b', readQueueNums: 1, writeQueueNums: 2, perm: 6 },
    { brokerName: 'broker-a', readQueueNums: 2, writeQueueNums: 1, perm: 6 },
    { brokerName: 'broker-c', readQueueNums: 1, writeQueueNums: 1, perm: 4 },
  ],
  brokers: [
    { brokerName: 'broker-a', addresses: [[1, 11]] },
    {
      brokerName: 'broker-b',
      addresses: [
        [0, 20],
        [1, 21],
      ],
    },
    { brokerName: 'broker-c', addresses: [[0, 30]] },
  ],
};

describe('tables of a route', () => {
  it('[CL-6] offers the write queues of writable brokers with an id 0, by broker name', () => {
    expect(publishQueues(ROUTE)).toEqual([
      { brokerName: 'broker-b', queueId: 0 },
      { brokerName: 'broker-b', queueId: 1 },
    ]);
    const brokers = ROUTE.brokers.map(({ brokerName }) => ({ brokerName, addresses: [[0, 1]] as const }));
    expect(publishQueues({ ...ROUTE, brokers }).map(({ brokerName }) => brokerName)).toEqual([
      'broker-a',
      'broker-b',
      'broker-b',
    ]);
  });

  it('[CL-7] offers the read queues of readable brokers, master or not', () => {
    expect(readableQueues(ROUTE).map(({ brokerName, queueId }) => `${brokerName}#${queueId}`)).toEqual([
      'broker-a#0',
      'broker-a#1',
      'broker-b#0',
      'broker-c#0',
    ]);
  });

  it('[CL-3] takes routes in another order for equal, and other permissions for different', () => {
    expect(sameRoute(ROUTE, { ...ROUTE, queues: [...ROUTE.queues].reverse() })).toBe(true);
    const closed = ROUTE.queues.map((queue, i) => (i === 0 ? { ...queue, perm: 4 } : queue));
    expect(sameRoute(ROUTE, { ...ROUTE, queues: closed })).toBe(false);
    expect(sameRoute(ROUTE, { ...ROUTE, brokers: ROUTE.brokers.slice(1) })).toBe(false);
  });

  it('[CL-9] publishes to id 0 only; reads fall back to the next id, then to any', () => {
    const { client } = cluster();
    const state = client();
    state.brokerAddrs.set('g', [
      [1, 11],
      [2, 12],
    ]);
    state.brokerAddrs.set('h', [[0, 20]]);
    expect(findBrokerInPublish(state, 'g')).toBeUndefined();
    expect(findBrokerInPublish(state, 'h')).toBe(20);
    expect(findBrokerInSubscribe(state, 'g', 1, true)).toEqual({ node: 11, brokerId: 1 });
    expect(findBrokerInSubscribe(state, 'g', 0, true)).toBeUndefined();
    expect(findBrokerInSubscribe(state, 'g', 0, false)).toEqual({ node: 11, brokerId: 1 });
    expect(findBrokerInSubscribe(state, 'h', 3, false)).toEqual({ node: 20, brokerId: 0 });
    state.brokerAddrs.set('i', [[3, 33]]);
    expect(findBrokerInSubscribe(state, 'i', 2, true)).toEqual({ node: 33, brokerId: 3 });
  });
});

describe('routes', () => {
  it('[CL-1] polls after 10 ms and then every 30 s', () => {
    const { run, seen, node } = cluster();
    run(70 * SECOND);
    const asked = seen('route.given').filter(({ a }) => a === node('c'));
    expect(asked.map(({ timeUs }) => Math.round(timeUs / 10_000))).toEqual([1, 3001, 6001]);
  });

  it('[CL-1] sends the first heartbeat after 1 s, 20 ms behind the first rebalance, and then every 30 s', () => {
    const { run, seen } = cluster();
    run(70 * SECOND);
    expect(seen('client.heartbeat').map(({ timeUs }) => timeUs)).toEqual([
      1.02 * SECOND,
      31.02 * SECOND,
      61.02 * SECOND,
    ]);
  });

  it('[CL-3] replaces its tables only when the answer differs', () => {
    const { sim, run, seen, node, client } = cluster();
    run(31 * SECOND);
    expect(seen('route.replaced')).toHaveLength(1);
    changeFake(sim, node('b0'), { topics: [{ topic: 'Orders', readQueueNums: 2, writeQueueNums: 2 }] });
    run(61 * SECOND);
    expect(seen('route.replaced')).toHaveLength(2);
    expect(client().subscribe.get('Orders')).toHaveLength(6);
  });

  it('[CL-4] [CM-53] keeps its route when nobody answers and when a name server is empty', () => {
    const { sim, run, seen, node, client } = cluster();
    run(20 * SECOND);
    for (const name of ['a0', 'a1', 'b0']) cutLink(sim as never, node(name), node('ns-1'));
    for (const name of ['a0', 'a1', 'b0']) cutLink(sim as never, node(name), node('ns-2'));
    for (const name of ['ns-1', 'ns-2']) killProcess(sim as never, node(name), 'process');
    run(40 * SECOND);
    for (const name of ['ns-1', 'ns-2']) startProcess(sim as never, node(name));
    run(70 * SECOND);
    expect(seen('route.unknown').some(({ timeUs }) => timeUs > 40 * SECOND)).toBe(true);
    expect(client().routes.get('Orders')?.brokers).toHaveLength(2);
    expect(seen('route.kept').length).toBeGreaterThanOrEqual(2);
  });

  it('[CL-4] a round ends with the first question that nobody answers', () => {
    const { sim, run, seen, client, node } = cluster({ ...T2, nameservers: ['ns-1'] });
    run(25 * SECOND);
    cutLink(sim as never, node('c'), client().chosen!);
    // Asked at 30.01 s for the first of two topics; the answer is given up 3 s later.
    run(59 * SECOND);
    expect(seen('route.query-timed-out').map(({ timeUs }) => timeUs)).toEqual([33_010_000]);
    // Asking for the second topic would take a new connection, which comes to nothing.
    expect(seen('connect.timed-out')).toEqual([]);
  });

  it('[CL-11] says so when no name server of the list answered', () => {
    const { sim, run, seen, node } = cluster();
    run(20 * SECOND);
    for (const name of ['ns-1', 'ns-2']) killProcess(sim as never, node(name), 'process');
    run(59 * SECOND);
    expect(seen('client.without-nameserver')).toHaveLength(0);
    run(61 * SECOND);
    expect(seen('client.without-nameserver')).toHaveLength(1);
  });

  it('[CL-8] forgets addresses that no cached route names, with a heartbeat', () => {
    const { sim, run, node, client } = cluster();
    run(20 * SECOND);
    killProcess(sim as never, node('b0'), 'process');
    run(30.5 * SECOND);
    expect(client().subscribe.get('Orders')).toHaveLength(4);
    expect(client().brokerAddrs.has('broker-b')).toBe(true);
    run(31.5 * SECOND);
    expect(client().brokerAddrs.has('broker-b')).toBe(false);
    expect(client().brokerAddrs.has('broker-a')).toBe(true);
  });

  it('[NS-26] [CM-54] a name server that lost a healthy broker tells its clients another route', () => {
    const { sim, run, seen, node, client } = cluster();
    run(15 * SECOND);
    cutLink(sim as never, node('b0'), node(sim.state.env.processes[client().chosen!]!.name));
    run(171 * SECOND);
    expect(
      client()
        .routes.get('Orders')!
        .brokers.map(({ brokerName }) => brokerName),
    ).toEqual(['broker-a']);
    expect(seen('route.other-view')).toHaveLength(0);
    killProcess(sim as never, client().chosen!, 'process');
    run(205 * SECOND);
    expect(seen('route.other-view')).toHaveLength(1);
    expect(client().routes.get('Orders')!.brokers).toHaveLength(2);
  });
});

describe('the choice of a name server', () => {
  it('[CL-10] [CM-50] stays with one while its channel stands; 5.3 tries a single one a call', () => {
    const three: FakeOptions = { ...T2, nameservers: ['ns-1', 'ns-2', 'ns-3'] };
    const { sim, run, seen, client, node } = cluster(three);
    run(25 * SECOND);
    expect(seen('nameserver.chosen')).toHaveLength(1);
    const [first, second] = client().nameservers.map(
      (_, i, list) => list[(list.indexOf(client().chosen!) + i) % 3]!,
    );
    killProcess(sim as never, first!, 'process');
    killProcess(sim as never, second!, 'process');
    run(31 * SECOND);
    expect(client().failedQueries).toBe(1);
    run(61 * SECOND);
    expect(client().failedQueries).toBe(0);
    expect(seen('nameserver.chosen').filter((entry) => entry.node === node('c'))).toHaveLength(3);
  });

  it('[CL-10] [VC-1] 4.9 tries the whole list in one call', () => {
    const { sim, run, client } = cluster({ ...T2, version: '4.9', nameservers: ['ns-1', 'ns-2', 'ns-3'] });
    run(25 * SECOND);
    const list = client().nameservers;
    const at = list.indexOf(client().chosen!);
    killProcess(sim as never, list[at]!, 'process');
    killProcess(sim as never, list[(at + 1) % 3]!, 'process');
    run(31 * SECOND);
    expect(client().failedQueries).toBe(0);
    expect(client().chosen).toBe(list[(at + 2) % 3]);
  });

  it('[CL-10] [CL-12] in 4.9 a silent name server uses the call up; the next call finds another channel open', () => {
    const { sim, run, client } = cluster({ ...T2, version: '4.9', nameservers: ['ns-1', 'ns-2', 'ns-3'] });
    run(25 * SECOND);
    const list = client().nameservers;
    const at = list.indexOf(client().chosen!);
    killProcess(sim as never, list[at]!, 'process');
    killProcess(sim as never, list[(at + 1) % 3]!, 'power');
    run(33.5 * SECOND);
    expect(client().failedQueries).toBe(1);
    expect(client().chosen).toBe(list[(at + 2) % 3]);
    run(61 * SECOND);
    expect(client().failedQueries).toBe(0);
  });

  it('[CL-17] [CM-51] a silent name server costs 3 s, then the next one is asked', () => {
    const { sim, run, seen, client, node } = cluster();
    run(25 * SECOND);
    cutLink(sim as never, node('c'), client().chosen!);
    run(34 * SECOND);
    expect(seen('route.query-timed-out').map(({ b }) => b)).toEqual([3 * SECOND]);
    expect(client().failedQueries).toBe(1);
    run(61 * SECOND);
    expect(client().failedQueries).toBe(0);
  });

  it('[CL-10] the list and the cursor are the luck of the seed', () => {
    const order = (seed: number) =>
      cluster({ ...T2, seed, nameservers: ['ns-1', 'ns-2', 'ns-3', 'ns-4'] })
        .client()
        .nameservers.join();
    expect(order(1)).toBe(order(1));
    expect(new Set([1, 2, 3, 4, 5, 6].map(order)).size).toBeGreaterThan(1);
  });
});

describe('heartbeats', () => {
  it('[CL-18] a consumer tells every broker its group and its subscriptions', () => {
    const { run, heartbeats, node } = cluster();
    run(2 * SECOND);
    const of = (name: string) =>
      heartbeats
        .filter(({ broker }) => broker === node(name))
        .flatMap(({ beat }) => beat.consumers.map((c) => c.group));
    expect(of('a0')).toContain('readers');
    expect(of('a1')).toContain('readers');
    const data = heartbeats[0]!.beat.consumers[0]!;
    expect(data.subscriptions.map(({ topic }) => topic)).toEqual(['Orders', '%RETRY%readers']);
  });

  it('[CL-19] [VC-1] a new channel is used for a heartbeat at once and wakes the rebalance; not in 4.9', () => {
    for (const version of ['5.3', '4.9'] as const) {
      const made = cluster({ ...T2, version });
      made.run(10 * SECOND);
      killProcess(made.sim as never, made.node('b0'), 'process');
      made.run(12 * SECOND);
      startProcess(made.sim as never, made.node('b0'));
      made.run(13 * SECOND);
      const before = made.wakes.length;
      ensureChannel(made.sim, made.node('c'), made.node('b0'));
      made.run(14 * SECOND);
      expect(made.seen('client.heartbeat-on-channel')).toHaveLength(version === '5.3' ? 1 : 0);
      expect(made.wakes.length > before).toBe(version === '5.3');
    }
  });

  it('[CL-19] channels that stand up during a round of heartbeats bring no further one', () => {
    const made = cluster();
    made.run(10 * SECOND);
    expect(made.seen('client.heartbeat')).toHaveLength(1);
    expect(made.seen('client.heartbeat-on-channel')).toEqual([]);
  });

  it('[CL-23] a client that leaves unregisters from every broker, then its process ends', () => {
    const { sim, run, left, node } = cluster();
    run(10 * SECOND);
    shutdownProcess(sim as never, node('c'));
    run(11 * SECOND);
    expect(left.sort()).toEqual([node('a0'), node('a1'), node('b0')].sort());
    expect(sim.state.env.processes[node('c')]!.state).toBe('down');
  });

  it('[CL-2] a client id is unique for each start, and a broadcasting consumer keeps ip@DEFAULT', () => {
    const options = {
      ...T2,
      consumers: [
        { id: 'c', topic: 'Orders' },
        { id: 'd', topic: 'Orders', broadcasting: true },
      ],
    };
    const { sim, run, client, node } = cluster(options);
    run(SECOND);
    const first = client('c').clientId;
    expect(first).toMatch(/^10\.\d+\.\d+\.\d+@\d+#\d+$/);
    expect(client('d').clientId).toMatch(/^10\.\d+\.\d+\.\d+@DEFAULT$/);
    killProcess(sim as never, node('c'), 'process');
    startProcess(sim as never, node('c'));
    expect(client('c').clientId).not.toBe(first);
  });

  it('[CL-2] with aligned phases client ids sort in the order of the scenario, else by luck', () => {
    const consumers = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6'].map((id) => ({ id, topic: 'Orders' }));
    const sorted = (seed: number, aligned: boolean) => {
      const made = cluster({ ...T2, seed, aligned, consumers });
      return consumers
        .map(({ id }) => id)
        .sort((x, y) => (made.client(x).clientId < made.client(y).clientId ? -1 : 1))
        .join();
    };
    expect(sorted(1, true)).toBe('c1,c2,c3,c4,c5,c6');
    expect(new Set([1, 2, 3].map((seed) => sorted(seed, false))).size).toBeGreaterThan(1);
  });
});

it('[CM-54] heals with the next registration', () => {
  const { sim, run, client, node } = cluster({ ...T2, nameservers: ['ns-1'] });
  run(15 * SECOND);
  cutLink(sim as never, node('b0'), node('ns-1'));
  run(171 * SECOND);
  expect(client().routes.get('Orders')!.brokers).toHaveLength(1);
  healLink(sim as never, node('b0'), node('ns-1'));
  run(241 * SECOND);
  expect(client().routes.get('Orders')!.brokers).toHaveLength(2);
});
