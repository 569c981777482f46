import { describe, expect, it } from 'vitest';
import { judgesOf } from '../../checkers/judges';
import { waitedUs } from '../../checkers/readers';
import { longestUs } from '../../checkers/sends';
import { verdictOf } from '../../checkers/verdict';
import type { TraceEntry } from '../../core/trace';
import { nodeOf } from '../../model/env';
import { copiesOf } from '../../model/ledger';
import { logLength, recordAt } from '../../model/log';
import { recordOf } from '../../model/world';
import { runOf } from '../../report/report.fixture';
import type { Run } from '../../run';
import { brokerDefaults, consumerDefaults, namesrvDefaults, producerDefaults } from '../../scenario/config';

/** What follows from several rules together: sections CM (common facts), VC and SIM of the behaviour reference. */

const SECOND = 1_000_000;
const A = { id: 'broker-a:0', brokerName: 'broker-a', brokerId: 0 };
const B = { id: 'broker-b:0', brokerName: 'broker-b', brokerId: 0 };
const PRODUCER = { id: 'producer-1', group: 'order-producers', topic: 'Orders', ratePerSecond: 100 };

function entries(run: Run, from = 0): TraceEntry[] {
  const list: TraceEntry[] = [];
  run.sim.window?.scan(from, run.sim.traceCount, (entry) => list.push(entry) > 0);
  return list;
}

function twoGroups(actions: readonly unknown[]): Run {
  return runOf({
    brokers: [A, B],
    topics: [{ name: 'Orders', queues: 4, brokers: ['broker-a', 'broker-b'] }],
    producers: [PRODUCER],
    actions,
  });
}

/** When queues of a group were first stored to, or delivered from, behind a moment. */
function firstUs(run: Run, role: 'stored' | 'delivered', group: string, fromUs: number): number {
  const { arena } = run.sim.state;
  const found = entries(run).find(
    ({ kind, timeUs, a }) =>
      kind.role === role && timeUs >= fromUs && arena.queues[recordOf(arena, a).queue]?.group === group,
  );
  return found?.timeUs ?? Number.POSITIVE_INFINITY;
}

describe('the crash matrix, common facts', () => {
  it('[CM-1] other broker groups serve on', () => {
    const run = twoGroups([{ at: '10s', do: 'kill', target: 'broker-a:0', failure: 'process' }]);
    run.advance(60 * SECOND);
    const { sends, readers } = judgesOf(run.sim.state);
    const outages = run.sim.state.arena.queues.flatMap(({ group, topic }, queue) => {
      if (topic !== 'Orders') return [];
      const write = sends.queues[queue];
      const read = readers[0]?.queues.get(queue);
      return [
        {
          group,
          write: write ? longestUs(write, run.sim.nowUs) : 0,
          read: read ? waitedUs(run.sim, read) : 0,
        },
      ];
    });
    expect(outages.filter(({ group }) => group === 'broker-b')).toEqual(
      [0, 1, 2, 3].map(() => ({ group: 'broker-b', write: 0, read: 0 })),
    );
    expect(outages.filter(({ group, write }) => group === 'broker-a' && write > 40 * SECOND)).toHaveLength(4);
    expect(run.sim.state.ledger.outcomes[5]).toBe(0);
  });

  it('[CM-3] a restarted broker registers at once; clients use it at their next poll, at most 30 s later', () => {
    for (const seed of [1, 2, 3]) {
      const run = twoGroups([
        { at: '10s', do: 'kill', target: 'broker-a:0', failure: 'process' },
        { at: '50s', do: 'restart', target: 'broker-a:0' },
        { at: '51s', do: 'set', target: 'producer-1', workload: { ratePerSecond: 100 + seed } },
      ]);
      run.advance(90 * SECOND);
      const node = nodeOf(run.sim.state.env, 'broker-a:0');
      const registered = entries(run).find(
        ({ kind, timeUs, a, b }) =>
          kind.rule === 'NS-27' && timeUs >= 50 * SECOND && (a === node || b === node),
      );
      expect(registered?.timeUs).toBeLessThan(51 * SECOND);
      const stored = firstUs(run, 'stored', 'broker-a', 50 * SECOND);
      expect(stored).toBeLessThanOrEqual(80.2 * SECOND);
      expect(firstUs(run, 'delivered', 'broker-a', 50 * SECOND)).toBeLessThanOrEqual(81.5 * SECOND);
    }
  });

  const crash = (alsoConsumer: boolean) => {
    const run = runOf({
      brokers: [A],
      producers: [{ ...PRODUCER, messages: 1_350 }],
      actions: [
        { at: '13900ms', do: 'kill', target: 'broker-a:0', failure: 'process' },
        ...(alsoConsumer ? [{ at: '13900ms', do: 'kill', target: 'consumer-1', failure: 'process' }] : []),
        { at: '20s', do: 'restart', target: 'broker-a:0' },
        ...(alsoConsumer ? [{ at: '20s', do: 'restart', target: 'consumer-1' }] : []),
      ],
    });
    run.advance(80 * SECOND);
    return verdictOf(run).duplicates;
  };

  it('[CM-4] a broker crash repeats what was consumed since the offsets were last written, if the consumer is gone too', () => {
    const duplicates = crash(true);
    expect(duplicates).toBeGreaterThan(0);
    // Five seconds at a hundred a second, and what was in hand.
    expect(duplicates).toBeLessThanOrEqual(520);
  });

  it('[CM-4] repeats nothing while the consumer lives: it tells its offsets again', () => {
    expect(crash(false)).toBe(0);
  });
});

describe('the two versions', () => {
  it('[VC-2] share what the comparison says is the same', () => {
    const machine = { cores: 8 };
    const of = (version: '5.3' | '4.9') => ({
      register: brokerDefaults(version, machine).registerNameServerPeriod,
      syncFlushTimeout: brokerDefaults(version, machine).syncFlushTimeout,
      slaveTimeout: brokerDefaults(version, machine).slaveTimeout,
      file: brokerDefaults(version, machine).mappedFileSizeCommitLog,
      reserved: brokerDefaults(version, machine).fileReservedTime,
      poll: consumerDefaults(version).pollNameServerInterval,
      heartbeat: producerDefaults(version).heartbeatBrokerInterval,
      persist: consumerDefaults(version).persistConsumerOffsetInterval,
      timeout: producerDefaults(version).sendMsgTimeout,
      retries: producerDefaults(version).retryTimesWhenSendFailed,
    });
    expect(of('4.9')).toEqual(of('5.3'));
    expect(of('5.3')).toEqual({
      register: 30_000,
      syncFlushTimeout: 5_000,
      slaveTimeout: 3_000,
      file: 1_073_741_824,
      reserved: 72,
      poll: 30_000,
      heartbeat: 30_000,
      persist: 5_000,
      timeout: 3_000,
      retries: 2,
    });
    expect(Object.keys(namesrvDefaults('5.3'))).toContain('scanNotActiveBrokerInterval');
  });
});

describe('what the engine must keep', () => {
  /** When a client first asks for routes, by process. */
  const polls = (run: Run) => {
    run.advance(31 * SECOND);
    const seen = new Map<number, number>();
    for (const { kind, a, timeUs } of entries(run))
      if (kind.rule === 'NS-21' && !seen.has(a)) seen.set(a, timeUs);
    return [...seen].sort(([x], [y]) => x - y).map(([, us]) => us);
  };

  it('[SIM-1] the phases of periodic timers are the seed’s', () => {
    const [one, same, two] = [polls(runOf()), polls(runOf()), polls(runOf({ seed: 4 }))];
    expect(same).toEqual(one);
    expect(two).not.toEqual(one);
    expect(new Set(one).size).toBe(one.length);
  });

  it('[SIM-1] aligned, every timer ticks as if its process had started at 0', () => {
    for (const seed of [1, 2]) {
      // The route poll comes first after 10 ms.
      for (const us of polls(runOf({ seed, phases: 'aligned' })))
        expect(Math.abs(us - 10_000)).toBeLessThan(2_000);
    }
  });

  it('[SIM-2] choices that the product leaves to luck are the seed’s', () => {
    const firstQueues = (seed: number) => {
      const run = runOf({ seed });
      run.advance(SECOND);
      return entries(run)
        .flatMap(({ kind, b }) => (kind.role === 'attempt' ? [b] : []))
        .slice(0, 8);
    };
    expect(firstQueues(1)).toEqual(firstQueues(1));
    const starts = new Set([1, 2, 3, 4, 5, 6, 7, 8].map((seed) => firstQueues(seed)[0]));
    expect(starts.size).toBeGreaterThan(1);
  });

  it.each(['ASYNC_FLUSH', 'SYNC_FLUSH'])(
    '[SIM-3] the log, the answers and the readers agree under %s',
    (flushDiskType) => {
      const run = runOf({
        brokers: [{ ...A, config: { flushDiskType } }],
        producers: [{ ...PRODUCER, messages: 1_500 }],
        actions: [
          { at: '5s', do: 'kill', target: 'broker-a:0', failure: 'power' },
          { at: '9s', do: 'restart', target: 'broker-a:0' },
        ],
      });
      const { sim, product } = run;
      const { arena, ledger } = sim.state;
      const log = product.logs(sim)[0]!.log;
      const broken: string[] = [];
      let next = 0;
      while (sim.nowUs < 40 * SECOND) {
        run.step();
        for (const { kind, a, timeUs } of entries(run, next)) {
          // An answer says that the record is in the log; a delivery, that consumers may see it (BR-6).
          if (kind.type === 'put.answered' && copiesOf(ledger, a) === 0)
            broken.push(`${timeUs} answered, not stored`);
          if (kind.role !== 'delivered') continue;
          const row = rowOf(a);
          if (row < 0 && timeUs < 5 * SECOND) broken.push(`${timeUs} delivered, not in the log`);
          if (row >= (flushDiskType === 'SYNC_FLUSH' ? log.flushed : log.cached))
            broken.push(`${timeUs} seen too early`);
        }
        next = sim.traceCount;
      }
      expect(broken).toEqual([]);
      expect(densityBreaks()).toEqual([]);
      for (const { committed, max } of product.offsets(sim)) expect(committed).toBeLessThanOrEqual(max);

      function rowOf(record: number): number {
        for (let row = logLength(log) - 1; row >= 0; row--) if (recordAt(log, row) === record) return row;
        return -1;
      }

      /** Offsets of each queue are dense, and the log is in the order of storing. */
      function densityBreaks(): string[] {
        const nextOffsets = new Map<number, number>();
        const breaks: string[] = [];
        let lastUs = 0;
        for (let row = 0; row < logLength(log); row++) {
          const { queue, offset, storedUs } = recordOf(arena, recordAt(log, row));
          if (offset !== (nextOffsets.get(queue) ?? 0)) breaks.push(`row ${row}: offset ${offset}`);
          if (storedUs < lastUs) breaks.push(`row ${row}: stored before its predecessor`);
          nextOffsets.set(queue, offset + 1);
          lastUs = storedUs;
        }
        return breaks;
      }
    },
  );
});
