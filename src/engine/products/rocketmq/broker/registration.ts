import { defineEvent, type Handlers } from '../../../core/sim';
import type { World } from '../../../model/world';
import { internText } from '../../../model/world';
import { inGroup } from '../dledger/dledger-state';
import {
  type RegisterBroker,
  type RegisterResult,
  registerBroker,
  type TopicEntry,
  unregisterBroker,
} from '../protocol';
import { type Answered, invoke, oneway, SUCCESS } from '../remoting';
import type { Broker, Rocket, RocketSim } from '../state';
import { defineTimer } from '../timers';
import { isFenced } from './controlled';
import { followMaster } from './ha-slave';
import {
  masterLearned,
  registrationDue,
  registrationFailed,
  registrationSent,
  topicRegistered,
  unregistering,
} from './registration-kinds';
import { brokerOf, isSlave } from './store-state';

/** A broker tells every name server that it lives and what it holds; this registration is its heartbeat (NS-5). */
const FIRST_US = 10_000_000;
const PERIOD_MS = { min: 10_000, max: 60_000 };
const UNREGISTER_TIMEOUT_US = 3_000_000;
const TOPIC_BYTES = 120;
/** A registration of one topic is not answered with a master. */
const NO_ROUND = -1;
/** No answer at all. */
const ONEWAY = -2;

interface Round {
  readonly nameserver: number;
  readonly round: number;
}

const registered = defineEvent<Answered<Round, RegisterResult>>('registration.answered');
const unregistered = defineEvent<Answered<Withdrawal, undefined>>('registration.withdrawn');

/** What is left to do: the name servers that still list this broker. */
interface Withdrawal {
  readonly left: readonly number[];
}

/** All name servers have been told, or could not be reached. */
export const withdrawn = defineEvent<Record<string, never>>('registration.all-withdrawn');

export const registrationTimer = defineTimer('broker.registration', FIRST_US, 30_000_000, (sim, node) => {
  if (!isFenced(brokerOf(sim, node))) registerAll(sim, node);
});

/** `registerNameServerPeriod` within what the broker allows. */
export function registrationPeriodUs({ config }: Broker): number {
  return Math.min(Math.max(config.registerNameServerPeriod, PERIOD_MS.min), PERIOD_MS.max) * 1000;
}

/**
 * Registers with every name server, each over a connection of its own (NS-4). `announced`: oneway, as a DLedger node
 * does with a new role; nobody answers with a master then.
 */
export function registerAll(sim: RocketSim, node: number, announced = false): void {
  const broker = brokerOf(sim, node);
  const { memory } = broker.store;
  if (memory.stopping || memory.members.isolated || (inGroup(broker) && !memory.raft.announced)) return;
  const topics = [...memory.topics.values()].map((topic) => withBrokerPermission(broker, topic));
  if (!announced) memory.registration.round++;
  sim.emit(registrationDue, node, topics.length);
  registerWithAll(sim, broker, topics, false, announced ? ONEWAY : memory.registration.round);
}

/** One topic is new or changed: the name servers learn it at once (NS-6). */
export function registerTopic(sim: RocketSim, node: number, topic: TopicEntry): void {
  const broker = brokerOf(sim, node);
  const { stopping, members } = broker.store.memory;
  if (stopping || members.isolated) return;
  sim.emit(topicRegistered, node, internText(sim.state.arena, topic.topic));
  registerWithAll(sim, broker, [withBrokerPermission(broker, topic)], true, NO_ROUND);
}

/** Takes this broker out of every name server, one after the other (NS-9); `withdrawn` follows. */
export function withdraw(sim: RocketSim, node: number): void {
  brokerOf(sim, node).store.memory.stopping = true;
  withdrawFrom(sim, node, [...sim.state.product.nameservers.keys()]);
}

function registerWithAll(
  sim: RocketSim,
  broker: Broker,
  topics: readonly TopicEntry[],
  incremental: boolean,
  round: number,
): void {
  const { node, brokerName, brokerId, config, store } = broker;
  const body: RegisterBroker = {
    brokerName,
    brokerId,
    address: node,
    // Sent in acting-master mode only (NS-16).
    timeoutUs: config.enableSlaveActingMaster ? config.brokerNotActiveTimeoutMillis * 1000 : undefined,
    enableActingMaster: sim.state.product.version === '4.9' ? undefined : config.enableSlaveActingMaster,
    topics,
    incremental,
    dataVersion: store.memory.dataVersion,
  };
  const cause = sim.currentCause;
  for (const nameserver of sim.state.product.nameservers.keys()) {
    sim.because(cause, () => {
      if (!incremental) sim.emit(registrationSent, node, nameserver);
      const bytes = topics.length * TOPIC_BYTES;
      if (round === ONEWAY) {
        oneway(sim, node, nameserver, registerBroker, body, { bytes });
        return;
      }
      const then = { event: registered, context: { nameserver, round } };
      const timeoutUs = config.registerBrokerTimeoutMills * 1000;
      invoke(sim, node, nameserver, registerBroker, body, { timeoutUs, bytes, then });
    });
  }
}

/** A broker that is closed for reading or writing says so of all its topics. */
function withBrokerPermission({ config }: Broker, topic: TopicEntry): TopicEntry {
  return config.brokerPermission === 6 ? topic : { ...topic, perm: topic.perm & config.brokerPermission };
}

/** A slave takes its master from the first answer of a round (NS-7). */
function onRegistered(
  sim: RocketSim,
  node: number,
  { context, outcome }: Answered<Round, RegisterResult>,
): void {
  const broker = brokerOf(sim, node);
  const { registration, feed } = broker.store.memory;
  if (!outcome.ok || outcome.status !== SUCCESS) {
    sim.emit(registrationFailed, node, context.nameserver);
    return;
  }
  if (!isSlave(broker) || context.round === NO_ROUND || registration.answered >= context.round) return;
  registration.answered = context.round;
  const { masterAddress } = outcome.body;
  feed.metadataFrom = masterAddress;
  if (masterAddress === undefined || masterAddress === node) return;
  if (masterAddress !== feed.master) {
    const changedBy = sim.state.product.nameservers.get(context.nameserver)?.tables.changedBy ?? -1;
    sim.emit(masterLearned, node, masterAddress, undefined, changedBy >= 0 ? changedBy : undefined);
  }
  if (!inGroup(broker)) followMaster(sim, node, masterAddress);
}

function withdrawFrom(sim: RocketSim, node: number, nameservers: readonly number[]): void {
  const [nameserver, ...left] = nameservers;
  if (nameserver === undefined) {
    sim.call(withdrawn, node, {});
    return;
  }
  const { brokerName, brokerId } = brokerOf(sim, node);
  sim.emit(unregistering, node, nameserver);
  const then = { event: unregistered, context: { left } };
  const body = { brokerName, brokerId, address: node };
  invoke(sim, node, nameserver, unregisterBroker, body, { timeoutUs: UNREGISTER_TIMEOUT_US, then });
}

export function registerRegistration(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(registered, onRegistered)
    .on(unregistered, (sim, node, { context }) => withdrawFrom(sim, node, context.left));
}
