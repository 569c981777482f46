import type { Kind } from '../../../core/kinds';
import { defineEvent, type Handlers } from '../../../core/sim';
import { queueOf, type World } from '../../../model/world';
import { findBrokerInPublish, findBrokerInSubscribe } from '../client/client';
import { Code, getMaxOffset, queryConsumerOffset, searchOffset } from '../protocol';
import { type Answered, invoke, type Then } from '../remoting';
import type { Consumer, Rocket, RocketSim } from '../state';
import { consumerOf, isBroadcasting, MASTER_ID, type QueueRef } from './consumer-of';
import { localOffset } from './offset-store';
import { startByConfig, startFailed, startNeedsMaster, startStored } from './rebalance-kinds';

/** `RebalancePushImpl#computePullFromWhere`: where a newly owned queue begins. [CO-30, CO-32] */

/** The offset, or undefined when it could not be learnt. */
export const startOffsetFound = defineEvent<{
  readonly round: number;
  readonly queue: number;
  readonly offset: number | undefined;
}>('consumer.start-offset-found');

/** The same once more for a queue that is held (OR-5): the offset, or undefined when it could not be learnt. */
export const startOffsetFoundAgain = defineEvent<{
  readonly held: QueueRef;
  readonly offset: number | undefined;
}>('consumer.start-offset-found-again');

interface Asked {
  readonly round: number;
  readonly queue: number;
  readonly again: QueueRef | undefined;
}
const storedAnswered = defineEvent<Answered<Asked, number | undefined>>('consumer.stored-offset-answered');
const edgeAnswered = defineEvent<Answered<Asked, number>>('consumer.edge-offset-answered');

const QUERY_TIMEOUT_US = 5_000_000;
/** `consumeTimestamp`: half an hour before the consumer was made. */
const CONSUME_TIMESTAMP_BACK_US = 1_800_000_000;

/** Finds the start of one queue; `startOffsetFound` follows, or `startOffsetFoundAgain` for one that is held. */
export function findStartOffset(sim: RocketSim, consumer: Consumer, queue: number, again?: QueueRef): void {
  const { node, client, state, spec } = consumer;
  const asked: Asked = { round: state.rebalance.round, queue, again };
  if (isBroadcasting(consumer)) {
    const offset = localOffset(consumer, queue);
    if (offset === undefined) beginByConfig(sim, consumer, asked);
    else beginAtStored(sim, consumer, asked, offset);
    return;
  }
  const { topic, group: brokerName, queueId } = queueOf(sim.state.arena, queue);
  const broker = findBrokerInSubscribe(client, brokerName, MASTER_ID, false);
  if (broker === undefined) {
    fail(sim, node, asked, startFailed);
    return;
  }
  const body = { group: spec.group, topic, queueId, setZeroIfNotFound: true };
  const then: Then<Asked, number | undefined> = { event: storedAnswered, context: asked };
  invoke(sim, node, broker.node, queryConsumerOffset, body, { timeoutUs: QUERY_TIMEOUT_US, then });
}

/** Found on the broker or in the file: consumeFromWhere has no say. [CO-32] */
function beginAtStored(sim: RocketSim, { node, state }: Consumer, asked: Asked, offset: number): void {
  state.offsets.set(asked.queue, offset);
  begin(sim, node, asked, startStored, offset);
}

/** Nothing is stored. A retry topic begins at 0 where the topic itself would begin at its end. [CO-30] */
function beginByConfig(sim: RocketSim, consumer: Consumer, asked: Asked): void {
  const { node, client, config, state } = consumer;
  const { topic, group: brokerName, queueId } = queueOf(sim.state.arena, asked.queue);
  const where = config.consumeFromWhere;
  const isRetry = topic.startsWith('%RETRY%');
  if (where === 'CONSUME_FROM_FIRST_OFFSET' || (where === 'CONSUME_FROM_LAST_OFFSET' && isRetry)) {
    begin(sim, node, asked, startByConfig, 0);
    return;
  }
  const master = findBrokerInPublish(client, brokerName);
  if (master === undefined) {
    fail(sim, node, asked, startNeedsMaster);
    return;
  }
  const timeoutUs = config.mqClientApiTimeout * 1000;
  const then: Then<Asked, number> = { event: edgeAnswered, context: asked };
  if (where === 'CONSUME_FROM_TIMESTAMP' && !isRetry) {
    const timeUs = state.startedUs - CONSUME_TIMESTAMP_BACK_US;
    invoke(sim, node, master, searchOffset, { topic, queueId, timeUs }, { timeoutUs, then });
  } else invoke(sim, node, master, getMaxOffset, { topic, queueId }, { timeoutUs, then });
}

function begin(sim: RocketSim, node: number, asked: Asked, kind: Kind, offset: number): void {
  const { round, queue, again } = asked;
  if (again !== undefined) sim.call(startOffsetFoundAgain, node, { held: again, offset });
  else {
    sim.emit(kind, node, queue, offset);
    sim.call(startOffsetFound, node, { round, queue, offset });
  }
}

/** A query that fails leaves the queue for the next rebalance. */
function fail(sim: RocketSim, node: number, { round, queue, again }: Asked, kind: Kind): void {
  if (again !== undefined) sim.call(startOffsetFoundAgain, node, { held: again, offset: undefined });
  else {
    sim.emit(kind, node, queue);
    sim.call(startOffsetFound, node, { round, queue, offset: undefined });
  }
}

export function registerStartOffsets(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(storedAnswered, (sim, node, { context, outcome }) => {
      const consumer = consumerOf(sim, node);
      if (!outcome.ok) fail(sim, node, context, startFailed);
      else if (outcome.status === Code.SUCCESS && outcome.body !== undefined) {
        beginAtStored(sim, consumer, context, outcome.body);
      } else if (outcome.status === Code.QUERY_NOT_FOUND) beginByConfig(sim, consumer, context);
      else fail(sim, node, context, startFailed);
    })
    .on(edgeAnswered, (sim, node, { context, outcome }) => {
      if (outcome.ok && outcome.status === Code.SUCCESS)
        begin(sim, node, context, startByConfig, outcome.body);
      else fail(sim, node, context, startFailed);
    });
}
