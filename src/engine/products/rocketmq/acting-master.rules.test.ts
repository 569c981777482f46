import { describe, expect, it } from 'vitest';
import { processOf } from '../../model/env';
import { type ActingSetup, acting, MASTER, OTHER, SLAVE } from './acting-master.fixture';
import { askRoute, escapeTarget } from './broker/escape-target';
import { actsAsMaster, runsSpecialServices } from './broker/special-services';
import type { Consuming } from './consumer/consuming.fixture';

const kill = (failure: string, at = '40s') => ({ at, do: 'kill', target: MASTER, failure });

const first = (cluster: Consuming, type: string, fromMs = 0) =>
  cluster.entries(type).find(({ atMs }) => atMs >= fromMs);
const addresses = (cluster: Consuming, name = 'broker-a') => {
  const [nameserver] = cluster.sim.state.product.nameservers.values();
  return [...nameserver!.tables.brokerAddrTable.get(name)!.addrs.keys()].sort();
};
const perm = (cluster: Consuming) => {
  const [nameserver] = cluster.sim.state.product.nameservers.values();
  return nameserver!.tables.topicQueueTable.get('Orders')!.get('broker-a')!.perm;
};
const ALIVE = { producer: { ratePerSecond: 20 } } satisfies ActingSetup;

describe('signs of life', () => {
  it('[NS-8] [NS-16] light heartbeats keep a registration of 10 s alive between registrations of 30 s', () => {
    const cluster = acting().until(60_000);
    const [nameserver] = cluster.sim.state.product.nameservers.values();
    expect(cluster.count('broker.registration-expired')).toBe(0);
    const live = nameserver!.tables.brokerLiveTable.get(cluster.node(MASTER))!;
    expect(live.timeoutUs).toBe(10_000_000);
    expect(cluster.sim.nowUs - live.lastUpdateUs).toBeLessThan(1_100_000);
    // A broker without the mode is known by its registrations alone.
    expect(nameserver!.tables.brokerLiveTable.get(cluster.node(OTHER))!.timeoutUs).toBe(120_000_000);
  });

  it('[NS-16] [CM-40] a master without power leaves the route 10 to 15 s after its last heartbeat', () => {
    const cluster = acting({ actions: [kill('power')] }).until(80_000);
    const expired = first(cluster, 'broker.registration-expired')!;
    expect(expired.atMs).toBeGreaterThan(49_000);
    expect(expired.atMs).toBeLessThan(55_100);
    expect(addresses(cluster)).toEqual([1]);
  });
});

describe('the acting master', () => {
  it('[NS-18] [NS-22] [HA-19] is the smallest id, shown as id 0, read only', () => {
    const cluster = acting({ slaves: 2, actions: [kill('process')] }).until(75_000);
    expect(perm(cluster)).toBe(4);
    expect(first(cluster, 'route.acting-master')).toMatchObject({ a: cluster.node(SLAVE) });
    const route = cluster.consumer('c1').client.brokerAddrs.get('broker-a');
    expect(route).toEqual([
      [0, cluster.node(SLAVE)],
      [2, cluster.node('broker-a:2')],
    ]);
    expect(actsAsMaster(cluster.broker(SLAVE))).toBe(true);
    expect(runsSpecialServices(cluster.broker(SLAVE))).toBe(true);
    expect(actsAsMaster(cluster.broker('broker-a:2'))).toBe(false);
    expect(runsSpecialServices(cluster.broker('broker-a:2'))).toBe(false);
  });

  it('[NS-22] [NS-19] a name server without supportActingMaster shows it under its own id', () => {
    const cluster = acting({ supportActingMaster: false, actions: [kill('process')] }).until(75_000);
    expect(cluster.count('route.acting-master')).toBe(0);
    expect(cluster.consumer('c1').client.brokerAddrs.get('broker-a')).toEqual([[1, cluster.node(SLAVE)]]);
    expect(perm(cluster)).toBe(4);
  });

  it('[HA-20] [HA-19] begins within a second of the removal, and ends when the master is listed again', () => {
    const actions = [kill('process'), { at: '90s', do: 'restart', target: MASTER }];
    const cluster = acting({ actions }).until(70_000);
    const removed = first(cluster, 'broker.removed')!;
    const begun = first(cluster, 'master.acting')!;
    expect(begun.node).toBe(SLAVE);
    expect(begun.atMs - removed.atMs).toBeLessThan(1_010);
    cluster.until(100_000);
    const ended = first(cluster, 'master.acting-ended')!;
    expect(ended).toMatchObject({ node: SLAVE, a: cluster.node(MASTER) });
    expect(ended.atMs).toBeLessThan(91_100);
    expect(perm(cluster)).toBe(6);
    expect(cluster.broker(SLAVE).store.memory.feed.state).toBe('open');
  });

  it('[HA-20] forgets a master that a member list has named: with totalReplicas 1 from the second loss on', () => {
    const masterAtActing = (cluster: Consuming, fromMs: number) => {
      expect(first(cluster.until(fromMs + 4_000), 'master.acting', fromMs)).toBeDefined();
      return cluster.broker(SLAVE).store.memory.feed.master;
    };
    const actions = [kill('process'), { at: '90s', do: 'restart', target: MASTER }, kill('process', '120s')];
    const alone = acting({ actions });
    expect(masterAtActing(alone, 40_000)).toBe(alone.node(MASTER));
    expect(alone.until(85_000).entries('ha.retries', 75_000, SLAVE).length).toBeGreaterThan(0);
    expect(masterAtActing(alone, 120_000)).toBeUndefined();
    const shaken = acting({ config: { totalReplicas: 2 }, actions });
    expect(masterAtActing(shaken, 40_000)).toBeUndefined();
    expect(shaken.until(85_000).count('ha.retries', 75_000, SLAVE)).toBe(0);
  });

  it('[HA-19] [HA-13] [CM-40] serves reads with slaveReadEnable, and without it none', () => {
    for (const slaveReadEnable of [true, false]) {
      const cluster = acting({
        slave: { slaveReadEnable },
        actions: [
          { at: '5s', do: 'pause', target: 'c1' },
          { at: '5s', do: 'pause', target: 'c2' },
          { at: '30s', do: 'burst', target: 'p', messages: 200 },
          kill('process'),
          { at: '41s', do: 'resume', target: 'c1' },
          { at: '41s', do: 'resume', target: 'c2' },
        ],
      }).until(85_000);
      expect(cluster.count('record.consumed')).toBe(slaveReadEnable ? 200 : 100);
      expect(cluster.count('pull.rejected-by-slave') > 0).toBe(!slaveReadEnable);
    }
  });

  it('[HA-19] [OR-2] grants the locks of orderly consumers', () => {
    const cluster = acting({
      consumer: { listener: 'orderly' },
      actions: [
        { at: '5s', do: 'pause', target: 'c1' },
        { at: '5s', do: 'pause', target: 'c2' },
        { at: '30s', do: 'burst', target: 'p', messages: 200 },
        kill('process'),
        { at: '41s', do: 'resume', target: 'c1' },
        { at: '41s', do: 'resume', target: 'c2' },
      ],
    }).until(140_000);
    expect(cluster.count('record.consumed')).toBe(200);
  });

  it('[HA-19] [HA-16] parks pulls that find nothing instead of sending them to a master that is gone', () => {
    const cluster = acting({ actions: [kill('process')] }).until(95_000);
    const held = cluster.entries('pull.held').filter(({ node, atMs }) => node === SLAVE && atMs > 71_000);
    expect(held.length).toBeGreaterThan(0);
    expect(cluster.count('pull.spins-on-slave')).toBe(0);
  });

  it('[HA-19] [HA-17] takes no sends: they go to the other group', () => {
    const cluster = acting({ ...ALIVE, actions: [kill('process')] }).until(90_000);
    const stored = cluster.entries('message.stored').filter(({ atMs }) => atMs > 41_000);
    expect(stored.length).toBeGreaterThan(900);
    expect(stored.every(({ node }) => node === OTHER)).toBe(true);
    expect(cluster.count('send.failed')).toBe(0);
  });
});

describe('where an acting master writes', () => {
  const gone = (enableRemoteEscape: boolean) =>
    acting({ config: { enableRemoteEscape }, actions: [kill('process')] }).until(60_000);

  it('[HA-19] to a queue of another master, once it has asked for the route', () => {
    const cluster = gone(true);
    const ask = () => escapeTarget(cluster.sim, cluster.node(SLAVE), 'Orders');
    expect(ask()).toBe('unknown');
    askRoute(cluster.sim, cluster.node(SLAVE), 'Orders');
    expect(cluster.count('escape.route-asked')).toBe(1);
    cluster.until(60_010);
    const other = cluster.node(OTHER);
    expect([ask(), ask(), ask()]).toEqual([0, 1, 0].map((queueId) => ({ node: other, queueId })));
  });

  it('[HA-19] nowhere with enableRemoteEscape off, which is the default', () => {
    const cluster = gone(false);
    expect(actsAsMaster(cluster.broker(SLAVE))).toBe(true);
    expect(escapeTarget(cluster.sim, cluster.node(SLAVE), 'Orders')).toBeUndefined();
    expect(cluster.count('escape.route-asked')).toBe(0);
  });
});

describe('delayed messages of a dead master', () => {
  /** Ten messages of level 4 (30 s) are stored on both masters; one of them dies before they are due. */
  const delayed = (enableRemoteEscape: boolean) =>
    acting({
      config: { enableRemoteEscape },
      producer: { ratePerSecond: 10, messages: 20, delayLevel: 4 },
      actions: [kill('process', '10s')],
    });

  it('[HA-19] [SC-5] come out through another master, delivered once each', () => {
    const cluster = delayed(true).until(90_000);
    const escaped = cluster.entries('escape.sent');
    expect(escaped).toHaveLength(10);
    expect(escaped.every(({ node, b }) => node === SLAVE && b === cluster.node(OTHER))).toBe(true);
    // The first one waits for the answer of a name server: it neither fails nor asks twice.
    expect(cluster.count('delay.delivery-failed')).toBe(0);
    expect(cluster.count('escape.route-asked')).toBe(1);
    expect(cluster.count('record.consumed')).toBe(20);
  });

  it('[HA-19] wait while no name server answers, and come out when one does', () => {
    const cluster = delayed(true).until(25_000);
    cluster.act({ do: 'kill', target: 'ns-1', failure: 'process' });
    cluster.until(60_000);
    expect([cluster.count('escape.sent'), cluster.count('delay.delivery-failed')]).toEqual([0, 1]);
    cluster.act({ do: 'restart', target: 'ns-1' });
    expect(cluster.until(130_000).count('escape.sent')).toBe(10);
  });

  it('[HA-19] stay where they are without enableRemoteEscape', () => {
    const cluster = delayed(false).until(90_000);
    expect(cluster.count('escape.sent')).toBe(0);
    expect(cluster.count('record.consumed')).toBe(10);
  });
});

describe('replicas that a put needs', () => {
  const TWO = { brokerRole: 'SYNC_MASTER', inSyncReplicas: 2, totalReplicas: 2 };
  const slaveDies = (config: ActingSetup['config']) =>
    acting({
      ...ALIVE,
      config: { ...TWO, ...config },
      actions: [{ at: '40s', do: 'kill', target: SLAVE, failure: 'process' }],
    }).until(60_000);

  it('[HA-7] [CM-41] are counted before writing: without them the send is refused and retried elsewhere', () => {
    const cluster = slaveDies({});
    expect(cluster.count('put.replicas-not-enough')).toBeGreaterThan(100);
    const stored = cluster.entries('message.stored').filter(({ atMs }) => atMs > 42_000);
    expect(stored.every(({ node }) => node === OTHER)).toBe(true);
    expect(cluster.count('send.failed')).toBe(0);
  });

  it('[HA-7] enableAutoInSyncReplicas asks for no more than there are, minInSyncReplicas for no less', () => {
    const auto = slaveDies({ enableAutoInSyncReplicas: true });
    expect(auto.count('put.replicas-not-enough')).toBe(0);
    expect(auto.entries('message.stored').some(({ node, atMs }) => node === MASTER && atMs > 45_000)).toBe(
      true,
    );
    const floor = slaveDies({ enableAutoInSyncReplicas: true, minInSyncReplicas: 2 });
    expect(floor.count('put.replicas-not-enough')).toBeGreaterThan(100);
  });
});

describe('going online', () => {
  const REPLICAS = { totalReplicas: 2 };

  it('[HA-20] with totalReplicas above 1 a returning master shakes hands before it registers', () => {
    const actions = [kill('process'), { at: '70s', do: 'restart', target: MASTER }];
    const cluster = acting({ ...ALIVE, config: REPLICAS, actions }).until(90_000);
    const isolated = first(cluster, 'broker.isolated', 70_000)!;
    const online = first(cluster, 'broker.online', 70_000)!;
    const listed = first(cluster, 'broker.listed', 70_000)!;
    expect(isolated.node).toBe(MASTER);
    expect(first(cluster, 'ha.connected', 70_000)!.atMs).toBeLessThan(online.atMs);
    expect(first(cluster, 'pre-online.offsets', 70_000)!.a).toBe(cluster.node(SLAVE));
    expect(listed.atMs).toBeGreaterThan(online.atMs);
    expect(online.atMs).toBeLessThan(76_100);
    expect(addresses(cluster)).toEqual([0, 1]);
  });

  it('[HA-20] [HA-18] the offsets that were committed to the acting master are not forgotten', () => {
    const actions = [
      { at: '30s', do: 'burst', target: 'p', messages: 400 },
      { at: '31s', do: 'pause', target: 'c1' },
      { at: '31s', do: 'pause', target: 'c2' },
      kill('process'),
      { at: '70s', do: 'restart', target: MASTER },
    ];
    const cluster = acting({ config: REPLICAS, actions }).until(69_000);
    const acted = [0, 1].map((queueId) => cluster.committed(queueId, 'g', SLAVE));
    cluster.until(80_000);
    expect([0, 1].map((queueId) => cluster.committed(queueId, 'g', MASTER))).toEqual(acted);
  });

  /** Its slave copies the delay offsets of the master at about 63 s; `late` messages of 1 s follow, and it is killed. */
  const delivering = (late: number) => {
    const actions = [
      { at: '5s', do: 'burst', target: 'p', messages: 20 },
      { at: '66s', do: 'burst', target: 'p', messages: late },
      kill('process', '80s'),
      { at: '110s', do: 'restart', target: MASTER },
    ];
    const cluster = acting({ config: REPLICAS, producer: { delayLevel: 1 }, actions }).until(79_000);
    const [ahead = 0, copied = 0] = [MASTER, SLAVE].map((id) =>
      cluster.broker(id).store.memory.schedule.offsets.get(1),
    );
    expect(copied).toBeGreaterThan(0);
    expect(ahead).toBeGreaterThan(copied);
    cluster.until(125_000);
    return { ahead, copied, cluster, again: cluster.count('delay.over', 110_000, MASTER) };
  };

  it('[HA-20] [SC-6] it goes on where its slave was, even if that is less far than it was itself', () => {
    const { ahead, copied, cluster, again } = delivering(20);
    expect(cluster.count('pre-online.delays')).toBe(1);
    expect(again).toBe(ahead - copied);
  });

  it('[HA-20] [SC-6] after 200 deliveries its own delay offsets have the newer version, and stay', () => {
    const { cluster, again } = delivering(500);
    expect([cluster.count('pre-online.delays'), cluster.count('pre-online.delays-kept')]).toEqual([0, 1]);
    expect(again).toBe(0);
  });

  it('[HA-20] with totalReplicas 1 it registers at once', () => {
    const actions = [kill('process'), { at: '70s', do: 'restart', target: MASTER }];
    const cluster = acting({ actions }).until(70_100);
    expect(processOf(cluster.sim.state.env, cluster.node(MASTER)).state).toBe('up');
    expect(cluster.count('broker.isolated')).toBe(0);
    expect(addresses(cluster)).toEqual([0, 1]);
  });
});
