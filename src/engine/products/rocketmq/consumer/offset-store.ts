import { readMetadata, writeMetadata } from '../broker/metadata-file';
import { findBrokerInSubscribe } from '../client/client';
import { updateConsumerOffset } from '../protocol';
import { oneway } from '../remoting';
import type { Consumer, RocketSim } from '../state';
import { commitSent, offsetFileWritten } from './consumer-kinds';
import { consumerOf, isBroadcasting, MASTER_ID } from './consumer-of';
import type { OffsetFile, ProcessQueue } from './consumer-state';

/** `RemoteBrokerOffsetStore`, and for broadcasting `LocalFileOffsetStore`: offsets in memory, sent or written later. */

export const NO_FILE: OffsetFile = { frozen: true, offsets: new Map() };

/** `updateOffset` with `increaseOnly`. [CO-12] */
export function raiseOffset({ state }: Consumer, queue: number, offset: number): void {
  if (offset > (state.offsets.get(queue) ?? -1)) state.offsets.set(queue, offset);
}

/** `persistAll`: every 5 s and at a shutdown; offsets of queues that it no longer holds are forgotten. [CO-16, CO-17] */
export function persistAll(sim: RocketSim, node: number): void {
  const consumer = consumerOf(sim, node);
  const { queues, offsets } = consumer.state;
  for (const queue of [...offsets.keys()]) if (!queues.has(queue)) offsets.delete(queue);
  if (isBroadcasting(consumer)) writeFile(sim, consumer);
  else for (const held of queues.values()) persistOne(sim, consumer, held);
}

/** Sends the offset of one queue, unchanged ones too: the broker may have lost what it was told before. [CO-16] */
function persistOne(sim: RocketSim, consumer: Consumer, held: ProcessQueue): void {
  const { state, node, spec, client } = consumer;
  const offset = state.offsets.get(held.queue);
  if (offset === undefined) return;
  if (isBroadcasting(consumer)) {
    writeFile(sim, consumer);
    return;
  }
  const broker = findBrokerInSubscribe(client, held.brokerName, MASTER_ID, false);
  if (broker === undefined) return;
  const cause = sim.currentCause;
  sim.because(cause, () => {
    if (held.told !== offset) sim.emit(commitSent, node, held.queue, offset);
    held.told = offset;
    const { topic, queueId } = held;
    oneway(sim, node, broker.node, updateConsumerOffset, { group: spec.group, topic, queueId, offset });
  });
}

function writeFile(sim: RocketSim, { state, node }: Consumer): void {
  const known = readMetadata(state.offsetsFile).offsets;
  const changed = [...state.offsets].filter(([queue, offset]) => known.get(queue) !== offset);
  if (changed.length === 0) return;
  const cause = sim.currentCause;
  for (const [queue, offset] of changed) {
    const held = state.queues.get(queue);
    if (held !== undefined) held.told = offset;
    sim.because(cause, () => sim.emit(offsetFileWritten, node, queue, offset));
  }
  writeMetadata(
    state.offsetsFile,
    { frozen: true, offsets: new Map([...known, ...state.offsets]) },
    sim.nowUs,
  );
}

/** A broadcasting consumer's own offset of a queue; undefined when its file has none. [CO-17] */
export function localOffset({ state }: Consumer, queue: number): number | undefined {
  return readMetadata(state.offsetsFile).offsets.get(queue);
}

/** The queue is no longer its own: what was committed in memory goes out, and is forgotten. [CO-25] */
export function persistAndForget(sim: RocketSim, consumer: Consumer, held: ProcessQueue): void {
  persistOne(sim, consumer, held);
  consumer.state.offsets.delete(held.queue);
}
