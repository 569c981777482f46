import { beforeEach, describe, expect, it } from 'vitest';
import { freezeProcess, killProcess, startProcess } from '../model/process';
import { B, C, SECOND } from '../model/toy-network';
import { begin, judges, kind, readAlone, sim, types } from './judges.fixture';

beforeEach(begin);

describe('[EN-23] one owner', () => {
  it('is broken by a second living consumer until one lets go', () => {
    sim.emit(kind.owned, B, 0, 0);
    sim.emit(kind.owned, C, 0, 0);
    sim.runUntil(2 * SECOND);
    sim.emit(kind.released, B, 0);
    expect(types()).toEqual([`queue.two-owners ${C} 0 ${B}`, `queue.one-owner ${C} 0 ${2 * SECOND}`]);
    expect(judges().owners.broken).toBe(1);
  });

  it('is not broken by the heir of a dead consumer, nor by the same one started again', () => {
    sim.emit(kind.owned, B, 0, 0);
    killProcess(sim, B, 'process');
    sim.emit(kind.owned, C, 0, 0);
    startProcess(sim, B);
    sim.emit(kind.owned, B, 1, 0);
    expect(judges().owners.broken).toBe(0);
  });

  it('holds again when one of two owners dies', () => {
    sim.emit(kind.owned, B, 0, 0);
    sim.emit(kind.owned, C, 0, 0);
    killProcess(sim, B, 'process');
    sim.emit(kind.warm, -1);
    expect(types().at(-1)).toMatch(/^queue.one-owner/);
    expect(judges().owners.conflicts.size).toBe(0);
  });

  it('is broken by the heir of a frozen one, which goes on later', () => {
    sim.emit(kind.owned, B, 0, 0);
    freezeProcess(sim, B, SECOND);
    sim.emit(kind.owned, C, 0, 0);
    expect(judges().owners.broken).toBe(1);
  });

  it('means nothing to broadcasting consumers', () => {
    readAlone();
    sim.emit(kind.owned, B, 0, 0);
    sim.emit(kind.owned, C, 0, 0);
    expect(judges().owners.broken).toBe(0);
  });
});
