import { describe, expect, it } from 'vitest';
import { BROKER } from '../consumer/consuming.fixture';
import { losesEndAt, type Transacting, type TransactingRun, transacting } from './transacting.fixture';

/** What the crash matrix says of transactions: a fault between the phases, or right behind the second one. */

interface Row {
  readonly tag: string;
  readonly title: string;
  readonly versions: readonly ('5.3' | '4.9')[];
  readonly flush: 'ASYNC_FLUSH' | 'SYNC_FLUSH';
  /** The fault comes when the half message was answered, or 1 ms behind the commit. */
  readonly behind: 'half' | 'commit';
  readonly failure: 'process' | 'power' | 'disk';
  /** At the end, long behind the restart. */
  readonly sees: { readonly distinct: number; readonly duplicates: number; readonly lost: number };
}

const BOTH = ['5.3', '4.9'] as const;
const rows: readonly Row[] = [
  {
    tag: 'CM-3',
    title: 'a killed master keeps the half message; it waits for that master and is then asked about',
    versions: BOTH,
    flush: 'ASYNC_FLUSH',
    behind: 'half',
    failure: 'process',
    sees: { distinct: 1, duplicates: 0, lost: 0 },
  },
  {
    tag: 'CM-4',
    title: 'a killed master of 5.x forgets the end that it had not written: the message comes twice',
    versions: ['5.3'],
    flush: 'ASYNC_FLUSH',
    behind: 'commit',
    failure: 'process',
    sees: { distinct: 1, duplicates: 1, lost: 0 },
  },
  {
    tag: 'CM-4',
    title: 'a killed master of 4.9 had written it',
    versions: ['4.9'],
    flush: 'ASYNC_FLUSH',
    behind: 'commit',
    failure: 'process',
    sees: { distinct: 1, duplicates: 0, lost: 0 },
  },
  {
    tag: 'CM-11',
    title: 'under ASYNC_FLUSH a power loss takes the half message, which was answered SEND_OK',
    versions: BOTH,
    flush: 'ASYNC_FLUSH',
    behind: 'half',
    failure: 'power',
    sees: { distinct: 0, duplicates: 0, lost: 1 },
  },
  {
    tag: 'CM-12',
    title: 'a lost disk takes the half message',
    versions: BOTH,
    flush: 'SYNC_FLUSH',
    behind: 'half',
    failure: 'disk',
    sees: { distinct: 0, duplicates: 0, lost: 1 },
  },
  {
    tag: 'CM-21',
    title: 'under SYNC_FLUSH a power loss leaves the half message',
    versions: BOTH,
    flush: 'SYNC_FLUSH',
    behind: 'half',
    failure: 'power',
    sees: { distinct: 1, duplicates: 0, lost: 0 },
  },
  {
    tag: 'CM-5',
    title: 'what is committed is not flushed at once even under SYNC_FLUSH; its half message brings it back',
    versions: ['5.3'],
    flush: 'SYNC_FLUSH',
    behind: 'commit',
    failure: 'power',
    sees: { distinct: 1, duplicates: 0, lost: 0 },
  },
];

function play({ flush, behind, failure }: Row, version: '5.3' | '4.9'): TransactingRun {
  const run = transacting({
    version,
    brokerConfig: { flushDiskType: flush },
    local: { takesMs: behind === 'half' ? 1_000 : 5 },
  });
  const { cluster } = run.untilS(9.9);
  const trigger = behind === 'half' ? 'send.ok' : 'transaction.commit-taken';
  cluster.untilTrue(() => cluster.count(trigger) > 0, 1_000);
  if (behind === 'commit') cluster.until(cluster.nowMs + 1);
  cluster.act({ do: 'kill', target: BROKER, failure });
  cluster.until(cluster.nowMs + 5_000).act({ do: 'restart', target: BROKER });
  return run.untilS(220);
}

describe('a fault of the master', () => {
  const cases = rows.flatMap((row) => row.versions.map((version) => ({ ...row, version })));
  it.each(cases)('[$tag] $title ($version)', ({ version, ...row }) => {
    const run = play(row, version);
    const { distinct, duplicates, lost } = row.sees;
    expect({
      distinct: run.report.groups.g?.distinct,
      duplicates: run.verdict.duplicates,
      lost: run.verdict.acknowledgedLost,
    }).toEqual({ distinct, duplicates, lost });
    expect(run.report.judges.conservation).toBe('holds');
    if (lost === 0) expect(run.report.judges.transactions).toBe('holds');
  });

  it('[CM-5] a committed record is gone with the power that its half message survives', () => {
    const row = rows.find(({ tag }) => tag === 'CM-5') as Row;
    const run = play(row, '5.3');
    expect(run.count('transaction.commit-taken')).toBe(2);
    expect(run.seen()).toEqual([2]);
  });
});

describe('a fault of the producer', () => {
  const dies = (setup: Transacting) =>
    transacting({
      databases: [{ id: 'orders-db' }],
      local: { database: 'orders-db' },
      ...setup,
      actions: [losesEndAt(10), { at: '10100ms', do: 'kill', target: 'p', failure: 'process' }],
    });
  const other = { id: 'p2', mode: 'transaction', localTransaction: { database: 'orders-db' } };

  it.each(BOTH)('[CM-57] between half and commit: another producer of the group answers (%s)', (version) => {
    const run = dies({ version, producers: [other] }).untilS(130);
    expect(run.cluster.entries('transaction.check-answered').map(({ node }) => node)).toEqual(['p2']);
    expect(run.report.groups.g?.distinct).toBe(1);
    expect(run.verdict.unresolvedTransactions).toBe(0);
    expect(run.report.judges.transactions).toBe('holds');
  });

  it.each(BOTH)('[CM-57] with no other one it is parked after 15 checks (%s)', (version) => {
    const run = dies({ version }).untilS(version === '4.9' ? 970 : 490);
    expect(run.count('check.nobody')).toBe(15);
    expect(run.count('half.parked')).toBe(1);
    expect(run.report.groups.g?.distinct).toBe(0);
    expect(run.verdict.unresolvedTransactions).toBe(1);
    expect(run.report.judges.transactions).toBe('broken');
  });

  it.each(BOTH)('[CM-57] one that is started again is asked itself (%s)', (version) => {
    const run = transacting({
      version,
      databases: [{ id: 'orders-db' }],
      local: { database: 'orders-db' },
      actions: [
        losesEndAt(10),
        { at: '10100ms', do: 'kill', target: 'p', failure: 'process' },
        { at: '12s', do: 'restart', target: 'p' },
        { at: '13s', do: 'send', target: 'p', message: { key: 'next' } },
      ],
    }).untilS(130);
    expect(run.report.groups.g?.distinct).toBe(2);
    expect(run.report.judges.transactions).toBe('holds');
  });
});
