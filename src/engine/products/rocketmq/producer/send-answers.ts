import type { Handlers } from '../../../core/sim';
import { Outcome } from '../../../model/ledger';
import type { World } from '../../../model/world';
import { Code, type SendResult } from '../protocol';
import type { CallOutcome } from '../remoting';
import type { Producer, Rocket, RocketSim } from '../state';
import { notePub } from '../trace/hooks';
import { asyncException, brokerException, remotingException, stillFailed } from './exceptions';
import { recordLatency } from './latency-faults';
import { asyncCodeFinal, codeFinal, codeRetried, outcomeUnknown } from './producer-kinds';
import type { SendCall } from './producer-state';
import { attempt, attemptAsyncAgain, CLOCK_US, onewayEnded, sendAnswered } from './send-attempt';
import { endFailed, endWith } from './send-end';

/** What an answer, or the lack of one, leads to: a result, another attempt, an exception (PR-2, PR-6, PR-8). */

type Answer = CallOutcome<SendResult | undefined>;
type Failure = Extract<Answer, { ok: false }>;
type Response = Extract<Answer, { ok: true }>;

/** The four response codes that become a SendStatus (BR-30). */
const STATUS: Readonly<Record<number, number>> = {
  [Code.SUCCESS]: Outcome.sendOk,
  [Code.FLUSH_DISK_TIMEOUT]: Outcome.flushDiskTimeout,
  [Code.FLUSH_SLAVE_TIMEOUT]: Outcome.flushSlaveTimeout,
  [Code.SLAVE_NOT_AVAILABLE]: Outcome.slaveNotAvailable,
};

/** `DefaultMQProducer.retryResponseCodes` of both versions, and what 5.3 has beyond 4.9 (VC-1). */
const RETRIED: ReadonlySet<number> = new Set([
  Code.TOPIC_NOT_EXIST,
  Code.SERVICE_NOT_AVAILABLE,
  Code.SYSTEM_ERROR,
  Code.NO_PERMISSION,
  Code.NO_BUYER_ID,
  Code.NOT_IN_CURRENT_UNIT,
]);
const RETRIED_5: ReadonlySet<number> = new Set([Code.SYSTEM_BUSY, Code.GO_AWAY]);

function isRetried(version: Rocket['version'], code: number): boolean {
  return RETRIED.has(code) || (version !== '4.9' && RETRIED_5.has(code));
}

export function registerAnswers(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(sendAnswered, (sim, node, { context: call, outcome }) => {
      const producer = sim.state.product.producers.get(node);
      if (producer === undefined) return;
      if (outcome.ok) onResponse(sim, producer, call, outcome);
      else if (call.mode === 'sync') onSyncFailure(sim, producer, call, outcome);
      else onAsyncFailure(sim, producer, call, outcome);
    })
    .on(onewayEnded, (sim, node, { context: call, outcome }) => {
      const producer = sim.state.product.producers.get(node);
      if (producer === undefined) return;
      if (outcome.ok) endWith(sim, producer, call, Outcome.oneway);
      else endRaised(sim, producer, call, remotingException(outcome.error));
    });
}

function onResponse(
  sim: RocketSim,
  producer: Producer,
  call: SendCall,
  { status, remark, body }: Response,
): void {
  const { node, config } = producer;
  const latencyUs = sim.nowUs - call.attemptUs;
  const result = STATUS[status];
  if (result !== undefined) {
    note(sim, producer, call, latencyUs, false, true);
    if (producer.trace !== undefined) notePub(sim, producer, call, body, result === Outcome.sendOk);
    const elsewhere =
      result !== Outcome.sendOk && config.retryAnotherBrokerWhenNotStoreOK && mayTryAgain(call);
    const stored = { ...call, record: body?.record ?? -1 };
    if (elsewhere) again(sim, producer, { ...stored, earlier: result }, '', true);
    else endWith(sim, producer, stored, result);
    return;
  }
  const exception = brokerException(status, remark);
  if (call.mode === 'async') {
    note(sim, producer, call, latencyUs, true, true);
    sim.emit(asyncCodeFinal, node, call.message, status);
    endFailed(sim, producer, call, exception);
    return;
  }
  note(sim, producer, call, latencyUs, true, false);
  const retried = !call.byKey && isRetried(sim.state.product.version, status);
  sim.emit(retried ? codeRetried : codeFinal, node, call.message, status);
  if (retried) again(sim, producer, call, exception, false);
  else if (call.earlier !== 0) endWith(sim, producer, call, call.earlier);
  else endFailed(sim, producer, call, exception);
}

function onSyncFailure(sim: RocketSim, producer: Producer, call: SendCall, { error }: Failure): void {
  const waitedUs = sim.nowUs - call.attemptUs;
  // With the detector running, a broker that failed waits for a probe to find it; else for the penalty alone.
  note(sim, producer, call, waitedUs, true, !producer.config.startDetectorEnable);
  if (error === 'timeout') sim.emit(outcomeUnknown, producer.node, call.message, waitedUs);
  again(sim, producer, call, remotingException(error), error === 'timeout' || error === 'closed');
}

function onAsyncFailure(sim: RocketSim, producer: Producer, call: SendCall, { error }: Failure): void {
  note(sim, producer, call, sim.nowUs - call.attemptUs, true, true);
  const leftUs = call.timeoutUs - (sim.nowUs - call.beginUs);
  const info = producer.client.publish.get(call.topic);
  const retriesLeft = producer.config.retryTimesWhenSendAsyncFailed - (call.attempts - 1);
  if (error === 'budget' || retriesLeft <= 0 || leftUs < CLOCK_US || info === undefined) {
    endFailed(sim, producer, call, asyncException(error));
  } else attemptAsyncAgain(sim, producer, call, info, leftUs);
}

/** Tries again if an attempt is left; else the call ends with what an earlier attempt was answered, or raises. */
function again(
  sim: RocketSim,
  producer: Producer,
  call: SendCall,
  exception: string,
  doubtful: boolean,
): void {
  const info = producer.client.publish.get(call.topic);
  if (mayTryAgain(call) && info !== undefined && info.queues.length > 0) {
    attempt(sim, producer, call, info, doubtful);
  } else if (call.earlier !== 0) endWith(sim, producer, call, call.earlier);
  else endRaised(sim, producer, call, exception);
}

function mayTryAgain(call: SendCall): boolean {
  return call.mode === 'sync' && call.attempts < call.attemptsMax;
}

/** A send with a selector raises what it caught; the default send wraps it (PR-2, PR-12). */
function endRaised(sim: RocketSim, producer: Producer, call: SendCall, exception: string): void {
  endFailed(sim, producer, call, call.byKey ? exception : stillFailed(call.attempts, exception));
}

function note(
  sim: RocketSim,
  producer: Producer,
  call: SendCall,
  latencyUs: number,
  isolated: boolean,
  reachable: boolean,
): void {
  if (!call.byKey) recordLatency(sim, producer, call.brokerName, latencyUs, isolated, reachable);
}
