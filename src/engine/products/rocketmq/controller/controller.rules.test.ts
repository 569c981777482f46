import { describe, expect, it } from 'vitest';
import type { Kind } from '../../../core/kinds';
import type { TraceEntry } from '../../../core/trace';
import { nodeOf } from '../../../model/env';
import type { Run } from '../../../run';
import { MESSAGE_DEFAULTS } from '../../../scenario/defaults';
import { isElected } from '../broker/controlled';
import {
  ackAloneElected,
  becameMaster,
  becameSlave,
  brokerUnfenced,
  confirmedDispatched,
  controllersMissed,
  logTruncated,
  masterAlone,
  masterDemoted,
  noCommonEpoch,
  slaveAbsent,
  slaveLagging,
  slaveLeft,
} from '../broker/controller-mode-kinds';
import { feedLost, linkExpired, pieceSent, transferBegins } from '../broker/ha-kinds';
import { messageStored } from '../broker/log-kinds';
import type { Broker } from '../state';
import { controllerCluster, rocket } from './controller.fixture';
import {
  brokerExpired,
  brokerGone,
  brokerIdGiven,
  brokerIdRefused,
  controllerLeads,
  controllerStepsDown,
  groupHeadless,
  masterAskedFor,
  masterElected,
  masterElectedUnclean,
  masterMissing,
  notLeading,
  setChanged,
} from './controller-kinds';
import { elect } from './replicas-info';

const S = 1_000_000;

function entries(run: Run, kind: Kind): TraceEntry[] {
  const found: TraceEntry[] = [];
  run.sim.window?.scan(0, run.sim.traceCount, (entry) => {
    if (entry.kind === kind) found.push(entry);
    return true;
  });
  return found;
}
const act = (run: Run, deed: object) => run.act({ atUs: null, afterStep: null, ...deed } as never);
const kill = (run: Run, target: string, failure: string) => act(run, { do: 'kill', target, failure });
const nameOf = (run: Run, node: number) => run.sim.state.env.processes[node]?.name ?? '';
const brokers = (run: Run) => [...rocket(run).brokers.values()];
const masters = (run: Run) => brokers(run).filter(isElected);
/** The elected master with the highest epoch. */
function master(run: Run): Broker {
  const [best] = masters(run).sort(
    (x, y) => (y.controlled?.masterEpoch ?? 0) - (x.controlled?.masterEpoch ?? 0),
  );
  if (best === undefined) throw new Error('no master');
  return best;
}
const setOf = (run: Run) => [...(master(run).controlled?.set ?? [])].sort((x, y) => x - y);
const groupOf = (run: Run) => [...rocket(run).controllers.values()][0]?.memory.applied.groups[0];
/** Cuts a process off from others. */
function isolate(run: Run, name: string, others: readonly string[], what: 'cut' | 'heal' = 'cut'): void {
  for (const other of others) act(run, { do: what, between: [name, other] });
}

describe('who is who', () => {
  it('[HA-24] ids in the order of asking, the first becomes master, the others its slaves in sync', () => {
    const run = controllerCluster({ start: 'cold' });
    run.advance(40 * S);
    expect(
      brokers(run)
        .map(({ store }) => store.disk.replica.id)
        .sort(),
    ).toEqual([1, 2, 3]);
    expect(masters(run)).toHaveLength(1);
    expect(master(run).role).toBe('SYNC_MASTER');
    expect(master(run).brokerId).toBe(0);
    expect(setOf(run)).toEqual([1, 2, 3]);
    expect(entries(run, brokerIdGiven)).toHaveLength(3);
    // All asked at once for the same id: two had to ask again.
    expect(entries(run, brokerIdRefused).length).toBeGreaterThan(0);
    expect(entries(run, brokerUnfenced)).toHaveLength(3);
    const slaves = brokers(run).filter((broker) => broker !== master(run));
    expect(slaves.map(({ role, brokerId, store }) => [role, brokerId === store.disk.replica.id])).toEqual([
      ['SLAVE', true],
      ['SLAVE', true],
    ]);
  });

  it('[HA-24] without a controller a broker stays fenced: it registers nowhere and takes no writes', () => {
    const run = controllerCluster({ start: 'cold' });
    kill(run, 'controller-1', 'process');
    run.advance(20 * S);
    expect(masters(run)).toHaveLength(0);
    expect(entries(run, controllersMissed).length).toBeGreaterThan(3);
    const [nameserver] = [...rocket(run).nameservers.values()];
    expect(nameserver?.tables.brokerLiveTable.size).toBe(0);
    act(run, { do: 'restart', target: 'controller-1' });
    run.advance(40 * S);
    expect(masters(run)).toHaveLength(1);
  });

  it('[HA-24] three controllers: one leads, another takes over, without a majority nothing is decided', () => {
    const run = controllerCluster({ controllers: 3 });
    run.advance(1 * S);
    const controllers = [...rocket(run).controllers.values()];
    const leader = controllers.find(({ memory }) => memory.role === 'leader');
    expect(controllers.filter(({ memory }) => memory.role === 'leader')).toHaveLength(1);
    kill(run, nameOf(run, leader?.node ?? -1), 'process');
    run.advance(12 * S);
    const next = controllers.find(({ memory }) => memory.role === 'leader');
    expect(next?.disk.term).toBeGreaterThan(leader?.disk.term ?? 0);
    expect(next?.disk.version.groups).toHaveLength(1);
    expect(entries(run, controllerLeads)).toHaveLength(1);
    // The brokers find the new leader, and an election works.
    run.advance(25 * S);
    const old = master(run);
    kill(run, nameOf(run, old.node), 'process');
    run.advance(26 * S);
    expect(master(run)).not.toBe(old);
    const third = controllers.find((one) => one !== leader && one !== next);
    kill(run, nameOf(run, third?.node ?? -1), 'process');
    run.advance(40 * S);
    expect(entries(run, controllerStepsDown)).toHaveLength(1);
    const last = master(run);
    kill(run, nameOf(run, last.node), 'process');
    run.advance(70 * S);
    expect(entries(run, masterElected)).toHaveLength(1);
    expect(master(run)).toBe(last);
  });

  it('[HA-24] a controller that was shut down stays a member: two of three still decide, one does not', () => {
    const run = controllerCluster({ controllers: 3 });
    run.advance(1 * S);
    const controllers = [...rocket(run).controllers.values()];
    const leading = () =>
      controllers.filter(
        ({ node, memory }) => memory.role === 'leader' && run.sim.state.env.processes[node]?.state === 'up',
      );
    for (const left of [2, 1]) {
      act(run, { do: 'remove', target: nameOf(run, leading()[0]?.node ?? -1) });
      run.advance(left === 2 ? 20 * S : 60 * S);
      expect(leading()).toHaveLength(left - 1);
    }
    expect(rocket(run).controllers.size).toBe(3);
  });

  it('[HA-24] a controller that does not lead refuses what only the leader may decide', () => {
    const run = controllerCluster({ controllers: 3 });
    run.advance(1 * S);
    const controllers = [...rocket(run).controllers.values()];
    const leader = controllers.find(({ memory }) => memory.role === 'leader');
    // The leader stands still: brokers go on asking it, and when it wakes it leads no more.
    act(run, { do: 'freeze', target: nameOf(run, leader?.node ?? -1), forMs: 12_000, forUs: 12 * S });
    run.advance(30 * S);
    expect(entries(run, notLeading).length).toBeGreaterThan(0);
    expect(controllers.filter(({ memory }) => memory.role === 'leader')).toHaveLength(1);
  });
});

describe('elections', () => {
  it('[HA-25] [CM-42] a dead process is noticed at once: a new master in milliseconds', () => {
    const run = controllerCluster();
    run.advance(20 * S);
    const old = master(run);
    kill(run, nameOf(run, old.node), 'process');
    run.advance(30 * S);
    expect(entries(run, brokerGone)[0]?.timeUs).toBeLessThan(20 * S + 5_000);
    expect(entries(run, masterElected)[0]?.timeUs).toBeLessThan(20 * S + 5_000);
    expect(entries(run, becameMaster)[0]?.timeUs).toBeLessThan(20 * S + 10_000);
    expect(master(run).controlled?.masterEpoch).toBe(2);
  });

  it.each([1, 2, 3, 4, 5])('[HA-25] [CM-43] power: 9 to 15 s, whatever the phases are (seed %s)', (seed) => {
    const run = controllerCluster({ seed });
    run.advance(20 * S);
    kill(run, nameOf(run, master(run).node), 'power');
    run.advance(40 * S);
    const elected = entries(run, masterElected)[0];
    expect(elected?.timeUs).toBeGreaterThan(29 * S);
    expect(elected?.timeUs).toBeLessThan(35 * S + 10_000);
    expect(entries(run, brokerExpired).length + entries(run, masterMissing).length).toBeGreaterThan(0);
  });

  it('[HA-25] a slave that dies leads to no election', () => {
    const run = controllerCluster();
    run.advance(20 * S);
    const slave = brokers(run).find((broker) => !isElected(broker));
    kill(run, nameOf(run, slave?.node ?? -1), 'process');
    run.advance(40 * S);
    expect(entries(run, brokerGone)).toHaveLength(1);
    expect(entries(run, masterElected)).toHaveLength(0);
  });

  it('[HA-26] [CM-46] outside the set nobody is elected; one of the set comes back and is', () => {
    const run = controllerCluster({ replicas: 2 });
    run.advance(20 * S);
    const first = master(run);
    const second = brokers(run).find((broker) => broker !== first);
    kill(run, nameOf(run, second?.node ?? -1), 'process');
    run.advance(22 * S);
    expect(setOf(run)).toHaveLength(1);
    kill(run, nameOf(run, first.node), 'process');
    act(run, { do: 'restart', target: nameOf(run, second?.node ?? -1) });
    run.advance(60 * S);
    expect(entries(run, groupHeadless).length).toBeGreaterThan(0);
    expect(groupOf(run)?.masterId).toBeUndefined();
    expect(groupOf(run)?.set).toEqual([first.store.disk.replica.id]);
    expect(entries(run, masterElected)).toHaveLength(0);
    act(run, { do: 'restart', target: nameOf(run, first.node) });
    run.advance(90 * S);
    expect(master(run)).toBe(first);
  });

  it('[HA-26] [CM-46] enableElectUncleanMaster takes whoever lives, and what it lacks is lost', () => {
    const run = controllerCluster({ replicas: 2, controller: { enableElectUncleanMaster: true } });
    run.advance(20 * S);
    const first = master(run);
    const second = brokers(run).find((broker) => broker !== first) as Broker;
    kill(run, nameOf(run, second.node), 'process');
    run.advance(30 * S);
    kill(run, nameOf(run, first.node), 'process');
    act(run, { do: 'restart', target: nameOf(run, second.node) });
    run.advance(60 * S);
    expect(entries(run, masterElectedUnclean).map(({ a }) => a)).toEqual([second.node]);
    act(run, { do: 'restart', target: nameOf(run, first.node) });
    run.advance(90 * S);
    // Ten seconds of 100 messages a second were on the first alone.
    expect(entries(run, logTruncated)[0]?.a).toBeGreaterThan(900);
    expect(run.sim.state.ledger.whereabouts[4]).toBeGreaterThan(900);
  });

  it('[HA-26] the furthest member wins; among equals the lower brokerElectionPriority', () => {
    const run = controllerCluster({ rate: 0 });
    run.advance(20 * S);
    const slaves = brokers(run).filter((broker) => !isElected(broker));
    const [, preferred] = slaves as [Broker, Broker];
    act(run, {
      do: 'set',
      target: nameOf(run, preferred.node),
      config: { brokerElectionPriority: 1 },
      workload: {},
    });
    run.advance(23 * S);
    kill(run, nameOf(run, master(run).node), 'process');
    run.advance(24 * S);
    expect(master(run)).toBe(preferred);
  });
});

describe('a log without a file', () => {
  const send = (run: Run) =>
    act(run, { do: 'send', target: 'producer-1', message: { ...MESSAGE_DEFAULTS, key: `${run.sim.nowUs}` } });
  const waits = (run: Run) => {
    const stored = entries(run, messageStored).map(({ timeUs }) => timeUs);
    return stored.map((timeUs, i) => (entries(run, pieceSent)[2 * i]?.timeUs ?? 0) - timeUs);
  };

  it('[HA-4] has no begin: the sender looks for one each 500 ms, and no put wakes it', () => {
    const first = [0, 130, 260, 390].map((ms) => {
      const run = controllerCluster({ rate: 0 }, { allAckInSyncStateSet: true });
      run.advance(20 * S + ms * 1000);
      send(run);
      run.advance(21 * S);
      const { timeUs } = entries(run, messageStored)[0] as TraceEntry;
      const begun = entries(run, transferBegins);
      expect(begun.map(({ b }) => b)).toEqual([0, 0]);
      expect(run.sim.state.ledger.outcomes[1]).toBe(1);
      const [wait = 0] = waits(run);
      expect(begun[0]?.timeUs).toBe(timeUs + wait);
      send(run);
      run.advance(22 * S);
      // With a begin the put that waits for replicas wakes the sender.
      expect(waits(run)[1]).toBeLessThan(1_000);
      return [timeUs + wait, wait] as const;
    });
    const moments = first.map(([atUs]) => atUs % (S / 2));
    expect(new Set(moments).size).toBe(1);
    expect(Math.max(...first.map(([, wait]) => wait))).toBeGreaterThan(100_000);
    expect(first.every(([, wait]) => wait <= 500_000)).toBe(true);
  });

  it('[HA-4] a slave of it hears of its master meanwhile, and a log with a file is sent from its first one at once', () => {
    const run = controllerCluster({ rate: 0 });
    run.advance(40 * S);
    expect(setOf(run)).toEqual([1, 2, 3]);
    expect(entries(run, linkExpired)).toEqual([]);
    expect(entries(run, feedLost)).toEqual([]);
  });
});

describe('a master that an administrator asks for', () => {
  const ask = (run: Run, node: number) =>
    run.act({ atUs: null, afterStep: null, do: 'electMaster', target: nameOf(run, node) } as never);

  it('[HA-26] [HA-29] is elected though the old one lives, which is cut to what the new one has', () => {
    const run = controllerCluster();
    run.advance(20 * S);
    const old = master(run);
    expect(ask(run, old.node)).toMatchObject({ ok: false });
    const slave = brokers(run).find((broker) => !isElected(broker)) as Broker;
    expect(ask(run, slave.node)).toEqual({ ok: true });
    expect(entries(run, masterAskedFor).map(({ a }) => a)).toEqual([old.node, slave.node]);
    run.advance(21 * S);
    expect(masters(run)).toEqual([slave]);
    expect(slave.controlled?.masterEpoch).toBe(groupOf(run)?.masterEpoch);
    run.advance(60 * S);
    expect(setOf(run)).toEqual([1, 2, 3]);
    // What the old one had acknowledged alone in its last 100 ms.
    expect(entries(run, logTruncated).map(({ node }) => node)).toContain(old.node);
    expect(run.sim.state.ledger.whereabouts[4]).toBeGreaterThan(0);
  });

  it('[HA-26] is elected from the living members of the set or not at all, even if nobody else lives', () => {
    const run = controllerCluster({ replicas: 2, rate: 0 });
    run.advance(20 * S);
    const slave = brokers(run).find((broker) => !isElected(broker)) as Broker;
    const old = master(run);
    kill(run, nameOf(run, slave.node), 'process');
    run.advance(21 * S);
    expect(setOf(run)).toHaveLength(1);
    const refused = ask(run, slave.node);
    expect(refused.ok ? '' : refused.message.en).toContain('not alive or not in the SyncStateSet');
    expect(master(run)).toBe(old);
    expect(groupOf(run)?.masterId).toBe(old.controlled?.id);
    expect(entries(run, groupHeadless)).toEqual([]);
    kill(run, 'controller-1', 'process');
    const unled = ask(run, slave.node);
    expect(unled.ok ? '' : unled.message.en).toBe('No controller leads.');
  });
});

describe('the furthest member', () => {
  const GIB = 1_073_741_824;
  const winner = (first: number, second: number, priorities = [2_147_483_647, 2_147_483_647]) => {
    const phys = [0, first, second];
    const group = {
      brokerName: 'broker-a',
      replicas: [1, 2].map((id) => ({ id, address: id, code: '' })),
      nextId: 3,
      masterId: undefined,
      masterEpoch: 4,
      set: [1, 2],
      setEpoch: 4,
    };
    const candidate = (id: number) => ({
      id,
      epoch: 4,
      maxPhys: phys[id] ?? 0,
      priority: priorities[id - 1] ?? 0,
    });
    return elect([group], 'broker-a', undefined, false, () => true, candidate).groups[0]?.masterId;
  };

  it('[HA-26] is sought by a difference of 32 bits: more than 2 GiB ahead counts as behind, 4 GiB as even', () => {
    expect([winner(0, 1), winner(0, 2 * GIB - 1)]).toEqual([2, 2]);
    expect([winner(0, 2 * GIB + 1), winner(0, 4 * GIB - 1)]).toEqual([1, 1]);
    expect([winner(0, 4 * GIB, [2, 1]), winner(0, 4 * GIB, [1, 2]), winner(0, 5 * GIB)]).toEqual([2, 1, 2]);
  });
});

describe('who is in sync', () => {
  it('[HA-27] [CM-45] a slave whose link is lost leaves the set at once, and comes back when it has caught up', () => {
    const run = controllerCluster();
    run.advance(20 * S);
    const slave = brokers(run).find((broker) => !isElected(broker)) as Broker;
    kill(run, nameOf(run, slave.node), 'process');
    run.advance(20 * S + 50_000);
    expect(entries(run, slaveLeft)).toHaveLength(1);
    expect(setOf(run)).toHaveLength(2);
    act(run, { do: 'restart', target: nameOf(run, slave.node) });
    run.advance(40 * S);
    expect(setOf(run)).toEqual([1, 2, 3]);
    expect(entries(run, setChanged)).toHaveLength(2);
  });

  it('[HA-27] a silent slave leaves it after 15 to 20 s without catching up', () => {
    const run = controllerCluster();
    run.advance(20 * S);
    const slave = brokers(run).find((broker) => !isElected(broker)) as Broker;
    kill(run, nameOf(run, slave.node), 'power');
    run.advance(34 * S);
    expect(setOf(run)).toHaveLength(3);
    run.advance(41 * S);
    expect(setOf(run)).toHaveLength(2);
    expect(entries(run, slaveLagging)).toHaveLength(1);
  });

  it('[HA-27] slaves that never connected to their master leave it at its first look', () => {
    const run = controllerCluster();
    run.advance(20 * S);
    const leader = nameOf(run, master(run).node);
    for (const id of ['controller-1', ...brokers(run).map(({ node }) => nameOf(run, node))]) {
      kill(run, id, 'process');
    }
    act(run, { do: 'restart', target: 'controller-1' });
    run.advance(30 * S);
    act(run, { do: 'restart', target: leader });
    run.advance(40 * S);
    expect(setOf(run)).toHaveLength(1);
    // It looks as soon as it has the role, not with its first regular look 3 s later.
    const [absent] = entries(run, slaveAbsent);
    expect(absent?.timeUs).toBe(entries(run, becameMaster).at(-1)?.timeUs);
    expect(entries(run, slaveAbsent)).toHaveLength(1);
    expect(entries(run, slaveLagging)).toEqual([]);
  });

  it('[HA-27] [HA-25] without its controllers a master cannot change the set', () => {
    const run = controllerCluster();
    run.advance(20 * S);
    kill(run, 'controller-1', 'process');
    const slave = brokers(run).find((broker) => !isElected(broker)) as Broker;
    kill(run, nameOf(run, slave.node), 'process');
    run.advance(60 * S);
    expect(setOf(run)).toHaveLength(3);
  });

  it('[HA-28] by default the master acknowledges alone', () => {
    const run = controllerCluster();
    run.advance(5 * S);
    expect(entries(run, ackAloneElected).length).toBeGreaterThan(400);
  });

  it('[HA-28] [HA-30] with allAckInSyncStateSet an answer waits for the whole set, and so does what consumers see', () => {
    const run = controllerCluster({}, { allAckInSyncStateSet: true });
    run.advance(20 * S);
    expect(entries(run, ackAloneElected)).toHaveLength(0);
    const slave = brokers(run).find((broker) => !isElected(broker)) as Broker;
    act(run, { do: 'freeze', target: nameOf(run, slave.node), forMs: 2_000, forUs: 2 * S });
    run.advance(20 * S + 50_000);
    const before = entries(run, confirmedDispatched).length;
    const acknowledged = run.sim.state.ledger.outcomes[1];
    run.advance(21_900_000);
    expect(entries(run, confirmedDispatched)).toHaveLength(before);
    expect(run.sim.state.ledger.outcomes[1]).toBe(acknowledged);
    run.advance(24 * S);
    expect(entries(run, confirmedDispatched).length).toBeGreaterThan(before + 300);
    expect(run.sim.state.ledger.outcomes[1]).toBeGreaterThan((acknowledged ?? 0) + 300);
  });

  it('[HA-7] [CM-45] minInSyncReplicas=2 refuses writes when the set has shrunk to the master', () => {
    const run = controllerCluster({ replicas: 2 }, { allAckInSyncStateSet: true, minInSyncReplicas: 2 });
    run.advance(20 * S);
    const slave = brokers(run).find((broker) => !isElected(broker)) as Broker;
    const rows = () => master(run).store.log.records.length;
    kill(run, nameOf(run, slave.node), 'process');
    run.advance(21 * S);
    const before = rows();
    run.advance(30 * S);
    expect(rows()).toBe(before);
    expect(run.sim.state.ledger.outcomes[5]).toBeGreaterThan(500);
  });
});

describe('what a failover costs', () => {
  it('[HA-29] [CM-42] what the master had acknowledged alone is cut off when it returns, and lost', () => {
    const run = controllerCluster({ rate: 500 });
    run.advance(20 * S);
    const old = master(run);
    const had = old.store.log.records.length;
    kill(run, nameOf(run, old.node), 'process');
    run.advance(60 * S);
    const slaves = brokers(run).filter((broker) => broker !== old);
    const begins = entries(run, becameMaster)[0]?.b;
    act(run, { do: 'restart', target: nameOf(run, old.node) });
    run.advance(70 * S);
    const cut = entries(run, logTruncated).find(({ node }) => node === old.node);
    expect(cut?.a).toBeGreaterThan(0);
    expect(cut?.b).toBe(begins);
    expect(had).toBeGreaterThan(9_000);
    expect(run.sim.state.ledger.whereabouts[4]).toBeGreaterThan(0);
    expect(run.sim.state.ledger.whereabouts[4]).toBeLessThanOrEqual(cut?.a ?? 0);
    // From then on the three logs are the same.
    const log = (broker: Broker) => broker.store.log;
    run.advance(90 * S);
    act(run, { do: 'pause', target: 'producer-1' });
    run.advance(95 * S);
    expect(slaves.map((broker) => log(broker).records.length)).toEqual([
      log(old).records.length,
      log(old).records.length,
    ]);
    expect(entries(run, becameSlave).some(({ node }) => node === old.node)).toBe(true);
  });

  it('[HA-29] without a shared epoch it tries again every 7 s, and gets nothing', () => {
    const run = controllerCluster();
    run.advance(20 * S);
    const slave = brokers(run).find((broker) => !isElected(broker)) as Broker;
    kill(run, nameOf(run, slave.node), 'process');
    slave.store.disk.replica.epochs = [{ epoch: 9, startPhys: 777 }];
    const { length } = slave.store.log.records;
    act(run, { do: 'restart', target: nameOf(run, slave.node) });
    run.advance(50 * S);
    const times = entries(run, noCommonEpoch).map(({ timeUs }) => timeUs);
    expect(times.length).toBeGreaterThan(2);
    for (const [i, timeUs] of times.slice(1).entries()) {
      expect(Math.round((timeUs - (times[i] ?? 0)) / 100_000)).toBe(70);
    }
    expect(slave.store.log.records).toHaveLength(length);
  });

  it('[BR-20] [HA-26] a master that shuts down in order is followed by one that has all it acknowledged', () => {
    const run = controllerCluster({ rate: 500 });
    run.advance(20 * S + 33_000);
    const old = master(run);
    act(run, { do: 'remove', target: nameOf(run, old.node) });
    run.advance(23 * S);
    expect(masters(run)).toEqual([old]);
    run.advance(60 * S);
    expect(master(run)).not.toBe(old);
    act(run, { do: 'restart', target: nameOf(run, old.node) });
    run.advance(80 * S);
    expect(entries(run, logTruncated)).toEqual([]);
    expect(run.sim.state.ledger.whereabouts[4]).toBe(0);
  });

  it.each(['process', 'power'] as const)(
    '[HA-28] [CM-44] allAckInSyncStateSet loses nothing when the master fails (%s)',
    (failure) => {
      const run = controllerCluster({ rate: 500 }, { allAckInSyncStateSet: true });
      run.advance(20 * S);
      const old = master(run);
      kill(run, nameOf(run, old.node), failure);
      run.advance(70 * S);
      act(run, { do: 'restart', target: nameOf(run, old.node) });
      run.advance(100 * S);
      expect(run.sim.state.ledger.whereabouts[4]).toBe(0);
      expect(run.sim.state.ledger.outcomes[1]).toBeGreaterThan(20_000);
    },
  );

  it('[HA-31] [CM-43] a master that is cut off goes on taking writes; they are gone when it learns of the new epoch', () => {
    const run = controllerCluster({ rate: 100 });
    run.advance(20 * S);
    const old = master(run);
    const name = nameOf(run, old.node);
    const others = [
      'controller-1',
      ...brokers(run)
        .filter((broker) => broker !== old)
        .map(({ node }) => nameOf(run, node)),
    ];
    isolate(run, name, others);
    run.advance(36 * S);
    expect(masters(run)).toHaveLength(2);
    expect(entries(run, masterAlone).map(({ node }) => node)).toEqual([old.node]);
    const acknowledged = run.sim.state.ledger.outcomes[1] ?? 0;
    run.advance(40 * S);
    // The producer still reaches it, and is told SEND_OK.
    expect(run.sim.state.ledger.outcomes[1]).toBeGreaterThan(acknowledged);
    isolate(run, name, others, 'heal');
    run.advance(120 * S);
    expect(entries(run, masterDemoted).map(({ node }) => node)).toEqual([old.node]);
    expect(masters(run)).toHaveLength(1);
    expect(run.sim.state.ledger.whereabouts[4]).toBeGreaterThan(100);
    expect(nodeOf(run.sim.state.env, name)).toBe(old.node);
  });

  it('[HA-31] [HA-28] with allAckInSyncStateSet nothing that it takes meanwhile is acknowledged', () => {
    const run = controllerCluster({ rate: 50 }, { allAckInSyncStateSet: true });
    run.advance(20 * S);
    const old = master(run);
    const name = nameOf(run, old.node);
    const others = [
      'controller-1',
      ...brokers(run)
        .filter((broker) => broker !== old)
        .map(({ node }) => nameOf(run, node)),
    ];
    isolate(run, name, others);
    run.advance(60 * S);
    isolate(run, name, others, 'heal');
    run.advance(150 * S);
    expect(run.sim.state.ledger.whereabouts[4]).toBe(0);
  });
});
