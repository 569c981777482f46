import { describe, expect, it } from 'vitest';
import { getCell } from '../../core/table';
import { recordAt } from '../../model/log';
import { recordMessage, recordOf, recordOffset, recordPhys, recordQueue } from '../../model/world';
import type { ConsumeQueue } from './broker/store-state';
import { type Consuming, consuming, type Setup } from './consumer/consuming.fixture';
import { type Sending, type SendingRun, sending } from './producer/sending.fixture';
import type { Broker } from './state';

/** The lesson about CommitLog, ConsumeQueues and index: S11 of the syllabus. */

const BROKER = 'broker-a:0';
const topic = (name: string) => ({ name, queues: 1, brokers: ['broker-a'] });
const said = (at: string, target: string, key: string) => ({ at, do: 'send', target, message: { key } });

const brokerOf = (run: SendingRun | Consuming) =>
  run.sim.state.product.brokers.get(run.node(BROKER)) as Broker;
const logOf = (run: SendingRun | Consuming) => {
  const { log } = brokerOf(run).store;
  return Array.from({ length: log.records.length }, (_, row) => recordAt(log, row));
};

/** Deletes ConsumeQueues and index files, as `rm -r` would beside a stopped broker. */
const deleteIndexes = (run: SendingRun | Consuming) =>
  run.run.sim.intervene(() => {
    const { disk } = brokerOf(run).store;
    disk.queues.clear();
    disk.keysIndexed = 0;
  });

const recordsOf = (queue: ConsumeQueue) =>
  Array.from({ length: queue.records.length }, (_, entry) => getCell(queue.records, entry, 0));

/** Each entry n points at the record with the logical offset n of its queue, and each record has one. */
const expectWhole = (run: SendingRun | Consuming) => {
  const { arena } = run.run.sim.state;
  const { queues } = brokerOf(run).store.disk;
  const entries = [...queues.values()].flatMap((queue) => {
    const records = recordsOf(queue);
    expect(records.map((record) => recordOffset(arena, record))).toEqual(records.map((_, n) => n));
    expect(records.every((record) => recordQueue(arena, record) === queue.queue)).toBe(true);
    return records;
  });
  expect(entries.sort((x, y) => x - y)).toEqual(logOf(run).sort((x, y) => x - y));
};

describe('S11 one log, many indexes', () => {
  /** A1 B1 A2, each with a key. */
  const three = (setup: Sending = {}) =>
    sending({
      topics: [topic('A'), topic('B')],
      producer: { topic: 'A' },
      ...setup,
      actions: [
        { at: '1s', do: 'add', producer: { id: 'q', group: 'qg', topic: 'B' } },
        said('2s', 'p', 'A1'),
        said('2100ms', 'q', 'B1'),
        said('2200ms', 'p', 'A2'),
        ...(setup.actions ?? []),
      ],
    }).until(3);

  it('[BR-1] [BR-3] one CommitLog holds A1 B1 A2 in the order of their arrival, back to back', () => {
    const run = three();
    const { arena } = run.run.sim.state;
    const records = logOf(run).map((record) => recordOf(arena, record));
    expect(logOf(run).map((record) => recordMessage(arena, record))).toEqual([0, 1, 2]);
    expect(new Set(records.map(({ queue }) => queue)).size).toBe(2);
    // 1 181 B with the topic `Orders`; these names are five letters shorter.
    expect(records.map(({ phys, size }) => [phys, size])).toEqual([
      [0, 1_176],
      [1_176, 1_176],
      [2_352, 1_176],
    ]);
  });

  it('[BR-6] [BR-8] each goes to the ConsumeQueue of its own queue within a millisecond', () => {
    const run = three();
    const { arena } = run.run.sim.state;
    const stored = run.seen('message.stored', 1.9);
    const dispatched = run.seen('record.dispatched', 1.9);
    expect(dispatched.map(({ b }) => b)).toEqual([0, 0, 1]);
    for (const [i, { atS }] of dispatched.entries()) {
      expect(atS - stored[i]!.atS).toBeGreaterThanOrEqual(0);
      expect(atS - stored[i]!.atS).toBeLessThanOrEqual(0.001);
    }
    const queues = [...brokerOf(run).store.disk.queues.values()].map(recordsOf);
    expect(queues.map((records) => records.map((record) => recordPhys(arena, record)))).toEqual([
      [0, 2_352],
      [1_176],
    ]);
    expectWhole(run);
  });

  it('[BR-10] the index has the unique key and the key of each', () => {
    expect(brokerOf(three()).store.disk.keysIndexed).toBe(6);
  });
});

describe('S11 ConsumeQueues are deleted', () => {
  /** 1 000 messages, half of them consumed; then the broker ends, its indexes are deleted, and it starts again. */
  const rebuilt = (end: object, setup: Setup = {}) => {
    const cluster = consuming({
      ...setup,
      consumers: [{ processingMs: 1 }],
      actions: [
        { at: '1s', do: 'burst', target: 'p', messages: 500 },
        { at: '20s', do: 'pause', target: 'c1' },
        { at: '30s', do: 'burst', target: 'p', messages: 500 },
        { at: '45s', target: BROKER, ...end },
      ],
    }).until(50_000);
    expect(cluster.count('record.consumed')).toBe(500);
    deleteIndexes(cluster);
    return cluster.act({ do: 'restart', target: BROKER });
  };
  const KILL = { do: 'kill', failure: 'process' };
  const POWER = { do: 'kill', failure: 'power' };
  const SHUTDOWN = { do: 'remove' };

  it.each([
    ['a killed process', KILL],
    ['a loss of power', POWER],
    ['a shutdown', SHUTDOWN],
  ])(
    '[BR-23] [BR-18] [BR-22] after %s all are written again from the CommitLog before the broker serves',
    (_, end) => {
      const cluster = rebuilt(end).until(60_000);
      expect(cluster.entries('abort.found', 50_000).map(({ a }) => a)).toEqual([end === SHUTDOWN ? 0 : 1]);
      const [again] = cluster.entries('consumequeue.rebuilt', 50_000);
      expect(again?.a).toBe(1_000);
      const [served] = cluster.entries('registration.sent', 50_000);
      expect(again?.id).toBeLessThan(served?.id ?? 0);
      expectWhole(cluster);
      expect(brokerOf(cluster).store.disk.keysIndexed).toBe(2_000);
    },
  );

  it.each([['5.3'], ['4.9']] as const)(
    '[BR-23] %s, a CommitLog of several files after a shutdown: from the first file on',
    (version) => {
      const brokerConfig = { mappedFileSizeCommitLog: 1_048_576 };
      const cluster = rebuilt(SHUTDOWN, { version, brokerConfig, producer: { bodyBytes: 8_192 } });
      cluster.until(60_000);
      expect(cluster.count('commitlog.rolled')).toBe(7);
      expect(cluster.entries('consumequeue.rebuilt', 50_000).map(({ a }) => a)).toEqual([1_000]);
      expectWhole(cluster);
    },
  );

  it('[BR-9] [BR-23] nothing is lost and nothing comes twice: unread messages are read, new ones go on behind them', () => {
    const cluster = rebuilt(KILL).until(100_000);
    cluster.act({ do: 'resume', target: 'c1' }).act({ do: 'burst', target: 'p', messages: 100 });
    cluster.until(130_000);
    expect(cluster.count('record.delivered')).toBe(1_100);
    expect(cluster.deliveredTwice()).toBe(0);
    expectWhole(cluster);
  });
});

describe('S11 consumed messages', () => {
  it('[BR-24] stay: offsets move, the log does not, and the next group reads them all', () => {
    const late = { id: 'late', group: 'late', topic: 'Orders', processingMs: 1 };
    const cluster = consuming({
      consumers: [{ processingMs: 1 }],
      actions: [
        { at: '1s', do: 'burst', target: 'p', messages: 1_000 },
        { at: '600s', do: 'add', consumer: late },
      ],
    }).until(599_000);
    expect([0, 1, 2, 3].map((queueId) => cluster.committed(queueId))).toEqual([250, 250, 250, 250]);
    expect(logOf(cluster)).toHaveLength(1_000);
    cluster.until(640_000);
    expect(cluster.count('record.consumed', 600_000, 'late')).toBe(1_000);
    expect(logOf(cluster)).toHaveLength(1_000);
    expect(cluster.count('file.expired')).toBe(0);
  });
});
