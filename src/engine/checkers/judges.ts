import { type Kind, NONE } from '../core/kinds';
import type { Observer, Sim } from '../core/sim';
import { hostOf } from '../model/env';
import { diskLost, powerLost } from '../model/kinds';
import { isLost, messageFound, messageLost, messageSent, outcomeKnown, wasSent } from '../model/ledger';
import { logLength } from '../model/log';
import {
  messageBornUs,
  messageBusiness,
  messageTopic,
  queueOf,
  recordMessage,
  recordOffset,
  recordQueue,
  type World,
} from '../model/world';
import type { Product } from '../product';
import { addDuration, createHistogram, type Histogram } from './histogram';
import { passedOver, prefixBroken, unaccounted, unsafeCommit } from './judge-kinds';
import { contradicts, updateStandings, visitRecords } from './logs';
import { createOwners, type Owners, onOwned, onReleased, settleOwners } from './owners';
import {
  countMiss,
  createReader,
  finishTo,
  hasConsumed,
  onDelivered,
  onFinished,
  onStored,
  passOver,
  type Reader,
  readQueue,
  wasDelivered,
} from './readers';
import { createSends, onAttempt, onException, onResult, onUnawaited, type Sends } from './sends';
import { createTransactions, type Transactions } from './transaction-notes';
import { onPrepared, onTransacted, onTransactionStored, onWithdrawn } from './transactions';

/** What the judges need of a product. They read logs and the trace, never the nodes' own counters. */
export type Judged = Pick<Product<unknown>, 'logs' | 'groupOf' | 'groupsOf' | 'readsAlone' | 'wants'>;

/** What the judges have seen: plain data, a few bytes a message. */
export interface Judges {
  sends: Sends;
  /** In the order in which they were first seen. */
  readers: Reader[];
  /** Index into `readers` by process; −1 for a process that reads nothing. */
  readerOf: (number | undefined)[];
  owners: Owners;
  transactions: Transactions;
  endToEnd: Histogram;
  /** Offset behind the latest stored record, by queue. */
  storedTo: number[];
  /** Lost messages that every group had consumed. */
  lostButConsumed: number;
  unsafeCommits: number;
  /** Replica groups whose logs may have parted since a host lost something. */
  suspects: Set<string>;
  divergences: number;
  /** Things that happened to messages which nobody had sent. */
  unaccounted: number;
  /** When the run began, and what its hosts had worked until then. */
  beganUs: number;
  busyNs: { cpu: number; disk: number }[];
}

export function createJudges(): Record<string, unknown> {
  const judges: Judges = {
    sends: createSends(),
    readers: [],
    readerOf: [],
    owners: createOwners(),
    transactions: createTransactions(),
    endToEnd: createHistogram(),
    storedTo: [],
    lostButConsumed: 0,
    unsafeCommits: 0,
    suspects: new Set(),
    divergences: 0,
    unaccounted: 0,
    beganUs: 0,
    busyNs: [],
  };
  return { ...judges };
}

export function judgesOf(world: World): Judges {
  return world.judges as unknown as Judges;
}

/** Folds each trace entry into the judges' state and the ledger, and tells what it finds as further entries. */
export function judge(product: Judged): Observer<World> {
  return (sim, id, kind, node, a, b) => {
    const judges = judgesOf(sim.state);
    if (id === 0) begin(sim, product, judges);
    if (judges.owners.conflicts.size > 0) settleOwners(sim, judges.owners);
    if (kind.role !== undefined) fold(sim, product, judges, kind, node, a, b);
    else if (kind === powerLost || kind === diskLost) suspect(sim, product, judges);
    else if (kind === messageLost || kind === messageFound) {
      if (allConsumed(sim, product, a)) judges.lostButConsumed += kind === messageLost ? 1 : -1;
    }
  };
}

/** The first entry of a run, behind the warm-up: what was counted before does not count. */
function begin(sim: Sim<World>, product: Judged, judges: Judges): void {
  judges.beganUs = sim.nowUs;
  judges.busyNs = sim.state.env.hosts.map(({ cpu, disk }) => ({ cpu: cpu.busyNs, disk: disk.busyNs }));
  judges.owners.broken = judges.owners.conflicts.size;
  for (const key of judges.owners.conflicts.keys()) judges.owners.conflicts.set(key, sim.nowUs);
  updateStandings(sim, product.logs(sim));
}

function fold(
  sim: Sim<World>,
  product: Judged,
  judges: Judges,
  { role, id }: Kind,
  node: number,
  a: number,
  b: number,
): void {
  const { ledger, arena } = sim.state;
  switch (role) {
    case 'sent':
      messageSent(ledger, a);
      break;
    case 'attempt':
      account(sim, judges, a);
      onAttempt(judges.sends, a, b, sim.nowUs);
      break;
    case 'result':
      account(sim, judges, a);
      onResult(judges.sends, a, b, id, messageBornUs(arena, a), sim.nowUs);
      outcomeKnown(sim, a, b);
      break;
    case 'exception':
      onException(judges.sends, a, b);
      break;
    case 'unawaited':
      onUnawaited(judges.sends, a, id);
      break;
    case 'stored':
      account(sim, judges, recordMessage(arena, a));
      stored(sim, product, judges, node, a);
      if (judges.transactions.flags.length > 0) onTransactionStored(sim, judges.transactions, a);
      break;
    case 'delivered': {
      const message = recordMessage(arena, a);
      account(sim, judges, message);
      const reader = readerOf(sim, product, judges, node);
      if (reader === undefined) break;
      const queue = recordQueue(arena, a);
      const storedTo = reader.queues.get(queue)?.wantedTo ?? judges.storedTo[queue] ?? 0;
      if (onDelivered(sim, reader, node, a, storedTo)) {
        addDuration(judges.endToEnd, sim.nowUs - messageBornUs(arena, message));
      }
      break;
    }
    case 'consumed':
    case 'rejected': {
      const reader = readerOf(sim, product, judges, node);
      const ending = role === 'rejected' ? 'failed' : b === 0 ? 'skipped' : 'done';
      if (reader === undefined || !onFinished(sim, reader, node, a, ending)) break;
      const message = recordMessage(arena, a);
      if (isLost(ledger, message) && allConsumed(sim, product, message)) judges.lostButConsumed++;
      break;
    }
    case 'dropped': {
      const reader = readerOf(sim, product, judges, node);
      if (reader !== undefined) countMiss(reader, messageBusiness(arena, recordMessage(arena, a)));
      break;
    }
    case 'owned': {
      const reader = readerOf(sim, product, judges, node);
      if (reader === undefined) break;
      if (b !== NONE) readQueue(reader, a, b, sim.nowUs).inHand = 0;
      if (reader.clustering) onOwned(sim, judges.owners, reader.group, a, node);
      break;
    }
    case 'released': {
      const reader = readerOf(sim, product, judges, node);
      if (reader?.clustering) onReleased(sim, judges.owners, reader.group, a, node);
      break;
    }
    case 'committed': {
      const reader = readerOf(sim, product, judges, node);
      if (reader !== undefined) committed(sim, product, judges, reader, node, a, b);
      break;
    }
    case 'reset':
      for (const reader of judges.readers) {
        const queue = reader.queues.get(a);
        if (queue !== undefined) finishTo(queue, b);
      }
      break;
    case 'prepared':
      onPrepared(sim, judges.transactions, a);
      break;
    case 'transacted':
      onTransacted(sim, judges.transactions, a, b === 1);
      break;
    case 'withdrawn':
      onWithdrawn(sim, judges.transactions, a, b === 1);
      break;
    case undefined:
      break;
  }
}

function stored(sim: Sim<World>, product: Judged, judges: Judges, node: number, record: number): void {
  const { arena } = sim.state;
  const queue = recordQueue(arena, record);
  const offset = recordOffset(arena, record);
  while (judges.storedTo.length <= queue) judges.storedTo.push(0);
  judges.storedTo[queue] = offset + 1;
  for (const reader of judges.readers) {
    const read = reader.queues.get(queue);
    if (read !== undefined && isWanted(sim, product, reader, record)) onStored(read, offset, sim.nowUs);
  }
  const { group } = queueOf(arena, queue);
  if (!judges.suspects.delete(group)) return;
  for (const access of product.logs(sim)) {
    if (access.group !== group || access.node === node || !contradicts(sim.state, access.log, record))
      continue;
    judges.divergences++;
    sim.because(sim.currentCause, () => sim.emit(prefixBroken, access.node, node, record));
  }
}

function suspect(sim: Sim<World>, product: Judged, judges: Judges): void {
  for (const { group, log } of product.logs(sim)) if (logLength(log) > log.first) judges.suspects.add(group);
}

function committed(
  sim: Sim<World>,
  product: Judged,
  judges: Judges,
  reader: Reader,
  node: number,
  queue: number,
  offset: number,
): void {
  const read = readQueue(reader, queue, offset, sim.nowUs);
  if (offset <= read.doneTo) return;
  const { group } = queueOf(sim.state.arena, queue);
  const leader = product.logs(sim).find((access) => access.group === group && access.role === 'leader');
  if (leader !== undefined) {
    const { scanned } = read;
    const row = scanned.node === leader.node && scanned.row <= logLength(leader.log) ? scanned.row : 0;
    let unsafe = false;
    const end = visitRecords(
      sim.state,
      leader.log,
      queue,
      { from: read.doneTo, to: offset, row },
      (record, at) => {
        if (read.done.has(at) || !isWanted(sim, product, reader, record)) return;
        const message = recordMessage(sim.state.arena, record);
        if (wasDelivered(reader, message)) unsafe = true;
        else if (passOver(reader, message))
          sim.because(sim.currentCause, () => sim.emit(passedOver, node, message, queue));
      },
    );
    read.scanned = { node: leader.node, row: end };
    if (unsafe) {
      judges.unsafeCommits++;
      sim.because(sim.currentCause, () => sim.emit(unsafeCommit, node, queue, offset));
    }
  }
  finishTo(read, offset);
  if (offset >= (read.wantedTo ?? judges.storedTo[queue] ?? 0)) read.waitsSinceUs = Number.POSITIVE_INFINITY;
}

/** What lies in a message's own topic is wanted by what the group subscribes; elsewhere it has come back to it. */
function isWanted(sim: Sim<World>, product: Judged, { group }: Reader, record: number): boolean {
  const { arena } = sim.state;
  const message = recordMessage(arena, record);
  if (queueOf(arena, recordQueue(arena, record)).topic !== messageTopic(arena, message)) return true;
  return product.wants(sim, group, message);
}

/** The reader that a process belongs to; undefined when it is no consumer. */
function readerOf(sim: Sim<World>, product: Judged, judges: Judges, node: number): Reader | undefined {
  const known = judges.readerOf[node];
  if (known !== undefined) return judges.readers[known];
  while (judges.readerOf.length < node) judges.readerOf.push(undefined);
  const group = product.groupOf(sim, node);
  let at = -1;
  if (group !== undefined) {
    const clustering = !product.readsAlone(sim, node);
    at = clustering ? judges.readers.findIndex((reader) => reader.clustering && reader.group === group) : -1;
    if (at < 0) at = judges.readers.push(createReader(group, clustering)) - 1;
  }
  judges.readerOf[node] = at;
  return judges.readers[at];
}

/** Every group that should see the message has finished it. */
export function allConsumed(sim: Sim<World>, product: Judged, message: number): boolean {
  const groups = product
    .groupsOf(sim, messageTopic(sim.state.arena, message))
    .filter((group) => product.wants(sim, group, message));
  const readers = judgesOf(sim.state).readers.filter(({ group }) => groups.includes(group));
  return (
    groups.length > 0 &&
    readers.length >= groups.length &&
    readers.every((reader) => hasConsumed(reader, message))
  );
}

/** Brings up to date what is only looked at when somebody asks: what the copies are worth now. */
export function updateJudges(sim: Sim<World>, product: Judged): void {
  updateStandings(sim, product.logs(sim));
}

/** What a host's CPU and disk have worked since the run began, nanoseconds. */
export function workedNs(sim: Sim<World>, node: number): { cpu: number; disk: number } {
  const host = hostOf(sim.state.env, node);
  const before = judgesOf(sim.state).busyNs[sim.state.env.hosts.indexOf(host)] ?? { cpu: 0, disk: 0 };
  return { cpu: host.cpu.busyNs - before.cpu, disk: host.disk.busyNs - before.disk };
}

function account(sim: Sim<World>, judges: Judges, message: number): void {
  if (wasSent(sim.state.ledger, message)) return;
  judges.unaccounted++;
  sim.because(sim.currentCause, () => sim.emit(unaccounted, -1, message));
  messageSent(sim.state.ledger, message);
}
