import { hashText } from '../../../core/rng';
import { defineEvent, type Handlers } from '../../../core/sim';
import { useCpu } from '../../../model/resources';
import { internText, type World } from '../../../model/world';
import { Code, type SendMessage, sendMessage } from '../protocol';
import { type Incoming, reply } from '../remoting';
import { RETRY_PREFIX } from '../retry/retry-topics';
import type { Broker, Rocket, RocketSim } from '../state';
import { tickAtOrAfter } from '../timers';
import { prepareHalf } from '../transaction/half';
import { sendRefusedBySlave } from './ha-kinds';
import { isPageCacheBusy, lockHeldUs, putLeft, putMessage } from './put';
import { redirectRetry } from './retry';
import {
  codeAnswered,
  halfRefused,
  queuePicked,
  sendCleanedBusy,
  sendCleanedLate,
  sendOverload,
  sendRefused,
  sendRejectedBusy,
} from './send-kinds';
import {
  brokerOf,
  isSlave,
  PERM_WRITE,
  type QueuedSend,
  queueNumberOf,
  type Send,
  topicConfigOf,
} from './store-state';
import { createTopicForSend } from './topics';

/**
 * SEND_MESSAGE from its arrival to the put: turned away at once when the broker is busy (BR-26), else handled by a
 * few threads in order of arrival (BR-28), with a sweep that answers what has waited too long (BR-27).
 */
const process = defineEvent<Send>('send.process');
const sweep = defineEvent<Record<string, never>>('send.sweep');

const SEND_CPU_NS = 12_000;
/** For each further message of a batch: its copy and its checksum (an assumption). */
const BATCHED_CPU_NS = 1_000;
const SWEEP = { firstUs: 1_000_000, periodUs: 10_000 };
const QUEUE_PICK = hashText('broker.queue-pick');
const NEVER = Number.POSITIVE_INFINITY;

function onRequest(sim: RocketSim, node: number, { conn, id, body }: Incoming<SendMessage>): void {
  const broker = brokerOf(sim, node);
  const { sends } = broker.store.memory;
  const { message, batch, topic, queueId, defaultTopic, defaultTopicQueueNums } = body;
  const { props, maxReconsumeTimes, timerDelayUs } = body;
  const { currentCause: cause } = sim;
  const send: Send = {
    conn,
    id,
    message,
    batch,
    topic,
    queueId,
    defaultTopic,
    defaultTopicQueueNums,
    props,
    maxReconsumeTimes,
    timerDelayUs,
    done: undefined,
    cause,
  };
  // `SendMessageProcessor#rejectRequest`; a slave of 4.9 or of the acting-master mode finds out at the put.
  if (isSlave(broker) && sim.state.product.version !== '4.9' && !broker.config.enableSlaveActingMaster) {
    sim.emit(sendRefusedBySlave, node, message, Code.SYSTEM_BUSY);
    busy(sim, node, send, '[REJECTREQUEST]system busy, start flow control for a while');
  } else if (isPageCacheBusy(sim, broker)) {
    sim.emit(sendRejectedBusy, node, message, lockHeldUs(sim, broker));
    busy(sim, node, send, '[REJECTREQUEST]system busy, start flow control for a while');
  } else if (sends.busy < broker.config.sendMessageThreadPoolNums) run(sim, broker, send);
  else if (sends.queue.length >= broker.config.sendThreadPoolQueueCapacity) {
    sim.emit(sendOverload, node, message, sends.queue.length);
    busy(sim, node, send, '[OVERLOAD]system busy, start flow control for a while');
  } else {
    sends.queue.push({ ...send, arrivedUs: sim.nowUs });
    armSweep(sim, node);
  }
}

function run(sim: RocketSim, broker: Broker, send: Send): void {
  broker.store.memory.sends.busy++;
  const further = (send.batch ?? 1) - 1;
  useCpu(sim, broker.node, SEND_CPU_NS + further * BATCHED_CPU_NS, process, send);
}

function busy(sim: RocketSim, node: number, send: Send, remark: string): void {
  reply(sim, node, send, { status: Code.SYSTEM_BUSY, body: undefined, remark, message: send.message });
}

/** A thread has the request: `msgCheck`, then the put. */
function onProcess(sim: RocketSim, node: number, send: Send): void {
  const broker = brokerOf(sim, node);
  const { topic, message } = send;
  const known = topicConfigOf(broker, topic);
  // A broker that is closed for writing says so of order topics only: the senders of others are led by the route.
  if (known?.order && (broker.config.brokerPermission & PERM_WRITE) === 0) {
    fail(sim, node, send, 'NO_PERMISSION', `the broker[${broker.brokerName}] sending message is forbidden`);
    return;
  }
  const config = known ?? createTopicForSend(sim, node, send);
  if (config === undefined) {
    fail(sim, node, send, 'TOPIC_NOT_EXIST', `topic[${topic}] not exist, apply first please!`);
    return;
  }
  const queues = Math.max(config.writeQueueNums, config.readQueueNums);
  if (send.queueId >= queues) {
    fail(
      sim,
      node,
      send,
      'INVALID_PARAMETER',
      `request queueId[${send.queueId}] is illegal, topic: ${topic}`,
    );
    return;
  }
  if (send.queueId >= 0) {
    store(sim, broker, topic.startsWith(RETRY_PREFIX) ? redirectRetry(sim, broker, send) : send);
    return;
  }
  const queueId = sim.drawBelow(config.writeQueueNums, node, QUEUE_PICK, broker.store.memory.queuesPicked++);
  sim.emit(queuePicked, node, message, queueNumberOf(sim, broker, topic, queueId));
  store(sim, broker, { ...send, queueId });
}

/** A half message is turned into one, where they are allowed, and put like any other. */
function store(sim: RocketSim, broker: Broker, send: Send): void {
  const { node, config } = broker;
  const half = send.props?.role === 'half';
  if (half && config.rejectTransactionMessage) {
    sim.emit(halfRefused, node, send.message, Code.NO_PERMISSION);
    fail(sim, node, send, 'NO_PERMISSION', 'sending transaction message is forbidden');
    return;
  }
  putMessage(sim, node, half ? prepareHalf(sim, broker, send) : send);
  armSweep(sim, node);
}

function fail(sim: RocketSim, node: number, send: Send, name: keyof typeof Code, remark: string): void {
  const { message } = send;
  sim.emit(sendRefused, node, message, Code[name]);
  sim.emit(codeAnswered, node, message, internText(sim.state.arena, `${name} (${Code[name]})`));
  reply(sim, node, send, { status: Code[name], body: undefined, remark, message });
  sim.call(putLeft, node, {});
}

/** The thread takes the next request. */
function onPutLeft(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  const { sends } = broker.store.memory;
  sends.busy--;
  const next = sends.queue.shift();
  if (next !== undefined) sim.because(next.cause, () => run(sim, broker, next));
}

/** The sweep comes every 10 ms; it is scheduled for when it will find something. */
function armSweep(sim: RocketSim, node: number): void {
  const { store, config } = brokerOf(sim, node);
  const { sends, lock } = store.memory;
  const head = sends.queue[0];
  if (head === undefined || !config.brokerFastFailureEnable) return;
  const lateUs = head.arrivedUs + config.waitTimeMillsInSendQueue * 1000;
  const busyUs =
    lock.holder === undefined ? NEVER : lock.heldSinceUs + config.osPageCacheBusyTimeOutMills * 1000 + 1;
  const atUs = tickAtOrAfter(sim, node, SWEEP, Math.max(sim.nowUs, Math.min(lateUs, busyUs)));
  if (atUs >= sends.sweepAtUs) return;
  sends.sweepAtUs = atUs;
  sim.at(atUs, node, sweep, {});
}

function onSweep(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  const { sends } = broker.store.memory;
  if (sim.nowUs < sends.sweepAtUs) return;
  sends.sweepAtUs = NEVER;
  if (isPageCacheBusy(sim, broker)) {
    const heldUs = lockHeldUs(sim, broker);
    clean(sim, broker, sends.queue.length, 'PCBUSY_CLEAN_QUEUE', (send) =>
      sim.emit(sendCleanedBusy, node, send.message, heldUs),
    );
  }
  const limitUs = broker.config.waitTimeMillsInSendQueue * 1000;
  let late = 0;
  while (late < sends.queue.length && sim.nowUs - (sends.queue[late] as QueuedSend).arrivedUs >= limitUs)
    late++;
  clean(sim, broker, late, 'TIMEOUT_CLEAN_QUEUE', (send, waitedUs) =>
    sim.emit(sendCleanedLate, node, send.message, waitedUs),
  );
  armSweep(sim, node);
}

/** Answers the first requests of the queue with SYSTEM_BUSY. */
function clean(
  sim: RocketSim,
  broker: Broker,
  count: number,
  tag: string,
  tell: (send: Send, waitedUs: number) => void,
): void {
  const { queue } = broker.store.memory.sends;
  const cleaned = queue.splice(0, count);
  cleaned.forEach((send, index) => {
    const waitedUs = sim.nowUs - send.arrivedUs;
    const size = queue.length + cleaned.length - index - 1;
    sim.because(send.cause, () => {
      tell(send, waitedUs);
      busy(
        sim,
        broker.node,
        send,
        `[${tag}]broker busy, start flow control for a while, period in queue: ${Math.floor(waitedUs / 1000)}ms, size of queue: ${size}`,
      );
    });
  });
}

export function registerSend(handlers: Handlers<World<Rocket>>): void {
  handlers.on(sendMessage.event, onRequest).on(process, onProcess).on(putLeft, onPutLeft).on(sweep, onSweep);
}
