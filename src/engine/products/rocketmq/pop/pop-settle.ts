import { defineEvent, type Handlers } from '../../../core/sim';
import { useCpu } from '../../../model/resources';
import { queueOf, type World } from '../../../model/world';
import { putInternal } from '../broker/put';
import {
  brokerOf,
  consumeQueueOf,
  maxOffsetOf,
  minOffsetOf,
  type PutEnded,
  recordAtOffset,
} from '../broker/store-state';
import { Code } from '../protocol';
import { reply } from '../remoting';
import type { Rocket, RocketSim } from '../state';
import { ackInOrder, postponeInOrder } from './order-info';
import { putCheckpoint } from './pop-broker';
import { handleRefused, popAcked } from './pop-kinds';
import {
  ackMessage,
  changeInvisibleTime,
  ORDER_REVIVE_QUEUE,
  PopCode,
  type PopHandle,
  type Popped,
} from './pop-protocol';
import { addPopMessage, isStored } from './pop-records';
import type { Settled } from './pop-state';
import { renewalDone, settle, withNewestHandle } from './receipts';
import { REVIVE_TOPIC } from './revive-topic';

/** `AckMessageProcessor`, `ChangeInvisibleTimeProcessor`: what consumers say of what they popped. [PO-4, PO-7, PO-8] */

const ACK_CPU_NS = 10_000;

const settled = defineEvent<PutEnded<Settled>>('pop.settled');

function onSettle(sim: RocketSim, node: number, asked: Settled): void {
  const context = withNewestHandle(sim, node, asked);
  if (context === undefined) return;
  const { body } = context.request;
  const overUs = sim.nowUs - body.popUs - body.invisibleUs;
  if (body.clientId !== undefined && overUs >= 0) {
    sim.emit(handleRefused, node, body.record, overUs);
    reply(sim, node, context.request, { status: PopCode.INVALID_RECEIPT_HANDLE, body: undefined });
  } else if (body.reviveQueue === ORDER_REVIVE_QUEUE) settleInOrder(sim, node, context);
  else if (context.what === 'ack') putAck(sim, node, body, context);
  else putChange(sim, node, context);
}

/** Neither a checkpoint nor an ack is stored for what was popped in order. [PO-8] */
function settleInOrder(sim: RocketSim, node: number, context: Settled): void {
  if (context.what === 'ack') {
    const status = ackInOrder(sim, node, context.request.body);
    reply(sim, node, context.request, { status, body: undefined });
    return;
  }
  const { body } = context.request;
  const visibleUs = sim.nowUs + body.nextInvisibleUs;
  postponeInOrder(sim, node, body, visibleUs);
  const answer = { popUs: body.popUs, invisibleUs: visibleUs - body.popUs };
  renewalDone(sim, node, context.receipt, answer);
  reply(sim, node, context.request, { body: answer });
}

/** A new checkpoint, which the ack of the old one follows. [PO-7] */
function putChange(sim: RocketSim, node: number, context: Settled & { readonly what: 'change' }): void {
  const { body } = context.request;
  const queue = consumeQueueOf(sim, brokerOf(sim, node), ...topicAndId(sim, body.queue));
  if (queue === undefined || body.offset >= maxOffsetOf(queue) || body.offset < minOffsetOf(queue)) {
    renewalDone(sim, node, context.receipt, undefined);
    reply(sim, node, context.request, { status: Code.MESSAGE_ILLEGAL, body: undefined });
    return;
  }
  const popped: Popped = {
    frozen: true,
    queue: body.queue,
    startOffset: body.offset,
    popUs: context.popUs,
    invisibleUs: body.nextInvisibleUs,
    reviveQueue: body.reviveQueue,
    records: [recordAtOffset(queue, body.offset)],
  };
  putCheckpoint(sim, node, body.group, popped, 0, { event: settled, context });
}

const topicAndId = (sim: RocketSim, queue: number): [string, number] => {
  const { topic, queueId } = queueOf(sim.state.arena, queue);
  return [topic, queueId];
};

/** An ack is a record, too. [PO-4] */
function putAck(sim: RocketSim, node: number, handle: PopHandle, context: Settled): void {
  const { group, queue, offset, startOffset, index, popUs, invisibleUs, reviveQueue } = handle;
  const message = addPopMessage(sim.state.arena, node, 'ack', group, popUs);
  const props = {
    role: 'popAck',
    realQueue: queue,
    ref: startOffset,
    reconsumeTimes: index,
    deliverUs: popUs + invisibleUs,
  } as const;
  sim.emit(popAcked, node, queue, offset);
  putInternal(
    sim,
    node,
    { message, topic: REVIVE_TOPIC, queueId: reviveQueue, props, waits: true },
    { event: settled, context: { ...context, what: 'ack' } as Settled },
  );
}

function onSettled(sim: RocketSim, node: number, { context, status }: PutEnded<Settled>): void {
  if (context.what === 'change' && isStored(status)) {
    const { nextInvisibleUs: invisibleUs } = context.request.body;
    const { request, popUs, receipt } = context;
    reply(sim, node, request, { body: { popUs, invisibleUs } });
    const { offset: startOffset } = request.body;
    renewalDone(sim, node, receipt, { popUs, invisibleUs, startOffset, index: 0 });
    putAck(sim, node, request.body, { what: 'ack', request: { ...request, id: -1 } });
    return;
  }
  if (context.what === 'change') {
    renewalDone(sim, node, context.receipt, undefined);
    reply(sim, node, context.request, { status: Code.SYSTEM_ERROR, body: undefined });
    return;
  }
  // Of an ack that could not be stored the broker only writes a log line.
  reply(sim, node, context.request, { body: undefined });
}

export function registerPopSettle(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(ackMessage.event, (sim, node, request) =>
      useCpu(sim, node, ACK_CPU_NS, settle, { what: 'ack', request }),
    )
    .on(changeInvisibleTime.event, (sim, node, request) =>
      useCpu(sim, node, ACK_CPU_NS, settle, { what: 'change', request, popUs: sim.nowUs }),
    )
    .on(settle, onSettle)
    .on(settled, onSettled);
}
