import { describe, expect, it } from 'vitest';
import { hostOf, processOf } from './env';
import {
  exitProcess,
  freezeProcess,
  killProcess,
  markUp,
  processDown,
  shutdownProcess,
  startProcess,
} from './process';
import { fsync, readDisk, reserveCpu, useCpu } from './resources';
import { A, B, C, MS, SECOND, toyNetwork } from './toy-network';

const stateOf = ({ sim }: ReturnType<typeof toyNetwork>, node: number) => processOf(sim.state.env, node);
const types = ({ sim }: ReturnType<typeof toyNetwork>, from = 0) => {
  const seen: string[] = [];
  sim.window?.scan(from, sim.traceCount, ({ kind }) => {
    seen.push(kind.type);
    return true;
  });
  return seen;
};

describe('the life of a process', () => {
  it('[EN-1] begins down, and a start is told once', () => {
    const toy = toyNetwork();
    expect(types(toy)).toEqual(['process.started', 'process.started', 'process.started']);
    startProcess(toy.sim, A);
    expect(types(toy)).toHaveLength(3);
    expect(stateOf(toy, A).state).toBe('up');
  });

  it('[EN-2] ends at once by kill -9; its host and its neighbours live on', () => {
    const toy = toyNetwork();
    killProcess(toy.sim, B, 'process');
    expect(stateOf(toy, B)).toMatchObject({ state: 'down', failure: 'process', incarnation: 1 });
    expect(stateOf(toy, C).state).toBe('up');
    expect(hostOf(toy.sim.state.env, B).up).toBe(true);
    killProcess(toy.sim, B, 'process');
    expect(toy.told).toEqual(['0 b process']);
  });

  it('[EN-3] ends with its host, and all that runs there, by power', () => {
    const toy = toyNetwork();
    killProcess(toy.sim, B, 'power');
    expect(toy.told).toEqual(['0 b power', '0 c power']);
    expect(hostOf(toy.sim.state.env, C).up).toBe(false);
    expect(stateOf(toy, A).state).toBe('up');
  });

  it('[EN-1] the first start brings the power back; the neighbour stays down until it is started', () => {
    const toy = toyNetwork();
    killProcess(toy.sim, B, 'power');
    startProcess(toy.sim, C);
    expect(hostOf(toy.sim.state.env, B).up).toBe(true);
    expect([stateOf(toy, B).state, stateOf(toy, C).state]).toEqual(['down', 'up']);
  });

  it('[EN-4] ends with its disk, alone', () => {
    const toy = toyNetwork();
    const from = toy.sim.traceCount;
    killProcess(toy.sim, B, 'disk');
    expect(types(toy, from)).toEqual(['disk.lost']);
    expect(toy.told).toEqual(['0 b disk']);
    expect(hostOf(toy.sim.state.env, B).up).toBe(true);
  });

  it('[EN-6] shuts down by its own last act, and is asked once', () => {
    const toy = toyNetwork();
    shutdownProcess(toy.sim, A);
    expect(stateOf(toy, A)).toMatchObject({ state: 'down', failure: 'shutdown' });
    expect(types(toy).at(-1)).toBe('process.stopped');
    shutdownProcess(toy.sim, A);
    expect(toy.told).toEqual(['0 a shutdown']);
  });

  it('takes its pending events with it', () => {
    const toy = toyNetwork();
    const { sim } = toy;
    useCpu(sim, A, MS * 1000, processDown, { failure: 'process' });
    killProcess(sim, A, 'process');
    startProcess(sim, A);
    sim.runUntil(SECOND);
    expect(toy.told).toEqual(['0 a process']);
  });
});

describe('a frozen process', () => {
  it('[EN-5] goes on where it stood, after the longest of its freezes', () => {
    const toy = toyNetwork();
    const { sim } = toy;
    freezeProcess(sim, A, SECOND);
    sim.runUntil(500 * MS);
    freezeProcess(sim, A, SECOND);
    sim.runUntil(1_400 * MS);
    expect(stateOf(toy, A).state).toBe('frozen');
    sim.runUntil(2 * SECOND);
    expect(stateOf(toy, A)).toMatchObject({ state: 'up', sinceUs: 1_500 * MS, untilUs: undefined });
  });

  it('[EN-5] handles in order what fell due meanwhile', () => {
    const toy = toyNetwork();
    const { sim } = toy;
    sim.at(10 * MS, A, processDown, { failure: 'process' });
    sim.at(20 * MS, A, processDown, { failure: 'disk' });
    freezeProcess(sim, A, SECOND);
    sim.runUntil(2 * SECOND);
    expect(toy.told).toEqual(['1000 a process', '1000 a disk']);
  });

  it('[EN-5] is again what it was: one that was recovering is not up yet', () => {
    const toy = toyNetwork();
    stateOf(toy, A).state = 'recovering';
    freezeProcess(toy.sim, A, SECOND);
    toy.sim.runUntil(2 * SECOND);
    expect(stateOf(toy, A).state).toBe('recovering');
    markUp(toy.sim, A);
    expect(stateOf(toy, A).state).toBe('up');
  });

  it('[EN-5] does not wake when it was killed and started again meanwhile', () => {
    const toy = toyNetwork();
    const { sim } = toy;
    freezeProcess(sim, A, SECOND);
    killProcess(sim, A, 'process');
    startProcess(sim, A);
    freezeProcess(sim, A, 3 * SECOND);
    sim.runUntil(2 * SECOND);
    expect(stateOf(toy, A).state).toBe('frozen');
  });

  it('[EN-5] that is killed hears nothing of what waited', () => {
    const toy = toyNetwork();
    const { sim } = toy;
    sim.at(10 * MS, A, processDown, { failure: 'disk' });
    freezeProcess(sim, A, SECOND);
    sim.runUntil(20 * MS);
    killProcess(sim, A, 'process');
    sim.runUntil(2 * SECOND);
    expect(toy.told).toEqual(['20 a process']);
  });
});

describe('resources', () => {
  it('serve one disk request after the other, shared by the processes of a host', () => {
    const { sim } = toyNetwork({ fsyncUs: 4 * MS, sequentialBytesPerSecond: 1e6 });
    expect(fsync(sim, B, 1_000, processDown, { failure: 'process' })).toBe(5 * MS);
    expect(readDisk(sim, C, 2_000, processDown, { failure: 'process' })).toBe(7 * MS);
    expect(fsync(sim, A, 0, processDown, { failure: 'process' })).toBe(4 * MS);
  });

  it('give work to the core that is free first, and round up only at the end', () => {
    const { sim } = toyNetwork({ cores: 2 });
    expect(reserveCpu(sim, A, 1_500)).toBe(2);
    expect(reserveCpu(sim, A, 700)).toBe(1);
    // The second core is free at 0.7 µs: 0.7 + 0.2 µs, not 1 + 0.2.
    expect(reserveCpu(sim, A, 200)).toBe(1);
    expect(hostOf(sim.state.env, A).cpu.busyNs).toBe(2_400);
  });

  it('[EN-8] take as many times longer as the slowness says', () => {
    const { sim } = toyNetwork({ fsyncUs: 4 * MS });
    const host = hostOf(sim.state.env, A);
    host.disk.factor = 50;
    host.cpu.factor = 3;
    expect(fsync(sim, A, 0, processDown, { failure: 'process' })).toBe(200 * MS);
    expect(reserveCpu(sim, A, 2_000)).toBe(6);
  });

  it('end with the process that asked', () => {
    const toy = toyNetwork();
    fsync(toy.sim, A, 0, processDown, { failure: 'disk' });
    exitProcess(toy.sim, A);
    toy.sim.runUntil(SECOND);
    expect(toy.told).toEqual(['0 a shutdown']);
  });
});
