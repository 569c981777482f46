import { describe, expect, it } from 'vitest';
import { Handlers, Sim } from '../core/sim';
import { createEnv } from './env';
import { copiesOf, createLedger, isExpired, isLost, Outcome, outcomeKnown } from './ledger';
import {
  appendCopy,
  createLog,
  dropHead,
  endPhys,
  loseTail,
  physAt,
  recordAt,
  rowAtPhys,
  wipeLog,
} from './log';
import { addMessage, addRecord, createArena, internQueue, type World } from './world';

const env = () =>
  createEnv({
    frozen: true,
    latencyUs: 0,
    jitterUs: 0,
    bandwidthBytesPerSecond: 1,
    fsyncUs: 0,
    sequentialBytesPerSecond: 1,
    fileSwitchUs: 0,
    dirtyBytesMax: 1,
    dirtyExpireUs: 0,
    diskCapacityBytes: 1,
    pageCacheBytes: 1,
    cores: 1,
  });

/** Records of 100 bytes at the given physical offsets, stored and acknowledged. */
function logOf(...offsets: number[]) {
  const state: World = {
    env: env(),
    arena: createArena(),
    ledger: createLedger(),
    product: undefined,
    judges: {},
  };
  const sim = new Sim<World>({ seed: 1, state, handlers: new Handlers<World>(), incarnationOf: () => 0 });
  const queue = internQueue(state.arena, 'Orders', 'broker-a', 0);
  const log = createLog(0);
  offsets.forEach((phys, offset) => {
    const message = addMessage(state.arena, {
      bornUs: 0,
      producer: 0,
      topic: 'Orders',
      key: offset,
      tag: '',
      bytes: 9,
      size: 100,
      wait: true,
    });
    const record = addRecord(state.arena, {
      message,
      queue,
      offset,
      phys,
      size: 100,
      storedUs: 0,
      wait: true,
    });
    appendCopy(sim, log, record);
    outcomeKnown(sim, message, Outcome.sendOk);
  });
  return { sim, state, log };
}

describe('positions', () => {
  it('reach behind the last record, over the blank end of a file', () => {
    const { state, log } = logOf(0, 100, 250);
    expect(endPhys(state, log)).toBe(350);
    expect([0, 1, 2, 3].map((row) => physAt(state, log, row))).toEqual([0, 100, 200, 350]);
  });

  it('find the row that begins at or behind an offset', () => {
    const { state, log } = logOf(0, 100, 250);
    expect([0, 1, 100, 101, 250, 251].map((phys) => rowAtPhys(state, log, phys))).toEqual([0, 1, 1, 2, 2, 3]);
  });

  it('of an empty log are where it begins', () => {
    const { state, log } = logOf();
    log.startPhys = 4_096;
    expect(endPhys(state, log)).toBe(4_096);
    expect(physAt(state, log, 0)).toBe(4_096);
  });
});

describe('losing', () => {
  it('a tail takes the copies and lowers both marks', () => {
    const { sim, state, log } = logOf(0, 100, 200);
    log.flushed = 1;
    loseTail(sim, log, 1);
    expect([log.records.length, log.cached, log.flushed]).toEqual([1, 1, 1]);
    expect([0, 1, 2].map((message) => copiesOf(state.ledger, message))).toEqual([1, 0, 0]);
    expect([0, 1, 2].map((message) => isLost(state.ledger, message))).toEqual([false, true, true]);
    expect(log.lostTail).toEqual([1, 2]);
  });

  it('a head expires its messages and moves the beginning', () => {
    const { sim, state, log } = logOf(0, 100, 300);
    dropHead(sim, log, 2, 300);
    expect([log.first, log.startPhys, endPhys(state, log)]).toEqual([2, 300, 400]);
    expect([0, 1, 2].map((message) => isExpired(state.ledger, message))).toEqual([true, true, false]);
    expect([0, 1, 2].map((message) => isLost(state.ledger, message))).toEqual([false, false, false]);
    expect(rowAtPhys(state, log, 0)).toBe(2);
  });

  it('a tail below a head leaves an empty log', () => {
    const { sim, state, log } = logOf(0, 100, 300);
    dropHead(sim, log, 2, 300);
    loseTail(sim, log, 2);
    expect(endPhys(state, log)).toBe(300);
    expect([0, 1, 2].map((message) => copiesOf(state.ledger, message))).toEqual([0, 0, 0]);
  });

  it('a disk takes everything, and the next log begins at 0', () => {
    const { sim, state, log } = logOf(0, 100, 300);
    dropHead(sim, log, 1, 100);
    wipeLog(sim, log);
    expect([log.records.length, log.first, log.startPhys, log.cached]).toEqual([0, 0, 0, 0]);
    expect([0, 1, 2].map((message) => isLost(state.ledger, message))).toEqual([false, true, true]);
  });
});

it('a pooled record is no part of the page cache', () => {
  const { sim, state, log } = logOf(0);
  const record = addRecord(state.arena, {
    message: 0,
    queue: 0,
    offset: 1,
    phys: 100,
    size: 100,
    storedUs: 0,
    wait: true,
  });
  appendCopy(sim, log, record, true);
  expect([log.records.length, log.cached]).toEqual([2, 1]);
  expect(recordAt(log, 1)).toBe(record);
  expect(copiesOf(state.ledger, 0)).toBe(2);
});
