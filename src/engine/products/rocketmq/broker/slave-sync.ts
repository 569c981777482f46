import { defineEvent, type Handlers } from '../../../core/sim';
import { reserveCpu } from '../../../model/resources';
import type { World } from '../../../model/world';
import { inGroup } from '../dledger/dledger-state';
import {
  type ConsumerOffset,
  type DataVersion,
  getAllMetadata,
  getTimerCheckpoint,
  type TopicEntry,
} from '../protocol';
import { type Answered, invoke, reply, SUCCESS } from '../remoting';
import { delaysOf, takeDelays } from '../schedule/schedule';
import type { Delays } from '../schedule/schedule-state';
import type { TimerCheckpoint } from '../schedule/timer-state';
import { TIMER_TOPIC } from '../schedule/timer-times';
import { takeCheckpoint } from '../schedule/timer-wheel';
import type { Rocket, RocketSim } from '../state';
import { defineTimer, timerBaseUs } from '../timers';
import { metadataSynced } from './ha-kinds';
import { exportOffsets, mergeOffsets } from './service';
import { brokerOf, consumeQueueOf, isSlave } from './store-state';
import { replaceTopics } from './topics';

/** `SlaveSynchronize`: a slave fetches topics, consumer offsets and delay offsets from its master now and then (HA-11). */
export interface Metadata {
  readonly topics: readonly TopicEntry[];
  readonly dataVersion: DataVersion;
  readonly offsets: readonly ConsumerOffset[];
  readonly offsetsVersion: number;
  /** `delayOffset.json`: how far each level is delivered. */
  readonly delays: Delays;
}

const checkpointAnswered = defineEvent<Answered<undefined, TimerCheckpoint>>('slave.timer-checkpoint');
const answered = defineEvent<Answered<undefined, Metadata>>('slave.metadata');

const TIMEOUT_US = 3_000_000;
const FULL_SYNC_US = 60_000_000;
/** `DLedgerRoleChangeHandler#handleSlaveSynchronize`, `ReplicasManager#handleSlaveSynchronize`. */
const GROUP_SYNC_US = 10_000_000;
const REQUEST_CPU_NS = 5_000;
const TOPIC_BYTES = 120;
const OFFSET_BYTES = 60;
const DELAY_OFFSET_BYTES = 12;

export const slaveSyncTimer = defineTimer('broker.slave-sync', 10_000_000, 3_000_000, sync);

/** A task each 3 s that syncs only when the last time is more than 60 s ago; 4.9: each 10 s. */
export const slaveSyncPeriodUs = (sim: RocketSim) =>
  sim.state.product.version === '4.9' ? 10_000_000 : 3_000_000;

function sync(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  const { feed } = broker.store.memory;
  if (!isSlave(broker) || feed.metadataFrom === undefined) return;
  if (consumeQueueOf(sim, broker, TIMER_TOPIC, 0) !== undefined) {
    const then = { event: checkpointAnswered, context: undefined };
    invoke(sim, node, feed.metadataFrom, getTimerCheckpoint, {}, { timeoutUs: TIMEOUT_US, then });
  }
  const lastUs = Math.max(feed.syncAskedUs, timerBaseUs(sim, node));
  const often = inGroup(broker) || broker.controlled !== undefined;
  const pauseUs = often ? GROUP_SYNC_US : FULL_SYNC_US;
  if (sim.state.product.version !== '4.9' && sim.nowUs - lastUs <= pauseUs) return;
  feed.syncAskedUs = sim.nowUs;
  const then = { event: answered, context: undefined };
  invoke(sim, node, feed.metadataFrom, getAllMetadata, {}, { timeoutUs: TIMEOUT_US, then });
}

function onAnswered(sim: RocketSim, node: number, { outcome }: Answered<undefined, Metadata>): void {
  const broker = brokerOf(sim, node);
  if (!outcome.ok || outcome.status !== SUCCESS || !isSlave(broker)) return;
  const { topics, dataVersion, offsets, offsetsVersion, delays } = outcome.body;
  broker.store.memory.feed.syncedUs = sim.nowUs;
  sim.emit(metadataSynced, node, topics.length, offsets.length);
  const cause = sim.currentCause;
  sim.because(cause, () => replaceTopics(sim, node, topics, dataVersion));
  mergeOffsets(broker, offsets, offsetsVersion);
  takeDelays(sim, broker, delays);
}

export function registerSlaveSync(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(getAllMetadata.event, (sim, node, incoming) => {
      const broker = brokerOf(sim, node);
      const { topics, dataVersion } = broker.store.memory;
      const { offsetsVersion } = broker.service;
      const offsets = exportOffsets(broker);
      const delays = delaysOf(broker);
      const body: Metadata = {
        topics: [...topics.values()],
        dataVersion,
        offsets,
        offsetsVersion,
        delays,
      };
      reserveCpu(sim, node, REQUEST_CPU_NS);
      const bytes =
        body.topics.length * TOPIC_BYTES +
        offsets.length * OFFSET_BYTES +
        delays.offsets.length * DELAY_OFFSET_BYTES;
      reply(sim, node, incoming, { body, bytes });
    })
    .on(getTimerCheckpoint.event, (sim, node, incoming) => {
      reserveCpu(sim, node, REQUEST_CPU_NS);
      reply(sim, node, incoming, { body: brokerOf(sim, node).store.disk.timerCheckpoint });
    })
    .on(checkpointAnswered, (sim, node, { outcome }) => {
      if (outcome.ok && outcome.status === SUCCESS) takeCheckpoint(brokerOf(sim, node), outcome.body);
    })
    .on(answered, onAnswered);
}
