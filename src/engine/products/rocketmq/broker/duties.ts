import { resumeRevive } from '../pop/revive-duty';
import { resumeSchedule } from '../schedule/schedule';
import { resumeTimers } from '../schedule/timer-duty';
import type { RocketSim } from '../state';
import { resumeChecks } from '../transaction/check-duty';

/**
 * The broker has the duties of a master from now on (`changeSpecialServiceStatus(true)`): each service goes on where
 * its former bearer stood. That they end needs no call: each looks at `runsSpecialServices` before it works.
 */
export function beginDuties(sim: RocketSim, node: number): void {
  const cause = sim.currentCause;
  sim.because(cause, () => resumeSchedule(sim, node));
  sim.because(cause, () => resumeTimers(sim, node));
  sim.because(cause, () => resumeChecks(sim, node));
  sim.because(cause, () => resumeRevive(sim, node));
}
