import { Code } from '../protocol';
import type { RocketSim } from '../state';
import { putInternal } from './put';
import { escapeTarget } from './special-services';
import type { PutDone, Send } from './store-state';

/**
 * `EscapeBridge#putMessage`: a special service stores a message, in its own store or, on a slave that acts for its
 * master, on another master. `done` is told how it ended.
 */
export function putEscaping<C>(
  sim: RocketSim,
  node: number,
  put: Pick<Send, 'message' | 'topic' | 'queueId' | 'props'>,
  done: PutDone<C>,
): void {
  const target = escapeTarget(sim, node, put.topic);
  if (target?.node === node) putInternal(sim, node, put, done);
  else {
    const { event, context } = done;
    sim.call(event, node, { context, status: Code.SERVICE_NOT_AVAILABLE, record: -1 });
  }
}
