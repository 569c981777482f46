import { describe, expect, it } from 'vitest';
import { queueOf, recordMessage, recordQueue } from '../../model/world';
import { reportOf } from '../../report/report';
import { Consuming } from './consumer/consuming.fixture';
import { type Sending, sending } from './producer/sending.fixture';

/** The numbers of the lesson about a master that dies: S16 of the syllabus, plain master/slave. */

type Part = Readonly<Record<string, unknown>>;

const MASTER = 'broker-a:0';
const SLAVE = 'broker-a:1';
const PROCESS = { do: 'kill', failure: 'process', target: MASTER };
const POWER = { do: 'kill', failure: 'power', target: MASTER };
const group = (queue: string) => queue.slice(0, queue.indexOf('#'));

/** One way of a message, with jitter, s. */
const HOP_S = 0.001;

describe('S16 writes', () => {
  const writing = (seed: number, action: Part, ratePerSecond: number, phases: Sending['phases'] = 'seeded') =>
    sending({ shape: 'T2', seed, phases, producer: { ratePerSecond }, actions: [action] });

  it('[HA-1] [PR-9] [CM-10] [CL-6] a killed master: no failure, and b alone within 30 s', () => {
    for (const seed of [1, 2, 3, 4]) {
      const run = writing(seed, { at: '40s', ...PROCESS }, 40).until(75);
      expect(run.report().sends.failed).toBe(0);
      const [learned] = run.seen('route.group-without-master', 40);
      expect(learned!.atS - 40).toBeLessThanOrEqual(30 + 2 * HOP_S);
      expect(run.attempts(learned!.atS).every(({ queue }) => group(queue) === 'broker-b')).toBe(true);
      const { queues } = run.producer().client.publish.get('Orders')!;
      expect(queues.map(({ brokerName }) => brokerName)).toEqual(Array(4).fill('broker-b'));
    }
  });

  it('[PR-9] [CM-10] until then half of the sends need a second attempt', () => {
    const run = writing(1, { at: '31s', ...PROCESS }, 40, 'aligned').until(60);
    const sent = run.seen('send.called', 31, 59.9).length;
    const second = run.attempts(31, 59.9).length - sent;
    expect(sent).toBeGreaterThan(1_100);
    expect(second / sent).toBeGreaterThan(0.45);
    expect(second / sent).toBeLessThan(0.55);
  });

  it('[HA-17] [HA-1] the slave takes no write and is never promoted', () => {
    const run = writing(1, { at: '40s', ...PROCESS }, 40).until(100);
    expect(run.listed('ns-1', 'broker-a')).toEqual([1]);
    expect(run.seen('message.stored', 40.01).some(({ node }) => node.startsWith('broker-a'))).toBe(false);
    expect(run.seen('broker.role', 1)).toEqual([]);
    expect(run.seen('send.refused-by-slave')).toEqual([]);
  });

  it('[CM-11] [NS-20] a master without power: sends fail after 3 s until 90 to 150 s have passed', () => {
    for (const seed of [1, 2, 3]) {
      const run = writing(seed, { at: '40s', ...POWER }, 2).until(200);
      const { failedAtS } = run.results(40);
      expect(failedAtS.length).toBeGreaterThan(15);
      const called = new Map(run.seen('send.called', 37).map(({ a, atS }) => [a, atS]));
      for (const { a, atS } of run.seen('send.failed', 40)) expect(atS - called.get(a)!).toBeCloseTo(3, 2);
      const [learned] = run.seen('route.group-without-master', 40);
      expect(learned!.atS - 40).toBeGreaterThanOrEqual(89.9);
      expect(learned!.atS - 40).toBeLessThanOrEqual(150.1);
      expect(failedAtS.at(-1)! - learned!.atS).toBeLessThanOrEqual(3);
    }
  });
});

const SLAVE_READS = ['broker-a:1', 'broker-b:1'].map((target) => ({
  at: '1s',
  do: 'set',
  target,
  config: { slaveReadEnable: true },
}));

/** T2 with consumers of G1; `slaveReads` as the brokers' files would say it. */
const reading = ({ slaveReads = true, ...setup }: Sending & { slaveReads?: boolean }) => {
  const reads = slaveReads && setup.version !== '4.9';
  const { run } = sending({
    shape: 'T2',
    consumers: ['c1', 'c2'].map((id) => ({ id, group: 'g', topic: 'Orders', processingMs: 1 })),
    ...setup,
    brokerConfig: reads ? { slaveReadEnable: true } : {},
    actions: [...(reads ? SLAVE_READS : []), ...(setup.actions ?? [])],
  });
  return new Consuming(run);
};

/** Messages of broker-a that were handed over since `fromMs`: when and to whom first, how many, how many of them again. */
const fromA = (cluster: Consuming, fromMs: number) => {
  const { arena } = cluster.run.sim.state;
  const all = cluster
    .entries('record.delivered')
    .filter(({ a }) => queueOf(arena, recordQueue(arena, a)).group === 'broker-a');
  const of = (entries: typeof all) => new Set(entries.map(({ a }) => recordMessage(arena, a)));
  const before = of(all.filter(({ atMs }) => atMs < fromMs));
  const since = of(all.filter(({ atMs }) => atMs >= fromMs));
  const first = all.find(({ atMs }) => atMs >= fromMs);
  return {
    firstMs: first?.atMs ?? Number.NaN,
    node: first?.node,
    distinct: since.size,
    again: [...since].filter((message) => before.has(message)).length,
  };
};

const both = (at: string, what: 'pause' | 'resume') =>
  ['c1', 'c2'].map((target) => ({ at, do: what, target }));

describe('S16 reads', () => {
  /** A backlog of 1 000 on broker-a, all of it on its slave as well; its master dies at 40 s. */
  const backlog = (setup: Parameters<typeof reading>[0]) =>
    reading({
      ...setup,
      actions: [
        ...both('5s', 'pause'),
        { at: '30s', do: 'burst', target: 'p', messages: 2_000 },
        { at: '40s', ...PROCESS },
        ...both('40001ms', 'resume'),
        ...(setup.actions ?? []),
      ],
    });

  it('[HA-13] [CM-10] 5.3 by default: nobody reads the 1 000, and nothing is lost', () => {
    const cluster = backlog({ slaveReads: false }).until(100_000);
    expect(fromA(cluster, 40_000).distinct).toBe(0);
    expect(cluster.count('pull.rejected-by-slave')).toBeGreaterThan(100);
    expect(cluster.count('record.consumed')).toBe(1_000);
    expect(reportOf(cluster.run).verdict).toMatchObject({ acknowledged: 2_000, acknowledgedLost: 0 });
  });

  it.each([
    ['5.3 with slaveReadEnable', '5.3'],
    ['4.9', '4.9'],
  ] as const)(
    '[HA-16] [HA-13] %s: all 1 000 from the slave, 0 to 30 s later, whatever the phase',
    (_, version) => {
      for (const seed of [1, 2, 3]) {
        const cluster = backlog({ version, seed, phases: 'seeded' });
        const all = () => cluster.count('record.consumed') === 2_000;
        for (let ms = 41_000; ms <= 73_000 && !all(); ms += 1_000) cluster.until(ms);
        expect(cluster.deliveredTwice()).toBe(0);
        const { distinct, firstMs, node } = fromA(cluster, 40_000);
        expect(distinct).toBe(1_000);
        const [learned] = cluster.entries('route.replaced', 40_000, node);
        expect(firstMs).toBeGreaterThan(learned!.atMs);
        // A pull that failed is tried again after 3 s at most.
        expect(learned!.atMs).toBeLessThanOrEqual(70_010);
        expect(firstMs - learned!.atMs).toBeLessThanOrEqual(3_000);
      }
    },
  );

  it('[HA-16] [HA-1] what the slave had not received comes when the master is back, from the log that it kept', () => {
    const cluster = backlog({
      version: '4.9',
      actions: [
        { at: '35s', do: 'cut', between: [MASTER, SLAVE] },
        { at: '36s', do: 'burst', target: 'p', messages: 200 },
        { at: '100s', do: 'heal', between: [MASTER, SLAVE] },
        { at: '100s', do: 'restart', target: MASTER },
      ],
    }).until(99_000);
    expect(fromA(cluster, 40_000).distinct).toBe(1_000);
    expect(cluster.broker(MASTER).store.log.records.length).toBe(1_100);
    cluster.until(140_000);
    expect(fromA(cluster, 40_000).distinct).toBe(1_100);
    expect(cluster.broker(MASTER).store.log.records.length).toBe(1_100);
    expect(cluster.broker(SLAVE).store.log.records.length).toBe(1_100);
    expect(cluster.deliveredTwice()).toBe(0);
  });

  it.each([
    ['5.3', 63],
    ['4.9', 10],
  ] as const)(
    '[HA-11] [HA-12] %s: the offsets on the slave are 0 to %i s old, whatever the phase',
    (version, maxS) => {
      for (let seed = 1; seed <= 6; seed++) {
        const run = sending({
          shape: 'T2',
          version,
          seed,
          phases: 'seeded',
          actions: [{ at: `${130 + 11 * seed}s`, ...PROCESS }],
        }).until(200);
        const [age] = run.seen('metadata.age');
        expect(age!.a / 1e6).toBeGreaterThanOrEqual(0);
        expect(age!.a / 1e6).toBeLessThanOrEqual(maxS + HOP_S);
      }
    },
  );
});

describe('S16 the master is back', () => {
  it('[HA-18] [CO-16] a consumer that stayed alive repeats nothing and commits from memory within 5 s of seeing it', () => {
    const cluster = reading({
      version: '4.9',
      actions: [
        ...both('5s', 'pause'),
        { at: '30s', do: 'burst', target: 'p', messages: 2_000 },
        { at: '40s', ...PROCESS },
        ...both('40001ms', 'resume'),
        { at: '80s', do: 'restart', target: MASTER },
      ],
    });
    const committed = () => [0, 1, 2, 3].map((queueId) => cluster.committed(queueId));
    // The route has lost id 0: the poll of 90.01 s brings it back.
    cluster.until(90_000);
    expect(committed()).toEqual([0, 0, 0, 0]);
    cluster.until(95_100);
    expect(committed()).toEqual([250, 250, 250, 250]);
    expect(cluster.deliveredTwice()).toBe(0);
  });

  /** 20 messages a second on broker-a; the consumer ends with the master and starts again 1 s later. */
  const startsMeanwhile = (version: '5.3' | '4.9', killS: number) =>
    reading({
      version,
      consumers: [{ id: 'c1', group: 'g', topic: 'Orders', processingMs: 1 }],
      producer: { ratePerSecond: 40 },
      actions: [
        { at: `${killS * 1000 - 20}ms`, do: 'kill', target: 'c1', failure: 'process' },
        { at: `${killS * 1000}ms`, ...PROCESS },
        { at: `${killS * 1000 + 1_000}ms`, do: 'restart', target: 'c1' },
      ],
    }).until((killS + 4) * 1000);

  it.each([
    // Syncs at 61, 124 … s, and each 10 s.
    ['5.3', 123.9, 63],
    ['4.9', 129.9, 10],
  ] as const)(
    '[HA-12] [HA-18] %s: one that starts meanwhile repeats what the slave has not heard of',
    (version, killS, maxS) => {
      const { again } = fromA(startsMeanwhile(version, killS), killS * 1000);
      expect(again / 20).toBeGreaterThan(maxS - 0.5);
      expect(again / 20).toBeLessThanOrEqual(maxS + 0.05);
    },
  );
});
