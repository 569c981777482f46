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
import type { Broker, Resent, RocketSim } from '../state';
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
    if (resentAs(sim, broker, group, record, offset) !== undefined) continue;
    if (topic === null || of === topic) letters.push({ broker, record, offset });
  }
  return letters;
}

/** The command that has sent a dead letter again; undefined when none has. [CO-23] */
export function resentAs(
  sim: RocketSim,
  broker: Broker,
  group: string,
  record: number,
  offset: number,
): Resent | undefined {
  const all = sim.state.product.resent.get(keyOf(broker, group, topicOf(sim.state.arena, record)));
  return all?.find(({ endOffset }) => offset < endOffset);
}

/** How many dead letters of a group on a broker have been sent again. */
export function resentCount({ state: { product } }: RocketSim, { node }: Broker, group: string): number {
  let count = 0;
  for (const [key, all] of product.resent) {
    if (key.startsWith(`${node} ${group} `)) count += all.reduce((sum, resent) => sum + resent.count, 0);
  }
  return count;
}

const topicOf = (arena: Arena, record: number) => messageTopic(arena, recordMessage(arena, record));
const keyOf = ({ node }: Broker, group: string, topic: string) => `${node} ${group} ${topic}`;

export const queueOfResent = ({ queues }: Pick<Resent, 'queues'>, offset: number): number => offset % queues;

/** To the master where it lies, or, if that one does not have the topic any more, to another. */
function resend(
  sim: RocketSim,
  masters: readonly Broker[],
  { broker, record, offset }: DeadLetter,
  group: string,
): void {
  const { arena, product } = sim.state;
  const topic = topicOf(arena, record);
  const to = [broker, ...masters].find((one) => ((topicConfigOf(one, topic)?.perm ?? 0) & PERM_WRITE) !== 0);
  const queues = to === undefined ? 0 : (topicConfigOf(to, topic)?.writeQueueNums ?? 0);
  if (to === undefined || queues === 0) return;
  const key = keyOf(broker, group, topic);
  const before = product.resent.get(key) ?? [];
  const last = before.at(-1);
  const isSame = last?.atUs === sim.nowUs && last.to === to.brokerName && last.queues === queues;
  product.resent.set(key, [
    ...(isSame ? before.slice(0, -1) : before),
    {
      ...{ frozen: true, endOffset: offset + 1, count: (isSame ? last.count : 0) + 1 },
      ...{ atUs: sim.nowUs, to: to.brokerName, queues },
    },
  ]);
  const queueId = queueOfResent({ queues }, offset);
  sim.emit(deadLetterResent, broker.node, record, queueNumberOf(sim, to, topic, queueId));
  const message = recordMessage(arena, record);
  putInternal(sim, to.node, { message, topic, queueId, props: undefined }, undefined);
}
