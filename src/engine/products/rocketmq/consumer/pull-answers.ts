import type { Handlers } from '../../../core/sim';
import { recordMessage, type World } from '../../../model/world';
import { matchesMessage } from '../filter/filter';
import { droppedByClient, offsetCorrected } from '../filter/filter-kinds';
import { submitOrderly } from '../orderly/consume-orderly';
import { Code, type PullResult } from '../protocol';
import type { Answered, CallOutcome } from '../remoting';
import type { Consumer, Rocket, RocketSim } from '../state';
import { submitBatch } from './consume-pool';
import { pullLost, slaveSpin, sourceChanged } from './consumer-kinds';
import { consumerOf, heldQueue, isOrderly, MASTER_ID, type QueueRef } from './consumer-of';
import type { ProcessQueue } from './consumer-state';
import { offsetIllegal } from './offset-illegal';
import { raiseOffset } from './offset-store';
import { cachedCount, putRecords } from './process-queue';
import { connectEnded, PULL_AGAIN_US, pullAgainAfter, pullAnswered, pullLater, takeTurn } from './pull-turns';

/** `PullCallback`: what a consumer does with the answer to a pull. [CO-4] */

/** `PULL_TIME_DELAY_MILLS_WHEN_BROKER_FLOW_CONTROL`. */
const BROKER_FLOW_CONTROL_US = 20_000;

function onAnswer(sim: RocketSim, node: number, { context, outcome }: Answered<QueueRef, PullResult>): void {
  const consumer = consumerOf(sim, node);
  const held = heldQueue(consumer, context);
  const cause = sim.currentCause;
  if (!outcome.ok && outcome.error === 'connect') connectEnded(sim, consumer);
  if (outcome.ok && isUnderstood(outcome.status)) {
    sim.because(cause, () => suggested(sim, consumer, context.queue, outcome.body.suggestBrokerId));
  }
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
  if (!isUnderstood(status)) {
    pullAgainAfter(
      sim,
      consumer,
      held,
      status === Code.FLOW_CONTROL ? BROKER_FLOW_CONTROL_US : PULL_AGAIN_US,
    );
    return;
  }
  held.failing = false;
  const asked = held.nextOffset;
  held.nextOffset = body.nextOffset;
  if (status === Code.PULL_OFFSET_MOVED) {
    offsetIllegal(sim, consumer, held);
    return;
  }
  noteSpin(sim, consumer, held, status === Code.PULL_RETRY_IMMEDIATELY && body.nextOffset === asked);
  if (status === Code.SUCCESS) {
    const records = filterAgain(sim, consumer, held, body.records);
    putRecords(sim.state.arena, held, records);
    if (isOrderly(consumer)) submitOrderly(sim, consumer, held);
    else submitBatch(sim, consumer, { queue: held.queue, serial: held.serial, records });
    if (config.pullInterval > 0 && records.length > 0) {
      pullLater(sim, node, held, config.pullInterval * 1000);
      return;
    }
  } else correctOffset(sim, consumer, held);
  sim.byClock(() => takeTurn(sim, consumer, held));
}

/** `PullAPIWrapper#processPullResult`: the broker has compared hashes, the client compares the tags. [FI-2] */
function filterAgain(
  sim: RocketSim,
  { node, filter, spec }: Consumer,
  held: ProcessQueue,
  records: readonly number[],
): readonly number[] {
  if (filter.kind !== 'tags' || held.topic !== spec.topic) return records;
  const { arena } = sim.state;
  const cause = sim.currentCause;
  return records.filter((record) => {
    const wanted = matchesMessage(arena, filter, recordMessage(arena, record));
    if (!wanted) sim.because(cause, () => sim.emit(droppedByClient, node, record));
    return wanted;
  });
}

/** `correctTagsOffset`: with nothing in hand the next offset is its progress, whatever was passed over. [FI-4] */
function correctOffset(sim: RocketSim, consumer: Consumer, held: ProcessQueue): void {
  if (cachedCount(held) > 0) return;
  const before = consumer.state.offsets.get(held.queue);
  raiseOffset(consumer, held.queue, held.nextOffset);
  if (before === undefined || held.nextOffset <= before) return;
  const cause = sim.currentCause;
  const entry = sim.because(cause, () =>
    sim.emit(offsetCorrected, consumer.node, held.queue, held.nextOffset),
  );
  // What a warm-up did, nobody can look up.
  if (sim.nowUs >= 0) held.correctedBy = entry;
}

/** Statuses that a client reads a pull result from. */
const isUnderstood = (status: number) =>
  status === Code.SUCCESS ||
  status === Code.PULL_NOT_FOUND ||
  status === Code.PULL_RETRY_IMMEDIATELY ||
  status === Code.PULL_OFFSET_MOVED;

/** The answer names the broker id for the next pull of the queue, whoever of this client's life makes it. [HA-15] */
function suggested(sim: RocketSim, { node, state }: Consumer, queue: number, brokerId: number): void {
  if ((state.pullFrom.get(queue) ?? MASTER_ID) === brokerId) return;
  state.pullFrom.set(queue, brokerId);
  sim.emit(sourceChanged, node, queue, brokerId);
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
