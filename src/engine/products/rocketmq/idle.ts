import type { Kind } from '../../core/kinds';
import { defineEvent, type Handlers } from '../../core/sim';
import { close, connOf, endOf, isOpen, peerOf } from '../../model/net';
import { faultBehind } from '../../model/silence';
import type { World } from '../../model/world';
import { channelClosed, clientConfigOf, dropChannel, remotingOf } from './remoting-calls';
import { brokerIdleClosed, clientIdleClosed, registryIdleClosed } from './remoting-kinds';
import type { Rocket, RocketSim } from './state';

/**
 * Netty's `IdleStateHandler`: a connection on which nothing was read **and** nothing was written for so long is
 * closed by the side that notices. Every remoting connection has one at each end; a connection costs one event per
 * limit, not one per message.
 */

/** `NettySystemConfig.clientChannelMaxIdleTimeSeconds` of processes that have no client configuration. */
const CLIENT_IDLE_SECONDS = 120;

const idleCheck = defineEvent<{ conn: number; limitUs: number }>('remoting.idle-check');

/** Watches this end of a connection from now on; the limit is that of its role and side. */
export function watchIdle(sim: RocketSim, node: number, conn: number): void {
  const limitUs = idleLimitUs(sim, node, remotingOf(sim, node).accepted.has(conn));
  sim.after(limitUs, node, idleCheck, { conn, limitUs });
}

function idleLimitUs(sim: RocketSim, node: number, accepted: boolean): number {
  const { brokers, nameservers, controllers } = sim.state.product;
  const server = accepted ? (nameservers.get(node) ?? brokers.get(node) ?? controllers.get(node)) : undefined;
  const seconds =
    server === undefined
      ? (clientConfigOf(sim, node)?.clientChannelMaxIdleTimeSeconds ?? CLIENT_IDLE_SECONDS)
      : server.config.serverChannelMaxIdleTimeSeconds;
  return seconds * 1_000_000;
}

export function registerIdle(handlers: Handlers<World<Rocket>>): void {
  handlers.on(idleCheck, (sim, node, { conn, limitUs }) => {
    const found = connOf(sim, conn);
    if (found === undefined || !isOpen(found, node)) return;
    const end = found.ends[endOf(found, node)];
    const silentUs = sim.nowUs - Math.max(end.lastReadUs, end.lastWriteUs);
    if (silentUs < limitUs) {
      sim.after(limitUs - silentUs, node, idleCheck, { conn, limitUs });
      return;
    }
    const peer = peerOf(found, node);
    const accepted = remotingOf(sim, node).accepted.delete(conn);
    sim.emit(idleKind(sim, node, accepted), node, peer, silentUs, faultBehind(sim, node, peer));
    close(sim, conn, node);
    if (!accepted) dropChannel(sim, node, conn, peer);
    sim.call(channelClosed, node, { peer, conn, opened: !accepted, idle: true });
  });
}

function idleKind(sim: RocketSim, node: number, accepted: boolean): Kind {
  if (!accepted) return clientIdleClosed;
  return sim.state.product.nameservers.has(node) ? registryIdleClosed : brokerIdleClosed;
}
