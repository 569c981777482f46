import { remotingOf } from '../remoting-calls';
import type { RocketSim } from '../state';
import type { ClientState } from './client-state';

/** The client part of a producer or consumer process. */
export function clientOf(sim: RocketSim, node: number) {
  const { producers, consumers } = sim.state.product;
  const owner = producers.get(node) ?? consumers.get(node);
  if (owner === undefined) throw new RangeError(`process ${node} is no client`);
  return owner;
}

export function createClient(): ClientState {
  return {
    clientId: '',
    nameservers: [],
    cursor: 0,
    chosen: undefined,
    answeredBy: undefined,
    routes: new Map(),
    confirmedUs: new Map(),
    brokerAddrs: new Map(),
    publish: new Map(),
    subscribe: new Map(),
    publishTopics: new Set(),
    fetching: new Map(),
    failedQueries: 0,
    polling: false,
    heartbeating: false,
    heartbeatUs: Number.NEGATIVE_INFINITY,
  };
}

/** `mqClientApiTimeout`, µs. */
export function apiTimeoutUs(sim: RocketSim, node: number): number {
  return clientOf(sim, node).config.mqClientApiTimeout * 1000;
}

/** True when a channel to the peer stands or is being opened. */
export function hasOrOpensChannel(sim: RocketSim, node: number, to: number): boolean {
  return remotingOf(sim, node).channels.has(to);
}
