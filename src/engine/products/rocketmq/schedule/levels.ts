/** Delay levels: their times, and where a message of each level waits. [SC-1, SC-2] */

export const SCHEDULE_TOPIC = 'SCHEDULE_TOPIC_XXXX';

const UNIT_US: Record<string, number> = { s: 1_000_000, m: 60_000_000, h: 3_600_000_000, d: 86_400_000_000 };

const parsed = new Map<string, readonly number[]>();

/** `messageDelayLevel` as times, µs: index 0 is level 1 (`ScheduleMessageService#parseDelayLevel`). */
export function delayLevels(messageDelayLevel: string): readonly number[] {
  let levels = parsed.get(messageDelayLevel);
  if (levels === undefined) {
    levels = messageDelayLevel
      .split(' ')
      .filter(Boolean)
      .map((word) => Number(word.slice(0, -1)) * (UNIT_US[word.slice(-1)] ?? 0));
    parsed.set(messageDelayLevel, levels);
  }
  return levels;
}
