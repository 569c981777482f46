import { hashText } from '../../../core/rng';
import type { Handlers } from '../../../core/sim';
import { internText, type World } from '../../../model/world';
import { Code, type SendMessage, sendMessage } from '../protocol';
import { type Incoming, reply } from '../remoting';
import { RETRY_PREFIX } from '../retry/retry-topics';
import type { Broker, Rocket, RocketSim } from '../state';
import { prepareHalf } from '../transaction/half';
import { putLeft, putMessage } from './put';
import { redirectRetry } from './retry';
import { codeAnswered, halfRefused, queuePicked, sendRefused } from './send-kinds';
import { admit, armSweep, registerSendPool, sendRun } from './send-pool';
import { brokerOf, PERM_WRITE, queueNumberOf, type Send, topicConfigOf } from './store-state';
import { createTopicForSend } from './topics';

/** SEND_MESSAGE from its arrival to the put. */

const QUEUE_PICK = hashText('broker.queue-pick');

function onRequest(sim: RocketSim, node: number, { conn, id, body }: Incoming<SendMessage>): void {
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
  admit(sim, node, send);
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

export function registerSend(handlers: Handlers<World<Rocket>>): void {
  registerSendPool(handlers);
  handlers.on(sendMessage.event, onRequest).on(sendRun, onProcess);
}
