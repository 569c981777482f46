import { describe, expect, it } from 'vitest';
import { netClosed } from '../../../model/net';
import { cutLink, killProcess, startProcess } from '../../../model/process';
import { changeFake, type FakeOptions, fakeCluster, registerFake, SECOND } from '../fake-cluster.fixture';

const ORDERS = [{ topic: 'Orders' }, { topic: 'TBW102', perm: 7, readQueueNums: 8, writeQueueNums: 8 }];
const PAIR: FakeOptions = {
  brokers: [
    { name: 'a0', brokerName: 'broker-a', topics: ORDERS },
    { name: 'a1', brokerName: 'broker-a', brokerId: 1, topics: ORDERS },
    { name: 'b0', brokerName: 'broker-b', topics: ORDERS },
  ],
};

function cluster(options: FakeOptions = PAIR) {
  const made = fakeCluster(options);
  const tables = (name = 'ns-1') => made.sim.state.product.nameservers.get(made.node(name))!.tables;
  const idsOf = (brokerName: string, name = 'ns-1') =>
    [...(tables(name).brokerAddrTable.get(brokerName)?.addrs.keys() ?? [])].sort();
  return { ...made, tables, idsOf };
}

describe('registration', () => {
  it('[NS-10] [NS-2] [NS-3] lists each broker under its name and id, with the topics of the master', () => {
    const { run, tables, idsOf, seen } = cluster();
    run(1 * SECOND);
    expect(idsOf('broker-a')).toEqual([0, 1]);
    expect([...tables().topicQueueTable.get('Orders')!.keys()]).toEqual(['broker-a', 'broker-b']);
    expect(tables().brokerLiveTable.size).toBe(3);
    // Two topics of two masters; nothing in the tables is about clients.
    expect(seen('topic.listed')).toHaveLength(4);
    expect(seen('nameserver.listening')[0]!.a).toBe(9876);
  });

  it('[NS-10] refuses a single topic of a broker that is not listed', () => {
    const { sim, run, node, tables, seen } = cluster({ ...PAIR, nameservers: ['ns-1'] });
    run(1 * SECOND);
    killProcess(sim as never, node('ns-1'), 'process');
    run(2 * SECOND);
    startProcess(sim as never, node('ns-1'));
    registerFake(sim, node('a0'), ['Orders']);
    run(3 * SECOND);
    expect(seen('broker.increment-too-early')).toHaveLength(1);
    expect(tables().brokerLiveTable.size).toBe(0);
  });

  it('[NS-1] [NS-5] a restarted name server is empty until brokers register again', () => {
    const { sim, run, node, tables, seen } = cluster({ ...PAIR, nameservers: ['ns-1', 'ns-2'] });
    run(2 * SECOND);
    killProcess(sim as never, node('ns-1'), 'process');
    run(3 * SECOND);
    startProcess(sim as never, node('ns-1'));
    run(9 * SECOND);
    expect(tables().brokerLiveTable.size).toBe(0);
    expect(tables('ns-2').brokerLiveTable.size).toBe(3);
    expect(seen('nameserver.started-empty')).toHaveLength(3);
    run(11 * SECOND);
    expect(tables().brokerLiveTable.size).toBe(3);
  });

  it('[NS-14] an unchanged DataVersion leaves the queues alone, a changed one replaces them', () => {
    const { sim, run, node, tables, seen } = cluster();
    run(9 * SECOND);
    const before = tables().topicQueueTable.get('Orders')!.get('broker-b');
    run(11 * SECOND);
    expect(tables().topicQueueTable.get('Orders')!.get('broker-b')).toBe(before);
    expect(seen('broker.registration-unchanged')).toHaveLength(2);
    changeFake(sim, node('b0'), { topics: [{ topic: 'Orders', writeQueueNums: 2 }] });
    run(41 * SECOND);
    expect(tables().topicQueueTable.get('Orders')!.get('broker-b')!.writeQueueNums).toBe(2);
  });

  it('[NS-13] a topic that a registration lacks stays listed, unless the name server deletes it', () => {
    for (const deletes of [false, true]) {
      const { sim, run, node, tables, seen } = cluster({
        ...PAIR,
        nameserverConfig: { deleteTopicWithBrokerRegistration: deletes },
      });
      run(1 * SECOND);
      changeFake(sim, node('b0'), { topics: [ORDERS[1]!] });
      run(11 * SECOND);
      expect(tables().topicQueueTable.get('Orders')!.has('broker-b')).toBe(!deletes);
      expect(seen(deletes ? 'topic.removed' : 'topic.outlived')).toHaveLength(1);
    }
  });

  it('[NS-12] the topics of a slave count only while no smaller id is listed, and never in 4.9', () => {
    const slaveOnly: FakeOptions = {
      brokers: [{ name: 'a1', brokerName: 'broker-a', brokerId: 1, topics: ORDERS }],
    };
    const five = cluster(slaveOnly);
    five.run(1 * SECOND);
    expect(five.tables().topicQueueTable.has('Orders')).toBe(true);
    expect(five.seen('slave.topics-taken')).toHaveLength(1);

    const four = cluster({ ...slaveOnly, version: '4.9' });
    four.run(1 * SECOND);
    expect(four.tables().topicQueueTable.has('Orders')).toBe(false);

    const withMaster = cluster();
    withMaster.run(1 * SECOND);
    changeFake(withMaster.sim, withMaster.node('a1'), { topics: [{ topic: 'Ghost' }] });
    withMaster.run(11 * SECOND);
    expect(withMaster.tables().topicQueueTable.has('Ghost')).toBe(false);
  });

  it('[NS-11] of two processes with one name and id the later registration wins, each time', () => {
    const { run, tables, seen, node } = cluster({
      brokers: [
        { name: 'x', brokerName: 'broker-a', topics: ORDERS },
        { name: 'y', brokerName: 'broker-a', topics: ORDERS },
      ],
    });
    run(1 * SECOND);
    expect(tables().brokerAddrTable.get('broker-a')!.addrs.get(0)).toBe(node('y'));
    run(11 * SECOND);
    expect(seen('broker.address-taken').map(({ a }) => a)).toEqual([node('y'), node('x'), node('y')]);
  });

  it('[NS-11] a higher stateVersion is not replaced', () => {
    const { sim, run, tables, seen, node } = cluster({
      brokers: [
        { name: 'x', brokerName: 'broker-a', topics: ORDERS },
        { name: 'y', brokerName: 'broker-a', topics: ORDERS },
      ],
      down: ['y'],
    });
    run(1 * SECOND);
    const live = tables().brokerLiveTable.get(node('x'))!;
    live.dataVersion = { ...live.dataVersion, stateVersion: 1 };
    startProcess(sim as never, node('y'));
    run(2 * SECOND);
    expect(seen('broker.address-refused').map(({ a, b }) => [a, b])).toEqual([[node('y'), node('x')]]);
    expect(tables().brokerAddrTable.get('broker-a')!.addrs.get(0)).toBe(node('x'));
    expect(tables().brokerLiveTable.has(node('y'))).toBe(false);
  });

  it('[NS-10] a slave that was made master stands under its new id only', () => {
    const { sim, run, idsOf, node } = cluster();
    run(1 * SECOND);
    changeFake(sim, node('b0'), { brokerId: 3 });
    run(11 * SECOND);
    expect(idsOf('broker-b')).toEqual([3]);
  });

  it('[NS-7] a slave is told its master, once that is registered', () => {
    const { run, seen, node } = cluster();
    run(1 * SECOND);
    expect(seen('slave.told-master').map(({ a, b }) => [a, b])).toEqual([[node('a1'), node('a0')]]);
  });
});

describe('removal', () => {
  it('[NS-15] [NS-17] a closed connection removes its broker at once, with the next event in 5.3', () => {
    const { sim, run, node, idsOf, seen, tables } = cluster();
    run(20 * SECOND);
    killProcess(sim as never, node('b0'), 'process');
    run(20 * SECOND + 1_000);
    expect(idsOf('broker-b')).toEqual([]);
    expect(tables().topicQueueTable.get('Orders')!.has('broker-b')).toBe(false);
    const [lost] = seen('broker.connection-lost');
    const [removed] = seen('broker.removed');
    expect(removed!.timeUs).toBe(lost!.timeUs);
    expect(lost!.timeUs - 20 * SECOND).toBeLessThan(1_000);
    expect(seen('route.nobody-told')).toHaveLength(1);
  });

  it('[NS-17] a removal beyond unRegisterBrokerQueueCapacity is lost; [VC-1] 4.9 removes inline', () => {
    for (const version of ['5.3', '4.9'] as const) {
      const config = { unRegisterBrokerQueueCapacity: 1 };
      const { sim, run, node, tables, seen } = cluster({ ...PAIR, version, nameserverConfig: config });
      run(20 * SECOND);
      // Both connections close in one event round of the name server.
      for (const name of ['a0', 'b0']) killProcess(sim as never, node(name), 'process');
      run(21 * SECOND);
      const full = version === '5.3';
      expect(seen('unregister.queue-full')).toHaveLength(full ? 1 : 0);
      expect(tables().brokerLiveTable.size).toBe(full ? 2 : 1);
    }
  });

  it('[NS-17] an older connection of a broker removes nothing', () => {
    const { sim, run, node, idsOf, seen } = cluster({ ...PAIR, nameservers: ['ns-1'] });
    run(5 * SECOND);
    // The link falls silent and heals; the broker gives the old connection up and registers on a new one.
    const conns = () => [...sim.state.env.conns.values()].filter((conn) => conn.ends[0].node === node('b0'));
    const old = conns()[0]!.id;
    sim.state.product.brokers.get(node('b0'))!.remoting.channels.clear();
    registerFake(sim, node('b0'));
    run(6 * SECOND);
    expect(conns()).toHaveLength(2);
    sim.call(netClosed, node('ns-1'), { conn: old, peer: node('b0'), purpose: 'remoting' });
    run(7 * SECOND);
    expect(seen('broker.old-connection-ignored')).toHaveLength(1);
    expect(idsOf('broker-b')).toEqual([0]);
  });

  it('[NS-20] [NS-15] a broker cut off is listed until 120 s after its last byte', () => {
    const { sim, run, node, idsOf, seen } = cluster();
    run(17 * SECOND);
    cutLink(sim as never, node('b0'), node('ns-1'));
    run(129.9 * SECOND);
    expect(idsOf('broker-b')).toEqual([0]);
    run(130.1 * SECOND);
    // Last registered at 10 s: 120 s later, before any scan that is strictly later.
    expect(idsOf('broker-b')).toEqual([]);
    expect(seen('broker.idle-closed')).toHaveLength(1);
    expect(seen('broker.registration-expired')).toHaveLength(0);
    expect(Math.abs(seen('broker.silence-noticed')[0]!.b - 120 * SECOND)).toBeLessThan(2_000);
  });

  it('[NS-16] [VC-1] the scan finds what the idle handler does not, strictly after the timeout, at 5 s steps', () => {
    // Registered at 10.0006 s: 5.3 looks each 5 s from 5 ms on, 4.9 each 10 s from 5 s on.
    for (const [version, expected] of [
      ['5.3', 130_005_000],
      ['4.9', 135_000_000],
    ] as const) {
      const { sim, run, node, idsOf, seen } = cluster({
        ...PAIR,
        version,
        nameserverConfig: { serverChannelMaxIdleTimeSeconds: 1_000 },
      });
      run(17 * SECOND);
      cutLink(sim as never, node('b0'), node('ns-1'));
      run(134 * SECOND);
      expect(idsOf('broker-b')).toEqual(version === '5.3' ? [] : [0]);
      run(136 * SECOND);
      expect(idsOf('broker-b')).toEqual([]);
      expect(seen('broker.registration-expired')[0]!.timeUs).toBe(expected);
    }
  });

  it('[NS-18] [NS-19] without its master a group keeps its queues while a slave is listed', () => {
    const { sim, run, node, idsOf, tables, seen } = cluster();
    run(5 * SECOND);
    killProcess(sim as never, node('a0'), 'process');
    run(6 * SECOND);
    expect(idsOf('broker-a')).toEqual([1]);
    expect(tables().topicQueueTable.get('Orders')!.get('broker-a')!.perm).toBe(6);
    expect(seen('group.without-master')[0]!.b).toBe(1);
    killProcess(sim as never, node('a1'), 'process');
    run(7 * SECOND);
    expect(tables().topicQueueTable.get('Orders')!.has('broker-a')).toBe(false);
    expect(tables().brokerAddrTable.has('broker-a')).toBe(false);
  });

  it('[NS-27] a broker that comes back is listed with its first registration', () => {
    const { sim, run, node, idsOf, seen } = cluster();
    run(5 * SECOND);
    killProcess(sim as never, node('b0'), 'process');
    run(60 * SECOND);
    startProcess(sim as never, node('b0'));
    run(60 * SECOND + 10_000);
    expect(idsOf('broker-b')).toEqual([0]);
    expect(seen('broker.listed').at(-1)!.timeUs).toBeLessThan(60 * SECOND + 3_000);
  });
});

describe('queries', () => {
  it('[NS-21] answers with a dead broker as long as it is listed, and with TOPIC_NOT_EXIST for what nobody has', () => {
    const { sim, run, node, seen } = cluster({
      ...PAIR,
      producers: [{ id: 'p', topic: 'Nowhere' }],
      consumers: [{ id: 'c', topic: 'Orders' }],
    });
    run(5 * SECOND);
    cutLink(sim as never, node('b0'), node('ns-1'));
    run(31 * SECOND);
    const client = sim.state.product.consumers.get(node('c'))!.client;
    expect(client.routes.get('Orders')!.brokers.map(({ brokerName }) => brokerName)).toEqual([
      'broker-a',
      'broker-b',
    ]);
    expect(seen('route.unknown').length).toBeGreaterThan(0);
    expect(client.routes.has('%RETRY%readers')).toBe(false);
  });

  it('[NS-21] with needWaitForService it answers nobody before waitSecondsForService', () => {
    const { sim, run, node, seen } = cluster({
      ...PAIR,
      nameserverConfig: { needWaitForService: true },
      consumers: [{ id: 'c', topic: 'Orders' }],
    });
    run(44 * SECOND);
    const { client } = sim.state.product.consumers.get(node('c'))!;
    expect(seen('route.not-yet-serving').length).toBeGreaterThan(0);
    expect(client.routes.size).toBe(0);
    run(61 * SECOND);
    expect(client.routes.has('Orders')).toBe(true);
  });
});
