import { beforeEach, describe, expect, it } from 'vitest';
import { Outcome } from '../model/ledger';
import { killProcess } from '../model/process';
import { A, B, C, MS, SECOND } from '../model/toy-network';
import { addMessage } from '../model/world';
import { quantileUs } from './histogram';
import { begin, judges, kind, reader, send, sendAndStore, sim, store, types } from './judges.fixture';
import { waitedUs } from './readers';
import { longestUs } from './sends';

beforeEach(begin);

describe('sends', () => {
  it('measure a latency from the call to its answer, and leave exceptions out', () => {
    const [x, y] = [send(), send()];
    sim.runUntil(3 * MS);
    sim.emit(kind.result, A, x, Outcome.sendOk);
    sim.runUntil(SECOND);
    sim.emit(kind.result, A, y, Outcome.failed);
    expect(quantileUs(judges().sends.latency, 0.99)).toBeCloseTo(3 * MS, -2);
    expect(sim.state.ledger.outcomes.slice(0, 6)).toEqual([0, 1, 0, 0, 0, 1]);
  });

  it('call a queue unavailable from the first attempt that fails to the next success', () => {
    const [x, y, z] = [send(), send(), send()];
    sim.emit(kind.attempt, A, x, 4);
    sim.runUntil(MS);
    sim.emit(kind.result, A, x, Outcome.sendOk);
    sim.runUntil(SECOND);
    sim.emit(kind.attempt, A, y, 4);
    sim.runUntil(4 * SECOND);
    sim.emit(kind.attempt, A, y, 5);
    sim.emit(kind.result, A, y, Outcome.sendOk);
    sim.runUntil(10 * SECOND);
    expect(longestUs(judges().sends.queues[4]!, sim.nowUs)).toBe(9 * SECOND);
    sim.emit(kind.attempt, A, z, 4);
    sim.emit(kind.result, A, z, Outcome.sendOk);
    sim.runUntil(99 * SECOND);
    expect(judges().sends.queues.map((outage) => longestUs(outage, sim.nowUs))).toEqual([
      0,
      0,
      0,
      0,
      9 * SECOND,
      0,
    ]);
    expect(judges().sends.attempts).toBe(4);
  });

  it('call a queue unavailable while an attempt waits for more than a second, though it succeeds', () => {
    const [x, y] = [send(), send()];
    sim.emit(kind.attempt, A, x, 0);
    sim.runUntil(900 * MS);
    sim.emit(kind.result, A, x, Outcome.sendOk);
    expect(judges().sends.queues[0]?.longestUs).toBe(0);
    sim.emit(kind.attempt, A, y, 0);
    sim.runUntil(6_000 * MS);
    sim.emit(kind.result, A, y, Outcome.flushDiskTimeout);
    expect(judges().sends.queues[0]?.longestUs).toBe(5_100 * MS);
  });

  it('[EN-25] notice what happens to a message that nobody sent', () => {
    const message = addMessage(sim.state.arena, {
      bornUs: 0,
      producer: A,
      topic: 'T',
      key: 0,
      tag: '',
      bytes: 1,
      size: 1,
      wait: true,
    });
    store(message);
    store(message);
    expect(types()).toEqual([`message.unaccounted -1 ${message}`]);
    expect(judges().unaccounted).toBe(1);
  });
});

describe('receiving', () => {
  it('is interrupted while there is something and nobody has it in hand', () => {
    sim.emit(kind.owned, B, 0, 0);
    sim.runUntil(10 * SECOND);
    const [x, y] = [sendAndStore(), sendAndStore()];
    sim.runUntil(11 * SECOND);
    sim.emit(kind.delivered, B, x);
    sim.runUntil(20 * SECOND);
    sim.emit(kind.consumed, B, x);
    const queue = () => reader().queues.get(0)!;
    expect(waitedUs(sim, queue())).toBe(0);
    sim.runUntil(25 * SECOND);
    expect(waitedUs(sim, queue())).toBe(5 * SECOND);
    sim.emit(kind.delivered, B, y);
    sim.runUntil(99 * SECOND);
    expect(waitedUs(sim, queue())).toBe(5 * SECOND);
  });

  it('is interrupted when the process that had it in hand is dead', () => {
    sim.emit(kind.owned, B, 0, 0);
    const [x, y] = [sendAndStore(), sendAndStore()];
    sim.emit(kind.delivered, B, x);
    killProcess(sim, B, 'process');
    sim.runUntil(7 * SECOND);
    sim.emit(kind.delivered, C, y);
    expect(reader().queues.get(0)?.longestUs).toBe(7 * SECOND);
  });

  it('measures from the send to the first delivery', () => {
    const record = sendAndStore();
    sim.runUntil(40 * MS);
    sim.emit(kind.delivered, B, record);
    sim.runUntil(SECOND);
    sim.emit(kind.delivered, B, record);
    expect(judges().endToEnd.total).toBe(1);
    expect(quantileUs(judges().endToEnd, 0.5)).toBeCloseTo(40 * MS, -3);
  });
});
