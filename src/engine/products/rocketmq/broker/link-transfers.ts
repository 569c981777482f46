import { defineEvent } from '../../../core/sim';
import type { RocketSim } from '../state';
import { brokerOf, type Handshake } from './store-state';

/** The replication link that a broker waits for transfers: the handshake with its other end is done (HA-20). */
export const awaitedTransfers = defineEvent<Handshake>('ha.transfers');

/** The replication link between a broker and a peer transfers from now on. */
export function linkTransfers(sim: RocketSim, node: number, peer: number): void {
  const { awaited } = brokerOf(sim, node).store.memory.members;
  if (awaited?.with === peer) sim.call(awaitedTransfers, node, awaited);
}
