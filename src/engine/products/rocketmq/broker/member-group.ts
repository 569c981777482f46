import { defineEvent, type Handlers } from '../../../core/sim';
import type { World } from '../../../model/world';
import { brokerHeartbeat, exchangeHaInfo, getMemberGroup, type HaInfo, type MemberGroup } from '../protocol';
import { type Answered, hasChannel, invoke, oneway, reply, SUCCESS } from '../remoting';
import type { Broker, Rocket, RocketSim } from '../state';
import { defineTimer, startTimer } from '../timers';
import { actingBegun, actingEnded, groupSeen, heartbeatsOn } from './acting-kinds';
import { beginDuties } from './duties';
import { nameserverAsked } from './escape-target';
import { connectNow, followMaster, masterGone } from './ha-slave';
import { faultOfMembers } from './member-fault';
import { registerAll } from './registration';
import { runHeldAgain } from './service-hold';
import { actsAsMaster } from './special-services';
import { createMemory } from './store-create';
import { brokerOf } from './store-state';

/**
 * Acting-master mode (`enableSlaveActingMaster`): a broker says each second that it lives, asks each second who else
 * of its group is listed, and begins or ends to act as the master when the smallest id changes (HA-19, HA-20).
 */
const MASTER_ID = 0;
const TIMEOUT_US = 3_000_000;

const membersAnswered = defineEvent<Answered<{ readonly nameserver: number }, MemberGroup>>('group.answered');
const masterAnswered = defineEvent<Answered<undefined, HaInfo>>('group.master-answered');

const heartbeatTimer = defineTimer('broker.heartbeat', 1_000_000, 1_000_000, beat);
const membersTimer = defineTimer('broker.members', 1_000_000, 1_000_000, askMembers);

/** Begins what the mode adds to a broker that serves. */
export function startMemberGroup(sim: RocketSim, node: number): void {
  const { config } = brokerOf(sim, node);
  const periodUs = config.brokerHeartbeatInterval * 1000;
  sim.emit(heartbeatsOn, node, periodUs, config.brokerNotActiveTimeoutMillis * 1000);
  startTimer(sim, node, heartbeatTimer, periodUs);
  startTimer(sim, node, membersTimer, config.syncBrokerMemberGroupPeriod * 1000);
}

/** The mode was switched on or off, as by an instant restart of what reads it. */
export function switchMemberGroup(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  broker.store.memory.members = createMemory().members;
  const runs = sim.state.product.activeTimers[node]?.some(({ name }) => name === heartbeatTimer.name);
  if (broker.config.enableSlaveActingMaster && runs !== true) startMemberGroup(sim, node);
  sim.because(sim.currentCause, () => registerAll(sim, node));
}

/** A name server without an open connection is left to the next registration. */
function beat(sim: RocketSim, node: number): void {
  const { config, store } = brokerOf(sim, node);
  if (!config.enableSlaveActingMaster || store.memory.members.isolated || store.memory.stopping) return;
  const cause = sim.currentCause;
  for (const nameserver of sim.state.product.nameservers.keys()) {
    if (!hasChannel(sim, node, nameserver)) continue;
    sim.because(cause, () => oneway(sim, node, nameserver, brokerHeartbeat, { address: node }));
  }
}

function askMembers(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  const nameserver = nameserverAsked(sim, broker);
  if (!broker.config.enableSlaveActingMaster || nameserver === undefined) return;
  const then = { event: membersAnswered, context: { nameserver } };
  const body = { brokerName: broker.brokerName };
  invoke(sim, node, nameserver, getMemberGroup, body, { timeoutUs: TIMEOUT_US, then });
}

function onMembers(
  sim: RocketSim,
  node: number,
  { context, outcome }: Answered<{ readonly nameserver: number }, MemberGroup>,
): void {
  const broker = brokerOf(sim, node);
  const { members } = broker.store.memory;
  if (!outcome.ok) {
    members.failures++;
    return;
  }
  const listed = outcome.body;
  if (outcome.status !== SUCCESS || listed.length === 0) return;
  const own = listed.some(([id]) => id === broker.brokerId);
  const alive = own ? listed.length : listed.length + 1;
  if (alive !== members.alive) {
    const fault = alive < (members.alive ?? 0) ? faultOfMembers(sim, broker) : undefined;
    sim.emit(groupSeen, node, context.nameserver, listed.length, fault);
  }
  members.alive = alive;
  if (!members.isolated && broker.brokerId !== MASTER_ID) takeSmallest(sim, broker, smallestOf(listed));
}

/** The member with the smallest id of a list that has one. */
export function smallestOf(listed: MemberGroup): MemberGroup[number] {
  return listed.reduce((smallest, member) => (member[0] < smallest[0] ? member : smallest));
}

/** `BrokerController#onMinBrokerChange`. */
function takeSmallest(sim: RocketSim, broker: Broker, [id, address]: MemberGroup[number]): void {
  const { node, store } = broker;
  const { members, feed } = store.memory;
  if (id === members.minBrokerId) return;
  const offline = id > members.minBrokerId ? members.minBroker : undefined;
  const acted = actsAsMaster(broker);
  members.minBrokerId = id;
  members.minBroker = address;
  const cause = sim.currentCause;
  if (actsAsMaster(broker)) {
    sim.emit(actingBegun, node, id);
    beginDuties(sim, node);
  } else if (acted) sim.emit(actingEnded, node, address);
  // `onMasterOffline`. Id 0 is what a broker assumes before it has seen any: of that one it knows no address.
  if (offline !== undefined && offline === feed.metadataFrom) masterGone(sim, node);
  if (id !== MASTER_ID) return;
  sim.because(cause, () => {
    const then = { event: masterAnswered, context: undefined };
    invoke(sim, node, address, exchangeHaInfo, { master: undefined }, { timeoutUs: TIMEOUT_US, then });
  });
  sim.because(cause, () => runHeldAgain(sim, node));
}

/** A slave has been told where its master is: it connects at once. */
function masterFound(sim: RocketSim, node: number, master: number): void {
  followMaster(sim, node, master);
  connectNow(sim, node);
}

export function registerMemberGroup(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(membersAnswered, onMembers)
    .on(masterAnswered, (sim, node, { outcome }) => {
      if (outcome.ok && outcome.body.master !== undefined) masterFound(sim, node, outcome.body.master);
    })
    .on(exchangeHaInfo.event, (sim, node, incoming) => {
      const { brokerId } = brokerOf(sim, node);
      const { master } = incoming.body;
      if (master !== undefined) followMaster(sim, node, master);
      const own = master === undefined && brokerId === MASTER_ID ? node : undefined;
      reply(sim, node, incoming, { body: { master: own } });
    });
}
