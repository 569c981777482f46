import { connOf, isOpen } from '../../../model/net';
import { messageProducer, messageSize, recordMessage } from '../../../model/world';
import { checkTransactionState } from '../protocol';
import { pushOneway } from '../remoting';
import type { Broker, RocketSim } from '../state';
import { checkSent, nobodyToAsk } from './transaction-kinds';

/** `GET_AVAILABLE_CHANNEL_RETRY_COUNT`. */
const TRIES = 3;

/**
 * `AbstractTransactionalMessageCheckListener#sendCheckMessage`: asks one producer of the group about a half message,
 * which need not be its sender. [TX-7]
 */
export function ask(sim: RocketSim, broker: Broker, half: number): void {
  const { arena, product } = sim.state;
  const message = recordMessage(arena, half);
  const group = product.producers.get(messageProducer(arena, message))?.spec.group ?? '';
  const channel = availableChannel(sim, broker, group);
  if (channel === undefined) {
    sim.emit(nobodyToAsk, broker.node, half);
    return;
  }
  sim.emit(checkSent, broker.node, message, channel.peer);
  const bytes = messageSize(arena, message);
  pushOneway(sim, broker.node, channel.conn, checkTransactionState, { record: half }, { bytes, message });
}

/** `ProducerManager#getAvailableChannel`: the channels of a group in turn; at most three are looked at. */
function availableChannel(
  sim: RocketSim,
  { node, service, store }: Broker,
  group: string,
): { conn: number; peer: number } | undefined {
  const channels = [...(service.producers.get(group) ?? [])];
  if (channels.length === 0) return undefined;
  const first = ++store.memory.transactions.asked;
  for (let i = 0; i < TRIES; i++) {
    const [conn, { peer }] = channels[(first + i) % channels.length]!;
    if (isOpen(connOf(sim, conn), node)) return { conn, peer };
  }
  return undefined;
}
