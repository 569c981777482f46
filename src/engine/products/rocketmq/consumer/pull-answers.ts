import type { Handlers } from '../../../core/sim';
import type { World } from '../../../model/world';
import { isOrderly } from '../orderly/client-locks';
import { submitOrderly } from '../orderly/consume-orderly';
import { Code, type PullResult } from '../protocol';
import type { Answered, CallOutcome } from '../remoting';
import type { Consumer, Rocket, RocketSim } from '../state';
import { submitBatch } from './consume-pool';
import { pullLost, slaveSpin, sourceChanged } from './consumer-kinds';
import { consumerOf, heldQueue, type QueueRef } from './consumer-of';
import type { ProcessQueue } from './consumer-state';
import { offsetIllegal } from './offset-illegal';
import { putRecords } from './process-queue';
import {
  connectEnded,
  PULL_AGAIN_US,
  pullAgainAfter,
  pullAnswered,
  pullLater,
  refOf,
  takeTurn,
} from './pull-turns';

/** `PullCallback`: what a consumer does with the answer to a pull. [CO-4] */

/** `PULL_TIME_DELAY_MILLS_WHEN_BROKER_FLOW_CONTROL`. */
const BROKER_FLOW_CONTROL_US = 20_000;

function onAnswer(sim: RocketSim, node: number, { context, outcome }: Answered<QueueRef, PullResult>): void {
  const consumer = consumerOf(sim, node);
  const held = heldQueue(consumer, context);
  const cause = sim.currentCause;
  if (!outcome.ok && outcome.error === 'connect') connectEnded(sim, consumer);
  if (held === undefined || consumer.state.phase !== 'running') return;
  sim.because(cause, () => take(sim, consumer, held, outcome));
}

function take(
  sim: RocketSim,
  consumer: Consumer,
  held: ProcessQueue,
  outcome: CallOutcome<PullResult>,
): void {
  const { node, config } = consumer;
  if (!outcome.ok) {
    sim.emit(pullLost, node, held.queue, held.source);
    held.failing = true;
    pullLater(sim, node, held, PULL_AGAIN_US);
    return;
  }
  const { status, body } = outcome;
  const understood =
    status === Code.SUCCESS ||
    status === Code.PULL_NOT_FOUND ||
    status === Code.PULL_RETRY_IMMEDIATELY ||
    status === Code.PULL_OFFSET_MOVED;
  if (!understood) {
    pullAgainAfter(
      sim,
      consumer,
      held,
      status === Code.FLOW_CONTROL ? BROKER_FLOW_CONTROL_US : PULL_AGAIN_US,
    );
    return;
  }
  held.failing = false;
  suggested(sim, node, held, body.suggestBrokerId);
  held.nextOffset = body.nextOffset;
  if (status === Code.PULL_OFFSET_MOVED) {
    offsetIllegal(sim, consumer, held);
    return;
  }
  noteSpin(sim, consumer, held, status === Code.PULL_RETRY_IMMEDIATELY);
  if (status === Code.SUCCESS) {
    putRecords(sim.state.arena, held, body.records);
    if (isOrderly(consumer)) submitOrderly(sim, consumer, held);
    else submitBatch(sim, consumer, { ...refOf(held), records: body.records });
    if (config.pullInterval > 0) {
      pullLater(sim, node, held, config.pullInterval * 1000);
      return;
    }
  }
  takeTurn(sim, consumer, held);
}

/** The answer names the broker id for the next pull. [HA-15] */
function suggested(sim: RocketSim, node: number, held: ProcessQueue, brokerId: number): void {
  if (held.pullFrom === brokerId) return;
  held.pullFrom = brokerId;
  const cause = sim.currentCause;
  sim.because(cause, () => sim.emit(sourceChanged, node, held.queue, brokerId));
}

/** A caught-up slave is asked again and again; the trace says so once. [HA-16] */
function noteSpin(sim: RocketSim, { node }: Consumer, held: ProcessQueue, spinning: boolean): void {
  if (spinning && !held.spinning) {
    const cause = sim.currentCause;
    sim.because(cause, () => sim.emit(slaveSpin, node, held.queue, held.source));
  }
  held.spinning = spinning;
}

export function registerAnswers(handlers: Handlers<World<Rocket>>): void {
  handlers.on(pullAnswered, onAnswer);
}
