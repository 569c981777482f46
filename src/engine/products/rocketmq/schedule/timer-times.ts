import { recordPropsOf, recordStoredUs } from '../../../model/world';
import type { Broker, RocketSim } from '../state';

/** Moments of timer messages. [SC-9, SC-10] */

export const TIMER_TOPIC = 'rmq_sys_wheel_timer';

const WHEEL_SLOTS = 7 * 86_400;
const BLANK_SLOTS = 60;

export const precisionUs = ({ config }: Broker) => config.timerPrecisionMs * 1000;

/** The slot that a moment lies in; the broker counts in whole milliseconds. */
export function slotAt(broker: Broker, us: number): number {
  const unitUs = precisionUs(broker);
  return Math.floor(us / unitUs) * unitUs;
}

/** `TIMER_OUT_MS`: rounded down, and an exact multiple loses one unit more. */
export function outUs(broker: Broker, deliverUs: number): number {
  const wholeUs = Math.floor(deliverUs / 1000) * 1000;
  const slotUs = slotAt(broker, wholeUs);
  return slotUs === wholeUs ? slotUs - precisionUs(broker) : slotUs;
}

/**
 * The slot that a stored message is hung into: its own, or, where that is beyond the roll window, one in which it
 * is looked at again (`TimerMessageStore#doEnqueue`).
 */
export function slotOf(sim: RocketSim, broker: Broker, record: number): { slotUs: number; parked: boolean } {
  const { arena } = sim.state;
  const ownUs = recordPropsOf(arena, record)?.deliverUs ?? 0;
  const fromUs = slotAt(broker, recordStoredUs(arena, record));
  const slots = windowSlots(broker);
  const windowUs = slots * precisionUs(broker);
  const beyondUs = ownUs - fromUs - windowUs;
  if (beyondUs < 0) return { slotUs: ownUs, parked: false };
  // The last roll leaves enough time for the next one.
  const near = beyondUs < Math.floor(slots / 3) * precisionUs(broker);
  const restUs = near ? Math.floor(slots / 2) * precisionUs(broker) : windowUs;
  return { slotUs: fromUs + restUs, parked: true };
}

function windowSlots({ config: { timerRollWindowSlot } }: Broker): number {
  const max = WHEEL_SLOTS - BLANK_SLOTS;
  return timerRollWindowSlot > max || timerRollWindowSlot < 2 ? max : timerRollWindowSlot;
}
