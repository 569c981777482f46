import { defineEvent, type Handlers } from '../../../core/sim';
import type { World } from '../../../model/world';
import { brokerOf } from '../broker/store-state';
import { matchesEntry, matchesRecord } from '../filter/filter';
import type { Arrival } from '../protocol';
import { type Incoming, remotingOf, reply } from '../remoting';
import type { Rocket, RocketSim } from '../state';
import { tickAtOrAfter } from '../timers';
import { popHeld, popPollingEnded, popPollingFull } from './pop-kinds';
import { NOTHING_POPPED, PopCode, type PopMessage } from './pop-protocol';
import { popRetryTopic } from './pop-records';
import type { HeldPop } from './pop-state';

/**
 * `PopLongPollingService`: requests that found nothing wait for a message, or for their time to end; those whose time
 * ends first stand first (`PopRequest.COMPARATOR`). [PO-9]
 */

const SWEEP = { firstUs: 20_000, periodUs: 20_000 };
/** `PopRequest#isTimeout`: a request is answered so much before its time ends. */
const EARLY_US = 50_000;
/** `popLongPollingForceNotifyInterval`: each such offset wakes whether it is wanted or not. */
const FORCED_INTERVAL = 800;
/** A request is looked at: when it comes, each time when something may have come for it, and when its time ends. */
export const popRun = defineEvent<Incoming<PopMessage>>('pop.run');
const sweepDue = defineEvent<{ readonly atUs: number }>('pop.sweep');

export function holdPop(sim: RocketSim, node: number, request: Incoming<PopMessage>): void {
  const { service, config } = brokerOf(sim, node);
  const { pop } = service;
  const { topic, group } = request.body;
  const key = `${topic}@${group}`;
  const parked = pop.held.get(key) ?? [];
  // The list may hold one more than its size, as the product compares; all lists together may not.
  const isFull = pop.heldCount >= config.maxPopPollingSize;
  const held: HeldPop = { frozen: true, request };
  if (!isFull && isOver(sim, held)) {
    sim.emit(popPollingEnded, node, request.from, sim.nowUs - request.body.bornUs);
    reply(sim, node, request, { status: PopCode.POLLING_TIMEOUT, body: NOTHING_POPPED });
    return;
  }
  if (isFull || parked.length > config.popPollingSize) {
    sim.emit(popPollingFull, node, request.from, pop.heldCount);
    reply(sim, node, request, { status: PopCode.POLLING_FULL, body: NOTHING_POPPED });
    return;
  }
  sim.emit(popHeld, node, request.from);
  const after = parked.findIndex((other) => endUs(other) > endUs(held));
  pop.held.set(key, parked.toSpliced(after < 0 ? parked.length : after, 0, held));
  pop.heldCount++;
  armSweep(sim, node);
}

const endUs = ({ request: { body } }: HeldPop) => body.bornUs + body.pollUs - EARLY_US;
const isOver = (sim: RocketSim, held: HeldPop) => endUs(held) < sim.nowUs;

function armSweep(sim: RocketSim, node: number): void {
  const { pop } = brokerOf(sim, node).service;
  let first = Number.POSITIVE_INFINITY;
  for (const [head] of pop.held.values()) if (head !== undefined) first = Math.min(first, endUs(head));
  if (first === Number.POSITIVE_INFINITY) return;
  const atUs = tickAtOrAfter(sim, node, SWEEP, Math.max(sim.nowUs, first) + 1);
  if (pop.sweepAtUs <= atUs) return;
  pop.sweepAtUs = atUs;
  sim.at(atUs, node, sweepDue, { atUs });
}

function sweep(sim: RocketSim, node: number): void {
  const { pop } = brokerOf(sim, node).service;
  pop.sweepAtUs = Number.POSITIVE_INFINITY;
  const cause = sim.currentCause;
  for (const key of [...pop.held.keys()]) {
    const parked = pop.held.get(key) ?? [];
    const over = parked.filter((held) => isOver(sim, held));
    if (over.length === parked.length) pop.held.delete(key);
    else pop.held.set(key, parked.slice(over.length));
    pop.heldCount -= over.length;
    for (const { request } of over)
      if (isOpen(sim, node, request)) sim.because(cause, () => sim.call(popRun, node, request));
  }
  armSweep(sim, node);
}

/**
 * A message became visible: the first parked request of each group that pops its topic looks again, when its filter
 * wants the message; if not, nobody does. A record of the retry topic wakes nobody by its name of before V2, from
 * which the broker does not tell the topic (`parseNormalTopic`).
 */
export function popArrived(sim: RocketSim, node: number, { topic, offset, record }: Arrival): void {
  const { arena } = sim.state;
  const wanted = ({ request: { body } }: HeldPop) =>
    offset % FORCED_INTERVAL === 0 ||
    (matchesEntry(arena, body.filter, record) && matchesRecord(arena, body.filter, record));

  const { pop } = brokerOf(sim, node).service;
  const cause = sim.currentCause;
  for (const [key, parked] of [...pop.held]) {
    const at = key.lastIndexOf('@');
    const own = key.slice(0, at);
    const group = key.slice(at + 1);
    if (own !== topic && topic !== popRetryTopic(group, own, true)) continue;
    sim.because(cause, () => wakePop(sim, node, key, parked, wanted));
  }
}

/** A request whose connection has closed is passed over; the proxy's own channel to the broker never closes. */
const isOpen = (sim: RocketSim, node: number, { conn, body }: Incoming<PopMessage>): boolean =>
  body.clientId !== undefined || remotingOf(sim, node).accepted.has(conn);

function wakePop(
  sim: RocketSim,
  node: number,
  key: string,
  parked: readonly HeldPop[],
  wanted: (held: HeldPop) => boolean = () => true,
): void {
  const { pop } = brokerOf(sim, node).service;
  const at = parked.findIndex(({ request }) => isOpen(sim, node, request));
  const first = parked[at];
  const head = first !== undefined && wanted(first) ? first : undefined;
  const rest = at < 0 ? [] : parked.slice(head === undefined ? at : at + 1);
  pop.heldCount -= parked.length - rest.length;
  if (rest.length === 0) pop.held.delete(key);
  else pop.held.set(key, rest);
  if (head !== undefined) sim.call(popRun, node, head.request);
}

/** A queue of the topic is free for the group again: one of its parked requests looks. [PO-8] */
export function popUnblocked(sim: RocketSim, node: number, topic: string, group: string): void {
  const key = `${topic}@${group}`;
  wakePop(sim, node, key, brokerOf(sim, node).service.pop.held.get(key) ?? []);
}

export function registerPopHold(handlers: Handlers<World<Rocket>>): void {
  handlers.on(sweepDue, (sim, node, { atUs }) => {
    if (brokerOf(sim, node).service.pop.sweepAtUs === atUs) sweep(sim, node);
  });
}
