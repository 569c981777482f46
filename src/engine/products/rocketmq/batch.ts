import type { Kind } from '../../core/kinds';
import { type Arena, messageSize } from '../../model/world';
import type { RocketSim } from './state';

/** Batches (PR-14): the messages of one request, whose numbers in the arena follow each other. */

/** Fixed fields of a stored message (BR-3), and of one in the body of a batch (`MessageDecoder#encodeMessage`). */
export const RECORD_FIXED_BYTES = 91;
const ENCODED_FIXED_BYTES = 22;
/** The batch's own UNIQ_KEY, WAIT and CLUSTER, which the broker appends to the properties of each message. */
export const BATCH_PROPERTIES_BYTES = 75;

/** Says the same of each message of a request; what follows is told from the first one. `b` grows by `step`. */
export function emitEach(
  sim: RocketSim,
  kind: Kind,
  node: number,
  message: number,
  b: number,
  batch: number,
  step = 0,
): void {
  const cause = sim.currentCause;
  sim.emit(kind, node, message, b);
  for (let i = 1; i < batch; i++) {
    sim.because(cause, () => sim.emit(kind, node, message + i, b + i * step));
  }
}

/** Bytes that the records of a request take in the CommitLog. */
export function storedBytes(arena: Arena, message: number, batch: number): number {
  let bytes = messageSize(arena, message);
  for (let i = 1; i < batch; i++) bytes += messageSize(arena, message + i);
  return bytes;
}

/** Body of a batch's request: what `maxMessageSize` bounds on both sides. */
export function encodedBytes(arena: Arena, topic: string, message: number, batch: number): number {
  const shed = RECORD_FIXED_BYTES + topic.length + BATCH_PROPERTIES_BYTES - ENCODED_FIXED_BYTES;
  return storedBytes(arena, message, batch) - batch * shed;
}

/** A whole request as it travels; a single message about as it is stored. */
export function requestBytes(arena: Arena, topic: string, message: number, batch: number): number {
  if (batch === 1) return messageSize(arena, message);
  const header = RECORD_FIXED_BYTES + topic.length + BATCH_PROPERTIES_BYTES;
  return header + encodedBytes(arena, topic, message, batch);
}
