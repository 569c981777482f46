import { expect, it } from 'vitest';
import { defineEvent, Handlers, Sim } from '../core/sim';
import { addProcess, createEnv, hostOf } from './env';
import { createLedger } from './ledger';
import { fsync, readDisk, reserveCpu, useCpu, writeBack } from './resources';
import { createArena, type World } from './world';

const done = defineEvent<string>('test.done');

function machine(cores = 2) {
  const env = createEnv({
    frozen: true,
    latencyUs: 0,
    jitterUs: 0,
    bandwidthBytesPerSecond: 1e9,
    fsyncUs: 8_000,
    sequentialBytesPerSecond: 500_000_000,
    fileSwitchUs: 0,
    dirtyBytesMax: 1e9,
    dirtyExpireUs: 0,
    diskCapacityBytes: 1e12,
    pageCacheBytes: 1e9,
    cores,
  });
  const node = addProcess(env, 'a', 'broker', 'host');
  const log: [string, number][] = [];
  const handlers = new Handlers<World>().on(done, (sim, _node, name) => log.push([name, sim.nowUs]));
  const state: World = { env, arena: createArena(), ledger: createLedger(), product: undefined, judges: {} };
  let incarnation = 0;
  const sim = new Sim<World>({ seed: 1, state, handlers, incarnationOf: () => incarnation });
  return {
    sim,
    node,
    log,
    disk: hostOf(env, node).disk,
    cpu: hostOf(env, node).cpu,
    end: () => incarnation++,
  };
}

it('an fsync takes its latency and the time for its bytes', () => {
  const { sim, node, log } = machine();
  expect(fsync(sim, node, 500_000, done, 'fsync')).toBe(9_000);
  sim.runUntil(20_000);
  expect(log).toEqual([['fsync', 9_000]]);
});

it('a disk serves one request after the other, in order', () => {
  const { sim, node, log, disk } = machine();
  fsync(sim, node, 0, done, 'first');
  readDisk(sim, node, 1_000_000, done, 'second');
  fsync(sim, node, 0, done, 'third');
  sim.runUntil(100_000);
  expect(log).toEqual([
    ['first', 8_000],
    ['second', 10_000],
    ['third', 18_000],
  ]);
  expect(disk.busyNs).toBe(18_000_000);
});

it('a slow disk multiplies each service time from then on', () => {
  const { sim, node, log, disk } = machine();
  fsync(sim, node, 0, done, 'before');
  disk.factor = 10;
  fsync(sim, node, 500_000, done, 'behind');
  sim.runUntil(1_000_000);
  expect(log).toEqual([
    ['before', 8_000],
    ['behind', 98_000],
  ]);
});

it('the event of an fsync ends with its process, that of a write-back does not', () => {
  const { sim, node, log, end } = machine();
  fsync(sim, node, 0, done, 'fsync');
  writeBack(sim, node, 500_000, done, 'write-back');
  end();
  sim.runUntil(100_000);
  expect(log).toEqual([['write-back', 9_000]]);
});

it('work waits for the earliest free core, and rounds up to a microsecond only at its end', () => {
  const { sim, node, log } = machine(2);
  expect(useCpu(sim, node, 2_500, done, 'a')).toBe(3);
  expect(useCpu(sim, node, 400, done, 'b')).toBe(1);
  expect(useCpu(sim, node, 400, done, 'c')).toBe(1);
  // The second core has been busy for 800 ns.
  expect(useCpu(sim, node, 1_200, done, 'd')).toBe(2);
  sim.runUntil(10);
  expect(log).toEqual([
    ['b', 1],
    ['c', 1],
    ['d', 2],
    ['a', 3],
  ]);
});

it('a slow CPU makes the same work longer', () => {
  const { sim, node, cpu } = machine(1);
  cpu.factor = 3;
  expect(reserveCpu(sim, node, 1_000)).toBe(3);
  expect(cpu.busyNs).toBe(3_000);
});
