import { describe, expect, it } from 'vitest';
import { judgesOf } from '../../checkers/judges';
import { verdictOf } from '../../checkers/verdict';
import { queueOf, recordQueue, textOf } from '../../model/world';
import { reportOf } from '../../report/report';
import { type ActingSetup, acting, MASTER, SLAVE } from './acting-master.fixture';
import type { Consuming } from './consumer/consuming.fixture';
import { type Group, group } from './dledger/dledger.fixture';

/** CM-40, CM-41, CM-47 and CM-48 of the behaviour reference: acting master, and DLedger groups. */

/** A mode: its cluster, and who the master and the slaves of broker-a are when the fault comes. */
interface Mode {
  readonly start: () => Consuming;
  /** Consumers pause 10 s before the fault until the window begins: reads are told from the absence of writes. */
  readonly backlog: boolean;
  readonly master: (cluster: Consuming) => string;
  readonly slaves: (cluster: Consuming) => readonly string[];
}

interface Row {
  readonly tag: string;
  readonly title: string;
  readonly mode: Mode;
  readonly strikes: 'master' | 'slave' | 'both slaves';
  readonly failure: 'process' | 'power';
  /** The window that is watched begins and ends so long behind the fault, s. */
  readonly fromS: number;
  readonly toS: number;
  readonly sees: {
    /** What producers get in the window. */
    readonly failed: 'none' | 'some' | 'all';
    readonly as?: string;
    /** Whether messages are stored in, and delivered from, the queues of broker-a in the window. */
    readonly writes: boolean;
    readonly reads: boolean;
    /** SEND_OK and no copy left, when all is up again. */
    readonly lost: 'none' | 'some';
  };
}

const FAULT_MS = 40_000;
const RATE = 20;
const producer = { ratePerSecond: RATE };

const actingMode = (setup: ActingSetup = {}): Mode => ({
  start: () => acting({ producer, ...setup }),
  backlog: true,
  master: () => MASTER,
  slaves: () => [SLAVE],
});
const dledger: Mode = {
  start: () => group({ producer, consumers: 2 }),
  backlog: false,
  master: (cluster) => (cluster as Group).leader,
  slaves: (cluster) => (cluster as Group).followers,
};
const TWO = { brokerRole: 'SYNC_MASTER', inSyncReplicas: 2, totalReplicas: 2 };

const rows: readonly Row[] = [
  {
    tag: '[CM-40]',
    title: 'acting master, master process: read from the slave, written elsewhere',
    mode: actingMode(),
    strikes: 'master',
    failure: 'process',
    fromS: 31,
    toS: 60,
    sees: { failed: 'none', writes: false, reads: true, lost: 'none' },
  },
  {
    tag: '[CM-40]',
    title: 'acting master, master power: routes follow after 10 + 5 + 30 s, the unflushed tail is gone',
    mode: actingMode(),
    strikes: 'master',
    failure: 'power',
    fromS: 46,
    toS: 75,
    sees: { failed: 'none', writes: false, reads: true, lost: 'some' },
  },
  {
    tag: '[CM-40]',
    title: 'acting master without slaveReadEnable: nobody reads',
    mode: actingMode({ slave: { slaveReadEnable: false } }),
    strikes: 'master',
    failure: 'process',
    fromS: 31,
    toS: 60,
    sees: { failed: 'none', writes: false, reads: false, lost: 'none' },
  },
  {
    tag: '[CM-40]',
    title: 'acting master, inSyncReplicas=2, master power: nothing is lost',
    mode: actingMode({ config: TWO }),
    strikes: 'master',
    failure: 'power',
    fromS: 46,
    toS: 75,
    sees: { failed: 'none', writes: false, reads: true, lost: 'none' },
  },
  {
    tag: '[CM-41]',
    title: 'acting master, inSyncReplicas=2, slave down: refused before writing, stored elsewhere',
    mode: actingMode({ config: TWO }),
    strikes: 'slave',
    failure: 'process',
    fromS: 2,
    toS: 30,
    sees: { failed: 'none', writes: false, reads: true, lost: 'none' },
  },
  {
    tag: '[CM-47]',
    title: 'DLedger, leader process: no writes until another one leads',
    mode: dledger,
    strikes: 'master',
    failure: 'process',
    fromS: 0,
    toS: 4,
    sees: { failed: 'all', as: 'MQClientException', writes: false, reads: false, lost: 'none' },
  },
  {
    tag: '[CM-47]',
    title: 'DLedger, leader process: written and read again after election, registration and route poll',
    mode: dledger,
    strikes: 'master',
    failure: 'process',
    fromS: 45,
    toS: 75,
    sees: { failed: 'none', writes: true, reads: true, lost: 'none' },
  },
  {
    tag: '[CM-47]',
    title: 'DLedger, leader power: 3 s exceptions, then written and read again',
    mode: dledger,
    strikes: 'master',
    failure: 'power',
    fromS: 50,
    toS: 80,
    sees: { failed: 'none', writes: true, reads: true, lost: 'none' },
  },
  {
    tag: '[CM-48]',
    title: 'DLedger, two of three down: no majority, no writes, no reads of what is new',
    mode: dledger,
    strikes: 'both slaves',
    failure: 'process',
    fromS: 1,
    toS: 60,
    sees: { failed: 'all', writes: false, reads: false, lost: 'none' },
  },
];

/** Counters at a moment: ends of sends, failures and their words, and what passed through the queues of broker-a. */
function marks(cluster: Consuming) {
  const { ledger, arena } = cluster.run.sim.state;
  const { sends } = judgesOf(cluster.run.sim.state);
  const ofA = (type: string) =>
    new Set(
      cluster
        .entries(type)
        .filter(({ a }) => queueOf(arena, recordQueue(arena, a)).group === 'broker-a')
        .map(({ a }) => a),
    ).size;
  const [inFlight = 0, , , , , failed = 0] = ledger.outcomes;
  return {
    ended: ledger.outcomes.reduce((sum, count) => sum + count, 0) - inFlight,
    failed,
    said: [...sends.exceptions.keys()].map((text) => textOf(arena, text)),
    // Of a DLedger group only what is committed is written.
    writtenOfA: ofA('record.dispatched'),
    read: ofA('record.delivered'),
  };
}

describe('the crash matrix of failover modes', () => {
  it.each(rows.map((row) => [`${row.tag} ${row.title}`, row] as const))('%s', (_title, row) => {
    const { mode, strikes, failure, fromS, toS, sees } = row;
    const cluster = mode.start().until(FAULT_MS - 10_000);
    const consumers = (what: 'pause' | 'resume') => {
      for (const target of mode.backlog ? ['c1', 'c2'] : []) cluster.act({ do: what, target });
    };
    consumers('pause');
    cluster.until(FAULT_MS);
    const slaves = mode.slaves(cluster);
    const struck =
      strikes === 'master' ? [mode.master(cluster)] : strikes === 'slave' ? [slaves[0]!] : slaves;
    for (const target of struck) cluster.act({ do: 'kill', target, failure });
    cluster.until(FAULT_MS + fromS * 1_000);
    const before = marks(cluster);
    consumers('resume');
    cluster.until(FAULT_MS + toS * 1_000);
    const after = marks(cluster);
    const ended = after.ended - before.ended;
    const failed = after.failed - before.failed;
    if (sees.failed === 'none') expect(failed).toBe(0);
    else expect(failed).toBeGreaterThan(0);
    if (sees.failed === 'all') expect(failed).toBeGreaterThanOrEqual(ended - 3);
    if (sees.as !== undefined) expect(after.said.some((text) => text.includes(sees.as!))).toBe(true);
    expect(after.writtenOfA - before.writtenOfA > 0).toBe(sees.writes);
    expect(after.read - before.read > 0).toBe(sees.reads);
    for (const target of struck) cluster.act({ do: 'restart', target });
    cluster.until(FAULT_MS + toS * 1_000 + 100_000);
    const { acknowledgedLost } = verdictOf(cluster.run);
    if (sees.lost === 'none') expect(acknowledgedLost).toBe(0);
    else expect(acknowledgedLost).toBeGreaterThan(0);
    expect(reportOf(cluster.run).ledger.balanced).toBe(true);
    // The group is written again.
    expect(marks(cluster).writtenOfA).toBeGreaterThan(after.writtenOfA);
  });
});
