import { describe, expect, it } from 'vitest';
import { dropHead } from '../../../model/log';
import {
  keyText,
  messageBornUs,
  messageKey,
  messageProducer,
  recordMessage,
  recordPhys,
  recordStoredUs,
} from '../../../model/world';
import { messageDetails } from '../../../report/message';
import { runOf } from '../../../report/report.fixture';
import type { Run } from '../../../run';
import { putInternal } from '../broker/put';
import type { RocketSim } from '../state';
import { offsetIdOf, readOffsetId, uniqueKeyOf } from './ids';
import { queries } from './query';

const SECOND = 1_000_000;
const KILL = { do: 'kill', target: 'broker-a:0', failure: 'process', atUs: null, afterStep: null } as const;
const MASTER = 1;

function ofRun(run: Run) {
  const sim = run.sim as unknown as RocketSim;
  const { arena } = sim.state;
  const finish = <T>(work: Generator<void, T>): T => {
    for (;;) {
      const { done, value } = work.next();
      if (done) return value;
    }
  };
  const keyOf = (record: number) => keyText(arena, messageKey(arena, recordMessage(arena, record)));
  return {
    sim,
    arena,
    keyOf,
    broker: sim.state.product.brokers.get(MASTER)!,
    withKey: (key: string) =>
      Array.from({ length: arena.records.length }, (_, record) => record).filter(
        (record) => keyOf(record) === key,
      ),
    uniqueKey: (message: number) =>
      uniqueKeyOf(message, messageProducer(arena, message), messageBornUs(arena, message)),
    byKey: (key: string, range?: { beginUs: number; endUs: number }) =>
      finish(queries.byKey(sim, 'Orders', key, range)),
    byUniqueKey: (key: string, as = sim) => finish(queries.byUniqueKey(as, 'Orders', key)),
    entries: (type: string) => {
      const found: number[] = [];
      run.sim.window?.scan(0, run.sim.window.endId, ({ kind, a }) => {
        if (kind.type === type) found.push(a);
        return true;
      });
      return found;
    },
  };
}

function fewKeys(seconds: number) {
  const producer = { id: 'producer-1', group: 'order-producers', topic: 'Orders', ratePerSecond: 100 };
  const run = runOf({ producers: [{ ...producer, messages: 1_000, keys: { distinct: 4 } }] });
  run.advance(seconds * SECOND);
  return { run, ...ofRun(run) };
}

function sentByHand(...keys: readonly string[]) {
  const run = runOf({
    producers: [{ id: 'producer-1', group: 'order-producers', topic: 'Orders', ratePerSecond: 0 }],
    actions: keys.map((key) => ({ at: '5s', do: 'send', target: 'producer-1', message: { key } })),
  });
  run.advance(6 * SECOND);
  return { run, ...ofRun(run) };
}

describe('a query by key', () => {
  it('[TR-2] gives the newest 64 entries of a broker, in the order of its log', () => {
    const { withKey, byKey } = fewKeys(20);
    const all = withKey('order-1');
    expect(all.length).toBeGreaterThan(64);
    expect(byKey('order-1')).toEqual({
      asked: [{ broker: MASTER, answers: true, records: 64 }],
      records: all.slice(-64),
    });
    expect(byKey('order-77').records).toEqual([]);
  });

  it('[TR-2] looks at what was stored between two moments', () => {
    const { arena, withKey, byKey } = fewKeys(20);
    const all = withKey('order-2');
    const [first, last] = [all[3]!, all[9]!];
    const range = { beginUs: recordStoredUs(arena, first), endUs: recordStoredUs(arena, last) };
    expect(byKey('order-2', range).records).toEqual(all.slice(3, 10));
  });

  it('[TR-2] drops at the client what only has the same hash', () => {
    const { byKey, keyOf } = sentByHand('Aa', 'BB', 'Aa');
    expect(byKey('Aa').records.map(keyOf)).toEqual(['Aa', 'Aa']);
    expect(byKey('BB').records.map(keyOf)).toEqual(['BB']);
  });

  it('[TR-2] does not find what has left the CommitLog, and nothing at a dead master', () => {
    const { run, sim, broker, arena, withKey, byKey } = fewKeys(20);
    const all = withKey('order-3');
    const { log } = broker.store;
    const first = all.at(-2)!;
    dropHead(sim, log, first, recordPhys(arena, first));
    expect(byKey('order-3').records).toEqual(all.slice(-2));
    run.act(KILL);
    expect(byKey('order-3')).toEqual({
      asked: [{ broker: MASTER, answers: false, records: 0 }],
      records: [],
    });
  });

  it('[TR-2] [TR-3] the index is told of with its first file', () => {
    const { entries } = fewKeys(8);
    expect([entries('index.keys'), entries('index.unique-key')].map((told) => told[0])).toEqual([0, 0]);
  });
});

describe('a query by unique key', () => {
  it('[TR-3] gives the first hit of at most defaultQueryMaxNum entries', () => {
    const { run, sim, broker, uniqueKey, byUniqueKey, arena } = sentByHand('a', 'b');
    const key = uniqueKey(0);
    const stored = byUniqueKey(key).records;
    expect(stored.map((record) => recordMessage(arena, record))).toEqual([0]);
    putInternal(sim, broker.node, { message: 0, topic: 'Orders', queueId: 0, props: undefined }, undefined);
    run.advance(7 * SECOND);
    expect(byUniqueKey(key).records).toEqual(stored);
    broker.config = { ...broker.config, defaultQueryMaxNum: 1 };
    expect(byUniqueKey(key).records).toEqual([arena.records.length - 1]);
  });

  it('[TR-3] looks back three days', () => {
    const { sim, uniqueKey, byUniqueKey, arena } = sentByHand('a');
    const later = (us: number) =>
      Object.create(sim, { nowUs: { value: recordStoredUs(arena, 0) + us } }) as RocketSim;
    const days = 3 * 86_400 * SECOND;
    expect(byUniqueKey(uniqueKey(0), later(days)).records).toEqual([0]);
    expect(byUniqueKey(uniqueKey(0), later(days + 1)).records).toEqual([]);
  });
});

describe('offsetMsgId', () => {
  it('[TR-4] is ip, port and physical offset: 32 hexadecimal digits', () => {
    expect(offsetIdOf(9, 123_456)).toBe('0A00000A00002A9F000000000001E240');
    expect(readOffsetId('0a00000a00002a9f000000000001e240')).toEqual({ host: 9, phys: 123_456 });
    expect(readOffsetId(uniqueKeyOf(3, 3, SECOND))).toBeUndefined();
    expect(readOffsetId('order-3')).toBeUndefined();
  });

  it('[TR-4] names the broker that appended the record, in its replica as well, and leads there alone', () => {
    const { run, sim, entries } = sentByHand('a', 'b');
    const ids = messageDetails(run, 1)!.copies.map(({ offsetMsgId }) => offsetMsgId);
    expect(new Set(ids).size).toBe(1);
    expect(ids.length).toBe(2);
    const [id = ''] = ids;
    const { host = -1, phys = -1 } = readOffsetId(id) ?? {};
    expect(host).toBe(MASTER);
    expect(queries.byOffsetId(sim, id)).toEqual({
      asked: [{ broker: MASTER, answers: true, records: 1 }],
      records: [1],
    });
    expect(queries.byOffsetId(sim, offsetIdOf(MASTER, phys - 1))?.records).toEqual([]);
    expect(queries.byOffsetId(sim, offsetIdOf(77, phys))).toBeUndefined();
    run.act(KILL);
    expect(queries.byOffsetId(sim, id)?.asked[0]?.answers).toBe(false);
    expect(entries('record.named')).toEqual([0]);
  });

  it('[TR-6] of a copy is its own, and the unique key stays', () => {
    const { run, sim, broker, arena, entries, uniqueKey } = sentByHand('a');
    const before = messageDetails(run, 0)!;
    putInternal(sim, broker.node, { message: 0, topic: 'Orders', queueId: 0, props: undefined }, undefined);
    run.advance(7 * SECOND);
    const now = messageDetails(run, 0)!;
    expect(new Set(before.copies.map(({ offsetMsgId }) => offsetMsgId)).size).toBe(1);
    expect(new Set(now.copies.map(({ offsetMsgId }) => offsetMsgId)).size).toBe(2);
    expect([now.uniqueKey, before.uniqueKey]).toEqual([uniqueKey(0), uniqueKey(0)]);
    expect(entries('record.named-anew')).toEqual([arena.records.length - 1]);
  });
});

it('[TR-5] a unique key is ip, process, class loader, milliseconds and counter: 32 hexadecimal digits', () => {
  expect(uniqueKeyOf(0x1_0005, 2, 1_234_567)).toBe('0A000003100218B4AAC2000004D20005');
  const { entries } = sentByHand('a', 'b');
  expect(entries('message.unique-key')).toEqual([0]);
});
