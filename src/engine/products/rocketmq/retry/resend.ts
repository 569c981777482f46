import { processOf } from '../../../model/env';
import { type Arena, messageTopic, recordMessage } from '../../../model/world';
import type { ActResult } from '../../../product';
import type { ActionOf } from '../../../scenario/types';
import { putInternal } from '../broker/put';
import {
  consumeQueueOf,
  isSlave,
  maxOffsetOf,
  minOffsetOf,
  PERM_WRITE,
  queueNumberOf,
  recordAtOffset,
  topicConfigOf,
} from '../broker/store-state';
import type { Broker, RocketSim } from '../state';
import { deadLetterResent } from './retry-kinds';
import { deadLetterTopicOf } from './retry-topics';

/** What an operator finds in a dead-letter queue. */
interface DeadLetter {
  readonly broker: Broker;
  readonly record: number;
  readonly offset: number;
}

/**
 * An operator reads the dead letters of a group on each running master and sends them to their topics again, as the
 * same messages without retries behind them. They stay where they are, since a queue forgets nothing; a further
 * command goes on behind those that were sent. [CO-23]
 */
export function resendDeadLetters(
  sim: RocketSim,
  { group, topic, messages }: ActionOf<'resendDeadLetters'>,
): ActResult {
  const masters = [...sim.state.product.brokers.values()].filter(
    (broker) => !isSlave(broker) && processOf(sim.state.env, broker.node).state === 'up',
  );
  const found = masters
    .flatMap((broker) => deadLettersOf(sim, broker, group, topic))
    .sort((x, y) => x.record - y.record);
  if (found.length === 0) {
    return {
      ok: false,
      message: {
        en: `No running master has dead letters of ${group} that were not sent again.`,
        zh: `正在运行的主节点上没有 ${group} 尚未重新投递的死信。`,
      },
    };
  }
  const cause = sim.currentCause;
  for (const letter of messages === null ? found : found.slice(0, messages)) {
    sim.because(cause, () => resend(sim, masters, letter, group));
  }
  return { ok: true };
}

function deadLettersOf(sim: RocketSim, broker: Broker, group: string, topic: string | null): DeadLetter[] {
  const queue = consumeQueueOf(sim, broker, deadLetterTopicOf(group), 0);
  const letters: DeadLetter[] = [];
  for (let offset = minOffsetOf(queue); queue !== undefined && offset < maxOffsetOf(queue); offset++) {
    const record = recordAtOffset(queue, offset);
    const of = topicOf(sim.state.arena, record);
    const sentTo = sim.state.product.resentTo.get(cursorOf(broker, group, of)) ?? 0;
    if (offset >= sentTo && (topic === null || of === topic)) letters.push({ broker, record, offset });
  }
  return letters;
}

const topicOf = (arena: Arena, record: number) => messageTopic(arena, recordMessage(arena, record));
const cursorOf = ({ node }: Broker, group: string, topic: string) => `${node} ${group} ${topic}`;

/** To the master where it lies, or, if that one does not have the topic any more, to another. */
function resend(
  sim: RocketSim,
  masters: readonly Broker[],
  { broker, record, offset }: DeadLetter,
  group: string,
): void {
  const { arena, product } = sim.state;
  const topic = topicOf(arena, record);
  product.resentTo.set(cursorOf(broker, group, topic), offset + 1);
  const to = [broker, ...masters].find((one) => ((topicConfigOf(one, topic)?.perm ?? 0) & PERM_WRITE) !== 0);
  const queues = to === undefined ? 0 : (topicConfigOf(to, topic)?.writeQueueNums ?? 0);
  if (to === undefined || queues === 0) return;
  const queueId = offset % queues;
  sim.emit(deadLetterResent, broker.node, record, queueNumberOf(sim, to, topic, queueId));
  const message = recordMessage(arena, record);
  putInternal(sim, to.node, { message, topic, queueId, props: undefined }, undefined);
}
