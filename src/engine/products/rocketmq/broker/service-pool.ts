import { defineEvent, type Handlers } from '../../../core/sim';
import { useCpu } from '../../../model/resources';
import type { World } from '../../../model/world';
import { Code, type PullMessage, type PullResult } from '../protocol';
import { type Incoming, reply } from '../remoting';
import type { Rocket, RocketSim } from '../state';
import { tickAtOrAfter } from '../timers';
import { pullOverdue } from './service-kinds';
import type { PullTask } from './service-state';
import { brokerOf } from './store-state';

/** The thread pool of `PullMessageProcessor`, and the fast failure of what waits in front of it (BR-27, BR-28). */

const PULL_CPU_NS = 15_000;
/** `BrokerFastFailure`: every 10 ms, first after 1 s. */
const FAST_FAILURE = { firstUs: 1_000_000, periodUs: 10_000 };

/** A thread has come to a pull: it keeps the thread until `releaseThread`. */
export const pullRun = defineEvent<{ readonly task: PullTask }>('broker.pull-run');
const pullSweep = defineEvent<Record<string, never>>('broker.pull-queue-sweep');

/** Answers a pull with an error code. */
export function refusePull(
  sim: RocketSim,
  node: number,
  request: Incoming<PullMessage>,
  status: number,
  remark = '',
): void {
  reply(sim, node, request, { status, body: NOTHING, remark });
}
export const NOTHING: PullResult = {
  records: [],
  nextOffset: 0,
  minOffset: 0,
  maxOffset: 0,
  suggestBrokerId: 0,
};

/** Hands a pull to the pool: a new one, or a parked one that is run for the second and last time. */
export function submitPull(
  sim: RocketSim,
  node: number,
  request: Incoming<PullMessage>,
  mayHold: boolean,
): void {
  const { pool } = brokerOf(sim, node).service;
  const task: PullTask = { frozen: true, request, arrivedUs: sim.nowUs, mayHold };
  if (pool.busy < pool.threads) start(sim, node, task);
  else {
    pool.waiting.push(task);
    armSweep(sim, node);
  }
}

function start(sim: RocketSim, node: number, task: PullTask): void {
  brokerOf(sim, node).service.pool.busy++;
  useCpu(sim, node, PULL_CPU_NS, pullRun, { task });
}

/** The thread of a pull is free again. */
export function releaseThread(sim: RocketSim, node: number): void {
  const { pool } = brokerOf(sim, node).service;
  pool.busy--;
  const next = pool.waiting.shift();
  if (next !== undefined) {
    const cause = sim.currentCause;
    sim.because(cause, () => start(sim, node, next));
  }
}

function armSweep(sim: RocketSim, node: number): void {
  const { service, config } = brokerOf(sim, node);
  const { pool } = service;
  const head = pool.waiting[0];
  if (head === undefined || !config.brokerFastFailureEnable || Number.isFinite(pool.sweepAtUs)) return;
  const dueUs = Math.max(sim.nowUs, head.arrivedUs + config.waitTimeMillsInPullQueue * 1000);
  pool.sweepAtUs = tickAtOrAfter(sim, node, FAST_FAILURE, dueUs);
  sim.at(pool.sweepAtUs, node, pullSweep, {});
}

/** Requests that waited too long are answered SYSTEM_BUSY from the head of the queue. [BR-27] */
function sweep(sim: RocketSim, node: number): void {
  const { service, config } = brokerOf(sim, node);
  const { pool } = service;
  pool.sweepAtUs = Number.POSITIVE_INFINITY;
  const limitUs = config.waitTimeMillsInPullQueue * 1000;
  const cause = sim.currentCause;
  for (
    let head = pool.waiting[0];
    head !== undefined && sim.nowUs - head.arrivedUs >= limitUs;
    head = pool.waiting[0]
  ) {
    const { request, arrivedUs } = head;
    pool.waiting.shift();
    sim.because(cause, () => {
      sim.emit(pullOverdue, node, request.from, sim.nowUs - arrivedUs);
      refusePull(
        sim,
        node,
        request,
        Code.SYSTEM_BUSY,
        '[TIMEOUT_CLEAN_QUEUE]broker busy, start flow control for a while',
      );
    });
  }
  armSweep(sim, node);
}

export function registerPool(handlers: Handlers<World<Rocket>>): void {
  handlers.on(pullSweep, sweep);
}
