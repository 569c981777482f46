import { judgesOf } from '../checkers/judges';
import { Outcome } from '../model/ledger';
import type { Run } from '../run';

/** What senders were told, in messages. */
export interface SendsReport {
  readonly SEND_OK: number;
  readonly FLUSH_DISK_TIMEOUT: number;
  readonly FLUSH_SLAVE_TIMEOUT: number;
  readonly SLAVE_NOT_AVAILABLE: number;
  readonly failed: number;
  /** Sent without asking for an answer. */
  readonly oneway: number;
  readonly inFlight: number;
  readonly attempts: number;
}

/** What senders were told up to now. */
export function sendsReport({ sim }: Run): SendsReport {
  const { outcomes } = sim.state.ledger;
  const count = (outcome: number) => outcomes[outcome] ?? 0;
  return {
    SEND_OK: count(Outcome.sendOk),
    FLUSH_DISK_TIMEOUT: count(Outcome.flushDiskTimeout),
    FLUSH_SLAVE_TIMEOUT: count(Outcome.flushSlaveTimeout),
    SLAVE_NOT_AVAILABLE: count(Outcome.slaveNotAvailable),
    failed: count(Outcome.failed),
    oneway: count(Outcome.oneway),
    inFlight: count(Outcome.inFlight),
    attempts: judgesOf(sim.state).sends.attempts,
  };
}
