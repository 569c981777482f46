import { hashText } from '../../../core/rng';
import { internText, keyText, messageKey } from '../../../model/world';
import type { PublishInfo, SubscribeQueue } from '../client/client-state';
import type { Producer, RocketSim } from '../state';
import { isAvailable, isReachable } from './latency-faults';
import { listChanged, queuesSkipped } from './producer-kinds';
import type { SendCall } from './producer-state';

/** Which queue an attempt goes to: in turn (PR-9), avoiding slow brokers (PR-10), or by the key (PR-12). */

const COUNTER = hashText('producer.queue-counter');
const COUNTER_BOUND = 0x8000_0000;
const POSITIVE_MASK = 0x7fff_ffff;
/** Counters of threads come behind the one that senders without a thread of their own share. */
const SHARED = 0;

/** Java's `String#hashCode`: 31·h + c over UTF-16 units, wrapped to 32 bits. */
export function javaHash(text: string): number {
  let h = 0;
  for (let i = 0; i < text.length; i++) h = (Math.imul(31, h) + text.charCodeAt(i)) | 0;
  return h;
}

/** `SelectMessageQueueByHash`: the absolute value of Java's remainder. */
export function queueByHash(hash: number, queues: number): number {
  return Math.abs(hash % queues);
}

/** The queue for the next attempt of a call. The list is not empty. */
export function chooseQueue(
  sim: RocketSim,
  producer: Producer,
  call: SendCall,
  info: PublishInfo,
): SubscribeQueue {
  if (call.byKey) return chooseByKey(sim, producer, call, info);
  const avoiding = producer.config.sendLatencyFaultEnable;
  const pick = picker(sim, producer, call, info, avoiding);
  const last = call.brokerName;
  const fresh = (queue: SubscribeQueue) => last === '' || queue.brokerName !== last;
  if (!avoiding) return scan(sim, producer, call, info, pick, fresh) ?? pick();
  return (
    scan(sim, producer, call, info, pick, (q) => fresh(q) && isAvailable(sim, producer, q.brokerName)) ??
    scan(sim, producer, call, info, pick, (q) => fresh(q) && isReachable(producer, q.brokerName)) ??
    pick()
  );
}

/**
 * Takes the queues in turn by the counter of the call's thread. A call of its own begins where the shared counter
 * stands and goes on alone when it is retried: the threads of the others do not feel its skips.
 */
function picker(
  sim: RocketSim,
  producer: Producer,
  { topic, thread, attempts, mode, brokerName, queueId }: SendCall,
  info: PublishInfo,
  avoiding: boolean,
): () => SubscribeQueue {
  const { queues } = info;
  // PR-10: the counter is set at random before a retry of `sendDefaultImpl`.
  const reset = avoiding && attempts > 0 && mode === 'sync';
  if (thread < 0 && attempts > 0) {
    const before = queues.findIndex((queue) => queue.brokerName === brokerName && queue.queueId === queueId);
    let at = reset ? draw(sim, producer) : before;
    return () => queues[++at % queues.length] as SubscribeQueue;
  }
  const slot = thread < 0 ? SHARED : thread + 1;
  if (reset) indexOf(producer, topic, info, slot)[slot] = draw(sim, producer);
  return () => queues[advance(sim, producer, topic, info, slot) % queues.length] as SubscribeQueue;
}

/** At most one look at each place of the list; each look moves the counter. */
function scan(
  sim: RocketSim,
  { node }: Producer,
  { message, attempts }: SendCall,
  info: PublishInfo,
  pick: () => SubscribeQueue,
  accepts: (queue: SubscribeQueue) => boolean,
): SubscribeQueue | undefined {
  for (let skipped = 0; skipped < info.queues.length; skipped++) {
    const queue = pick();
    if (!accepts(queue)) continue;
    if (skipped > 0 && attempts > 0) {
      const cause = sim.currentCause;
      sim.because(cause, () => sim.emit(queuesSkipped, node, message, skipped));
    }
    return queue;
  }
  return undefined;
}

/** `ThreadLocalIndex#incrementAndGet`: starts at a random number; a new list starts anew. */
function advance(sim: RocketSim, producer: Producer, topic: string, info: PublishInfo, slot: number): number {
  const index = indexOf(producer, topic, info, slot);
  const at = index[slot] as number;
  const next = ((at < 0 ? draw(sim, producer) : at) + 1) & POSITIVE_MASK;
  index[slot] = next;
  return next;
}

/** The counters of a topic's list, with room for this slot. */
function indexOf({ state }: Producer, topic: string, info: PublishInfo, slot: number): number[] {
  let known = state.counters.get(topic);
  if (known?.info !== info) {
    known = { info, index: [] };
    state.counters.set(topic, known);
  }
  while (known.index.length <= slot) known.index.push(-1);
  return known.index;
}

function draw(sim: RocketSim, { node, state }: Producer): number {
  return sim.drawBelow(COUNTER_BOUND, node, COUNTER, state.counterDraws++);
}

function chooseByKey(
  sim: RocketSim,
  { node, state }: Producer,
  { message, topic }: SendCall,
  { queues }: PublishInfo,
): SubscribeQueue {
  const { arena } = sim.state;
  const before = state.selectorQueues.get(topic);
  if (before !== queues.length) {
    state.selectorQueues.set(topic, queues.length);
    if (before !== undefined) sim.emit(listChanged, node, internText(arena, topic), queues.length);
  }
  const hash = javaHash(keyText(arena, messageKey(arena, message)));
  return queues[queueByHash(hash, queues.length)] as SubscribeQueue;
}
