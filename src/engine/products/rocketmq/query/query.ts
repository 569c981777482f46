import { processOf } from '../../../model/env';
import { logLength, recordAt, rowAtPhys } from '../../../model/log';
import {
  type Arena,
  keyText,
  messageBornUs,
  messageKey,
  messageProducer,
  queueOf,
  recordMessage,
  recordPhys,
  recordQueue,
  recordStoredUs,
} from '../../../model/world';
import type { BrokerAnswer, Queries, QueryAnswer } from '../../../product';
import { indexKeyHash } from '../broker/dispatch';
import type { Broker, RocketSim } from '../state';
import { readOffsetId, uniqueKeyOf } from './ids';

/**
 * What an administrator's queries would find now. They change nothing, so they are no events: they read what the
 * brokers that would be asked have in their index files and CommitLogs.
 */

const DAY_US = 24 * 60 * 60 * 1_000_000;
/** `queryMessageByUniqKey` of a client looks back so far (TR-3). */
const WINDOW_US = 3 * DAY_US;
/** What `queryMsgByKey` asks each broker for, and what a broker gives at most (`maxMsgsNumBatch`). */
const KEY_MAX = 64;
/** Rows of an index that are looked at in one turn. */
const TURN = 5_000;

interface Asking {
  readonly topic: string;
  readonly key: string;
  readonly beginUs: number;
  readonly endUs: number;
  readonly unique: boolean;
}

export const queries: Queries<RocketSim> = {
  *byKey(sim, topic, key, { beginUs, endUs } = { beginUs: 0, endUs: Infinity }) {
    return yield* ask(sim, { topic, key, beginUs, endUs, unique: false });
  },
  *byUniqueKey(sim, topic, key) {
    const beginUs = Math.max(0, sim.nowUs - WINDOW_US);
    const { asked, records } = yield* ask(sim, { topic, key, beginUs, endUs: Infinity, unique: true });
    return { asked, records: records.slice(0, 1) };
  },
  byOffsetId,
};

/** Every broker of the topic's route is asked; the client looks at the keys of what comes once more (TR-2). */
function* ask(sim: RocketSim, asking: Asking): Generator<void, QueryAnswer> {
  const asked: BrokerAnswer[] = [];
  const records: number[] = [];
  for (const broker of brokersOfRoute(sim, asking.topic)) {
    const answers = isAnswering(sim, broker);
    const found = answers ? yield* lookUp(sim, broker, asking) : [];
    const exact = found.filter((record) => isExact(sim.state.arena, record, asking));
    asked.push({ broker: broker.node, answers, records: exact.length });
    records.push(...exact);
  }
  return { asked, records };
}

/** By offsetMsgId: straight to the broker and the place that it names, whoever else has a copy (TR-4). */
function byOffsetId(sim: RocketSim, id: string): QueryAnswer | undefined {
  const place = readOffsetId(id);
  if (place === undefined) return undefined;
  const broker = sim.state.product.brokers.get(place.host);
  if (broker === undefined) return undefined;
  const { log } = broker.store;
  const answers = isAnswering(sim, broker);
  const row = rowAtPhys(sim.state, log, place.phys);
  const record = row < Math.min(log.cached, logLength(log)) ? recordAt(log, row) : -1;
  const found = answers && record >= 0 && recordPhys(sim.state.arena, record) === place.phys;
  return {
    asked: [{ broker: broker.node, answers, records: found ? 1 : 0 }],
    records: found ? [record] : [],
  };
}

/**
 * The brokers of a topic as a living NameServer lists them: of each group the master, or else another one
 * (`BrokerData#selectBrokerAddr` draws; here it is the one with the lowest id).
 */
function brokersOfRoute({ state: { env, product } }: RocketSim, topic: string): Broker[] {
  for (const { node, tables } of product.nameservers.values()) {
    const groups = tables.topicQueueTable.get(topic);
    if (processOf(env, node).state !== 'up' || groups === undefined) continue;
    return [...groups.keys()].flatMap((name) => {
      const addrs = tables.brokerAddrTable.get(name)?.addrs ?? new Map<number, number>();
      const broker = product.brokers.get(addrs.get(Math.min(...addrs.keys())) ?? -1);
      return broker === undefined ? [] : [broker];
    });
  }
  return [];
}

const isAnswering = ({ state }: RocketSim, { node, store }: Broker) =>
  processOf(state.env, node).state === 'up' && !store.memory.closed;

/**
 * `DefaultMessageStore#queryMessage`: the newest entries whose hash and time fit, and of those what the CommitLog
 * still holds, in its order.
 */
function* lookUp(sim: RocketSim, { store, config }: Broker, asking: Asking): Generator<void, number[]> {
  const { arena } = sim.state;
  const { log, memory } = store;
  const hash = indexKeyHash(`${asking.topic}#${asking.key}`);
  const max = asking.unique ? config.defaultQueryMaxNum : KEY_MAX;
  const found: number[] = [];
  const end = Math.min(memory.dispatchedRows, logLength(log));
  for (let row = end - 1; row >= log.first && found.length < max; row--) {
    if ((end - row) % TURN === 0) yield;
    const record = recordAt(log, row);
    const storedUs = recordStoredUs(arena, record);
    if (storedUs < asking.beginUs || storedUs > asking.endUs) continue;
    const { topic } = queueOf(arena, recordQueue(arena, record));
    const fits = namesOf(arena, record, asking.unique).some(
      (key) => indexKeyHash(`${topic}#${key}`) === hash,
    );
    if (fits) found.push(record);
  }
  return found.reverse();
}

/** The index knows hashes alone: what only has the same one is dropped by the client. */
function isExact(arena: Arena, record: number, { topic, key, unique }: Asking): boolean {
  const sameTopic = unique || queueOf(arena, recordQueue(arena, record)).topic === topic;
  return sameTopic && namesOf(arena, record, unique).includes(key);
}

function namesOf(arena: Arena, record: number, unique: boolean): string[] {
  const message = recordMessage(arena, record);
  return unique
    ? [uniqueKeyOf(message, messageProducer(arena, message), messageBornUs(arena, message))]
    : keyText(arena, messageKey(arena, message)).split(' ').filter(Boolean);
}
