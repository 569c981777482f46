import { emitEach } from '../batch';
import { Code } from '../protocol';
import { reply } from '../remoting';
import type { RocketSim } from '../state';
import { ackAloneElected } from './controller-mode-kinds';
import { replicaStatusWins } from './flush-kinds';
import { ackAlone, slaveNotAvailable } from './ha-kinds';
import { putAnswered } from './send-kinds';
import { brokerOf, type PutDone, type Send, type WaitingPut } from './store-state';

/** How a put ends for who asked for it: a producer, or a service of the broker itself. */

/** Bytes of a SEND_MESSAGE answer beyond the header of every answer. */
const ANSWER_BYTES = 60;
/** For each further message of a batch: its id and a comma. */
const FURTHER_ID_BYTES = 33;

/** `SendMessageProcessor#handlePutMessageResult`: the message is stored whatever this says (BR-30). */
export function answerPut(sim: RocketSim, node: number, put: WaitingPut): void {
  const { message, record, queueId, offset, batch = 1 } = put;
  if (put.replicas === 'no-slave') sim.emit(slaveNotAvailable, node, message, record);
  const failed = put.replicas === 'timeout' || put.replicas === 'no-slave';
  if (failed && put.flush === 'timeout') sim.emit(replicaStatusWins, node, message);
  const status =
    put.replicas === 'no-slave'
      ? Code.SLAVE_NOT_AVAILABLE
      : put.replicas === 'timeout'
        ? Code.FLUSH_SLAVE_TIMEOUT
        : put.flush === 'timeout'
          ? Code.FLUSH_DISK_TIMEOUT
          : Code.SUCCESS;
  if (status === Code.SUCCESS) {
    if (put.acksNeeded === 1) emitEach(sim, aloneKind(sim, node), node, message, 1, batch);
    else emitEach(sim, putAnswered, node, message, record, batch, 1);
  }
  if (put.done !== undefined) end(sim, node, put.done, status, record);
  else {
    const bytes = ANSWER_BYTES + (batch - 1) * FURTHER_ID_BYTES;
    const stored = { record, queueId, offset };
    const body = brokerOf(sim, node).config.traceOn ? stored : { ...stored, traceOn: false as const };
    reply(sim, node, put, { status, body, bytes, message });
  }
}

const aloneKind = (sim: RocketSim, node: number) =>
  brokerOf(sim, node).controlled === undefined ? ackAlone : ackAloneElected;

/** The store does not take the message. */
export function refusePut(
  sim: RocketSim,
  node: number,
  put: Pick<Send, 'conn' | 'id' | 'message' | 'done'>,
  status: number,
  remark: string,
): void {
  if (put.done !== undefined) end(sim, node, put.done, status, -1);
  else reply(sim, node, put, { status, body: undefined, remark, message: put.message });
}

function end(
  sim: RocketSim,
  node: number,
  { event, context }: PutDone,
  status: number,
  record: number,
): void {
  sim.call(event, node, { context, status, record });
}
