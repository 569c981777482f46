import { describe, expect, it } from 'vitest';
import { type Arena, addMessage, addRecord, createArena, internQueue } from '../../../model/world';
import type { ProcessQueue } from './consumer-state';
import {
  cachedCount,
  cachedMiB,
  cachedSpan,
  committable,
  createProcessQueue,
  firstCached,
  putRecords,
  removeRecord,
} from './process-queue';

function fixture(bytes = 1024) {
  const arena = createArena();
  const queue = internQueue(arena, 'Orders', 'broker-a', 0);
  const record = (offset: number) => {
    const message = addMessage(arena, {
      bornUs: 0,
      producer: 0,
      topic: 'Orders',
      key: offset,
      tag: '',
      bytes,
      size: bytes + 157,
      wait: true,
    });
    return addRecord(arena, {
      message,
      queue,
      offset,
      phys: offset * 1200,
      size: bytes + 157,
      storedUs: 0,
      wait: true,
    });
  };
  return { arena, cache: createProcessQueue(arena, queue, 1, 0, 0), record };
}

const offsets = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

/** Fills a queue with offsets and gives the record of each. */
function filled(from: number, to: number, bytes?: number) {
  const { arena, cache, record } = fixture(bytes);
  const records = offsets(from, to).map(record);
  putRecords(arena, cache, records);
  return { arena, cache, record, of: (offset: number) => records[offset - from] as number };
}

const finish = (arena: Arena, cache: ProcessQueue, record: number) => removeRecord(arena, cache, record);

describe('ProcessQueue', () => {
  it('[CO-12] commits the smallest unfinished offset, and the next one when nothing is left', () => {
    const { arena, cache, of } = filled(5, 10);
    for (const offset of [6, 7, 8, 9]) {
      expect(finish(arena, cache, of(offset))).toBe(true);
      expect(committable(arena, cache)).toBe(5);
    }
    finish(arena, cache, of(5));
    expect(committable(arena, cache)).toBe(10);
  });

  it('[CO-3] spans unfinished messages only: one stuck message alone has span 0', () => {
    const { arena, cache, of } = filled(0, 2500);
    expect(cachedSpan(arena, cache)).toBe(2499);
    for (let offset = 2499; offset > 0; offset--) finish(arena, cache, of(offset));
    expect(cachedSpan(arena, cache)).toBe(0);
    expect(cachedCount(cache)).toBe(1);
  });

  it('[CO-3] compares whole MiB of bodies', () => {
    const { arena, cache, of } = filled(0, 2048);
    expect(cachedMiB(cache)).toBe(2);
    finish(arena, cache, of(0));
    expect(cachedMiB(cache)).toBe(1);
  });

  it('takes a message out once', () => {
    const { arena, cache, of } = filled(0, 3);
    expect(finish(arena, cache, of(1))).toBe(true);
    expect(finish(arena, cache, of(1))).toBe(false);
    expect(cachedCount(cache)).toBe(2);
  });

  it('stays small and sorted while a stuck message lets hundreds of thousands pass', () => {
    const { arena, cache, record } = fixture(10);
    const stuck = record(0);
    putRecords(arena, cache, [stuck]);
    for (let batch = 0; batch < 5000; batch++) {
      const records = offsets(1 + batch * 32, 33 + batch * 32).map(record);
      putRecords(arena, cache, records);
      // The later half ends before the earlier one.
      for (const done of [...records.slice(16), ...records.slice(0, 16)]) finish(arena, cache, done);
    }
    expect([cachedCount(cache), firstCached(cache), committable(arena, cache)]).toEqual([1, stuck, 0]);
    expect(cache.records.length).toBeLessThanOrEqual(128);
    finish(arena, cache, stuck);
    expect(committable(arena, cache)).toBe(160_001);
    expect(cache.bytes).toBe(0);
  });
});
