import type { CrashRow, Happening, Seen, Sees } from '../../crash-matrix.fixture';

/** The words in which the rows of the crash matrix are written, and what was seen in those words. */

export const MASTER = 'broker-a:0';
export const SLAVE = 'broker-a:1';
export const BOTH = ['5.3', '4.9'] as const;
/** A process fault is over for everybody after a route poll; a silent one after 120 s and a route poll. */
export const QUICK_S = 70;
export const SILENT_S = 170;
export const SYNC_FLUSH = { flushDiskType: 'SYNC_FLUSH' };
/** A producer that waits longer than the broker does. */
export const PATIENT = { sendMsgTimeout: 10_000 };

export type Failure = 'process' | 'power' | 'disk';

/** Moments are seconds behind the fault. */
export const kill = (target: string, failure: Failure, after = 0): Happening => ({
  after,
  do: 'kill',
  target,
  failure,
});
export const restart = (target: string, after: number): Happening => ({ after, do: 'restart', target });
export const cut = (x: string, y: string, after = 0): Happening => ({ after, do: 'cut', between: [x, y] });
export const heal = (x: string, y: string, after: number): Happening => ({
  after,
  do: 'heal',
  between: [x, y],
});
/** The master fails, and starts again at the end of the window. */
export const down = (failure: Failure, windowS: number): readonly Happening[] => [
  kill(MASTER, failure),
  restart(MASTER, windowS),
];

/** Each row in each of its versions, with the title of its test. */
export const casesOf = (rows: readonly CrashRow[]) =>
  rows.flatMap((row) =>
    row.versions.map((version) => [`${row.tag} ${version} ${row.title}`, row, version] as const),
  );

/** Numbers of the rows of the reference, CM-n, that a table does not play. */
export function missingOf(rows: readonly CrashRow[], ids: readonly number[]): number[] {
  const played = new Set(rows.map(({ tag }) => Number(/\d+/.exec(tag)?.[0])));
  return ids.filter((id) => !played.has(id));
}

/**
 * What was seen, in the words of a row: equal to them where the row holds; what the row leaves open is left open.
 * "unavail." of the matrix is `unavailable` while the process is down; every row is looked at again when all is up.
 */
export function inWordsOf(sees: Sees, seen: Seen): Sees {
  const some = (count: number) => (count > 0 ? 'some' : 'none');
  const share = seen.failed / seen.sent;
  const failed = seen.failed === 0 ? 'none' : share > 0.9 ? 'all' : 'some';
  const said = seen.others.join('; ');
  return {
    failed: sees.failed === 'some' && seen.failed > 0 && seen.answered > 0 ? 'some' : failed,
    as: sees.as === undefined || said.includes(sees.as) ? sees.as : said,
    lost: some(seen.lost),
    stranded: sees.stranded && some(seen.stranded),
    duplicates: sees.duplicates === 'allowed' ? 'allowed' : some(seen.duplicates),
    writes: sees.writes === undefined ? undefined : seen.writes > 0,
    reads: sees.reads === undefined ? undefined : seen.reads > 0,
  };
}
