/** `REBALANCE_LOCK_MAX_LIVE_TIME` of the broker. */
export const LOCK_LIVES_US = 60_000_000;

/** By group, by queue number. */
export type LockTable = Map<string, Map<number, QueueLock>>;
export interface QueueLock {
  clientId: string;
  /** Process of the client, for the picture. */
  holder: number;
  lastUs: number;
}
