import { processOf } from '../../../model/env';
import { logLength, recordAt, rowAtPhys } from '../../../model/log';
import {
  keyText,
  listAt,
  messageBornUs,
  messageKey,
  messageTopic,
  queueOf,
  recordMessage,
  recordPhys,
  recordPropsOf,
} from '../../../model/world';
import type { DelayLevelView, LaneView, ParkedView } from '../../../view';
import { readMetadata } from '../broker/metadata-file';
import { runsSpecialServices } from '../broker/special-services';
import { type ConsumeQueue, maxOffsetOf, minOffsetOf, recordAtOffset } from '../broker/store-state';
import { queueOfResent, resentAs, resentCount } from '../retry/resend';
import { deadLetterTopicOf, retryTopicOf } from '../retry/retry-topics';
import { deliverUs } from '../schedule/level-queue';
import { delayLevels, SCHEDULE_TOPIC } from '../schedule/levels';
import { TIMER_TOPIC } from '../schedule/timer-times';
import type { Broker, RocketSim } from '../state';
import { nextCheckUs } from '../transaction/check-duty';
import { checkedTo, queueOfTopic, storedOffset } from '../transaction/offsets';
import { CHECK_MAX_TOPIC, HALF_TOPIC, OP_TOPIC } from '../transaction/transaction-topics';
import { byText, committedOffset, leaderOf } from './queues';
import { columnOf } from './strip';
import { timedOf } from './timers';
import { shelvedIn } from './waiting';

const PARKED_MAX = 24;

/** The broker that stands for its group, and those that copy its log. */
interface Keeper {
  readonly broker: Broker;
  readonly slaves: readonly Broker[];
}

/** What waits for its time: by the retry topic that it goes to, '' for all other topics. */
type Waiting = Map<string, { readonly levels: Map<number, DelayLevelView>; readonly parked: Parked[] }>;

/** Ids of lanes, and numbers of queues, that something goes to or comes from now. */
type Moving = ReadonlySet<string | number>;

interface Parked {
  readonly keeper: Keeper;
  readonly record: number;
  readonly dueUs: number;
}

/**
 * Retry and dead-letter lanes of each group, the lanes of delayed and of timer messages, those of half messages and
 * of what was asked about too often. A lane that something goes to or comes from is there, though it may hold nothing
 * at the moment. [CO-20, CO-21, SC-2, SC-9, TX-3, TX-8]
 */
export function laneViews(sim: RocketSim, moving: Moving): LaneView[] {
  const keepers = keepersOf(sim);
  const waiting = waitingOf(sim, keepers);
  const groups = [...new Set([...sim.state.product.consumers.values()].map(({ spec }) => spec.group))];
  return [
    ...halfLane(sim, keepers),
    ...discardedLane(sim, keepers, moving),
    ...delayLane(sim, waiting),
    ...timerLane(sim, keepers),
    ...groups.flatMap((group) => [
      ...retryLane(sim, keepers, group, waiting, moving),
      ...deadLetterLane(sim, keepers, group, moving),
    ]),
  ];
}

/** Of each broker group the process that does a master's duties, else the one whose store stands for it. */
function keepersOf(sim: RocketSim): Keeper[] {
  const all = [...sim.state.product.brokers.values()];
  const names = [...new Set(all.map(({ brokerName }) => brokerName))].sort(byText);
  return names.map((name) => {
    const members = all.filter(({ brokerName }) => brokerName === name);
    const onDuty = members.find(
      (broker) => processOf(sim.state.env, broker.node).state === 'up' && runsSpecialServices(broker),
    );
    const broker = onDuty ?? (leaderOf(sim, name) as Broker);
    return { broker, slaves: members.filter((member) => member !== broker) };
  });
}

/** Everything that no level's task has delivered yet. */
function waitingOf(sim: RocketSim, keepers: readonly Keeper[]): Waiting {
  const { arena, env } = sim.state;
  const found: Waiting = new Map();
  for (const keeper of keepers) {
    const { broker } = keeper;
    const { disk, memory } = broker.store;
    const down = processOf(env, broker.node).state === 'down';
    const offsets = down ? readMetadata(disk.delayFile).offsets : memory.schedule.offsets;
    const shelves = new Map(
      queuesOf(sim, keeper, SCHEDULE_TOPIC).map((queue) => [queueOf(arena, queue.queue).queueId, queue]),
    );
    delayLevels(broker.config.messageDelayLevel).forEach((delayUs, i) => {
      const level = i + 1;
      const queue = shelves.get(i);
      if (queue === undefined) return;
      const from = Math.max(minOffsetOf(queue), offsets.get(level) ?? 0);
      for (const [lane, { count, first }] of shelvedIn(arena, queue, from, PARKED_MAX)) {
        const parked = first.map((record) => ({
          keeper,
          record,
          dueUs: deliverUs(sim, broker, record, level),
        }));
        const nextUs = parked[0]?.dueUs ?? Number.POSITIVE_INFINITY;
        add(found, lane, { level, delayUs, count, nextUs }, parked);
      }
    });
  }
  return found;
}

function add(found: Waiting, lane: string, one: DelayLevelView, parked: readonly Parked[]): void {
  let into = found.get(lane);
  if (into === undefined) {
    into = { levels: new Map(), parked: [] };
    found.set(lane, into);
  }
  const known = into.levels.get(one.level);
  into.levels.set(
    one.level,
    known === undefined
      ? one
      : { ...one, count: known.count + one.count, nextUs: Math.min(known.nextUs, one.nextUs) },
  );
  into.parked.push(...parked);
}

const NOBODY = { levels: new Map<number, DelayLevelView>(), parked: [] };

/** Of what waits the soonest, in order. */
const soonestOf = (sim: RocketSim, parked: readonly Parked[]) =>
  [...parked]
    .sort((x, y) => x.dueUs - y.dueUs)
    .slice(0, PARKED_MAX)
    .map(({ keeper, record, dueUs }) => parkedOf(sim, keeper, record, dueUs));

const levelsOf = ({ levels }: { readonly levels: ReadonlyMap<number, DelayLevelView> }) =>
  [...levels.values()].sort((x, y) => x.level - y.level);
const countOf = (levels: readonly DelayLevelView[]) => levels.reduce((sum, { count }) => sum + count, 0);

/** Shown while something waits, and while a producer sends what will. */
function delayLane(sim: RocketSim, waiting: Waiting): LaneView[] {
  const { product } = sim.state;
  const lane = waiting.get('') ?? NOBODY;
  const sent = [...product.producers.values()].some(({ spec }) => spec.delayLevel > 0);
  if (!sent && lane === NOBODY) return [];
  const levels = levelsOf(lane);
  return [
    {
      id: 'delay',
      kind: 'delay',
      topic: SCHEDULE_TOPIC,
      group: '',
      waiting: countOf(levels),
      ready: 0,
      levels,
      parked: soonestOf(sim, lane.parked),
    },
  ];
}

/** Shown from the first timer message on, and while a producer sends them. */
function timerLane(sim: RocketSim, keepers: readonly Keeper[]): LaneView[] {
  const found = keepers.flatMap((keeper) => {
    const timed = timedOf(sim, keeper.broker, PARKED_MAX);
    return timed === undefined ? [] : [{ keeper, ...timed }];
  });
  const sent = [...sim.state.product.producers.values()].some(({ spec }) => spec.timerDelayUs !== null);
  if (!sent && found.length === 0) return [];
  const soonest = found
    .flatMap(({ keeper, soonest }) => soonest.map((timed) => ({ keeper, ...timed })))
    .sort((x, y) => x.dueUs - y.dueUs)
    .slice(0, PARKED_MAX);
  return [
    {
      ...{ id: 'timer', kind: 'timer', topic: TIMER_TOPIC, group: '', levels: [] },
      waiting: found.reduce((sum, { waiting }) => sum + waiting, 0),
      ready: found.reduce((sum, { unread }) => sum + unread, 0),
      parked: soonest.map(({ keeper, record, dueUs }) => parkedOf(sim, keeper, record, dueUs)),
    },
  ];
}

/** Half messages without an end, those that are asked about soonest first. */
function halfLane(sim: RocketSim, keepers: readonly Keeper[]): LaneView[] {
  const { product } = sim.state;
  const parked = keepers.flatMap((keeper) => undecided(sim, keeper));
  const sent = [...product.producers.values()].some(({ spec }) => spec.mode === 'transaction');
  if (!sent && parked.length === 0) return [];
  parked.sort((x, y) => x.nextUs - y.nextUs);
  return [
    {
      ...{ id: 'half', kind: 'half', topic: HALF_TOPIC, group: '', levels: [] },
      waiting: parked.length,
      ready: 0,
      parked: parked
        .slice(0, PARKED_MAX)
        .map(({ keeper, record, nextUs }) => parkedOf(sim, keeper, record, nextUs)),
    },
  ];
}

function undecided(sim: RocketSim, keeper: Keeper) {
  const { broker } = keeper;
  const { arena } = sim.state;
  const queue = queueOfTopic(sim, broker, HALF_TOPIC);
  if (queue === undefined) return [];
  const from = Math.max(minOffsetOf(queue), checkedTo(sim, broker));
  const ended = new Set(broker.store.memory.transactions.ops);
  const ops = queueOfTopic(sim, broker, OP_TOPIC);
  if (ops !== undefined && from < maxOffsetOf(queue)) {
    const first = Math.max(minOffsetOf(ops), storedOffset(sim, broker, OP_TOPIC));
    for (let op = first; op < maxOffsetOf(ops); op++) {
      const list = recordPropsOf(arena, recordAtOffset(ops, op))?.ref ?? -1;
      if (list >= 0) for (const half of listAt(arena, list)) ended.add(half);
    }
  }
  const open: { readonly keeper: Keeper; readonly record: number; readonly nextUs: number }[] = [];
  for (let offset = from; offset < maxOffsetOf(queue); offset++) {
    if (ended.has(offset)) continue;
    const record = recordAtOffset(queue, offset);
    open.push({ keeper, record, nextUs: askedUs(sim, broker, record) });
  }
  return open;
}

/** The first run of the check thread at which a half message is old enough. [TX-6] */
function askedUs(sim: RocketSim, broker: Broker, record: number): number {
  const { arena } = sim.state;
  const { config } = broker;
  const immunityUs = recordPropsOf(arena, record)?.immunityUs ?? -1;
  const youngUs = immunityUs >= 0 ? immunityUs : config.transactionTimeOut * 1000;
  const oldUs = messageBornUs(arena, recordMessage(arena, record)) + youngUs;
  const nextUs = nextCheckUs(sim, broker);
  const periodUs = config.transactionCheckInterval * 1000;
  return oldUs <= nextUs ? nextUs : nextUs + Math.ceil((oldUs - nextUs) / periodUs) * periodUs;
}

function discardedLane(sim: RocketSim, keepers: readonly Keeper[], moving: Moving): LaneView[] {
  const { ever, unread, parked } = standing(sim, keepers, CHECK_MAX_TOPIC, '');
  if (ever === 0 && !moving.has('discarded')) return [];
  return [
    {
      ...{ id: 'discarded', kind: 'discarded', topic: CHECK_MAX_TOPIC, group: '', levels: [] },
      waiting: 0,
      ready: unread,
      parked: parked.reverse(),
    },
  ];
}

function retryLane(
  sim: RocketSim,
  keepers: readonly Keeper[],
  group: string,
  waiting: Waiting,
  moving: Moving,
): LaneView[] {
  const topic = retryTopicOf(group);
  const lane = waiting.get(topic) ?? NOBODY;
  const stood = standing(sim, keepers, topic, group);
  if (lane === NOBODY && stood.ever === 0 && !moving.has(`retry:${group}`)) return [];
  const levels = levelsOf(lane);
  return [
    {
      ...{ id: `retry:${group}`, kind: 'retry', topic, group, levels },
      waiting: countOf(levels),
      ready: stood.unread,
      parked: [...stood.parked, ...soonestOf(sim, lane.parked)].slice(0, PARKED_MAX),
    },
  ];
}

function deadLetterLane(
  sim: RocketSim,
  keepers: readonly Keeper[],
  group: string,
  moving: Moving,
): LaneView[] {
  const topic = deadLetterTopicOf(group);
  const { ever, unread, parked } = standing(sim, keepers, topic, group, (broker, record, offset) =>
    resentOf(sim, broker, group, record, offset),
  );
  if (ever === 0 && !moving.has(`deadLetter:${group}`)) return [];
  const resent = keepers.reduce((sum, { broker }) => sum + resentCount(sim, broker, group), 0);
  return [
    {
      ...{ id: `deadLetter:${group}`, kind: 'deadLetter', topic, group, levels: [] },
      waiting: 0,
      ready: unread,
      resent: Math.min(unread, resent),
      parked: parked.reverse(),
    },
  ];
}

function resentOf(
  sim: RocketSim,
  broker: Broker,
  group: string,
  record: number,
  offset: number,
): Pick<ParkedView, 'resent'> {
  const resent = resentAs(sim, broker, group, record, offset);
  if (resent === undefined) return {};
  const { atUs, to } = resent;
  const { arena } = sim.state;
  const topic = messageTopic(arena, recordMessage(arena, record));
  return { resent: { atUs, topic, replicaGroup: to, queueId: queueOfResent(resent, offset) } };
}

/** What stands in a topic of a group that the group has not read: of much the newest, in order. */
function standing(
  sim: RocketSim,
  keepers: readonly Keeper[],
  topic: string,
  group: string,
  more?: (broker: Broker, record: number, offset: number) => Pick<ParkedView, 'resent'>,
) {
  const parked: ParkedView[] = [];
  let ever = 0;
  let unread = 0;
  for (const keeper of keepers) {
    for (const queue of queuesOf(sim, keeper, topic)) {
      const max = maxOffsetOf(queue);
      const from = Math.max(minOffsetOf(queue), Math.min(max, committedOffset(sim, group, queue.queue)));
      ever += max;
      unread += max - from;
      for (let offset = Math.max(from, max - PARKED_MAX); offset < max; offset++) {
        const record = recordAtOffset(queue, offset);
        parked.push({ ...parkedOf(sim, keeper, record, 0), ...more?.(keeper.broker, record, offset) });
      }
    }
  }
  return { ever, unread, parked: parked.slice(-PARKED_MAX) };
}

/** The queues of a topic on a broker, those that something was stored in. */
function queuesOf({ state: { arena } }: RocketSim, { broker }: Keeper, topic: string): ConsumeQueue[] {
  return [...broker.store.disk.queues.values()].filter(({ queue }) => queueOf(arena, queue).topic === topic);
}

function parkedOf(sim: RocketSim, { broker, slaves }: Keeper, record: number, dueUs: number): ParkedView {
  const { arena } = sim.state;
  const { log } = broker.store;
  const row = rowAtPhys(sim.state, log, recordPhys(arena, record));
  const there = row < logLength(log) && recordAt(log, row) === record;
  const { message, ...copies } = columnOf(sim, broker, slaves, record, there ? row : undefined);
  const props = recordPropsOf(arena, record);
  return {
    message,
    key: keyText(arena, messageKey(arena, recordMessage(arena, record))),
    dueUs,
    level: props?.delayLevel ?? 0,
    attempt: props?.checkTimes || (props?.reconsumeTimes ?? 0),
    copies,
  };
}
