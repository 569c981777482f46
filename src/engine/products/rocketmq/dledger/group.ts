import { appendRow, getCell, setCell, truncateTable } from '../../../core/table';
import { endPhys, loseTail, physAt } from '../../../model/log';
import { appendCopied } from '../broker/copied-files';
import { brokerOf } from '../broker/store-state';
import type { Broker, RocketSim } from '../state';
import { tailTruncated } from './dledger-kinds';
import { inGroup } from './dledger-state';

/** The nodes of a group and the log that they share. */

/** `dLegerPeers`: the brokers of the group in the order of the scenario; n0, n1 … */
export function nodesOf(sim: RocketSim, { brokerName }: Broker): Broker[] {
  return [...sim.state.product.brokers.values()].filter(
    (broker) => broker.brokerName === brokerName && inGroup(broker),
  );
}

/** The number of `dLegerSelfId`. */
export const selfNumber = (sim: RocketSim, broker: Broker) => nodesOf(sim, broker).indexOf(broker);

export const othersOf = (sim: RocketSim, broker: Broker) =>
  nodesOf(sim, broker).filter(({ node }) => node !== broker.node);

export const isMajority = (sim: RocketSim, broker: Broker, count: number) =>
  count >= Math.floor(nodesOf(sim, broker).length / 2) + 1;

/** Row of the last entry; −1 when the log is empty. */
export const endIndex = ({ store: { log } }: Broker) => log.records.length - 1;

/** Term of a row; −1 behind an empty log. */
export function termOf({ store: { log, disk } }: Broker, row: number): number {
  return row < log.first || row >= disk.raft.terms.length ? -1 : getCell(disk.raft.terms, row, 0);
}

/** The leader has put a record into its log: it belongs to the present term. */
export function noteTerm({ store: { disk } }: Broker, term = disk.raft.term): void {
  setCell(disk.raft.terms, appendRow(disk.raft.terms), 0, term);
}

export function appendEntries(
  sim: RocketSim,
  node: number,
  records: readonly number[],
  terms: readonly number[],
): void {
  const broker = brokerOf(sim, node);
  records.forEach((record, i) => {
    appendCopied(sim, broker, record);
    noteTerm(broker, terms[i]);
  });
}

/** Cuts off all rows from `length` on: the leader has others there, and no majority ever had these. */
export function cutTail(sim: RocketSim, node: number, length: number): void {
  const broker = brokerOf(sim, node);
  const { log, memory, disk } = broker.store;
  const entries = log.records.length - length;
  if (entries <= 0) return;
  memory.raft.truncated += entries;
  memory.cut = {
    frozen: true,
    atUs: sim.nowUs,
    messages: entries,
    bytes: endPhys(sim.state, log) - physAt(sim.state, log, length),
    epoch: termOf(broker, length),
  };
  sim.emit(tailTruncated, node, entries, length);
  const cause = sim.currentCause;
  sim.because(cause, () => loseTail(sim, log, length));
  truncateTable(disk.raft.terms, length);
  memory.flushedRows = Math.min(memory.flushedRows, length);
  if (memory.flush.running !== undefined) memory.flush.running = Math.min(memory.flush.running, length);
  disk.writeBack = undefined;
  if (log.flushed === log.cached) disk.dirtySinceUs = undefined;
}
