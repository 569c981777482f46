import { createMetadataFile, type MetadataFile } from '../broker/metadata-file';

/** `ScheduleMessageService` of one broker: plain data. */
export interface Schedule {
  /** `offsetTable`: next logical offset by level; absent: 0. */
  offsets: Map<number, number>;
  /** When the task of a level looks next; absent: nothing to look for. */
  lookUs: Map<number, number>;
  /** Levels whose task is putting a message now. */
  busy: Set<number>;
  /** Offset whose delivery failed last, by level: the trace says so once. */
  stuck: Map<number, number>;
  version: DelayVersion;
  /** Deliveries since the version moved on. */
  sinceVersion: number;
  /** Offsets have moved since they were last written. */
  dirty: boolean;
}

/** `DataVersion`: which of two members of a group knows the newer offsets. */
export interface DelayVersion {
  readonly frozen: true;
  readonly counter: number;
  readonly atUs: number;
}

/** How far the levels of a broker are, for another member of its group. */
export interface Delays {
  readonly offsets: readonly (readonly [level: number, offset: number])[];
  readonly version: DelayVersion;
}

/** One version of `delayOffset.json`. */
export interface DelayOffsets {
  readonly frozen: true;
  readonly offsets: ReadonlyMap<number, number>;
  readonly version: DelayVersion;
}

/** `delayOffsetUpdateVersionStep`: fewer deliveries leave the version as it is. */
const VERSION_STEP = 200;
const NO_VERSION: DelayVersion = { frozen: true, counter: 0, atUs: 0 };
const NO_OFFSETS: DelayOffsets = { frozen: true, offsets: new Map(), version: NO_VERSION };

export const createDelayFile = (): MetadataFile<DelayOffsets> => createMetadataFile(NO_OFFSETS);

export function createSchedule(): Schedule {
  return {
    offsets: new Map(),
    lookUs: new Map(),
    busy: new Set(),
    stuck: new Map(),
    version: NO_VERSION,
    sinceVersion: 0,
    dirty: false,
  };
}

/** `ScheduleMessageService#updateOffset`. */
export function moveOffset(schedule: Schedule, level: number, offset: number, nowUs: number): void {
  schedule.offsets.set(level, offset);
  schedule.dirty = true;
  if (++schedule.sinceVersion < VERSION_STEP) return;
  schedule.sinceVersion = 0;
  schedule.version = { frozen: true, counter: schedule.version.counter + 1, atUs: nowUs };
}

/** `DataVersion#compare`: the counter decides, then the time. */
export const isNewerDelay = (one: DelayVersion, other: DelayVersion) =>
  one.counter > other.counter || (one.counter === other.counter && one.atUs > other.atUs);
