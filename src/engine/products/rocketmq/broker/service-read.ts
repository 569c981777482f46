import { recordPhys, recordSize } from '../../../model/world';
import { type MessageFilter, matchesEntry, matchesRecord } from '../filter/filter';
import type { PullMessage } from '../protocol';
import type { RocketSim } from '../state';
import {
  brokerOf,
  consumeQueueOf,
  inMemory,
  inPageCache,
  isSlave,
  maxOffsetOf,
  maxPhysOf,
  memoryRatioOf,
  minOffsetOf,
  recordAtOffset,
} from './store-state';

/** `GetMessageStatus`. */
type ReadStatus =
  | 'FOUND'
  | 'NO_MATCHED_MESSAGE'
  | 'NO_MESSAGE_IN_QUEUE'
  | 'OFFSET_TOO_SMALL'
  | 'OFFSET_OVERFLOW_ONE'
  | 'OFFSET_OVERFLOW_BADLY';

/** `GetMessageResult`. */
export interface ReadResult {
  readonly status: ReadStatus;
  readonly records: readonly number[];
  readonly nextOffset: number;
  readonly minOffset: number;
  readonly maxOffset: number;
  /** Bytes of the records, and how many of them are not in the page cache. */
  readonly bytes: number;
  readonly coldBytes: number;
  /** The batch ended at a limit, not at the end of the queue. */
  readonly cut: boolean;
  /** The reader is further behind than the broker likes (HA-14). */
  readonly suggestSlave: boolean;
}

/** One entry of a ConsumeQueue, bytes. */
const UNIT_BYTES = 20;

/**
 * `DefaultMessageStore#getMessage`: goes through the entries of the ConsumeQueue, past those that the filter does not
 * want. [CO-5, CO-6, FI-2, FI-4]
 */
export function readQueue(
  sim: RocketSim,
  node: number,
  pull: PullMessage,
  filter: MessageFilter,
): ReadResult {
  const broker = brokerOf(sim, node);
  const queue = consumeQueueOf(sim, broker, pull.topic, pull.queueId);
  const min = minOffsetOf(queue);
  const max = maxOffsetOf(queue);
  const { offset } = pull;
  // A slave does not correct a reader, unless it is told to: it may be behind itself (HA-16).
  const corrects = !isSlave(broker) || broker.config.offsetCheckInSlave;
  const empty = (status: ReadStatus, corrected: number): ReadResult => ({
    status,
    records: [],
    nextOffset: corrects ? corrected : offset,
    minOffset: min,
    maxOffset: max,
    bytes: 0,
    coldBytes: 0,
    cut: false,
    suggestSlave: false,
  });
  if (queue === undefined || max === 0) return empty('NO_MESSAGE_IN_QUEUE', 0);
  if (offset < min) return empty('OFFSET_TOO_SMALL', min);
  if (offset === max) return empty('OFFSET_OVERFLOW_ONE', offset);
  if (offset > max) return empty('OFFSET_OVERFLOW_BADLY', max);

  const { arena } = sim.state;
  const records: number[] = [];
  let bytes = 0;
  let coldBytes = 0;
  let next = offset;
  let cut = false;
  let lastPhys = 0;
  const scanMax = Math.max(broker.config.maxFilterMessageSize, pull.maxMessages * UNIT_BYTES);
  for (; next < max; next++) {
    const record = recordAtOffset(queue, next);
    const size = recordSize(arena, record);
    const phys = recordPhys(arena, record);
    if (
      (next - offset) * UNIT_BYTES >= scanMax ||
      isBatchFull(sim, node, pull, records.length, bytes, size, phys)
    ) {
      cut = true;
      break;
    }
    lastPhys = phys;
    if (!matchesEntry(arena, filter, record)) continue;
    if (!inPageCache(sim, broker, phys)) coldBytes += size;
    if (!matchesRecord(arena, filter, record)) continue;
    records.push(record);
    bytes += size;
  }
  const memoryBytes = Math.floor((sim.state.env.params.pageCacheBytes * memoryRatioOf(broker)) / 100);
  const suggestSlave = maxPhysOf(sim, broker) - lastPhys > memoryBytes;
  return {
    status: records.length > 0 ? 'FOUND' : 'NO_MATCHED_MESSAGE',
    records,
    nextOffset: next,
    minOffset: min,
    maxOffset: max,
    bytes,
    coldBytes,
    cut,
    suggestSlave,
  };
}

/** `DefaultMessageStore#isTheBatchFull`: the first message is always returned, whatever its size. [CO-6] */
function isBatchFull(
  sim: RocketSim,
  node: number,
  pull: PullMessage,
  count: number,
  bytes: number,
  size: number,
  phys: number,
): boolean {
  if (count === 0) return false;
  const broker = brokerOf(sim, node);
  const { config } = broker;
  if (count >= pull.maxMessages || bytes + size > pull.maxBytes) return true;
  return inMemory(sim, broker, phys)
    ? bytes + size > config.maxTransferBytesOnMessageInMemory ||
        count >= config.maxTransferCountOnMessageInMemory
    : bytes + size > config.maxTransferBytesOnMessageInDisk ||
        count >= config.maxTransferCountOnMessageInDisk;
}
