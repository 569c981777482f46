import { defineEvent, type Handlers } from '../../../core/sim';
import type { World } from '../../../model/world';
import { exchangeHaInfo, getAllMetadata, getMemberGroup, type HaInfo, type MemberGroup } from '../protocol';
import { type Answered, invoke, SUCCESS } from '../remoting';
import { takeDelays } from '../schedule/schedule';
import { type Delays, isNewerDelay } from '../schedule/schedule-state';
import type { Broker, Rocket, RocketSim } from '../state';
import {
  actingBegun,
  broughtOnline,
  delaysKept,
  delaysTakenBack,
  handshakeBegun,
  handshakeFailed,
  isolated,
  offsetsKept,
  offsetsTakenBack,
} from './acting-kinds';
import { beginDuties } from './duties';
import { nameserverAsked } from './escape-target';
import { followMaster } from './ha-slave';
import { awaitedTransfers } from './link-transfers';
import { smallestOf } from './member-group';
import { registerAll } from './registration';
import { mergeOffsets } from './service';
import type { Metadata } from './slave-sync';
import { actsAsMaster } from './special-services';
import { brokerOf, type Handshake } from './store-state';

/**
 * `BrokerPreOnlineService`: with `totalReplicas` above 1 in acting-master mode, a broker that starts is not registered
 * until it has shaken hands with its group: a slave waits for its replication link; a master waits for that of each
 * member in turn, and takes back the offsets, of consumers and of delay levels, of the one that acted for it (HA-20).
 */
const MASTER_ID = 0;
const TIMEOUT_US = 3_000_000;
const RETRY_US = 1_000_000;
/** `HAConnectionStateNotificationService.CONNECTION_ESTABLISH_TIMEOUT`. */
const LINK_TIMEOUT_US = 10_000_000;

/** A member to shake hands with, and the group as it was listed. */
type Partner = Pick<Handshake, 'with' | 'members'>;

const attempt = defineEvent<Record<string, never>>('pre-online.attempt');
const linkLate = defineEvent<Handshake>('pre-online.link-late');
const membersAnswered = defineEvent<Answered<undefined, MemberGroup>>('pre-online.members');
const masterAnswered = defineEvent<Answered<MemberGroup, HaInfo>>('pre-online.master');
const memberTold = defineEvent<Answered<Partner, HaInfo>>('pre-online.told');
const metadataAnswered = defineEvent<Answered<Partner, Metadata>>('pre-online.metadata');

/** A broker that must shake hands first is on its way to that. */
export function shakeHands(sim: RocketSim, node: number): void {
  const { config, store } = brokerOf(sim, node);
  store.memory.members.isolated = true;
  sim.emit(isolated, node, config.totalReplicas);
  ask(sim, node);
}

function ask(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  const nameserver = nameserverAsked(sim, broker);
  if (nameserver === undefined) return;
  const then = { event: membersAnswered, context: undefined };
  const body = { brokerName: broker.brokerName };
  invoke(sim, node, nameserver, getMemberGroup, body, { timeoutUs: TIMEOUT_US, then });
}

function again(sim: RocketSim, node: number): void {
  brokerOf(sim, node).store.memory.members.awaited = undefined;
  sim.after(RETRY_US, node, attempt, {});
}

/** `prepareForBrokerOnline`. */
function onMembers(sim: RocketSim, node: number, { outcome }: Answered<undefined, MemberGroup>): void {
  const broker = brokerOf(sim, node);
  if (!outcome.ok) {
    broker.store.memory.members.failures++;
    again(sim, node);
    return;
  }
  const members = outcome.status === SUCCESS ? outcome.body : [];
  const others = members.filter(([id]) => id !== broker.brokerId);
  if (broker.brokerId === MASTER_ID) nextMember(sim, broker, members);
  else if (others[0] === undefined || smallestOf(others)[0] !== MASTER_ID) goOnline(sim, broker, members);
  else {
    const then = { event: masterAnswered, context: members };
    const [, master] = smallestOf(others);
    invoke(sim, node, master, exchangeHaInfo, { master: undefined }, { timeoutUs: TIMEOUT_US, then });
  }
}

/** `prepareForMasterOnline`: the members in order of their ids, one after the other. */
function nextMember(sim: RocketSim, broker: Broker, members: MemberGroup): void {
  const { node, store } = broker;
  const next = [...members].sort((x, y) => x[0] - y[0])[store.memory.members.handshakes];
  if (next === undefined) {
    goOnline(sim, broker, members);
    return;
  }
  const partner: Partner = { members, with: next[1] };
  // A name server that has not noticed its end yet still lists this broker itself: nobody answers there.
  if (next[1] === node) {
    awaitLink(sim, node, partner);
    return;
  }
  const then = { event: memberTold, context: partner };
  invoke(sim, node, next[1], exchangeHaInfo, { master: node }, { timeoutUs: TIMEOUT_US, then });
}

function awaitLink(sim: RocketSim, node: number, partner: Partner): void {
  const { members, links, feed } = brokerOf(sim, node).store.memory;
  const handshake: Handshake = { frozen: true, ...partner, sinceUs: sim.nowUs };
  sim.emit(handshakeBegun, node, partner.with);
  members.awaited = handshake;
  sim.after(LINK_TIMEOUT_US, node, linkLate, handshake);
  const linked =
    [...links.values()].some(({ slave, nextPhys }) => slave === partner.with && nextPhys >= 0) ||
    (feed.state === 'open' && feed.master === partner.with);
  if (linked) onLinked(sim, node, partner);
}

/** The replication link stands: a slave is done, a master asks for what the member knows. */
function onLinked(sim: RocketSim, node: number, partner: Partner): void {
  const broker = brokerOf(sim, node);
  broker.store.memory.members.awaited = undefined;
  if (broker.brokerId !== MASTER_ID) {
    goOnline(sim, broker, partner.members);
    return;
  }
  const then = { event: metadataAnswered, context: partner };
  invoke(sim, node, partner.with, getAllMetadata, {}, { timeoutUs: TIMEOUT_US, then });
}

/** `syncMetadataReverse`: the member's offsets are taken unless their version is older than the master's own. */
function onMetadata(sim: RocketSim, node: number, { context, outcome }: Answered<Partner, Metadata>): void {
  const broker = brokerOf(sim, node);
  if (!outcome.ok || outcome.status !== SUCCESS) {
    again(sim, node);
    return;
  }
  const { offsets, offsetsVersion, delays } = outcome.body;
  const newer = offsetsVersion >= broker.service.offsetsVersion;
  sim.emit(newer ? offsetsTakenBack : offsetsKept, node, context.with, offsets.length);
  if (newer) mergeOffsets(broker, offsets, offsetsVersion);
  takeDelaysBack(sim, broker, context.with, delays);
  broker.store.memory.members.handshakes++;
  nextMember(sim, broker, context.members);
}

/** The same of the delay levels: what was delivered for the master meanwhile is delivered again if it keeps its own. */
function takeDelaysBack(sim: RocketSim, broker: Broker, member: number, delays: Delays): void {
  const { offsets, version } = delays;
  const newer = !isNewerDelay(broker.store.memory.schedule.version, version);
  const cause = sim.currentCause;
  if (offsets.length > 0)
    sim.because(cause, () =>
      sim.emit(newer ? delaysTakenBack : delaysKept, broker.node, member, offsets.length),
    );
  if (newer) takeDelays(sim, broker, delays);
}

/** `BrokerController#startService`: with the smallest id of the others, or its own when it is alone. */
function goOnline(sim: RocketSim, broker: Broker, listed: MemberGroup): void {
  const { node, brokerId, store } = broker;
  const { members } = store.memory;
  const others = listed.filter(([id]) => id !== brokerId);
  const [id, address] =
    brokerId === MASTER_ID || others.length === 0 ? ([brokerId, node] as const) : smallestOf(others);
  members.isolated = false;
  members.minBrokerId = id;
  members.minBroker = address;
  sim.emit(broughtOnline, node, id);
  const cause = sim.currentCause;
  if (actsAsMaster(broker)) sim.because(cause, () => sim.emit(actingBegun, node, id));
  sim.because(cause, () => beginDuties(sim, node));
  sim.because(cause, () => registerAll(sim, node));
}

export function registerPreOnline(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(attempt, ask)
    .on(membersAnswered, onMembers)
    .on(masterAnswered, (sim, node, { context, outcome }) => {
      const broker = brokerOf(sim, node);
      if (!outcome.ok) again(sim, node);
      else if (outcome.body.master === undefined) goOnline(sim, broker, context);
      else {
        followMaster(sim, node, outcome.body.master);
        awaitLink(sim, node, { members: context, with: outcome.body.master });
      }
    })
    .on(memberTold, (sim, node, { context, outcome }) => {
      if (outcome.ok) awaitLink(sim, node, context);
      else again(sim, node);
    })
    .on(metadataAnswered, onMetadata)
    .on(linkLate, (sim, node, handshake) => {
      if (brokerOf(sim, node).store.memory.members.awaited?.sinceUs !== handshake.sinceUs) return;
      sim.emit(handshakeFailed, node, handshake.with);
      again(sim, node);
    })
    .on(awaitedTransfers, onLinked);
}
