import { processOf } from '../../../model/env';
import { copiesOf, isLost } from '../../../model/ledger';
import { endPhys, logLength, physAt, type ReplicaLog, recordAt, rowAtPhys } from '../../../model/log';
import { recordEnd, recordMessage, recordPhys } from '../../../model/world';
import type { StripColumn, StripView } from '../../../view';
import type { Broker, RocketSim } from '../state';

const COLUMNS = 26;

/**
 * The end of a broker's log as columns of copies: its own page cache and disk, and the best copy on a slave. While
 * the broker is down after losing a tail, the lost tail is still drawn: what the slave kept and what is gone.
 */
export function stripOf(sim: RocketSim, broker: Broker, slaves: readonly Broker[]): StripView {
  const { log } = broker.store;
  const down = processOf(sim.state.env, broker.node).state === 'down';
  const tail = down ? log.lostTail : [];
  const length = logLength(log);
  const undurable = length - log.flushed + tail.length;
  const messagesPerColumn = perColumn(undurable);
  const total = length - log.first + tail.length;
  const columns = rangesOf(total, messagesPerColumn).map(([start, end]) =>
    worst(sim, broker, slaves, tail, start, end),
  );
  const slaveEnd = slaves.reduce(
    (best, slave) => Math.max(best, replicatedPhys(sim, log, slave.store.log)),
    0,
  );
  const lag = slaves.length === 0 ? 0 : length - rowAtPhys(sim.state, log, slaveEnd);
  return {
    columns,
    messagesPerColumn,
    appendedBytes: endPhys(sim.state, log),
    flushedBytes: physAt(sim.state, log, log.flushed),
    replicatedBytes: slaves.length === 0 ? 0 : slaveEnd,
    unflushed: length - log.flushed,
    replicaOnly: tail.filter(
      (record) => copiesOf(sim.state.ledger, recordMessage(sim.state.arena, record)) > 0,
    ).length,
    lost: tail.filter((record) => isLost(sim.state.ledger, recordMessage(sim.state.arena, record))).length,
    followerLag: Math.max(0, lag),
  };
}

/**
 * A slave's log on the columns of its master, so that what stands above each other is the same; on columns of its own
 * where it has none of them.
 */
export function followerStripOf(sim: RocketSim, slave: Broker, master: Broker): StripView {
  const own = stripOf(sim, slave, []);
  const { log } = master.store;
  const down = processOf(sim.state.env, master.node).state === 'down';
  const rows = logLength(log) - log.first;
  const tail = down ? log.lostTail : [];
  const messagesPerColumn = perColumn(logLength(log) - log.flushed + tail.length);
  const recordOf = (at: number) => (at < rows ? recordAt(log, log.first + at) : (tail[at - rows] as number));
  const columns = rangesOf(rows + tail.length, messagesPerColumn).map(([start, end]) => {
    let column: StripColumn | undefined;
    for (let at = start; at < end; at++) {
      const record = recordOf(at);
      const row = rowAtPhys(sim.state, slave.store.log, recordPhys(sim.state.arena, record));
      const has = row < logLength(slave.store.log) && recordAt(slave.store.log, row) === record;
      const here = columnOf(sim, slave, [], record, has ? row : undefined);
      column = column === undefined ? here : lessSafe(column, here);
    }
    return column as StripColumn;
  });
  const shared = columns.some(({ mem, disk }) => mem > 0 || disk);
  return shared ? { ...own, columns, messagesPerColumn } : own;
}

const perColumn = (undurable: number) => (undurable <= COLUMNS ? 1 : Math.ceil(undurable / (COLUMNS - 3)));

/** What each column stands for, in messages from the oldest: they end at the newest; the first may stand for fewer. */
function rangesOf(total: number, messagesPerColumn: number): [start: number, end: number][] {
  const from = total - Math.min(total, COLUMNS * messagesPerColumn);
  const ranges: [number, number][] = [];
  for (let end = total; end > from; end -= messagesPerColumn) {
    ranges.unshift([Math.max(end - messagesPerColumn, from), end]);
  }
  return ranges;
}

/** Up to where a slave holds what its master's log holds, as a physical offset. */
function replicatedPhys(sim: RocketSim, master: ReplicaLog, slave: ReplicaLog): number {
  return Math.min(
    endPhys(sim.state, slave),
    Math.max(endPhys(sim.state, master), lastPhys(sim, master.lostTail)),
  );
}

function lastPhys(sim: RocketSim, tail: readonly number[]): number {
  const last = tail.at(-1);
  return last === undefined ? 0 : recordEnd(sim.state.arena, last);
}

/** One column for rows [start, end) counted from the first existing one: the least safe of them. */
function worst(
  sim: RocketSim,
  broker: Broker,
  slaves: readonly Broker[],
  tail: readonly number[],
  start: number,
  end: number,
): StripColumn {
  const { log } = broker.store;
  const kept = logLength(log) - log.first;
  let column: StripColumn | undefined;
  for (let at = start; at < end; at++) {
    const row = log.first + at;
    const here =
      at >= kept
        ? columnOf(sim, broker, slaves, tail[at - kept] as number, undefined)
        : columnOf(sim, broker, slaves, recordAt(log, row), row);
    column = column === undefined ? here : lessSafe(column, here);
  }
  return column as StripColumn;
}

/** Where the copies of one record are. `row`: its place in the broker's log; undefined when that has lost it. */
export function columnOf(
  sim: RocketSim,
  { store: { log, disk } }: Broker,
  slaves: readonly Broker[],
  record: number,
  row: number | undefined,
): StripColumn {
  const phys = recordPhys(sim.state.arena, record);
  const onDisk = row !== undefined && row < log.flushed;
  const cached = row !== undefined && phys >= disk.coldBelowPhys;
  const message = recordMessage(sim.state.arena, record);
  return {
    mem: cached ? (onDisk ? 2 : 1) : 0,
    disk: onDisk,
    replica: bestReplica(sim, slaves, record, phys),
    lost: row === undefined && isLost(sim.state.ledger, message),
    message,
  };
}

function lessSafe(x: StripColumn, y: StripColumn): StripColumn {
  return {
    mem: x.mem === 1 || y.mem === 1 ? 1 : (Math.min(x.mem, y.mem) as 0 | 2),
    disk: x.disk && y.disk,
    replica: Math.min(x.replica, y.replica) as 0 | 1 | 2,
    lost: x.lost || y.lost,
    message: y.message,
  };
}

function bestReplica(sim: RocketSim, slaves: readonly Broker[], record: number, phys: number): 0 | 1 | 2 {
  let best: 0 | 1 | 2 = 0;
  for (const { store } of slaves) {
    const row = rowAtPhys(sim.state, store.log, phys);
    if (row >= logLength(store.log) || recordAt(store.log, row) !== record) continue;
    best = row < store.log.flushed ? 2 : best === 2 ? 2 : 1;
  }
  return best;
}
