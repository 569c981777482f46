import { defineEvent, type Handlers } from '../../../core/sim';
import { faultBehind } from '../../../model/silence';
import {
  queueOf,
  recordMessage,
  recordOffset,
  recordPropsOf,
  recordQueue,
  type World,
} from '../../../model/world';
import { putEscaping } from '../broker/put-escape';
import { commitOffset } from '../broker/service-offsets';
import { runsSpecialServices } from '../broker/special-services';
import {
  brokerOf,
  consumeQueueOf,
  maxOffsetOf,
  minOffsetOf,
  type PutEnded,
  recordAtOffset,
} from '../broker/store-state';
import { Code } from '../protocol';
import { reconsumeTimesOf } from '../retry/retry-topics';
import type { Broker, Rocket, RocketSim } from '../state';
import { ensurePopRetryTopic, putCheckpoint } from './pop-broker';
import { popRevived, reviveFailed } from './pop-kinds';
import { checkpointKey, coveredOffsets, groupOfPop, popTimeUs } from './pop-records';
import type { OpenCheckpoint, ReviveQueue } from './pop-state';
import { REVIVE_GROUP, REVIVE_TOPIC } from './revive-topic';

/**
 * `PopReviveService`: one thread a revive queue pairs checkpoints with acks and puts what nobody confirmed into the
 * group's retry topic. A thread that has nothing to look for is not scheduled. [PO-5, PO-6]
 */

/** The timer wheel delivers at full seconds, found by a look each 100 ms (SC-9). */
const WHEEL_US = 1_000_000;
const WHEEL_LOOK_US = 100_000;
/** `PopAckConstants.ackTimeInterval`: a checkpoint is to be delivered so much before its acks. */
const AHEAD_US = 1_000_000;
/** A checkpoint is settled when the newest revive time is more than this past it. */
const SETTLED_US = 2_000_000;
/** Without anything newer the thread takes the time for the newest moment of delivery after this. */
const IDLE_US = 3_000_000;
/** `PopReviveService.ckRewriteIntervalsInSeconds`. */
const REWRITE_SECONDS = [
  10, 20, 30, 60, 120, 180, 240, 300, 360, 420, 480, 540, 600, 1_200, 1_800, 3_600, 7_200,
];

const look = defineEvent<{ readonly reviveQueue: number; readonly atUs: number }>('pop.revive-look');
interface Revival {
  readonly checkpoint: number;
  readonly record: number;
}
const revived = defineEvent<PutEnded<Revival>>('pop.revived');
const rewritten = defineEvent<PutEnded<Revival>>('pop.rewritten');

/** A checkpoint or an ack was stored: the wheel will deliver it. */
export function reviveArrived(sim: RocketSim, node: number, record: number): void {
  const broker = brokerOf(sim, node);
  if (!runsSpecialServices(broker)) return;
  const reviveQueue = queueOf(sim.state.arena, recordQueue(sim.state.arena, record)).queueId;
  const queue = reviveQueueOf(broker, reviveQueue);
  const entry = { frozen: true, atUs: deliveredUs(sim, record), record } as const;
  let at = queue.waiting.length;
  while (at > 0 && (queue.waiting[at - 1]?.atUs ?? 0) > entry.atUs) at--;
  queue.waiting.splice(at, 0, entry);
  arm(sim, broker, reviveQueue, queue);
}

function reviveQueueOf({ service: { pop } }: Broker, id: number): ReviveQueue {
  while (pop.revive.length <= id) {
    pop.revive.push({
      waiting: [],
      open: new Map(),
      endUs: 0,
      lookUs: Number.POSITIVE_INFINITY,
      lastLookUs: 0,
    });
  }
  return pop.revive[id] as ReviveQueue;
}

/** A checkpoint comes a second before its revive time, so that it is there before the acks. */
function deliveredUs(sim: RocketSim, record: number): number {
  const props = recordPropsOf(sim.state.arena, record);
  if (props === undefined) throw new RangeError(`record ${record} is no checkpoint`);
  const dueUs = props.deliverUs - (props.role === 'popCheckpoint' ? AHEAD_US : 0);
  return dueUs <= sim.nowUs ? sim.nowUs : Math.ceil(dueUs / WHEEL_US) * WHEEL_US + WHEEL_LOOK_US;
}

/** The thread looks each `reviveInterval` while checkpoints are open, up to `reviveMaxSlow` times as seldom otherwise. */
function arm(sim: RocketSim, { node, config }: Broker, reviveQueue: number, queue: ReviveQueue): void {
  const first = queue.waiting[0]?.atUs;
  if (queue.open.size === 0 && first === undefined) return;
  const stepUs = config.reviveInterval * 1000 * (queue.open.size > 0 ? 1 : config.reviveMaxSlow);
  const fromUs = Math.max(sim.nowUs + 1, queue.open.size > 0 ? 0 : (first ?? 0));
  const steps = Math.max(1, Math.ceil((fromUs - queue.lastLookUs) / stepUs));
  const atUs = queue.lastLookUs + steps * stepUs;
  if (atUs >= queue.lookUs) return;
  queue.lookUs = atUs;
  sim.byClock(() => sim.at(atUs, node, look, { reviveQueue, atUs }));
}

function onLook(
  sim: RocketSim,
  node: number,
  { reviveQueue, atUs }: { readonly reviveQueue: number; readonly atUs: number },
): void {
  const broker = brokerOf(sim, node);
  const queue = reviveQueueOf(broker, reviveQueue);
  if (queue.lookUs !== atUs) return;
  queue.lookUs = Number.POSITIVE_INFINITY;
  queue.lastLookUs = sim.nowUs;
  if (!runsSpecialServices(broker)) return;
  const read = readDelivered(sim, queue);
  if (!read && queue.endUs !== 0 && sim.nowUs - queue.endUs > IDLE_US) queue.endUs = sim.nowUs;
  const cause = sim.currentCause;
  for (const [key, checkpoint] of [...queue.open]) {
    const props = recordPropsOf(sim.state.arena, checkpoint.record);
    if (props === undefined || queue.endUs - props.deliverUs <= SETTLED_US) break;
    queue.open.delete(key);
    sim.because(cause, () => reviveAll(sim, broker, checkpoint));
  }
  const oldest = Math.min(
    ...[...queue.open.values()].map(({ record }) => recordOffset(sim.state.arena, record)),
    ...queue.waiting.map(({ record }) => recordOffset(sim.state.arena, record)),
    maxOffsetOf(consumeQueueOf(sim, broker, REVIVE_TOPIC, reviveQueue)),
  );
  commitOffset(sim, node, {
    group: REVIVE_GROUP,
    topic: REVIVE_TOPIC,
    queueId: reviveQueue,
    offset: oldest,
  });
  arm(sim, broker, reviveQueue, queue);
}

/** What the wheel has delivered: checkpoints open, acks settle their message. True when there was something. */
function readDelivered(sim: RocketSim, queue: ReviveQueue): boolean {
  const { arena } = sim.state;
  let count = 0;
  for (; count < queue.waiting.length; count++) {
    const entry = queue.waiting[count];
    if (entry === undefined || entry.atUs > sim.nowUs) break;
    const props = recordPropsOf(arena, entry.record);
    if (props === undefined) continue;
    const isCheckpoint = props.role === 'popCheckpoint';
    queue.endUs = Math.max(queue.endUs, props.deliverUs - (isCheckpoint ? AHEAD_US : 0));
    const key = checkpointKey(arena, entry.record);
    if (isCheckpoint) queue.open.set(key, { record: entry.record, acked: 0 });
    else {
      const checkpoint = queue.open.get(key);
      if (checkpoint !== undefined) checkpoint.acked |= 1 << props.reconsumeTimes;
    }
  }
  queue.waiting.splice(0, count);
  return count > 0;
}

/** `reviveMsgFromCk`: what was not confirmed comes again, from the retry topic. */
function reviveAll(sim: RocketSim, broker: Broker, { record, acked }: OpenCheckpoint): void {
  const { arena } = sim.state;
  const props = recordPropsOf(arena, record);
  if (props === undefined) return;
  const { topic, queueId } = queueOf(arena, props.realQueue);
  const queue = consumeQueueOf(sim, broker, topic, queueId);
  if (queue === undefined) return;
  const cause = sim.currentCause;
  for (const [bit, offset] of coveredOffsets(arena, record).entries()) {
    if ((acked & (1 << bit)) !== 0 || offset < minOffsetOf(queue) || offset >= maxOffsetOf(queue)) continue;
    const popped = recordAtOffset(queue, offset);
    sim.because(cause, () => revive(sim, broker, record, popped, topic));
  }
}

function revive(sim: RocketSim, broker: Broker, checkpoint: number, record: number, topic: string): void {
  const { node } = broker;
  const { arena } = sim.state;
  const props = recordPropsOf(arena, checkpoint);
  if (props === undefined) return;
  const group = groupOfPop(arena, checkpoint);
  sim.emit(popRevived, node, record, sim.nowUs - props.deliverUs, faultOfGroup(sim, node, group));
  const retryTopic = ensurePopRetryTopic(sim, broker, group, topic);
  const retry = {
    role: 'retry',
    reconsumeTimes: Math.min(255, reconsumeTimesOf(arena, record) + 1),
  } as const;
  putEscaping(
    sim,
    node,
    { message: recordMessage(arena, record), topic: retryTopic, queueId: 0, props: retry },
    { event: revived, context: { checkpoint, record } },
  );
}

/** Entry of the fault of a member of a group, for what its silence leads to. */
function faultOfGroup(sim: RocketSim, node: number, group: string): number | undefined {
  for (const consumer of sim.state.product.consumers.values()) {
    const fault = consumer.spec.group === group ? faultBehind(sim, node, consumer.node) : undefined;
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** `rePutCK`: the message could not be stored; a checkpoint of its own has it tried again later. */
function onRevived(sim: RocketSim, node: number, { context, status }: PutEnded<Revival>): void {
  if (status === Code.SUCCESS) return;
  const { arena } = sim.state;
  const props = recordPropsOf(arena, context.checkpoint);
  const { queueId: reviveQueue } = queueOf(arena, recordQueue(arena, context.checkpoint));
  if (props === undefined) return;
  const seconds = REWRITE_SECONDS[Math.min(props.checkTimes, REWRITE_SECONDS.length - 1)] as number;
  sim.emit(reviveFailed, node, context.record, seconds * 1_000_000);
  const popped = {
    frozen: true,
    queue: props.realQueue,
    startOffset: recordOffset(arena, context.record),
    popUs: popTimeUs(arena, context.checkpoint),
    invisibleUs: sim.nowUs + seconds * 1_000_000 - popTimeUs(arena, context.checkpoint),
    reviveQueue,
    records: [context.record],
  } as const;
  putCheckpoint(sim, node, groupOfPop(arena, context.checkpoint), popped, props.checkTimes + 1, {
    event: rewritten,
    context,
  });
}

export function registerRevive(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(look, onLook)
    .on(revived, onRevived)
    .on(rewritten, () => undefined);
}
