import { defineEvent, type Handlers } from '../../../core/sim';
import { queueOf, recordMessage, recordOffset, type World } from '../../../model/world';
import { findBrokerInPublish } from '../client/client';
import { freeThread, popThreadFreed } from '../consumer/consume-pool';
import { consumerOf } from '../consumer/consumer-of';
import type { ConsumeTask } from '../consumer/consumer-state';
import { matchesMessage } from '../filter/filter';
import { droppedByClient } from '../filter/filter-kinds';
import { Code, consumerSendMsgBack } from '../protocol';
import { type Answered, invoke } from '../remoting';
import { sendBackAsked } from '../retry/retry-kinds';
import { reconsumeTimesOf } from '../retry/retry-topics';
import type { Consumer, Rocket, RocketSim } from '../state';
import { fifoAgain, invisibleChanged, popTooLate } from './pop-kinds';
import {
  ackMessage,
  changeInvisibleTime,
  handleOf,
  PopCode,
  type Popped,
  type PopResult,
} from './pop-protocol';
import { type FifoChain, type PopBatch, popFinished } from './pop-state';

/**
 * `PushConsumer` of the clients of version 5: `StandardConsumeService` hands each message to a thread,
 * `FifoConsumeService` goes through what one request brought one by one. What it tells the proxy it repeats each second
 * until the proxy has understood. [PO-7, PO-8]
 */

const TIMEOUT_US = 3_000_000;
const AGAIN_US = 1_000_000;
/** `CustomizedRetryPolicy.next`, seconds: the wait after the first, second … failure. */
const BACKOFF_SECONDS = [
  1, 5, 10, 30, 60, 120, 180, 240, 300, 360, 420, 480, 540, 600, 1_200, 1_800, 3_600, 7_200,
];
const LAST_SECONDS = 7_200;
const backoffUs = (attempt: number) => (BACKOFF_SECONDS[attempt - 1] ?? LAST_SECONDS) * 1_000_000;

interface Telling {
  readonly what: 'ack' | 'nack' | 'dead';
  readonly loop: PopBatch['loop'];
  readonly popped: Popped;
  readonly record: number;
  readonly nextInvisibleUs: number;
  readonly chain: number | undefined;
}
const tellAgain = defineEvent<Telling>('pop.tell-again');
const told = defineEvent<Answered<Telling, unknown>>('pop.grpc-told');
const fifoDue = defineEvent<{ readonly chain: number }>('pop.fifo-again');

/** What one request brought. What the proxy lets nobody have is confirmed, or among the dead letters, at once. */
export function submitReceived(
  sim: RocketSim,
  consumer: Consumer,
  loop: PopBatch['loop'],
  { popped: all, attemptsMax }: PopResult,
): void {
  const { state, spec } = consumer;
  const items: FifoChain['items'][number][] = [];
  const cause = sim.currentCause;
  for (const popped of all) {
    for (const record of popped.records) {
      const unwanted = unwantedBy(sim, consumer, popped, record);
      if (unwanted) sim.emit(droppedByClient, consumer.node, record);
      const what = unwanted ? 'ack' : attemptOf(sim, popped, record) > attemptsMax ? 'dead' : undefined;
      if (what === undefined) items.push({ popped, record });
      else {
        const telling: Telling = { what, loop, popped, record, nextInvisibleUs: 0, chain: undefined };
        sim.because(cause, () => tell(sim, consumer, telling));
      }
    }
  }
  if (spec.listener === 'orderly') {
    const chain = state.nextSerial++;
    state.fifo.set(chain, { loop, items, attemptsMax, at: 0, failures: 0 });
    goOn(sim, consumer, chain);
    return;
  }
  for (const { popped, record } of items) {
    state.popWaiting.push({ frozen: true, loop, popped, records: [record], cause });
  }
  sim.call(popThreadFreed, consumer.node, {});
}

/** It only shares its hash with a wanted tag. [FI-2] */
const unwantedBy = (sim: RocketSim, { filter, spec }: Consumer, popped: Popped, record: number): boolean =>
  filter.kind === 'tags' &&
  queueOf(sim.state.arena, popped.queue).topic === spec.topic &&
  !matchesMessage(sim.state.arena, filter, recordMessage(sim.state.arena, record));

/** `deliveryAttempt`: 1 at first. */
const attemptOf = (sim: RocketSim, { records, consumed }: Popped, record: number): number =>
  1 + (consumed?.[records.indexOf(record)] ?? reconsumeTimesOf(sim.state.arena, record));

/** The next message of a chain waits for a thread. */
function goOn(sim: RocketSim, { state, node }: Consumer, id: number): void {
  const chain = state.fifo.get(id);
  const item = chain?.items[chain.at];
  if (chain === undefined || item === undefined) {
    state.fifo.delete(id);
    return;
  }
  const { popped, record } = item;
  const cause = sim.currentCause;
  state.popWaiting.push({ frozen: true, loop: chain.loop, popped, records: [record], cause, chain: id });
  sim.call(popThreadFreed, node, {});
}

/** The listener is done with a message. */
export function grpcReturned(
  sim: RocketSim,
  consumer: Consumer,
  id: number,
  { records, pop }: ConsumeTask,
  failed: boolean,
): void {
  const record = records[0];
  if (pop === undefined || record === undefined) return;
  const { loop, popped } = pop;
  const chain = pop.chain === undefined ? undefined : consumer.state.fifo.get(pop.chain);
  const attempt = attemptOf(sim, popped, record) + (chain?.failures ?? 0);
  const told = { loop, popped, record, nextInvisibleUs: backoffUs(attempt), chain: pop.chain };
  const cause = sim.currentCause;
  sim.because(cause, () => {
    if (!failed) tell(sim, consumer, { ...told, what: 'ack' });
    else if (chain === undefined) tell(sim, consumer, { ...told, what: 'nack' });
    else if (attempt >= chain.attemptsMax) tell(sim, consumer, { ...told, what: 'dead' });
    else {
      chain.failures++;
      sim.emit(fifoAgain, consumer.node, record, backoffUs(attempt));
      sim.after(backoffUs(attempt), consumer.node, fifoDue, { chain: pop.chain as number });
    }
  });
  freeThread(sim, consumer, id);
}

function tell(sim: RocketSim, consumer: Consumer, telling: Telling): void {
  const { node, client, spec } = consumer;
  const { what, loop, popped, record, nextInvisibleUs } = telling;
  const master = findBrokerInPublish(client, loop.brokerName);
  if (master === undefined) {
    sim.after(AGAIN_US, node, tellAgain, telling);
    return;
  }
  const { group } = spec;
  const offset = recordOffset(sim.state.arena, record);
  const handle = handleOf(popped, { group, offset, record, clientId: client.clientId });
  const then = { event: told, context: telling };
  if (what === 'ack') {
    invoke(sim, node, master, ackMessage, handle, { timeoutUs: TIMEOUT_US, mode: 'async', then });
  } else if (what === 'nack') {
    sim.emit(invisibleChanged, node, record, nextInvisibleUs);
    const body = { ...handle, nextInvisibleUs };
    invoke(sim, node, master, changeInvisibleTime, body, { timeoutUs: TIMEOUT_US, mode: 'async', then });
  } else {
    // `forwardMessageToDeadLetterQueue`: the proxy gives it back straight to the dead letters.
    sim.emit(sendBackAsked, node, record, master);
    const body = { group, record, delayLevel: -1, maxReconsumeTimes: 0 };
    invoke(sim, node, master, consumerSendMsgBack, body, { timeoutUs: TIMEOUT_US, mode: 'async', then });
  }
}

function onTold(sim: RocketSim, node: number, { context, outcome }: Answered<Telling, unknown>): void {
  const consumer = consumerOf(sim, node);
  const { popped, record } = context;
  const ok = outcome.ok && outcome.status === Code.SUCCESS;
  const refused = outcome.ok && outcome.status === PopCode.INVALID_RECEIPT_HANDLE;
  if (ok && context.what === 'dead') {
    tell(sim, consumer, { ...context, what: 'ack' });
    return;
  }
  if (!ok && !refused) {
    sim.after(AGAIN_US, node, tellAgain, context);
    return;
  }
  if (refused) sim.emit(popTooLate, node, record, sim.nowUs - popped.popUs);
  popFinished(sim, consumer, context.loop, 1);
  const chain = context.chain === undefined ? undefined : consumer.state.fifo.get(context.chain);
  if (chain === undefined) return;
  chain.at++;
  chain.failures = 0;
  goOn(sim, consumer, context.chain as number);
}

export function registerConsumeGrpc(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(told, onTold)
    .on(tellAgain, (sim, node, telling) => tell(sim, consumerOf(sim, node), telling))
    .on(fifoDue, (sim, node, { chain }) => goOn(sim, consumerOf(sim, node), chain));
}
