import { describe, expect, it } from 'vitest';
import { type CrashRow, type Happening, play } from '../../crash-matrix.fixture';

const kill = (target: string, failure: 'process' | 'power' | 'disk', after = 0): Happening => ({
  after,
  do: 'kill',
  target,
  failure,
});
const restart = (target: string, after: number): Happening => ({ after, do: 'restart', target });
const cut = (x: string, y: string, after = 0): Happening => ({ after, do: 'cut', between: [x, y] });
const heal = (x: string, y: string, after: number): Happening => ({ after, do: 'heal', between: [x, y] });

const MASTER = 'broker-a:0';
const SLAVE = 'broker-a:1';
/** A process fault is over for everybody after a route poll; a silent one after 120 s and a route poll. */
const QUICK_S = 70;
const SILENT_S = 170;
const BOTH = ['5.3', '4.9'] as const;
const down = (failure: 'process' | 'power' | 'disk', windowS: number) => [
  kill(MASTER, failure),
  restart(MASTER, windowS),
];

const SYNC_FLUSH = { flushDiskType: 'SYNC_FLUSH' };
const TWO = { brokerRole: 'SYNC_MASTER', inSyncReplicas: 2 };
const PATIENT = { sendMsgTimeout: 10_000 };

/**
 * CM-10 to CM-39 and CM-50 to CM-56 of the behaviour reference. "unavail." of the matrix is `unavailable` while the
 * process is down; every row is looked at again when all is up.
 */
const rows: readonly CrashRow[] = [
  {
    tag: '[CM-10]',
    title: 'ASYNC_FLUSH, master process, another broker group: retried there',
    versions: BOTH,
    groups: 2,
    happens: down('process', QUICK_S),
    windowS: QUICK_S,
    sees: { failed: 'none', lost: 'none', duplicates: 'allowed', writes: false, reads: false },
  },
  {
    tag: '[CM-10]',
    title: 'ASYNC_FLUSH, master process, the only group: exceptions',
    versions: BOTH,
    happens: down('process', QUICK_S),
    windowS: QUICK_S,
    sees: {
      failed: 'all',
      as: 'MQClientException',
      lost: 'none',
      duplicates: 'allowed',
      writes: false,
      reads: false,
    },
  },
  {
    tag: '[CM-10]',
    title: 'ASYNC_FLUSH with a transient pool, master process: what was not committed is gone',
    versions: BOTH,
    rate: 200,
    master: { transientStorePoolEnable: true },
    happens: [...[20, 40, 60].flatMap((s) => [kill(MASTER, 'process', s), restart(MASTER, s + 5)])],
    windowS: QUICK_S,
    sees: { failed: 'some', lost: 'some', duplicates: 'allowed' },
  },
  {
    tag: '[CM-10]',
    title: 'ASYNC_FLUSH, master process, slaveReadEnable: reads go on from the slave',
    versions: ['5.3'],
    slave: { slaveReadEnable: true },
    happens: down('process', QUICK_S),
    windowS: QUICK_S,
    sees: { failed: 'all', lost: 'none', duplicates: 'allowed', writes: false, reads: true },
  },
  {
    tag: '[CM-10]',
    title: 'ASYNC_FLUSH, master process, a 5.x slave serves no reads',
    versions: ['5.3'],
    slave: {},
    happens: down('process', QUICK_S),
    windowS: QUICK_S,
    sees: { failed: 'all', lost: 'none', duplicates: 'allowed', writes: false, reads: false },
  },
  {
    tag: '[CM-11]',
    title: 'ASYNC_FLUSH, master power: the unflushed tail is gone, each hit costs 3 s',
    versions: BOTH,
    groups: 2,
    happens: down('power', SILENT_S),
    windowS: SILENT_S,
    sees: {
      failed: 'some',
      as: 'RemotingTooMuchRequestException',
      lost: 'some',
      duplicates: 'allowed',
      writes: false,
      reads: false,
    },
  },
  {
    tag: '[CM-11]',
    title: 'ASYNC_FLUSH, master power, with a slave: what only it has is stranded',
    versions: BOTH,
    slave: {},
    happens: down('power', QUICK_S),
    windowS: QUICK_S,
    sees: { failed: 'all', lost: 'some', stranded: 'some', duplicates: 'allowed', writes: false },
  },
  {
    tag: '[CM-12]',
    title: 'ASYNC_FLUSH, master disk, no slave: all is lost',
    versions: BOTH,
    groups: 2,
    happens: down('disk', QUICK_S),
    windowS: QUICK_S,
    sees: {
      failed: 'none',
      lost: 'some',
      stranded: 'none',
      duplicates: 'allowed',
      writes: false,
      reads: false,
    },
  },
  {
    tag: '[CM-12]',
    title: 'ASYNC_FLUSH, master disk, with a slave: its copy can only be fetched by an operator',
    versions: ['5.3'],
    slave: {},
    happens: [kill(MASTER, 'disk')],
    windowS: QUICK_S,
    sees: {
      failed: 'all',
      lost: 'some',
      stranded: 'some',
      duplicates: 'allowed',
      writes: false,
      reads: false,
    },
  },
  {
    tag: '[CM-13]',
    title: 'ASYNC_FLUSH, slave down: nobody notices',
    versions: BOTH,
    slave: {},
    happens: [kill(SLAVE, 'process'), restart(SLAVE, QUICK_S)],
    windowS: QUICK_S,
    sees: { failed: 'none', lost: 'none', stranded: 'none', duplicates: 'none', writes: true, reads: true },
  },
  {
    tag: '[CM-14]',
    title: 'ASYNC_FLUSH, master and slave cut apart: nobody notices',
    versions: BOTH,
    slave: {},
    happens: [cut(MASTER, SLAVE), heal(MASTER, SLAVE, QUICK_S)],
    windowS: QUICK_S,
    sees: { failed: 'none', lost: 'none', stranded: 'none', duplicates: 'none', writes: true, reads: true },
  },
  {
    tag: '[CM-14]',
    title: 'ASYNC_FLUSH, cut apart, then the master disk: all since the cut is lost',
    versions: ['5.3'],
    slave: {},
    happens: [cut(MASTER, SLAVE), kill(MASTER, 'disk', 60)],
    windowS: QUICK_S,
    sees: { failed: 'some', lost: 'some', stranded: 'some', duplicates: 'allowed' },
  },
  {
    tag: '[CM-15]',
    title: 'ASYNC_FLUSH, clients and master cut apart: the routes never change',
    versions: BOTH,
    happens: [
      cut('producer-1', MASTER),
      cut('consumer-1', MASTER),
      heal('producer-1', MASTER, SILENT_S),
      heal('consumer-1', MASTER, SILENT_S),
    ],
    windowS: SILENT_S,
    sees: {
      failed: 'all',
      as: 'RemotingTooMuchRequestException',
      lost: 'none',
      duplicates: 'allowed',
      writes: false,
      reads: false,
    },
  },
  {
    tag: '[CM-20]',
    title: 'SYNC_FLUSH, master process: as with ASYNC_FLUSH',
    versions: BOTH,
    groups: 2,
    master: SYNC_FLUSH,
    happens: down('process', QUICK_S),
    windowS: QUICK_S,
    sees: { failed: 'none', lost: 'none', duplicates: 'allowed', writes: false, reads: false },
  },
  {
    tag: '[CM-21]',
    title: 'SYNC_FLUSH, master power: nothing that was answered SEND_OK is lost',
    versions: BOTH,
    groups: 2,
    master: SYNC_FLUSH,
    happens: down('power', SILENT_S),
    windowS: SILENT_S,
    sees: {
      failed: 'some',
      as: 'RemotingTooMuchRequestException',
      lost: 'none',
      duplicates: 'allowed',
      writes: false,
      reads: false,
    },
  },
  {
    tag: '[CM-22]',
    title: 'SYNC_FLUSH, master disk, no slave: all is lost',
    versions: BOTH,
    groups: 2,
    master: SYNC_FLUSH,
    happens: down('disk', QUICK_S),
    windowS: QUICK_S,
    sees: { failed: 'none', lost: 'some', duplicates: 'allowed', writes: false, reads: false },
  },
  {
    tag: '[CM-23]',
    title: 'SYNC_FLUSH, slave down: nobody notices',
    versions: BOTH,
    master: SYNC_FLUSH,
    slave: {},
    happens: [kill(SLAVE, 'process'), restart(SLAVE, QUICK_S)],
    windowS: QUICK_S,
    sees: { failed: 'none', lost: 'none', duplicates: 'none', writes: true, reads: true },
  },
  {
    tag: '[CM-23]',
    title: 'SYNC_FLUSH, master and slave cut apart: nobody notices',
    versions: BOTH,
    master: SYNC_FLUSH,
    slave: {},
    happens: [cut(MASTER, SLAVE), heal(MASTER, SLAVE, QUICK_S)],
    windowS: QUICK_S,
    sees: { failed: 'none', lost: 'none', duplicates: 'none', writes: true, reads: true },
  },
  {
    tag: '[CM-24]',
    title: 'SYNC_FLUSH, an fsync of 6 s, default client: exceptions for stored messages',
    versions: BOTH,
    master: SYNC_FLUSH,
    rate: 5,
    happens: [
      { after: 0, do: 'slow', target: MASTER, part: 'disk', fsyncMs: 6_000 },
      { after: 60, do: 'slow', target: MASTER, part: 'disk', factor: 1 },
    ],
    windowS: 60,
    sees: { failed: 'all', lost: 'none', duplicates: 'allowed', writes: true },
  },
  {
    tag: '[CM-24]',
    title: 'SYNC_FLUSH, an fsync of 6 s, sendMsgTimeout 10 s: FLUSH_DISK_TIMEOUT',
    versions: BOTH,
    master: SYNC_FLUSH,
    producer: PATIENT,
    rate: 5,
    happens: [
      { after: 0, do: 'slow', target: MASTER, part: 'disk', fsyncMs: 6_000 },
      { after: 60, do: 'slow', target: MASTER, part: 'disk', factor: 1 },
    ],
    windowS: 60,
    sees: { failed: 'none', as: 'FLUSH_DISK_TIMEOUT', lost: 'none', duplicates: 'allowed', writes: true },
  },
  {
    tag: '[CM-30]',
    title: 'SYNC_MASTER with inSyncReplicas=1: exactly as ASYNC_MASTER, the last 100 ms die with the disk',
    versions: ['5.3'],
    master: { brokerRole: 'SYNC_MASTER' },
    slave: {},
    happens: [kill(MASTER, 'disk')],
    windowS: QUICK_S,
    sees: {
      failed: 'all',
      lost: 'some',
      stranded: 'some',
      duplicates: 'allowed',
      writes: false,
      reads: false,
    },
  },
  {
    tag: '[CM-30]',
    title: 'SYNC_MASTER with inSyncReplicas=1, slave down: nobody notices',
    versions: ['5.3'],
    master: { brokerRole: 'SYNC_MASTER' },
    slave: {},
    happens: [kill(SLAVE, 'process'), restart(SLAVE, QUICK_S)],
    windowS: QUICK_S,
    sees: { failed: 'none', lost: 'none', duplicates: 'none', writes: true, reads: true },
  },
  {
    tag: '[CM-31]',
    title: 'inSyncReplicas=2, master process: nothing lost, nobody promoted',
    versions: ['5.3'],
    master: TWO,
    slave: {},
    happens: down('process', QUICK_S),
    windowS: QUICK_S,
    sees: { failed: 'all', lost: 'none', duplicates: 'allowed', writes: false, reads: false },
  },
  {
    tag: '[CM-31]',
    title: 'inSyncReplicas=2, master process, slaveReadEnable: the slave copy is read',
    versions: ['5.3'],
    master: TWO,
    slave: { slaveReadEnable: true },
    happens: down('process', QUICK_S),
    windowS: QUICK_S,
    sees: { failed: 'all', lost: 'none', duplicates: 'allowed', writes: false, reads: true },
  },
  {
    tag: '[CM-32]',
    title: 'ASYNC_FLUSH, inSyncReplicas=2, master power: every SEND_OK is left, the tail on the slave only',
    versions: ['5.3'],
    master: TWO,
    slave: {},
    happens: down('power', QUICK_S),
    windowS: QUICK_S,
    sees: {
      failed: 'all',
      lost: 'none',
      stranded: 'some',
      duplicates: 'allowed',
      writes: false,
      reads: false,
    },
  },
  {
    tag: '[CM-32]',
    title: 'ASYNC_FLUSH, inSyncReplicas=2, both hosts lose power: the tail is lost',
    versions: ['5.3'],
    master: TWO,
    slave: {},
    happens: [kill(MASTER, 'power'), kill(SLAVE, 'power'), restart(MASTER, QUICK_S), restart(SLAVE, QUICK_S)],
    windowS: QUICK_S,
    sees: { failed: 'all', lost: 'some', duplicates: 'allowed', writes: false, reads: false },
  },
  {
    tag: '[CM-33]',
    title: 'inSyncReplicas=2, master disk: nothing lost, all on the slave',
    versions: ['5.3'],
    master: TWO,
    slave: {},
    happens: [kill(MASTER, 'disk')],
    windowS: QUICK_S,
    sees: {
      failed: 'all',
      lost: 'none',
      stranded: 'some',
      duplicates: 'allowed',
      writes: false,
      reads: false,
    },
  },
  {
    tag: '[CM-34]',
    title: 'inSyncReplicas=2, slave down, default client: exceptions for stored messages',
    versions: ['5.3'],
    master: TWO,
    slave: {},
    happens: [kill(SLAVE, 'process'), restart(SLAVE, QUICK_S)],
    windowS: QUICK_S,
    sees: { failed: 'all', lost: 'none', duplicates: 'allowed', writes: true, reads: true },
  },
  {
    tag: '[CM-34]',
    title: 'inSyncReplicas=2, slave down, sendMsgTimeout 10 s: FLUSH_SLAVE_TIMEOUT',
    versions: ['5.3'],
    master: TWO,
    slave: {},
    producer: PATIENT,
    happens: [kill(SLAVE, 'process'), restart(SLAVE, QUICK_S)],
    windowS: QUICK_S,
    sees: {
      failed: 'none',
      as: 'FLUSH_SLAVE_TIMEOUT',
      lost: 'none',
      duplicates: 'none',
      writes: true,
      reads: true,
    },
  },
  {
    tag: '[CM-35]',
    title: 'inSyncReplicas=2, master and slave cut apart: as slave down, no faster when the link is closed',
    versions: ['5.3'],
    master: TWO,
    slave: {},
    producer: PATIENT,
    happens: [cut(MASTER, SLAVE), heal(MASTER, SLAVE, QUICK_S)],
    windowS: QUICK_S,
    sees: {
      failed: 'none',
      as: 'FLUSH_SLAVE_TIMEOUT',
      lost: 'none',
      duplicates: 'none',
      writes: true,
      reads: true,
    },
  },
  {
    tag: '[CM-36]',
    title: 'SYNC_FLUSH, inSyncReplicas=2, master power: nothing lost on either node',
    versions: ['5.3'],
    master: { ...TWO, ...SYNC_FLUSH },
    slave: {},
    happens: down('power', QUICK_S),
    windowS: QUICK_S,
    sees: {
      failed: 'all',
      lost: 'none',
      stranded: 'none',
      duplicates: 'allowed',
      writes: false,
      reads: false,
    },
  },
  {
    tag: '[CM-37]',
    title: '4.x SYNC_MASTER, slave process: SLAVE_NOT_AVAILABLE at once',
    versions: ['4.9'],
    master: { brokerRole: 'SYNC_MASTER' },
    slave: {},
    happens: [kill(SLAVE, 'process'), restart(SLAVE, QUICK_S)],
    windowS: QUICK_S,
    sees: {
      failed: 'none',
      as: 'SLAVE_NOT_AVAILABLE',
      lost: 'none',
      duplicates: 'none',
      writes: true,
      reads: true,
    },
  },
  {
    tag: '[CM-38]',
    title: '4.x SYNC_MASTER, slave power: exceptions for 20 s, then SLAVE_NOT_AVAILABLE at once',
    versions: ['4.9'],
    master: { brokerRole: 'SYNC_MASTER' },
    slave: {},
    happens: [kill(SLAVE, 'power'), restart(SLAVE, QUICK_S)],
    windowS: QUICK_S,
    sees: {
      failed: 'some',
      as: 'SLAVE_NOT_AVAILABLE',
      lost: 'none',
      duplicates: 'allowed',
      writes: true,
      reads: true,
    },
  },
  {
    tag: '[CM-39]',
    title: '4.x, master process: its slave serves reads',
    versions: ['4.9'],
    slave: {},
    happens: down('process', QUICK_S),
    windowS: QUICK_S,
    sees: { failed: 'all', lost: 'none', duplicates: 'allowed', writes: false, reads: true },
  },
  {
    tag: '[CM-39]',
    title: '4.x SYNC_FLUSH, master power: its slave serves reads, nothing is lost',
    versions: ['4.9'],
    master: SYNC_FLUSH,
    slave: {},
    happens: down('power', SILENT_S + 30),
    windowS: SILENT_S + 30,
    sees: { failed: 'all', lost: 'none', duplicates: 'allowed', writes: false, reads: true },
  },
  {
    tag: '[CM-50]',
    title: 'one of two name servers, process: nothing is lost, nothing fails',
    versions: BOTH,
    nameservers: 2,
    happens: [kill('ns-1', 'process'), restart('ns-1', QUICK_S)],
    windowS: QUICK_S,
    sees: { failed: 'none', lost: 'none', duplicates: 'none', writes: true, reads: true },
  },
  {
    tag: '[CM-51]',
    title: 'one of two name servers, power: nothing is lost, nothing fails',
    versions: BOTH,
    nameservers: 2,
    happens: [kill('ns-1', 'power'), restart('ns-1', SILENT_S)],
    windowS: SILENT_S,
    sees: { failed: 'none', lost: 'none', duplicates: 'none', writes: true, reads: true },
  },
  {
    tag: '[CM-52]',
    title: 'all name servers: known topics work',
    versions: BOTH,
    happens: [kill('ns-1', 'process'), restart('ns-1', SILENT_S)],
    windowS: SILENT_S,
    sees: { failed: 'none', lost: 'none', duplicates: 'none', writes: true, reads: true },
  },
  {
    tag: '[CM-52]',
    title: 'all name servers, then a broker process: it stays in the routes, each hit is retried',
    versions: BOTH,
    groups: 2,
    happens: [kill('ns-1', 'process', -5), ...down('process', SILENT_S), restart('ns-1', SILENT_S)],
    windowS: SILENT_S,
    sees: { failed: 'none', lost: 'none', duplicates: 'allowed', writes: false, reads: false },
  },
  {
    tag: '[CM-52]',
    title: 'all name servers, then a broker without power: each hit fails for ever',
    versions: BOTH,
    groups: 2,
    master: SYNC_FLUSH,
    happens: [kill('ns-1', 'process', -5), ...down('power', SILENT_S + 30), restart('ns-1', SILENT_S + 30)],
    // Still so when every timer would have noticed.
    watchFromS: SILENT_S - 10,
    windowS: SILENT_S + 30,
    sees: {
      failed: 'some',
      as: 'RemotingTooMuchRequestException',
      lost: 'none',
      duplicates: 'allowed',
      writes: false,
    },
  },
  {
    tag: '[CM-53]',
    title: 'all name servers, restarted empty: clients keep their routes meanwhile',
    versions: BOTH,
    happens: [kill('ns-1', 'process'), restart('ns-1', 10)],
    windowS: QUICK_S,
    sees: { failed: 'none', lost: 'none', duplicates: 'none', writes: true, reads: true },
  },
  {
    tag: '[CM-54]',
    title: 'name server and broker cut apart: the healthy broker leaves the routes, its queues stand still',
    versions: BOTH,
    groups: 2,
    happens: [cut('ns-1', MASTER), heal('ns-1', MASTER, SILENT_S + 30)],
    watchFromS: SILENT_S - 10,
    windowS: SILENT_S + 30,
    sees: { failed: 'none', lost: 'none', duplicates: 'allowed', writes: false, reads: false },
  },
  {
    tag: '[CM-55]',
    title: 'one of two consumers, process: the other takes over',
    versions: BOTH,
    consumers: 2,
    happens: [kill('consumer-1', 'process', 10), restart('consumer-1', QUICK_S)],
    windowS: QUICK_S,
    sees: { failed: 'none', lost: 'none', duplicates: 'allowed', writes: true, reads: true },
  },
  {
    tag: '[CM-56]',
    title: 'one of two consumers cut off with a cache: what it goes on processing comes twice',
    versions: BOTH,
    consumers: 2,
    rate: 200,
    happens: [
      { after: 5, do: 'set', target: 'consumer-1', workload: { processingMs: 3_000 } },
      cut('consumer-1', MASTER, 6),
      heal('consumer-1', MASTER, SILENT_S),
    ],
    windowS: SILENT_S,
    sees: { failed: 'none', lost: 'none', duplicates: 'some', writes: true, reads: true },
  },
];

const cases = rows.flatMap((row) =>
  row.versions.map((version) => [`${row.tag} ${version} ${row.title}`, row, version] as const),
);

describe('the crash matrix', { timeout: 60_000 }, () => {
  it.each(cases)('%s', (_, row, version) => {
    const seen = play(row, version);
    const { sees } = row;
    if (sees.failed === 'none') expect(seen.failed).toBe(0);
    else expect(seen.failed).toBeGreaterThan(0);
    if (sees.failed === 'all') expect(seen.failed / seen.sent).toBeGreaterThan(0.9);
    else expect(seen.answered).toBeGreaterThan(0);
    if (sees.as !== undefined) expect(seen.others.join('; ')).toContain(sees.as);
    expect(seen.lost > 0 ? 'some' : 'none').toBe(sees.lost);
    if (sees.stranded !== undefined) expect(seen.stranded > 0 ? 'some' : 'none').toBe(sees.stranded);
    if (sees.duplicates !== 'allowed') expect(seen.duplicates > 0 ? 'some' : 'none').toBe(sees.duplicates);
    if (sees.writes !== undefined) expect(seen.writes > 0).toBe(sees.writes);
    if (sees.reads !== undefined) expect(seen.reads > 0).toBe(sees.reads);
    expect(seen.balanced).toBe(true);
    expect(seen.safe).toBe(true);
    expect(seen.unavailable).toBe(0);
  });

  it('covers every row of sections 14.1, 14.2 and 14.4', () => {
    const ids = new Set(rows.map(({ tag }) => Number(/\d+/.exec(tag)?.[0])));
    const matrix = [10, 11, 12, 13, 14, 15, 20, 21, 22, 23, 24, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39];
    expect([...matrix, 50, 51, 52, 53, 54, 55, 56].filter((id) => !ids.has(id))).toEqual([]);
  });
});
