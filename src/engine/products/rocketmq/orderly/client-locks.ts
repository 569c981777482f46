import { defineEvent, type EventType, type Handlers } from '../../../core/sim';
import { queueOf, type World } from '../../../model/world';
import { findBrokerInPublish, findBrokerInSubscribe } from '../client/client';
import { consumerOf, MASTER_ID, needsLocks } from '../consumer/consumer-of';
import type { ProcessQueue } from '../consumer/consumer-state';
import { Code } from '../protocol';
import { type Answered, invoke, oneway } from '../remoting';
import type { Consumer, Rocket, RocketSim } from '../state';
import { defineTimer, startTimer } from '../timers';
import { lockBatchMq, unlockBatchMq } from './broker-locks';
import { lockExpired, locksRenewed } from './orderly-kinds';
import { holdThread, letThreadGo, onThread } from './scheduled-thread';

/** `RebalanceImpl#lock`, `#lockAll`, `#unlock`: a consumer's side of the locks. [OR-3] */

const TIMEOUT_US = 1_000_000;
/** `ProcessQueue.REBALANCE_LOCK_MAX_LIVE_TIME`: half of what the broker grants. */
const LOCK_LIVES_US = 30_000_000;

/** `locked` and not expired; an expired lock is told once. */
export function mayConsume(sim: RocketSim, consumer: Consumer, held: ProcessQueue): boolean {
  if (!needsLocks(consumer)) return true;
  if (!held.locked) return false;
  const ageUs = sim.nowUs - held.lockedUs;
  if (ageUs <= LOCK_LIVES_US) return true;
  sim.emit(lockExpired, consumer.node, held.queue, ageUs);
  return false;
}

export interface LockAnswer<C> {
  readonly context: C;
  readonly queue: number;
  readonly locked: boolean;
}
interface Asked {
  readonly queue: number;
  readonly toTell: EventType<LockAnswer<unknown>>;
  readonly context: unknown;
}
const lockAnswered = defineEvent<Answered<Asked, readonly number[]>>('orderly.lock-answered');
interface Renewed {
  readonly queues: readonly number[];
  /** Whom the thread asks next. */
  readonly rest: readonly Renewal[];
}
const renewed = defineEvent<Answered<Renewed, readonly number[]>>('orderly.locks-renewed');

/** Asks for the lock of one queue; `ended.event` follows. */
export function lockOne<C>(
  sim: RocketSim,
  consumer: Consumer,
  queue: number,
  ended: { readonly event: EventType<LockAnswer<C>>; readonly context: C },
): void {
  const { node, client, spec } = consumer;
  const { topic, group: brokerName, queueId } = queueOf(sim.state.arena, queue);
  const broker = findBrokerInSubscribe(client, brokerName, MASTER_ID, true);
  const context: Asked = { queue, toTell: ended.event, context: ended.context };
  if (broker === undefined) {
    sim.call(context.toTell, node, { context: context.context, queue, locked: false });
    return;
  }
  const body = { group: spec.group, clientId: client.clientId, queues: [{ topic, queueId }] };
  const then = { event: lockAnswered, context };
  invoke(sim, node, broker.node, lockBatchMq, body, { timeoutUs: TIMEOUT_US, then });
}

/** `ConsumeMessageOrderlyService#lockMQPeriodically`: all queues, one broker after the other, first after 1 s. */
const lockTimer = defineTimer('consumer.lock-all', 1_000_000, 20_000_000, (sim, node) =>
  onThread(sim, node, { kind: 'renew' }),
);

/** `RebalanceImpl#lockAll`. The thread waits for each broker in turn. */
export function renewLocks(sim: RocketSim, { node, state }: Consumer): void {
  const byBroker = new Map<string, number[]>();
  for (const { dropped, brokerName, queue } of state.queues.values()) {
    if (dropped) continue;
    const queues = byBroker.get(brokerName);
    if (queues === undefined) byBroker.set(brokerName, [queue]);
    else queues.push(queue);
  }
  holdThread(sim, node);
  renewNext(sim, node, [...byBroker]);
}

type Renewal = readonly [brokerName: string, queues: readonly number[]];

function renewNext(sim: RocketSim, node: number, [first, ...rest]: readonly Renewal[]): void {
  if (first === undefined) {
    letThreadGo(sim, node);
    return;
  }
  const { client, spec } = consumerOf(sim, node);
  const [brokerName, queues] = first;
  const broker = findBrokerInSubscribe(client, brokerName, MASTER_ID, true);
  if (broker === undefined) {
    renewNext(sim, node, rest);
    return;
  }
  sim.emit(locksRenewed, node, queues.length, broker.node);
  const wanted = queues.map((queue) => {
    const { topic, queueId } = queueOf(sim.state.arena, queue);
    return { topic, queueId };
  });
  const body = { group: spec.group, clientId: client.clientId, queues: wanted };
  const then = { event: renewed, context: { queues, rest } };
  invoke(sim, node, broker.node, lockBatchMq, body, { timeoutUs: TIMEOUT_US, then });
}

/** The locks of a consumer that starts are taken anew in time. */
export function startLocking(sim: RocketSim, node: number): void {
  startTimer(sim, node, lockTimer);
}

/** Tells the broker that the queue is free. */
export function unlock(sim: RocketSim, { node, client, spec }: Consumer, held: ProcessQueue): void {
  const master = findBrokerInPublish(client, held.brokerName);
  if (master === undefined) return;
  const { topic, queueId } = held;
  const body = { group: spec.group, clientId: client.clientId, queues: [{ topic, queueId }] };
  oneway(sim, node, master, unlockBatchMq, body);
}

function note(sim: RocketSim, consumer: Consumer, queue: number, locked: boolean): void {
  const held = consumer.state.queues.get(queue);
  if (held === undefined) return;
  held.locked = locked;
  if (locked) held.lockedUs = sim.nowUs;
}

export function registerClientLocks(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(lockAnswered, (sim, node, { context: { queue, toTell, context }, outcome }) => {
      const locked = outcome.ok && outcome.status === Code.SUCCESS && outcome.body.includes(queue);
      if (locked) note(sim, consumerOf(sim, node), queue, true);
      sim.call(toTell, node, { context, queue, locked });
    })
    .on(renewed, (sim, node, { context: { queues, rest }, outcome }) => {
      const granted = outcome.ok && outcome.status === Code.SUCCESS ? outcome.body : undefined;
      for (const queue of granted === undefined ? [] : queues) {
        note(sim, consumerOf(sim, node), queue, granted?.includes(queue) === true);
      }
      renewNext(sim, node, rest);
    });
}
