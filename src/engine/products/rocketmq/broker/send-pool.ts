import { defineEvent, type Handlers } from '../../../core/sim';
import { useCpu } from '../../../model/resources';
import type { World } from '../../../model/world';
import { Code } from '../protocol';
import { reply } from '../remoting';
import { sendBackRefused } from '../retry/retry-kinds';
import type { Broker, Rocket, RocketSim } from '../state';
import { tickAtOrAfter } from '../timers';
import { sendRefusedBySlave } from './ha-kinds';
import { blockedBy, isPageCacheBusy, lockHeldUs, putLeft } from './put';
import { sendCleanedBusy, sendCleanedLate, sendOverload, sendRejectedBusy } from './send-kinds';
import { brokerOf, type GivenBack, isSlave, type QueuedTask, type Send } from './store-state';

/**
 * The few threads of `SendMessageProcessor`, which take sends and what consumers give back: turned away at once when
 * the broker is busy (BR-26), else handled in order of arrival (BR-28), with a sweep that answers what has waited too
 * long (BR-27).
 */

/** A thread has come to a send, or to a message that is given back; it is kept until `putLeft`. */
export const sendRun = defineEvent<Send>('send.process');
export const backRun = defineEvent<GivenBack>('send-back.process');
const sweep = defineEvent<Record<string, never>>('send.sweep');

const SEND_CPU_NS = 12_000;
/** For each further message of a batch: its copy and its checksum (an assumption). */
const BATCHED_CPU_NS = 1_000;
const SWEEP = { firstUs: 1_000_000, periodUs: 10_000 };
const NEVER = Number.POSITIVE_INFINITY;
const REJECTED = '[REJECTREQUEST]system busy, start flow control for a while';

type Task = Send | GivenBack;

/** Hands a request to the pool, or turns it away. */
export function admit(sim: RocketSim, node: number, task: Task): void {
  const broker = brokerOf(sim, node);
  const { sends } = broker.store.memory;
  const { message } = task;
  // `SendMessageProcessor#rejectRequest`; a slave of 4.9 or of the acting-master mode finds out at the put.
  if (isSlave(broker) && sim.state.product.version !== '4.9' && !broker.config.enableSlaveActingMaster) {
    busy(sim, node, task, REJECTED, () => sim.emit(sendRefusedBySlave, node, message, Code.SYSTEM_BUSY));
  } else if (isPageCacheBusy(sim, broker)) {
    const heldUs = lockHeldUs(sim, broker);
    busy(sim, node, task, REJECTED, () =>
      sim.emit(sendRejectedBusy, node, message, heldUs, blockedBy(broker)),
    );
  } else if (sends.busy < broker.config.sendMessageThreadPoolNums) run(sim, broker, task);
  else if (sends.queue.length >= broker.config.sendThreadPoolQueueCapacity) {
    busy(sim, node, task, '[OVERLOAD]system busy, start flow control for a while', () =>
      sim.emit(sendOverload, node, message, sends.queue.length),
    );
  } else {
    sends.queue.push({ ...task, arrivedUs: sim.nowUs });
    armSweep(sim, node);
  }
}

function run(sim: RocketSim, broker: Broker, task: Task): void {
  broker.store.memory.sends.busy++;
  const { node } = broker;
  if ('back' in task) useCpu(sim, node, SEND_CPU_NS, backRun, task);
  else useCpu(sim, node, SEND_CPU_NS + ((task.batch ?? 1) - 1) * BATCHED_CPU_NS, sendRun, task);
}

/** Answers SYSTEM_BUSY. `tell` says of a send why; of what is given back it is enough that it is not taken. */
function busy(sim: RocketSim, node: number, task: Task, remark: string, tell: () => void): void {
  if ('back' in task) sim.emit(sendBackRefused, node, task.back.body.record, Code.SYSTEM_BUSY);
  else tell();
  reply(sim, node, task, { status: Code.SYSTEM_BUSY, body: undefined, remark, message: task.message });
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
export function armSweep(sim: RocketSim, node: number): void {
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
    clean(sim, broker, sends.queue.length, 'PCBUSY_CLEAN_QUEUE', ({ message }) =>
      sim.emit(sendCleanedBusy, node, message, heldUs, blockedBy(broker)),
    );
  }
  const limitUs = broker.config.waitTimeMillsInSendQueue * 1000;
  let late = 0;
  while (late < sends.queue.length && sim.nowUs - (sends.queue[late] as QueuedTask).arrivedUs >= limitUs)
    late++;
  clean(sim, broker, late, 'TIMEOUT_CLEAN_QUEUE', ({ message }, waitedUs) =>
    sim.emit(sendCleanedLate, node, message, waitedUs, blockedBy(broker)),
  );
  armSweep(sim, node);
}

/** Answers the first requests of the queue with SYSTEM_BUSY. */
function clean(
  sim: RocketSim,
  broker: Broker,
  count: number,
  tag: string,
  tell: (task: Task, waitedUs: number) => void,
): void {
  const { queue } = broker.store.memory.sends;
  const cleaned = queue.splice(0, count);
  cleaned.forEach((task, index) => {
    const waitedUs = sim.nowUs - task.arrivedUs;
    const size = queue.length + cleaned.length - index - 1;
    const remark = `[${tag}]broker busy, start flow control for a while, period in queue: ${Math.floor(waitedUs / 1000)}ms, size of queue: ${size}`;
    sim.because(task.cause, () => busy(sim, broker.node, task, remark, () => tell(task, waitedUs)));
  });
}

export function registerSendPool(handlers: Handlers<World<Rocket>>): void {
  handlers.on(putLeft, onPutLeft).on(sweep, onSweep);
}
