import { internText } from '../../../model/world';
import type { RocketSim } from '../state';
import { dispatchesFlushed } from './confirm';
import { flushModeSet } from './flush-kinds';
import { dispatchBegins } from './log-kinds';
import { brokerOf } from './store-state';

/** What a broker says of its settings when it starts, and when they change. */

export function announceFlush(sim: RocketSim, node: number): void {
  sim.emit(flushModeSet, node, internText(sim.state.arena, brokerOf(sim, node).config.flushDiskType));
}

export function announceDispatch(sim: RocketSim, node: number): void {
  sim.emit(dispatchBegins, node, dispatchesFlushed(brokerOf(sim, node)) ? 1 : 0);
}
