import { defineEvent, type Handlers } from '../../../core/sim';
import { recordAt } from '../../../model/log';
import { reserveCpu } from '../../../model/resources';
import { recordSize, type World } from '../../../model/world';
import { bytesCached } from '../broker/flush';
import { brokerOf } from '../broker/store-state';
import { type Answered, invoke, reply } from '../remoting';
import type { Broker, Rocket, RocketSim } from '../state';
import { entriesAppended, entriesPushed } from './dledger-kinds';
import type { Peer } from './dledger-state';
import { appendEntries, cutTail, endIndex, othersOf, termOf } from './group';
import { advanceCommit, commitTo } from './quorum';
import { type Push, type PushAnswer, pushEntries } from './wire';

/**
 * `DLedgerEntryPusher`: a new leader first looks, from the end backwards, for the last entry that a follower shares
 * with it, has the follower cut off what comes behind, and then pushes entry after entry. The commit mark travels with
 * the entries, or alone when a second has passed (HA-21).
 */
const RPC_TIMEOUT_US = 3_000_000;
/** `maxPushTimeOutMs`; the pause after an exception; the pause before a mark travels alone. */
const RETRY_US = 1_000_000;
const PAUSE_US = 500_000;
const TELL_US = 1_000_000;
/** `EntryDispatcher.maxPendingSize`. */
const PENDING_MAX = 1_000;
const APPEND_CPU_NS = 5_000;
/** `DLedgerEntry.BODY_OFFSET`. */
const ENTRY_HEADER_BYTES = 48;
const NEVER = Number.POSITIVE_INFINITY;

interface Sent {
  readonly term: number;
  readonly peer: number;
  readonly type: Push['type'];
  readonly index: number;
  readonly count: number;
}

const pushAnswered = defineEvent<Answered<Sent, PushAnswer>>('dledger.push-answered');
const driveAgain = defineEvent<{ readonly peer: number; readonly term: number }>('dledger.drive');
const tellMark = defineEvent<{ readonly peer: number; readonly term: number; readonly atUs: number }>(
  'dledger.tell-mark',
);

/** The node leads: it knows nothing of its followers' logs yet. */
export function beginPushing(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  const { raft } = broker.store.memory;
  raft.peers.clear();
  for (const { node: other } of othersOf(sim, broker)) {
    raft.peers.set(other, {
      phase: 'compare',
      compareRow: -1,
      busy: false,
      next: 0,
      acked: 0,
      restUntilUs: Number.NEGATIVE_INFINITY,
      told: 0,
      pushedUs: sim.nowUs,
      tellAtUs: NEVER,
    });
  }
  pushNews(sim, node);
}

/** The leader's log has grown, or the node has just been elected. */
export function pushNews(sim: RocketSim, node: number): void {
  const cause = sim.currentCause;
  for (const peer of brokerOf(sim, node).store.memory.raft.peers.keys())
    sim.because(cause, () => drive(sim, node, peer));
}

function peerOf(broker: Broker, peer: number, term: number): Peer | undefined {
  const { memory, disk } = broker.store;
  return memory.raft.role === 'leader' && disk.raft.term === term ? memory.raft.peers.get(peer) : undefined;
}

function drive(sim: RocketSim, node: number, to: number): void {
  const broker = brokerOf(sim, node);
  const { log, disk } = broker.store;
  const peer = peerOf(broker, to, disk.raft.term);
  const length = log.records.length;
  if (peer === undefined || peer.busy || sim.nowUs < peer.restUntilUs || length === 0) return;
  if (peer.phase === 'compare') {
    if (peer.compareRow < log.first || peer.compareRow >= length) peer.compareRow = length - 1;
    peer.busy = true;
    push(sim, broker, to, peer, 'compare', peer.compareRow, 1);
    return;
  }
  const end = Math.min(length, peer.acked + PENDING_MAX);
  if (peer.next >= end) return;
  const from = peer.next;
  peer.next = end;
  sim.emit(entriesPushed, node, to, end - from);
  push(sim, broker, to, peer, 'append', from, end - from);
}

function push(
  sim: RocketSim,
  broker: Broker,
  to: number,
  peer: Peer,
  type: Push['type'],
  index: number,
  count: number,
): void {
  const { node, store } = broker;
  const { term, committed } = store.disk.raft;
  const records = Array.from({ length: count }, (_, i) => recordAt(store.log, index + i));
  const terms = records.map((_, i) => termOf(broker, index + i));
  const body: Push = { frozen: true, type, term, leader: node, index, records, terms, committed };
  peer.told = committed;
  peer.pushedUs = sim.nowUs;
  const bytes = records.reduce(
    (sum, record) => sum + recordSize(sim.state.arena, record) + ENTRY_HEADER_BYTES,
    0,
  );
  const then = { event: pushAnswered, context: { term, peer: to, type, index, count } };
  invoke(sim, node, to, pushEntries, body, { timeoutUs: RPC_TIMEOUT_US, mode: 'async', bytes, then });
}

/** Nothing is sent to this follower for a while, and then its log is compared anew. */
function rest(sim: RocketSim, node: number, to: number, peer: Peer, pauseUs: number): void {
  peer.phase = 'compare';
  peer.compareRow = -1;
  if (sim.nowUs < peer.restUntilUs) return;
  peer.restUntilUs = sim.nowUs + pauseUs;
  const { term } = brokerOf(sim, node).store.disk.raft;
  sim.at(peer.restUntilUs, node, driveAgain, { peer: to, term });
}

function onAnswer(sim: RocketSim, node: number, { context, outcome }: Answered<Sent, PushAnswer>): void {
  const broker = brokerOf(sim, node);
  const { peer: to, type, index, count, term } = context;
  const peer = peerOf(broker, to, term);
  if (peer === undefined || type === 'commit') return;
  const answer = outcome.ok && outcome.body.code !== 'NOT_FOLLOWER' ? outcome.body : undefined;
  if (type === 'append') {
    if (answer?.code === 'SUCCESS') acked(sim, broker, to, peer, index + count);
    // Entries behind a gap are answered so; the next comparison finds the gap.
    else if (peer.phase === 'append') rest(sim, node, to, peer, answer === undefined ? RETRY_US : 1);
    return;
  }
  peer.busy = false;
  if (answer === undefined) rest(sim, node, to, peer, PAUSE_US);
  else if (type === 'truncate') {
    if (answer.code === 'SUCCESS') beginAppending(sim, broker, to, peer, index + 1);
    else rest(sim, node, to, peer, PAUSE_US);
  } else onCompared(sim, broker, to, peer, index, answer);
}

/** `doCompare`: the entry is the same, or another one must be looked at. */
function onCompared(
  sim: RocketSim,
  broker: Broker,
  to: number,
  peer: Peer,
  row: number,
  { code, beginIndex, endIndex: end }: PushAnswer,
): void {
  const { first } = broker.store.log;
  let truncateRow = -1;
  if (code === 'SUCCESS') {
    if (row === end) {
      beginAppending(sim, broker, to, peer, row + 1);
      return;
    }
    truncateRow = row;
  } else if (end < first || beginIndex > endIndex(broker) || row < beginIndex) truncateRow = first;
  else peer.compareRow = row > end ? end : row - 1;
  if (truncateRow < 0 && peer.compareRow < first) truncateRow = first;
  if (truncateRow < 0) {
    drive(sim, broker.node, to);
    return;
  }
  peer.busy = true;
  push(sim, broker, to, peer, 'truncate', truncateRow, 1);
}

function beginAppending(sim: RocketSim, broker: Broker, to: number, peer: Peer, rows: number): void {
  peer.phase = 'append';
  peer.next = rows;
  acked(sim, broker, to, peer, rows);
}

function acked(sim: RocketSim, broker: Broker, to: number, peer: Peer, rows: number): void {
  const { node } = broker;
  peer.acked = Math.max(peer.acked, rows);
  const cause = sim.currentCause;
  sim.because(cause, () => advanceCommit(sim, node));
  sim.because(cause, () => drive(sim, node, to));
  sim.because(cause, () => tellLater(sim, broker));
}

/** Followers that were told of an older mark hear of the new one when a second has passed without a push. */
function tellLater(sim: RocketSim, { node, store }: Broker): void {
  const { term, committed } = store.disk.raft;
  for (const [to, peer] of store.memory.raft.peers) {
    if (peer.told >= committed || peer.phase !== 'append' || Number.isFinite(peer.tellAtUs)) continue;
    peer.tellAtUs = Math.max(sim.nowUs, peer.pushedUs + TELL_US) + 1;
    sim.at(peer.tellAtUs, node, tellMark, { peer: to, term, atUs: peer.tellAtUs });
  }
}

function onTell(
  sim: RocketSim,
  node: number,
  { peer: to, term, atUs }: { readonly peer: number; readonly term: number; readonly atUs: number },
): void {
  const broker = brokerOf(sim, node);
  const peer = peerOf(broker, to, term);
  if (peer?.tellAtUs !== atUs) return;
  peer.tellAtUs = NEVER;
  if (peer.told >= broker.store.disk.raft.committed || peer.phase !== 'append') return;
  if (sim.nowUs - peer.pushedUs > TELL_US) push(sim, broker, to, peer, 'commit', 0, 0);
  else tellLater(sim, broker);
}

// The follower.

function onPush(sim: RocketSim, node: number, ask: Push): PushAnswer {
  const broker = brokerOf(sim, node);
  const { memory, disk, log } = broker.store;
  const { raft } = memory;
  const say = (code: PushAnswer['code']): PushAnswer => ({
    code,
    beginIndex: log.records.length > log.first ? log.first : -1,
    endIndex: endIndex(broker),
  });
  reserveCpu(sim, node, APPEND_CPU_NS);
  if (raft.role !== 'follower') return say('NOT_FOLLOWER');
  if (ask.type === 'compare') return say(holds(broker, ask, 0) ? 'SUCCESS' : 'INCONSISTENT_STATE');
  if (ask.term !== disk.raft.term || ask.leader !== raft.leader) return say('INCONSISTENT_STATE');
  if (ask.type === 'append' && !append(sim, broker, ask)) return say('INCONSISTENT_STATE');
  if (ask.type === 'truncate') {
    cutTail(sim, node, holds(broker, ask, 0) ? ask.index + 1 : ask.index);
    append(sim, broker, ask);
  }
  const answer = say('SUCCESS');
  commitTo(sim, node, ask.committed);
  return answer;
}

/** Whether the follower has the i-th entry of a push where the leader has it. */
function holds(broker: Broker, { index, records, terms }: Push, i: number): boolean {
  const { log } = broker.store;
  const row = index + i;
  return (
    row >= log.first &&
    row < log.records.length &&
    recordAt(log, row) === records[i] &&
    termOf(broker, row) === terms[i]
  );
}

/** Appends what is new of a push; false when there is a gap before it, or another entry in its place. */
function append(sim: RocketSim, broker: Broker, ask: Push): boolean {
  const { node, store } = broker;
  const known = store.log.records.length - ask.index;
  if (known < 0) return false;
  for (let i = 0; i < Math.min(known, ask.records.length); i++) if (!holds(broker, ask, i)) return false;
  const records = ask.records.slice(known);
  if (records.length === 0) return true;
  appendEntries(sim, node, records, ask.terms.slice(known));
  sim.emit(entriesAppended, node, records.length, store.log.records.length);
  sim.because(sim.currentCause, () => bytesCached(sim, node));
  return true;
}

export function registerReplication(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(pushAnswered, onAnswer)
    .on(driveAgain, (sim, node, { peer, term }) => {
      if (peerOf(brokerOf(sim, node), peer, term) !== undefined) drive(sim, node, peer);
    })
    .on(tellMark, onTell)
    .on(pushEntries.event, (sim, node, incoming) =>
      reply(sim, node, incoming, { body: onPush(sim, node, incoming.body) }),
    );
}
