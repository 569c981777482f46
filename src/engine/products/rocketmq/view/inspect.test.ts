import { expect, it } from 'vitest';
import { Run } from '../../../run';
import { parseScenario } from '../../../scenario/parse';
import { inspectorOf } from '../../inspectors';

it('shows of a broker what its offset file holds, which lags behind its memory, and its dirty pages', () => {
  const parsed = parseScenario({
    format: 'mq-playground/scenario@1',
    product: 'rocketmq',
    nameservers: [{ id: 'ns-1' }],
    brokers: [{ id: 'a', brokerName: 'a', config: { flushIntervalCommitLog: 60_000 } }],
    topics: [{ name: 'T', queues: 1 }],
    producers: [{ id: 'p', group: 'p', topic: 'T', ratePerSecond: 40 }],
    consumers: [{ id: 'c', group: 'g', topic: 'T' }],
  });
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  const run = new Run(parsed.scenario);
  const rowsAt = (timeUs: number) => {
    run.advance(timeUs);
    const sections = inspectorOf(run.product)(run.sim, 1)?.sections ?? [];
    const offset = (source: string) =>
      Number(
        sections.find((section) => section.source === source)?.rows.find(([key]) => key === 'T@g')?.[1] ?? 0,
      );
    const dirty = sections.flatMap(({ rows }) => rows).find(([name]) => name === 'dirty pages')?.[1];
    return {
      memory: offset('ConsumerOffsetManager.offsetTable'),
      disk: offset('consumerOffset.json'),
      dirty: Number(dirty),
    };
  };
  const [early, late] = [rowsAt(1_000_000), rowsAt(30_000_000)];
  expect(late.memory).toBeGreaterThan(0);
  expect(late.disk).toBeGreaterThan(0);
  expect(late.disk).toBeLessThanOrEqual(late.memory);
  expect(late.dirty).toBeGreaterThan(early.dirty);
});

it('[OR-2] shows the locks of a broker and what its levels wait for', () => {
  const parsed = parseScenario({
    format: 'mq-playground/scenario@1',
    product: 'rocketmq',
    nameservers: [{ id: 'ns-1' }],
    brokers: [{ id: 'a', brokerName: 'a' }],
    topics: [{ name: 'T', queues: 1 }],
    producers: [{ id: 'p', group: 'p', topic: 'T', ratePerSecond: 1, messages: 2 }],
    consumers: [
      { id: 'c', group: 'g', topic: 'T', listener: 'orderly' },
      { id: 'd', group: 'h', topic: 'T', failureRate: [1, 1] },
    ],
  });
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  const run = new Run(parsed.scenario);
  run.advance(8_000_000);
  const section = (process: string, source: string) => {
    const node = run.sim.state.env.processes.findIndex(({ name }) => name === process);
    return inspectorOf(run.product)(run.sim, node)?.sections.find((each) => each.source === source);
  };
  const locks = section('a', 'RebalanceLockManager.mqLockTable')?.rows ?? [];
  expect(locks.map(([group, queue, , process]) => [group, queue, process])).toContainEqual([
    'g',
    'T@a#0',
    'c',
  ]);
  const [level] = section('a', 'ScheduleMessageService.offsetTable')?.rows ?? [];
  expect(level?.slice(0, 4)).toEqual(['3', '10.0 s', '0', '2']);
  expect(section('c', 'RebalanceImpl.processQueueTable')?.columns?.at(-1)).toBe('locked');
  expect(section('d', 'RebalanceImpl.processQueueTable')?.columns?.at(-1)).toBe('from');
});
