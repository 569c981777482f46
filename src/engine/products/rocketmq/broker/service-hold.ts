import { defineEvent, type Handlers } from '../../../core/sim';
import type { World } from '../../../model/world';
import { type MessageFilter, matchesEntry, matchesRecord } from '../filter/filter';
import type { Arrival, PullMessage } from '../protocol';
import type { Incoming } from '../remoting';
import type { Rocket, RocketSim } from '../state';
import { tickAtOrAfter, timerBaseUs } from '../timers';
import { holdEnded, pullHeld, pullSwept, pullWoken } from './service-kinds';
import { submitPull } from './service-pool';
import type { HeldPull } from './service-state';
import { brokerOf, isSlave, maxOffsetOf } from './store-state';

/** `PullRequestHoldService`: pulls that found nothing wait here for a message, or for their time to end. [CO-7] */

const SWEEP_US = 5_000_000;
const holdSweep = defineEvent<{ baseUs: number }>('broker.hold-sweep');

export function holdPull(
  sim: RocketSim,
  node: number,
  request: Incoming<PullMessage>,
  queue: number,
  filter: MessageFilter,
): void {
  const { service, config } = brokerOf(sim, node);
  const { offset, suspendUs } = request.body;
  const holdUs = config.longPollingEnable ? suspendUs : config.shortPollingTimeMills * 1000;
  const pull: HeldPull = { frozen: true, request, sinceUs: sim.nowUs, untilUs: sim.nowUs + holdUs, filter };
  const parked = service.held.get(queue);
  if (parked === undefined) service.held.set(queue, [pull]);
  else parked.push(pull);
  service.heldCount++;
  sim.emit(pullHeld, node, queue, offset);
  armSweep(sim, node);
}

/** The sweep is scheduled only while something is parked; its ticks keep their phase. */
function armSweep(sim: RocketSim, node: number): void {
  const { service, config } = brokerOf(sim, node);
  if (service.heldCount === 0 || Number.isFinite(service.sweepAtUs)) return;
  const periodUs = config.longPollingEnable ? SWEEP_US : config.shortPollingTimeMills * 1000;
  service.sweepAtUs = tickAtOrAfter(sim, node, { firstUs: periodUs, periodUs }, sim.nowUs + 1);
  sim.at(service.sweepAtUs, node, holdSweep, { baseUs: timerBaseUs(sim, node) });
}

/**
 * Runs the parked pulls of a queue that now have something to read, or whose time is over; each once, without a
 * second hold. Of a record that has just arrived it is known whether a pull wants it; a sweep does not look.
 */
function look(sim: RocketSim, node: number, queue: number, maxOffset: number, arrived?: number): void {
  const broker = brokerOf(sim, node);
  const parked = broker.service.held.get(queue);
  if (parked === undefined) return;
  const staying: HeldPull[] = [];
  const cause = sim.currentCause;
  for (const pull of parked) {
    const { request, sinceUs, untilUs, filter } = pull;
    const found =
      maxOffset > request.body.offset &&
      (arrived === undefined ||
        (matchesEntry(sim.state.arena, filter, arrived) && matchesRecord(sim.state.arena, filter, arrived)));
    if (!found && sim.nowUs < untilUs) {
      staying.push(pull);
      continue;
    }
    broker.service.heldCount--;
    sim.because(cause, () => {
      const kind = !found ? holdEnded : arrived === undefined ? pullSwept : pullWoken;
      sim.emit(kind, node, queue, sim.nowUs - sinceUs);
      submitPull(sim, node, request, false);
    });
  }
  if (staying.length === 0) broker.service.held.delete(queue);
  else broker.service.held.set(queue, staying);
}

/** `notifyMasterOnline`: every parked pull runs again now, to be sent to the master. */
export function runHeldAgain(sim: RocketSim, node: number): void {
  const { service } = brokerOf(sim, node);
  const parked = [...service.held.values()].flat();
  service.held.clear();
  service.heldCount = 0;
  const cause = sim.currentCause;
  for (const { request } of parked) sim.because(cause, () => submitPull(sim, node, request, false));
}

function sweep(sim: RocketSim, node: number, { baseUs }: { baseUs: number }): void {
  const broker = brokerOf(sim, node);
  const { service } = broker;
  service.sweepAtUs = Number.POSITIVE_INFINITY;
  // A sweep of a former base: the timers were rebased in between.
  if (timerBaseUs(sim, node) === baseUs) {
    for (const queue of [...service.held.keys()]) {
      look(sim, node, queue, maxOffsetOf(broker.store.disk.queues.get(queue)));
    }
  }
  armSweep(sim, node);
}

/** A message became visible: the parked pulls of its queue that want it run again. */
export function pullArrived(sim: RocketSim, node: number, { queue, offset, record }: Arrival): void {
  const broker = brokerOf(sim, node);
  if (broker.service.heldCount === 0 || !broker.config.longPollingEnable) return;
  // A 4.x slave dispatches without telling anyone; there the sweep finds it.
  if (sim.state.product.version === '4.9' && isSlave(broker)) return;
  look(sim, node, queue, offset + 1, record);
}

export function registerHolds(handlers: Handlers<World<Rocket>>): void {
  handlers.on(holdSweep, sweep);
}
