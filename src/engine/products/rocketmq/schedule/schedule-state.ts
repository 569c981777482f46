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
  /** Offsets have moved since they were last written. */
  dirty: boolean;
}

/** One version of `delayOffset.json`. */
export interface DelayOffsets {
  readonly frozen: true;
  readonly offsets: ReadonlyMap<number, number>;
}

const NO_OFFSETS: DelayOffsets = { frozen: true, offsets: new Map() };

export const createDelayFile = (): MetadataFile<DelayOffsets> => createMetadataFile(NO_OFFSETS);

export function createSchedule(): Schedule {
  return { offsets: new Map(), lookUs: new Map(), busy: new Set(), stuck: new Map(), dirty: false };
}
