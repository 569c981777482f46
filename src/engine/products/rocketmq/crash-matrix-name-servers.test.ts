import { describe, expect, it } from 'vitest';
import { type CrashRow, play } from '../../crash-matrix.fixture';
import {
  BOTH,
  casesOf,
  cut,
  down,
  heal,
  inWordsOf,
  kill,
  MASTER,
  missingOf,
  QUICK_S,
  restart,
  SILENT_S,
  SYNC_FLUSH,
} from './crash-rows.fixture';

/** CM-50 to CM-56 of the behaviour reference. */
const rows: readonly CrashRow[] = [
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

describe('the crash matrix: name servers and consumers', { timeout: 60_000 }, () => {
  it.each(casesOf(rows))('%s', (_, row, version) => {
    const seen = play(row, version);
    expect(inWordsOf(row.sees, seen)).toEqual(row.sees);
    expect(seen).toMatchObject({ balanced: true, safe: true, unavailable: 0 });
  });

  it('every row of the reference is played', () => {
    expect(missingOf(rows, [50, 51, 52, 53, 54, 55, 56])).toEqual([]);
  });
});
