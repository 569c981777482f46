import { defineEvent, type Handlers } from '../../../core/sim';
import { appendRow, setCell } from '../../../core/table';
import { recordAt } from '../../../model/log';
import {
  keyText,
  messageKey,
  queueOf,
  recordMessage,
  recordOffset,
  recordQueue,
  type World,
} from '../../../model/world';
import { messageArriving } from '../protocol';
import { keysIndexed, uniqueKeyIndexed } from '../query/query-kinds';
import type { Broker, Rocket, RocketSim } from '../state';
import { tickAtOrAfter } from '../timers';
import { confirmRowsOf, dispatchesConfirmed, dispatchesFlushed } from './confirm';
import { confirmedDispatched } from './controller-mode-kinds';
import { consumeQueueBegun, flushedDispatched, indexFileBegun, recordDispatched } from './log-kinds';
import { brokerOf, createConsumeQueue, isSlave, maxOffsetOf } from './store-state';

/** `ReputMessageService`: from the CommitLog to ConsumeQueues and index, once a millisecond (BR-6, BR-7). */
const REPUT = { firstUs: 1_000, periodUs: 1_000 };

/** BR-10: an index file numbers its keys from 1. */
export const KEYS_PER_INDEX_FILE = 19_999_999;
const INDEX_SLOTS = 5_000_000;
/** Below it a key is a generated one: a single word. */
const TEXT_KEY = 0x8000_0000;

const dispatchTick = defineEvent<Record<string, never>>('dispatch.tick');

/** Java's `String#hashCode`, made positive as `IndexFile#indexKeyHashMethod` does. */
export function indexKeyHash(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(31, hash) + text.charCodeAt(i)) | 0;
  return hash === -0x8000_0000 ? 0 : Math.abs(hash);
}

/** Slot of a key in an index file; the text is `topic#key`. */
export const indexSlot = (text: string) => indexKeyHash(text) % INDEX_SLOTS;

/** Something may be dispatched: the loop finds it at its next beat. */
export function armDispatch(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  const { memory } = broker.store;
  if (memory.dispatchArmed || memory.dispatchedRows >= confirmRowsOf(sim, broker)) return;
  memory.dispatchArmed = true;
  sim.at(tickAtOrAfter(sim, node, REPUT, sim.nowUs), node, dispatchTick, {});
}

/** When the loop looks next, at a moment or after it. */
export const nextDispatchUs = (sim: RocketSim, node: number, us: number): number =>
  tickAtOrAfter(sim, node, REPUT, us);

/** Dispatches rows up to `to` while the store is loaded: nobody is told. Returns the entries that were missing. */
export function redispatch(sim: RocketSim, node: number, from: number, to: number): number {
  const broker = brokerOf(sim, node);
  let entries = 0;
  for (let row = from; row < to; row++) {
    if (dispatchRecord(sim, broker, recordAt(broker.store.log, row)) >= 0) entries++;
  }
  broker.store.memory.dispatchedRows = to;
  return entries;
}

function onTick(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  const { log, memory } = broker.store;
  memory.dispatchArmed = false;
  const to = confirmRowsOf(sim, broker);
  const cause = sim.currentCause;
  // A slave's dispatch is told by what it appended: the trace names a record once, at its leader.
  const kind = isSlave(broker)
    ? undefined
    : dispatchesFlushed(broker)
      ? flushedDispatched
      : dispatchesConfirmed(broker)
        ? confirmedDispatched
        : recordDispatched;
  while (memory.dispatchedRows < to) {
    const record = recordAt(log, memory.dispatchedRows++);
    sim.because(cause, () => {
      const offset = dispatchRecord(sim, broker, record);
      if (offset < 0) return;
      if (kind !== undefined) sim.emit(kind, node, record, offset);
      const queue = recordQueue(sim.state.arena, record);
      const { topic } = queueOf(sim.state.arena, queue);
      sim.call(messageArriving, node, { topic, queue, offset, record });
    });
  }
}

/** Returns the logical offset at which the record became visible, or −1 when it stood there already. */
function dispatchRecord(sim: RocketSim, broker: Broker, record: number): number {
  const { arena } = sim.state;
  const { disk } = broker.store;
  const number = recordQueue(arena, record);
  let queue = disk.queues.get(number);
  if (queue === undefined) {
    queue = createConsumeQueue(number, recordOffset(arena, record));
    disk.queues.set(number, queue);
    const { base } = queue;
    sim.because(sim.currentCause, () => sim.emit(consumeQueueBegun, broker.node, number, base));
  }
  const offset = maxOffsetOf(queue);
  // ConsumeQueue#putMessagePositionInfo leaves out what it has, and appends behind a gap all the same.
  if (recordOffset(arena, record) < offset) return -1;
  setCell(queue.records, appendRow(queue.records), 0, record);
  indexKeys(sim, broker, record);
  return offset;
}

/** One key for the message's own unique key, and one for each word of KEYS. */
function indexKeys(sim: RocketSim, broker: Broker, record: number): void {
  const { arena } = sim.state;
  const { disk } = broker.store;
  const key = messageKey(arena, recordMessage(arena, record));
  const words = key < TEXT_KEY ? 1 : keyText(arena, key).split(' ').filter(Boolean).length;
  const before = disk.keysIndexed;
  disk.keysIndexed += 1 + words;
  const filesBefore = Math.ceil(before / KEYS_PER_INDEX_FILE);
  if (Math.ceil(disk.keysIndexed / KEYS_PER_INDEX_FILE) > filesBefore) {
    const { node } = broker;
    sim.because(sim.currentCause, () => sim.emit(indexFileBegun, node, filesBefore * KEYS_PER_INDEX_FILE));
    sim.because(sim.currentCause, () => sim.emit(keysIndexed, node, record, words));
    sim.because(sim.currentCause, () => sim.emit(uniqueKeyIndexed, node, record));
  }
}

export function registerDispatch(handlers: Handlers<World<Rocket>>): void {
  handlers.on(dispatchTick, onTick);
}
