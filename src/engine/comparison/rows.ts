import type { GroupReport } from '../report/groups';
import type { Report } from '../report/report';
import { type CellWord, cellWords, type RowWord, rowWords, type SectionWord } from './row-words';

/** A value of one report; undefined: that report has no such thing. */
export type Cell = number | string | undefined;

/** `ms`: milliseconds. `share`: 0 to 1. `word`: one of `cellWords`. `text`: names as they stand in the report. */
export type Unit = 'count' | 'ms' | 'share' | 'word' | 'text';

/** One thing that both reports say, or one of them. */
export interface ComparedRow {
  /** Path in the report, `/` between its parts. */
  readonly id: string;
  readonly section: SectionWord;
  /** One of `rowWords`, or a name that stays as it is. */
  readonly name: string;
  /** The group, process, queue or topic that it is about; empty: the run. */
  readonly of: string;
  readonly unit: Unit;
  readonly values: readonly [Cell, Cell];
  readonly equal: boolean;
  /** Rules that the reports themselves name. */
  readonly rules: readonly string[];
}

/** What a report says in one line each, in the order of reading. */
type Told = Omit<ComparedRow, 'values' | 'equal'> & { readonly value: Cell };

/**
 * Two reports line by line: everything that they say but who they are (product, version, model, seed, time) and the
 * digests and number of events, which differ whenever anything does. What one of them lacks stands at its place.
 */
export function compareReports(first: Report, second: Report): readonly ComparedRow[] {
  const [one, two] = [linesOf(first), linesOf(second)];
  const other = new Map(two.map((line) => [line.id, line]));
  const own = new Set(one.map(({ id }) => id));
  const rows = one.map((line) => rowOf(line, line.value, other.get(line.id)?.value));
  const added = two.filter(({ id }) => !own.has(id)).map((line) => rowOf(line, undefined, line.value));
  return inSections([...rows, ...added]);
}

function rowOf({ value: _, ...line }: Told, first: Cell, second: Cell): ComparedRow {
  // What never happened in one version is counted there: zero times.
  const isCounted = line.unit === 'count' && COUNTED.has(line.section);
  const values = [first, second].map((cell) => cell ?? (isCounted ? 0 : undefined)) as [Cell, Cell];
  return { ...line, values, equal: values[0] === values[1] };
}

const COUNTED: ReadonlySet<SectionWord> = new Set(['sends', 'losses']);

const ORDER: readonly SectionWord[] = [
  'verdict',
  'messages',
  'sends',
  'latency',
  'groups',
  'losses',
  'brokers',
  'routes',
  'queues',
];

function inSections(rows: readonly ComparedRow[]): readonly ComparedRow[] {
  return ORDER.flatMap((section) => rows.filter((row) => row.section === section));
}

function linesOf(report: Report): readonly Told[] {
  const { sends, verdict, ledger, effects, latencyMs, unavailableMs } = report;
  const line = (
    section: SectionWord,
    id: string,
    name: RowWord,
    value: Cell,
    unit: Unit = 'count',
  ): Told => ({ section, id, name, value, unit, of: '', rules: [] });
  const { SEND_OK, FLUSH_DISK_TIMEOUT, FLUSH_SLAVE_TIMEOUT, SLAVE_NOT_AVAILABLE } = sends;
  const told = Object.entries({ SEND_OK, FLUSH_DISK_TIMEOUT, FLUSH_SLAVE_TIMEOUT, SLAVE_NOT_AVAILABLE });
  return [
    ...Object.entries(report.judges).map(([name, said]) => ({
      ...line('verdict', `judges/${name}`, 'judge', said, 'word'),
      name,
    })),
    line('messages', 'ledger/sent', 'sent', ledger.sent),
    line('messages', 'verdict/acknowledged', 'acknowledged', verdict.acknowledged),
    line('messages', 'ledger/stored', 'stored', ledger.stored),
    line('messages', 'groups/distinct', 'delivered', sumOf(report, 'distinct')),
    line('messages', 'verdict/acknowledgedLost', 'lost', verdict.acknowledgedLost),
    line('messages', 'verdict/consumedBefore', 'consumedBefore', verdict.consumedBefore),
    line('messages', 'verdict/stranded', 'stranded', verdict.stranded),
    line('messages', 'verdict/unavailable', 'unavailable', verdict.unavailable),
    line('messages', 'verdict/duplicates', 'duplicates', verdict.duplicates),
    line('messages', 'verdict/orderViolations', 'orderViolations', verdict.orderViolations),
    line('messages', 'verdict/unresolvedTransactions', 'unresolved', verdict.unresolvedTransactions),
    line('messages', 'effects/once', 'effectsOnce', effects.once),
    line('messages', 'effects/doubled', 'effectsDoubled', effects.doubled),
    line('messages', 'effects/lost', 'effectsLost', effects.lost),
    line('messages', 'ledger/balanced', 'balanced', ledger.balanced ? 'yes' : 'no', 'word'),
    ...told.map(([status, count]) => ({
      ...line('sends', `sends/${status}`, 'sent', count),
      name: status,
    })),
    line('sends', 'sends/failed', 'failed', sends.failed),
    ...Object.entries(report.statuses).map(([name, count]) => ({
      ...line('sends', `statuses/${name}`, 'sent', count),
      name,
    })),
    line('sends', 'sends/oneway', 'oneway', sends.oneway),
    line('sends', 'sends/inFlight', 'inFlight', sends.inFlight),
    line('sends', 'sends/attempts', 'attempts', sends.attempts),
    line('latency', 'latencyMs/send/p50', 'sendP50', latencyMs.send.p50, 'ms'),
    line('latency', 'latencyMs/send/p99', 'sendP99', latencyMs.send.p99, 'ms'),
    line('latency', 'latencyMs/endToEnd/p50', 'endToEndP50', latencyMs.endToEnd.p50, 'ms'),
    line('latency', 'latencyMs/endToEnd/p99', 'endToEndP99', latencyMs.endToEnd.p99, 'ms'),
    line('latency', 'unavailableMs/send/max', 'sendOutage', unavailableMs.send.max, 'ms'),
    line('latency', 'unavailableMs/send/share', 'sendOutageShare', unavailableMs.send.share, 'share'),
    line('latency', 'unavailableMs/receive/max', 'receiveOutage', unavailableMs.receive.max, 'ms'),
    line(
      'latency',
      'unavailableMs/receive/share',
      'receiveOutageShare',
      unavailableMs.receive.share,
      'share',
    ),
    ...Object.entries(report.groups).flatMap(([id, group]) => groupLines(id, group)),
    ...lossLines(report),
    ...Object.entries(report.brokers).flatMap(([id, broker]): Told[] => {
      const used = report.resources[id];
      const of = (name: RowWord, key: string, value: Cell, unit: Unit = 'count') => ({
        ...line('brokers', `brokers/${id}/${key}`, name, value, unit),
        of: id,
      });
      return [
        of('state', 'state', broker.state, broker.state in cellWords ? 'word' : 'text'),
        of('appended', 'appended', broker.appended),
        of('flushed', 'flushed', broker.flushed),
        of('replicated', 'replicated', broker.replicated),
        of('cpu', 'cpu', used?.cpu, 'share'),
        of('diskBusy', 'disk', used?.disk, 'share'),
        of('binding', 'binding', used?.binding, 'word'),
      ];
    }),
    ...Object.entries(report.nameservers).flatMap(([id, { routes }]) =>
      Object.entries(routes).map(([topic, brokers]) => ({
        ...line('routes', `nameservers/${id}/${topic}`, 'sent', brokers.join(', '), 'text'),
        name: topic,
        of: id,
      })),
    ),
  ];
}

function groupLines(id: string, group: GroupReport): readonly Told[] {
  const line = (name: RowWord, key: keyof GroupReport): Told => ({
    ...{ section: 'groups', id: `groups/${id}/${key}`, name, of: id, unit: 'count', rules: [] },
    value: group[key] as number,
  });
  const queues = Object.entries(group.offsets).flatMap(([queue, { committed, max }]): Told[] => {
    const place = { section: 'queues', of: `${id} · ${queue}`, unit: 'count', rules: [] } as const;
    return [
      { ...place, id: `groups/${id}/offsets/${queue}/committed`, name: 'committed', value: committed },
      { ...place, id: `groups/${id}/offsets/${queue}/max`, name: 'maxOffset', value: max },
    ];
  });
  const owners = Object.entries(group.assignment).map(([consumer, held]): Told => {
    const place = { section: 'queues', of: `${id} · ${consumer}`, unit: 'text', rules: [] } as const;
    return {
      ...{ ...place, id: `groups/${id}/assignment/${consumer}`, name: 'holds' },
      value: held.join(', '),
    };
  });
  return [
    line('lag', 'lag'),
    line('deliveries', 'deliveries'),
    line('distinct', 'distinct'),
    line('retries', 'retries'),
    line('deadLettered', 'deadLettered'),
    line('passedOver', 'passedOver'),
    ...owners,
    ...queues,
  ];
}

/** Losses by their why: how many went the same way. */
function lossLines({ lost }: Report): readonly Told[] {
  const ways = new Map<string, { readonly rules: readonly string[]; count: number }>();
  for (const { why, consumedBefore } of lost) {
    const id = `lost/${why.join(' ')}${consumedBefore ? '/consumed' : ''}`;
    const way = ways.get(id) ?? { rules: why, count: 0 };
    way.count++;
    ways.set(id, way);
  }
  return [...ways].map(([id, { rules, count }]) => ({
    ...{ section: 'losses', id, of: '', unit: 'count', rules, value: count },
    name: id.endsWith('/consumed') ? 'lostConsumed' : 'lostWay',
  }));
}

function sumOf({ groups }: Report, what: 'distinct'): number {
  return Object.values(groups).reduce((total, group) => total + group[what], 0);
}

/** What the row is called, where it is a word and not a name. */
export const isRowWord = (name: string): name is RowWord => Object.hasOwn(rowWords, name);
export const isCellWord = (cell: Cell): cell is CellWord =>
  typeof cell === 'string' && Object.hasOwn(cellWords, cell);
