import { createTable, type Table } from '../../../core/table';

/** `TimerMessageStore` of one broker: plain data, rebuilt from its queue and its checkpoint when it takes up its work. */
export interface TimerWheel {
  running: boolean;
  /** Next offset of `rmq_sys_wheel_timer` that is not in the wheel. */
  queueOffset: number;
  /** Messages in the wheel. */
  count: number;
  /** Row in `log` of the newest message of each slot, by the moment that the slot stands for, µs. */
  slots: Map<number, number>;
  /** `TimerLog`: record, and 1 + the row of the message before it in its slot. */
  log: Table;
  /** When its queue, and the wheel, are looked at next; Infinity while there is nothing to find. */
  enqueueAtUs: number;
  dequeueAtUs: number;
  /** The slot that is being delivered, oldest first, and how much of it is. */
  slot: { readonly frozen: true; readonly atUs: number; readonly records: Uint32Array } | undefined;
  slotDone: number;
  /** The record whose put failed last: the trace says so once. */
  failing: number;
  checkpointArmed: boolean;
}

/** `timercheck`: all slots before `readUs` are delivered, all offsets below `queueOffset` are in the wheel. */
export interface TimerCheckpoint {
  readonly frozen: true;
  readonly readUs: number;
  readonly queueOffset: number;
}

export const NO_CHECKPOINT: TimerCheckpoint = {
  frozen: true,
  readUs: Number.NEGATIVE_INFINITY,
  queueOffset: 0,
};

export const createTimerLog = (): Table => createTable(['u32', 'u32']);

export function createTimerWheel(): TimerWheel {
  return {
    running: false,
    queueOffset: 0,
    count: 0,
    slots: new Map(),
    log: createTimerLog(),
    enqueueAtUs: Number.POSITIVE_INFINITY,
    dequeueAtUs: Number.POSITIVE_INFINITY,
    slot: undefined,
    slotDone: 0,
    failing: -1,
    checkpointArmed: false,
  };
}
