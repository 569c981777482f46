import type { Role } from '../../../core/kinds';
import type { RocketSim } from '../state';

const SPAN_US = 2_000_000;
/** A jump may have left less of the trace than that; what happened in a blink says nothing of a rate. */
const SPAN_MIN_US = 200_000;
const ENTRIES_MAX = 20_000;

/**
 * Entries of a role per second and process, over the last two seconds of virtual time: less when much happens, or
 * when the trace is kept only since a jump.
 */
export function ratesOf(sim: RocketSim, role: Role): Map<number, number> {
  const counts = new Map<number, number>();
  let seen = 0;
  let fromUs = Math.max(0, keptSinceUs(sim), sim.nowUs - SPAN_US);
  sim.window?.scanBack((entry) => {
    if (entry.timeUs < fromUs) return false;
    if (++seen > ENTRIES_MAX) {
      fromUs = entry.timeUs;
      return false;
    }
    if (entry.kind.role === role) counts.set(entry.node, (counts.get(entry.node) ?? 0) + 1);
    return true;
  });
  const spanUs = Math.max(Math.min(SPAN_MIN_US, sim.nowUs), 1, sim.nowUs - fromUs);
  for (const [node, count] of counts) counts.set(node, asMeasured((count * 1_000_000) / spanUs));
  return counts;
}

/** A count over two seconds has no tenths of more than ten. */
const asMeasured = (rate: number): number => (rate < 10 ? rate : Math.round(rate));

/** Since when the whole trace is at hand. */
const keptSinceUs = ({ window, nowUs }: RocketSim): number =>
  window === undefined || window.firstId === 0 ? 0 : (window.get(window.firstId)?.timeUs ?? nowUs);
