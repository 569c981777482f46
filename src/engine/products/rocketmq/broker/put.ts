import { defineEvent, type Handlers } from '../../../core/sim';
import { appendCopy } from '../../../model/log';
import type { RecordRole } from '../../../model/record-props';
import {
  addRecord,
  isCompressed,
  messageBytes,
  messageSize,
  setMessageTraced,
  type World,
} from '../../../model/world';
import { emitEach, encodedBytes, RECORD_FIXED_BYTES, storedBytes } from '../batch';
import { inGroup, PENDING_MAX } from '../dledger/dledger-state';
import { noteTerm } from '../dledger/group';
import { pushNews } from '../dledger/replication';
import { Code } from '../protocol';
import { copyNamedAnew, recordNamed } from '../query/query-kinds';
import { sysFlagOf } from '../query/sys-flag';
import type { Broker, Rocket, RocketSim } from '../state';
import { replicasNotEnough } from './acting-kinds';
import { isFenced } from './controlled';
import { putFenced } from './controller-mode-kinds';
import { bytesCached } from './flush';
import { writerReleased, writerThrottled } from './flush-kinds';
import {
  commitLogBegun,
  fileRolled,
  fitsNoFile,
  messageStored,
  ownRecordStored,
  recordFlagged,
  recordLaidOut,
} from './log-kinds';
import { dirtyBytesOf, pageCacheFreed, writeBackNow } from './page-cache';
import { bytesPooled } from './pool';
import { usesPool } from './pool-use';
import { refusePut } from './put-answer';
import { redirectPut } from './put-redirect';
import {
  batchStored,
  batchTooLarge,
  fileNotMade,
  pendingFull,
  putRefused,
  putRefusedBusy,
  sendIllegal,
} from './send-kinds';
import {
  brokerOf,
  isSlave,
  maxOffsetOf,
  maxPhysOf,
  type PutDone,
  queueNumberOf,
  type Send,
} from './store-state';
import { awaitDurability, mayWaitFor, shortOfReplicas } from './waits';

/**
 * `CommitLog#asyncPutMessage`: one append at a time under the put lock (BR-2). An append takes no time of its own;
 * it blocks, with the lock in its hand, while the kernel lets it wait for the disk or a new file is taken (BR-26).
 */

/** A put has left the lock, or was refused: the thread that carried it is free. */
export const putLeft = defineEvent<Record<string, never>>('put.left');

const fileAwaited = defineEvent<Record<string, never>>('put.file-awaited');

/** A file must keep room for the blank record that ends it (BR-5). */
const BLANK_BYTES = 8;
/** `AllocateMappedFileService.waitTimeOut`. */
const FILE_WAIT_US = 5_000_000;
const PROPERTIES_MAX = 32_767;
const RECORD_SLACK = 64 * 1024;

/** Entry that told why the put lock is held; undefined when nothing holds it up. */
export function blockedBy({ store: { memory } }: Broker): number | undefined {
  const { holder, blockedBy: entry } = memory.lock;
  return holder !== undefined && entry >= 0 ? entry : undefined;
}

/** For how long the put lock has been held, µs. */
export function lockHeldUs(sim: RocketSim, { store: { memory } }: Broker): number {
  return memory.lock.holder === undefined ? 0 : sim.nowUs - memory.lock.heldSinceUs;
}

/** `DefaultMessageStore#isOSPageCacheBusy`. */
export function isPageCacheBusy(sim: RocketSim, broker: Broker): boolean {
  const heldUs = lockHeldUs(sim, broker);
  return heldUs > broker.config.osPageCacheBusyTimeOutMills * 1000 && heldUs < 10_000_000_000;
}

/** Checks a message and puts it, now or when the lock is free. For a request's thread `putLeft` follows in either case. */
export function putMessage(sim: RocketSim, node: number, asked: Send): void {
  const broker = brokerOf(sim, node);
  const { lock } = broker.store.memory;
  if (refuse(sim, broker, asked)) {
    left(sim, node, asked);
    return;
  }
  const send =
    asked.props === undefined && asked.timerDelayUs === undefined ? asked : redirectPut(sim, broker, asked);
  if (send === undefined) {
    left(sim, node, asked);
    return;
  }
  if (lock.holder !== undefined) lock.waiting.push(send);
  else if (!enter(sim, node, send)) lock.heldSinceUs = sim.nowUs;
}

/**
 * A put of the broker's own: unless it says otherwise it waits for neither flush nor replicas (WAIT=false). `done` is
 * told how it ended.
 */
export function putInternal<C>(
  sim: RocketSim,
  node: number,
  { message, topic, queueId, props, waits }: Pick<Send, 'message' | 'topic' | 'queueId' | 'props' | 'waits'>,
  done: PutDone<C> | undefined,
): void {
  const { currentCause: cause } = sim;
  putMessage(sim, node, {
    conn: -1,
    id: -1,
    waits,
    message,
    topic,
    queueId,
    defaultTopic: '',
    defaultTopicQueueNums: 0,
    props,
    done: done as PutDone | undefined,
    cause,
  });
}

/** A thread that carried a request is free again. */
function left(sim: RocketSim, node: number, { conn }: Send): void {
  if (conn >= 0) sim.call(putLeft, node, {});
}

/** `HookUtils#checkBeforePutMessage`, then what `CommitLog#asyncPutMessage` looks at before the lock. True: answered with an error. */
function refuse(sim: RocketSim, broker: Broker, send: Send): boolean {
  const { node, config, store } = broker;
  const { arena } = sim.state;
  const closed = store.memory.closed || isSlave(broker) || store.memory.diskFull;
  if (closed || isFenced(broker)) {
    const full = store.memory.diskFull ? store.memory.diskFullBy : undefined;
    sim.emit(closed ? putRefused : putFenced, node, send.message, Code.SERVICE_NOT_AVAILABLE, full);
    const remark =
      "service not available now. It may be caused by one of the following reasons: the broker's disk is full, messages are put to the slave, message store has been shut down, etc.";
    refusePut(sim, node, send, Code.SERVICE_NOT_AVAILABLE, remark);
    return true;
  }
  if (isPageCacheBusy(sim, broker)) {
    sim.emit(putRefusedBusy, node, send.message, lockHeldUs(sim, broker), blockedBy(broker));
    const remark = '[PC_SYNCHRONIZED]broker busy, start flow control for a while';
    refusePut(sim, node, send, Code.SYSTEM_BUSY, remark);
    return true;
  }
  const usable = shortOfReplicas(sim, broker, send);
  if (usable !== undefined) {
    sim.emit(replicasNotEnough, node, send.message, usable);
    refusePut(sim, node, send, Code.SYSTEM_ERROR, 'in-sync replicas not enough');
    return true;
  }
  const { message, topic, batch = 1 } = send;
  const size = storedBytes(arena, message, batch);
  if (batch > 1 && encodedBytes(arena, topic, message, batch) > config.maxMessageSize) {
    sim.emit(batchTooLarge, node, message, batch);
    // `MessageExtEncoder#encode` throws, and the request ends with what any exception becomes.
    refusePut(sim, node, send, Code.SYSTEM_ERROR, 'RuntimeException: message body size exceeded');
    return true;
  }
  const tooLarge = batch === 1 && isIllegal(messageBytes(arena, message), size, topic, config.maxMessageSize);
  if (tooLarge) {
    sim.emit(sendIllegal, node, send.message, size);
    const remark = `the message is illegal, maybe msg body or properties length not matched. msg body length limit ${config.maxMessageSize}B, msg properties length limit 32KB.`;
    refusePut(sim, node, send, Code.MESSAGE_ILLEGAL, remark);
    return true;
  }
  if (inGroup(broker) && store.memory.raft.pending.length > PENDING_MAX) {
    sim.emit(pendingFull, node, send.message, store.memory.raft.pending.length);
    const remark = '[PC_SYNCHRONIZED]broker busy, start flow control for a while';
    refusePut(sim, node, send, Code.SYSTEM_BUSY, remark);
    return true;
  }
  if (size + BLANK_BYTES > config.mappedFileSizeCommitLog) {
    // `CommitLog#asyncPutMessage` does not look at how the second try ends, in the new file: PUT_OK without a record.
    emitEach(sim, fitsNoFile, node, message, size, batch);
    refusePut(sim, node, send, Code.SUCCESS, '');
    return true;
  }
  return false;
}

/** `MessageExtEncoder#encode` of a single message: body, record or properties are too large. */
function isIllegal(body: number, size: number, topic: string, maxMessageSize: number): boolean {
  const properties = size - RECORD_FIXED_BYTES - body - topic.length;
  return body > maxMessageSize || size > maxMessageSize + RECORD_SLACK || properties > PROPERTIES_MAX;
}

/** The send has the lock: it appends, or blocks with the lock in its hand. False when it blocks. */
function enter(sim: RocketSim, node: number, send: Send): boolean {
  const broker = brokerOf(sim, node);
  const { lock, flush } = broker.store.memory;
  const size = storedBytes(sim.state.arena, send.message, send.batch ?? 1);
  const dirty = usesPool(broker) ? 0 : dirtyBytesOf(sim, broker);
  if (dirty > 0 && dirty + size > sim.state.env.params.dirtyBytesMax) {
    if (lock.holder !== send) lock.blockedBy = sim.emit(writerThrottled, node, dirty);
    lock.holder = send;
    lock.why = 'page-cache';
    // A flush that is under way frees room, too.
    if (flush.running === undefined) writeBackNow(sim, node);
    return false;
  }
  const end = maxPhysOf(sim, broker);
  const fileSize = broker.config.mappedFileSizeCommitLog;
  const left = fileSize - (end % fileSize);
  const next = end + left;
  // One that was begun before this log was cut or copied is not the next one any more.
  if (lock.newFile?.phys !== next) {
    if (size + BLANK_BYTES <= left) {
      append(sim, node, send, end);
      return true;
    }
    lock.blockedBy = sim.emit(fileRolled, node, left, next);
    lock.newFile = { frozen: true, phys: next, readyUs: sim.nowUs + sim.state.env.params.fileSwitchUs };
  }
  const { readyUs } = lock.newFile;
  if (readyUs <= sim.nowUs) {
    lock.newFile = undefined;
    append(sim, node, send, next);
    return true;
  }
  lock.holder = send;
  lock.why = 'new-file';
  sim.at(Math.min(readyUs, sim.nowUs + FILE_WAIT_US), node, fileAwaited, {});
  return false;
}

/** The kernel has room again: the holder tries once more. */
function onPageCacheFreed(sim: RocketSim, node: number): void {
  const { lock } = brokerOf(sim, node).store.memory;
  const { holder } = lock;
  if (holder === undefined || lock.why !== 'page-cache' || !enter(sim, node, holder)) return;
  sim.emit(writerReleased, node, sim.nowUs - lock.heldSinceUs);
  release(sim, node);
}

/** The file is there, or the holder has waited long enough for it; the next put then waits for the same one (BR-5). */
function onFileAwaited(sim: RocketSim, node: number): void {
  const { lock } = brokerOf(sim, node).store.memory;
  const { holder, newFile } = lock;
  if (holder === undefined || newFile === undefined) return;
  if (newFile.readyUs <= sim.nowUs) {
    lock.newFile = undefined;
    append(sim, node, holder, newFile.phys);
  } else {
    sim.emit(fileNotMade, node, holder.message, sim.nowUs - lock.heldSinceUs);
    refusePut(sim, node, holder, Code.SYSTEM_ERROR, 'create mapped file failed, server is busy or broken.');
    left(sim, node, holder);
  }
  release(sim, node);
}

/** The holder is done: those behind it have the lock in turn. */
function release(sim: RocketSim, node: number): void {
  const { lock } = brokerOf(sim, node).store.memory;
  lock.holder = undefined;
  lock.why = undefined;
  while (lock.holder === undefined) {
    const next = lock.waiting.shift();
    if (next === undefined) return;
    sim.because(next.cause, () => {
      if (!enter(sim, node, next)) lock.heldSinceUs = sim.nowUs;
    });
  }
}

/** Records that only brokers read: no application sent what they hold. */
const isOwn = ({ props }: Send) => props?.role !== undefined && OWN_ROLES.has(props.role);
const OWN_ROLES: ReadonlySet<RecordRole> = new Set(['op', 'popCheckpoint', 'popAck', 'trace']);

/** The records of a batch stand one behind the other, in the log and in their queue: all of them or none. [PR-14] */
function append(sim: RocketSim, node: number, send: Send, phys: number): void {
  const broker = brokerOf(sim, node);
  const { log, memory, disk } = broker.store;
  const { arena } = sim.state;
  const queue = queueNumberOf(sim, broker, send.topic, send.queueId);
  const offset = memory.nextOffsets.get(queue) ?? maxOffsetOf(disk.queues.get(queue));
  const { batch = 1 } = send;
  if (phys === 0) {
    sim.because(sim.currentCause, () =>
      sim.emit(commitLogBegun, node, broker.config.mappedFileSizeCommitLog),
    );
  }
  const wait = mayWaitFor(sim, send);
  const kind = isOwn(send) ? ownRecordStored : messageStored;
  const pooled = usesPool(broker);
  const asked = sim.currentCause;
  // The store time is that of taking the lock, however long the append then blocks. [BR-2]
  const storedUs = memory.lock.holder === send ? memory.lock.heldSinceUs : sim.nowUs;
  let record = -1;
  let cause = -1;
  let end = phys;
  for (let i = 0; i < batch; i++) {
    const message = send.message + i;
    const size = messageSize(arena, message);
    // What came over the network has the property TRACE_ON; a copy that the broker makes keeps it (TR-1).
    if (send.conn >= 0) setMessageTraced(arena, message, broker.config.traceOn);
    const row = {
      message,
      queue,
      offset: offset + i,
      phys: end,
      size,
      storedUs,
      wait,
      host: node,
    };
    const stored = addRecord(arena, row, send.props);
    appendCopy(sim, log, stored, pooled);
    if (inGroup(broker)) noteTerm(broker);
    const entry = sim.emit(kind, node, stored, queue, asked);
    if (i === 0) {
      record = stored;
      cause = entry;
    }
    end += size;
  }
  memory.nextOffsets.set(queue, offset + batch);
  if (batch > 1) sim.because(cause, () => sim.emit(batchStored, node, record, batch));
  if (!memory.flagShown && isCompressed(arena, send.message)) {
    memory.flagShown = true;
    sim.because(cause, () => sim.emit(recordFlagged, node, record, sysFlagOf(arena, record, false)));
  }
  if (!memory.formatShown) {
    memory.formatShown = true;
    sim.because(cause, () => sim.emit(recordLaidOut, node, record, messageSize(arena, send.message)));
    sim.because(cause, () => sim.emit(recordNamed, node, record, phys));
  }
  if (!memory.copyShown && send.conn < 0 && !isOwn(send)) {
    memory.copyShown = true;
    sim.because(cause, () => sim.emit(copyNamedAnew, node, record, phys));
  }
  sim.because(cause, () => (pooled ? bytesPooled : bytesCached)(sim, node));
  sim.because(cause, () => awaitDurability(sim, node, send, record, offset, end));
  if (inGroup(broker)) sim.because(cause, () => pushNews(sim, node));
  left(sim, node, send);
}

export function registerPut(handlers: Handlers<World<Rocket>>): void {
  handlers.on(pageCacheFreed, onPageCacheFreed).on(fileAwaited, onFileAwaited);
}
