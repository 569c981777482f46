import { describe, expect, it } from 'vitest';
import { judgesOf } from '../../checkers/judges';
import { queueOf, recordQueue, textOf } from '../../model/world';
import { reportOf } from '../../report/report';
import type { ConfigPatch } from '../../scenario/config';
import { Consuming } from './consumer/consuming.fixture';
import { controllerCluster } from './controller/controller.fixture';

/** CM-42 to CM-46 of the behaviour reference: groups whose master a controller elects. 4.9 has no controllers. */

type Role = 'master' | 'slave' | 'slaves' | 'all';

/** What happens so many seconds behind the fault; roles are those of the moment of the fault. */
interface Deed {
  readonly after: number;
  readonly do: 'process' | 'power' | 'restart' | 'cut' | 'heal';
  readonly who: Role;
  /** Of a cut, and of its healing: from whom. */
  readonly from?: readonly ('controller' | 'slave' | 'slaves')[];
}

interface Row {
  readonly tag: string;
  readonly title: string;
  readonly replicas?: 2 | 3;
  /** Whether a second broker group holds the topic, too. */
  readonly others?: boolean;
  readonly rate?: number;
  readonly config?: ConfigPatch;
  readonly controller?: ConfigPatch;
  readonly happens: readonly Deed[];
  /** The window that is watched begins and ends so long behind the fault, s. */
  readonly fromS: number;
  readonly toS: number;
  readonly sees: {
    /** What producers get in the window. */
    readonly failed: 'none' | 'some' | 'all';
    readonly as?: string;
    /** Whether messages are acknowledged by, and delivered from, broker-a in the window. */
    readonly writes: boolean;
    readonly reads: boolean;
    /** The first election behind the fault, s: not before, and not after. */
    readonly elected?: readonly [number, number];
    /** SEND_OK and no copy left, when all is up again. */
    readonly lost: 'none' | 'some';
    /** The master began its epoch anew, behind what slaves have: none shares it, and their logs stay different. */
    readonly apart?: boolean;
    /** Rules that the report names for each loss. */
    readonly why?: readonly string[];
  };
}

const FAULT_S = 20;
const AFTERMATH_S = 100;
const ELECTED = ['controller.elected', 'controller.elected-unclean'];
const ALL_ACK = { allAckInSyncStateSet: true };
const CUT_OFF = { who: 'master', from: ['controller', 'slaves'] } as const;

const rows: readonly Row[] = [
  {
    tag: '[CM-42] [HA-28] [HA-29]',
    title: 'defaults, master process, another group: retried there; what it had alone is lost',
    others: true,
    happens: [{ after: 0, do: 'process', who: 'master' }],
    fromS: 31,
    toS: 60,
    sees: {
      failed: 'none',
      writes: true,
      reads: true,
      elected: [0, 0.01],
      lost: 'some',
      why: ['HA-28', 'PR-5', 'HA-26', 'HA-29'],
    },
  },
  {
    tag: '[CM-42]',
    title: 'defaults, master process, the only group: exceptions until the routes follow',
    happens: [{ after: 0, do: 'process', who: 'master' }],
    fromS: 0,
    toS: 31,
    sees: {
      failed: 'some',
      as: 'MQClientException',
      writes: true,
      reads: true,
      elected: [0, 0.01],
      lost: 'some',
    },
  },
  {
    tag: '[CM-42] [HA-28] [HA-26]',
    title:
      'inSyncReplicas=2 of 3, master process: offsets of old heartbeats elect who lacks what was acknowledged',
    config: { inSyncReplicas: 2 },
    happens: [
      { after: 0.3, do: 'cut', who: 'master', from: ['slave'] },
      { after: 0.9, do: 'process', who: 'master' },
      { after: 2, do: 'heal', who: 'master', from: ['slave'] },
    ],
    fromS: 40,
    toS: 60,
    sees: { failed: 'none', writes: true, reads: true, elected: [0.9, 0.91], lost: 'some', why: ['HA-29'] },
  },
  {
    tag: '[CM-43] [HA-25] [HA-29]',
    title: 'defaults, master power: elected after 9 to 15 s',
    happens: [{ after: 0, do: 'power', who: 'master' }],
    fromS: 0,
    toS: 46,
    sees: {
      failed: 'some',
      as: 'RemotingTooMuchRequestException',
      writes: true,
      reads: true,
      elected: [9, 15.1],
      lost: 'some',
      why: ['HA-28', 'EN-3', 'BR-20'],
    },
  },
  {
    tag: '[CM-43] [HA-31] [HA-29]',
    title: 'defaults, master cut off: it goes on answering SEND_OK, all of which is lost',
    happens: [
      { after: 0, do: 'cut', ...CUT_OFF },
      { after: 60, do: 'heal', ...CUT_OFF },
    ],
    fromS: 16,
    toS: 60,
    sees: {
      failed: 'none',
      writes: true,
      reads: true,
      elected: [9, 15.1],
      lost: 'some',
      why: ['HA-28', 'HA-31', 'HA-29'],
    },
  },
  {
    tag: '[CM-43] [HA-31] [HA-7]',
    title: 'inSyncReplicas=2, master cut off: no slave confirms; consumers see what nobody acknowledged',
    config: { inSyncReplicas: 2 },
    happens: [
      { after: 0, do: 'cut', ...CUT_OFF },
      { after: 60, do: 'heal', ...CUT_OFF },
    ],
    fromS: 0,
    toS: 30,
    sees: {
      failed: 'some',
      as: 'RemotingTooMuchRequestException',
      writes: false,
      reads: true,
      elected: [9, 15.1],
      lost: 'none',
    },
  },
  {
    tag: '[CM-43] [HA-25] [HA-29]',
    title:
      'defaults, master power, back before its heartbeat expires: nobody is elected, its slaves cannot follow',
    happens: [
      { after: 0.4, do: 'power', who: 'master' },
      { after: 3, do: 'restart', who: 'master' },
    ],
    fromS: 40,
    toS: 60,
    sees: { failed: 'none', writes: true, reads: true, lost: 'some', why: ['EN-3', 'BR-20'], apart: true },
  },
  {
    tag: '[CM-44]',
    title: 'allAckInSyncStateSet, master process: nothing is lost',
    config: ALL_ACK,
    happens: [{ after: 0, do: 'process', who: 'master' }],
    fromS: 31,
    toS: 60,
    sees: { failed: 'none', writes: true, reads: true, elected: [0, 0.01], lost: 'none' },
  },
  {
    tag: '[CM-44]',
    title: 'allAckInSyncStateSet, master power: nothing is lost',
    config: ALL_ACK,
    happens: [{ after: 0, do: 'power', who: 'master' }],
    fromS: 46,
    toS: 75,
    sees: { failed: 'none', writes: true, reads: true, elected: [9, 15.1], lost: 'none' },
  },
  {
    tag: '[CM-44] [HA-31]',
    title: 'allAckInSyncStateSet, master cut off: it acknowledges nothing, nothing is lost',
    config: ALL_ACK,
    happens: [
      { after: 0, do: 'cut', ...CUT_OFF },
      { after: 60, do: 'heal', ...CUT_OFF },
    ],
    fromS: 0,
    toS: 30,
    sees: { failed: 'some', writes: false, reads: false, elected: [9, 15.1], lost: 'none' },
  },
  {
    tag: '[CM-44]',
    title: 'allAckInSyncStateSet, all lose power at once: what no disk has is lost',
    config: ALL_ACK,
    happens: [
      { after: 0, do: 'power', who: 'all' },
      { after: 20, do: 'restart', who: 'all' },
    ],
    fromS: 60,
    toS: 80,
    sees: { failed: 'none', writes: true, reads: true, elected: [20, 22], lost: 'some' },
  },
  {
    tag: '[CM-45] [HA-27]',
    title: 'allAckInSyncStateSet, slave process: the set shrinks at once',
    config: ALL_ACK,
    happens: [{ after: 0, do: 'process', who: 'slave' }],
    fromS: 0,
    toS: 30,
    sees: { failed: 'none', writes: true, reads: true, lost: 'none' },
  },
  {
    tag: '[CM-45] [HA-27]',
    title: 'allAckInSyncStateSet, slave power: exceptions for stored messages',
    config: ALL_ACK,
    happens: [{ after: 0, do: 'power', who: 'slave' }],
    fromS: 0,
    toS: 14,
    sees: { failed: 'all', as: 'RemotingTooMuchRequestException', writes: false, reads: false, lost: 'none' },
  },
  {
    tag: '[CM-45] [HA-27]',
    title: 'allAckInSyncStateSet, slave power: after 15 + 5 s the others acknowledge',
    config: ALL_ACK,
    happens: [{ after: 0, do: 'power', who: 'slave' }],
    fromS: 21,
    toS: 50,
    sees: { failed: 'none', writes: true, reads: true, lost: 'none' },
  },
  {
    tag: '[CM-45] [HA-7]',
    title: 'minInSyncReplicas=2, the only slave down: refused before writing',
    replicas: 2,
    config: { ...ALL_ACK, minInSyncReplicas: 2 },
    happens: [{ after: 0, do: 'process', who: 'slave' }],
    fromS: 1,
    toS: 30,
    sees: { failed: 'all', as: 'MQBrokerException', writes: false, reads: false, lost: 'none' },
  },
  {
    tag: '[CM-46] [HA-26]',
    title: 'all of the set dead, enableElectUncleanMaster off: no master, nothing is lost',
    replicas: 2,
    happens: [
      { after: 0, do: 'process', who: 'slave' },
      { after: 10, do: 'process', who: 'master' },
      { after: 10, do: 'restart', who: 'slave' },
    ],
    fromS: 12,
    toS: 60,
    sees: { failed: 'all', writes: false, reads: false, lost: 'none' },
  },
  {
    tag: '[CM-46] [HA-26] [HA-29]',
    title: 'all of the set dead, enableElectUncleanMaster: whoever lives, and what it lacks is lost',
    replicas: 2,
    controller: { enableElectUncleanMaster: true },
    happens: [
      { after: 0, do: 'process', who: 'slave' },
      { after: 10, do: 'process', who: 'master' },
      { after: 10, do: 'restart', who: 'slave' },
    ],
    fromS: 50,
    toS: 70,
    sees: {
      failed: 'none',
      writes: true,
      reads: true,
      elected: [10, 20],
      lost: 'some',
      why: ['HA-26', 'HA-29'],
    },
  },
];

function start({ replicas = 3, others, rate = 100, config = {}, controller = {} }: Row): Consuming {
  const of = (brokerName: string, count: number) =>
    Array.from({ length: count }, (_, brokerId) => ({
      ...{ id: `${brokerName}:${brokerId}`, brokerName, brokerId },
      config: { enableControllerMode: true, ...config },
    }));
  const names = others ? ['broker-a', 'broker-b'] : ['broker-a'];
  return new Consuming(
    controllerCluster({
      ...{ rate, controller },
      brokers: [...of('broker-a', replicas), ...(others ? of('broker-b', 1) : [])],
      topics: [{ name: 'Orders', queues: 4, brokers: names }],
    }),
  );
}

/** Who plays which role in broker-a at this moment. */
function cast(cluster: Consuming): Record<Role | 'controller', readonly string[]> {
  const replicas =
    cluster.run.product.view(cluster.run.sim).groups.find(({ id }) => id === 'broker-a')?.replicas ?? [];
  const master = replicas.filter(({ role }) => role === 'leader').map(({ id }) => id);
  const slaves = replicas.filter(({ role }) => role !== 'leader').map(({ id }) => id);
  return {
    master,
    slave: slaves.slice(0, 1),
    slaves,
    all: [...master, ...slaves],
    controller: ['controller-1'],
  };
}

/** Counters at a moment: how sends ended, and what passed through the queues of broker-a. */
function marks(cluster: Consuming) {
  const { ledger, arena } = cluster.run.sim.state;
  const { sends } = judgesOf(cluster.run.sim.state);
  const [inFlight = 0, , , , , failed = 0] = ledger.outcomes;
  const read = new Set(
    cluster
      .entries('record.delivered')
      .filter(({ a }) => queueOf(arena, recordQueue(arena, a)).group === 'broker-a')
      .map(({ a }) => a),
  );
  return {
    ended: ledger.outcomes.reduce((sum, count) => sum + count, 0) - inFlight,
    failed,
    acknowledged: ledger.outcomes[1] ?? 0,
    said: [...sends.exceptions.keys()].map((text) => textOf(arena, text)),
    read: read.size,
  };
}

function play(row: Row) {
  const cluster = start(row).until(FAULT_S * 1_000);
  const roles = cast(cluster);
  const to = (s: number) => cluster.until((FAULT_S + s) * 1_000);
  const deeds = [...row.happens];
  const advance = (toS: number) => {
    for (let next = deeds[0]; next !== undefined && next.after <= toS; next = deeds[0]) {
      deeds.shift();
      to(next.after);
      for (const target of roles[next.who]) {
        if (next.do === 'restart') cluster.act({ do: 'restart', target });
        else if (next.do === 'process' || next.do === 'power')
          cluster.act({ do: 'kill', target, failure: next.do });
        else {
          const others = (next.from ?? []).flatMap((role) => roles[role]);
          for (const other of others) cluster.act({ do: next.do, between: [target, other] });
        }
      }
    }
    to(toS);
  };
  advance(row.fromS);
  const before = marks(cluster);
  advance(row.toS);
  const after = marks(cluster);
  advance(Math.max(row.toS, ...row.happens.map(({ after: s }) => s)));
  for (const target of roles.all) {
    const down = cluster.run.sim.state.env.processes[cluster.node(target)]?.state === 'down';
    if (down) cluster.act({ do: 'restart', target });
  }
  cluster.until(cluster.nowMs + AFTERMATH_S * 1_000);
  return { cluster, before, after };
}

describe('the crash matrix: groups under controllers (5.x)', { timeout: 60_000 }, () => {
  it.each(rows.map((row) => [`${row.tag} ${row.title}`, row] as const))('%s', (_title, row) => {
    const { sees } = row;
    const { cluster, before, after } = play(row);
    const failed = after.failed - before.failed;
    if (sees.failed === 'none') expect(failed).toBe(0);
    else expect(failed).toBeGreaterThan(0);
    // What was on its way at the fault may end well.
    if (sees.failed === 'all') expect(after.ended - before.ended - failed).toBeLessThan(3);
    if (sees.as !== undefined) expect(after.said.join('; ')).toContain(sees.as);
    expect(after.acknowledged - before.acknowledged > 2).toBe(sees.writes);
    expect(after.read - before.read > 2).toBe(sees.reads);
    const elections = cluster.entries(ELECTED, FAULT_S * 1_000).map(({ atMs }) => atMs / 1_000 - FAULT_S);
    if (sees.elected === undefined) expect(elections.filter((s) => s < row.toS)).toEqual([]);
    else {
      expect(elections[0]).toBeGreaterThanOrEqual(sees.elected[0]);
      expect(elections[0]).toBeLessThanOrEqual(sees.elected[1]);
    }
    const { verdict, lost, ledger, judges } = reportOf(cluster.run);
    expect(verdict.acknowledgedLost > 0 ? 'some' : 'none').toBe(sees.lost);
    for (const { why } of lost) expect(why).toEqual(expect.arrayContaining([...(sees.why ?? [])]));
    expect(ledger.balanced).toBe(true);
    expect(cluster.count('epoch.none-shared') > 0).toBe(sees.apart ?? false);
    expect(judges.prefix).toBe(sees.apart ? 'broken' : 'holds');
  });
});
