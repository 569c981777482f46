import type { Kind } from '../../../core/kinds';
import { defineEvent } from '../../../core/sim';
import { Outcome } from '../../../model/ledger';
import { internText } from '../../../model/world';
import { emitEach } from '../batch';
import type { Producer, RocketSim } from '../state';
import {
  flushDiskTimedOut,
  flushSlaveTimedOut,
  onewayWritten,
  sendException,
  sendFailed,
  sendOk,
  slaveNotAvailable,
} from './producer-kinds';
import type { SendCall } from './producer-state';

/** What the application learns, once for each call of `send`; told of each message of a batch (PR-5, PR-8). */

/** A sender thread is free again. `inNoTime`: the send failed at the very moment at which it was called. */
export const sendEnded = defineEvent<{ thread: number; inNoTime: boolean }>('producer.send-ended');

/** The half message of a transaction has ended: the transaction goes on (TX-1). `failed`: with an exception. */
export const halfEnded = defineEvent<{ readonly call: SendCall; readonly outcome: number }>(
  'producer.half-ended',
);

const KIND_OF_OUTCOME: Readonly<Record<number, Kind>> = {
  [Outcome.sendOk]: sendOk,
  [Outcome.flushDiskTimeout]: flushDiskTimedOut,
  [Outcome.flushSlaveTimeout]: flushSlaveTimedOut,
  [Outcome.slaveNotAvailable]: slaveNotAvailable,
  [Outcome.oneway]: onewayWritten,
};

/** The call returns: one of the four SendStatus values, or a oneway that was written. */
export function endWith(sim: RocketSim, producer: Producer, call: SendCall, outcome: number): void {
  if (outcome === Outcome.sendOk) producer.state.acknowledged += call.batch;
  emitEach(sim, KIND_OF_OUTCOME[outcome] ?? sendOk, producer.node, call.message, outcome, call.batch);
  goOn(sim, producer, call, outcome);
}

/** The call ends with an exception, in the words of `exceptions.ts`. */
export function endFailed(sim: RocketSim, producer: Producer, call: SendCall, exception: string): void {
  producer.state.failed += call.batch;
  const { node } = producer;
  emitEach(sim, sendException, node, call.message, internText(sim.state.arena, exception), call.batch);
  emitEach(sim, sendFailed, node, call.message, Outcome.failed, call.batch);
  goOn(sim, producer, call, Outcome.failed);
}

function goOn(sim: RocketSim, producer: Producer, call: SendCall, outcome: number): void {
  if (call.half === undefined) ended(sim, producer, call);
  else sim.call(halfEnded, producer.node, { call, outcome });
}

/** The thread that called is free. */
export function ended(sim: RocketSim, { node }: Producer, { thread, beginUs }: SendCall): void {
  if (thread >= 0) sim.call(sendEnded, node, { thread, inNoTime: sim.nowUs === beginUs });
}
