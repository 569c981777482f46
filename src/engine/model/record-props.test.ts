import { describe, expect, it } from 'vitest';
import { NO_QUEUE, RECORD_ROLES } from './record-props';
import { addRecord, createArena, recordOf, recordPropsOf } from './world';

const record = { message: 0, queue: 0, offset: 0, phys: 0, size: 100, storedUs: 5, wait: true };

describe('what records carry', () => {
  it('is found again among plain records', () => {
    const arena = createArena();
    const ids = Array.from({ length: 40 }, (_, n) =>
      n % 3 === 0
        ? addRecord(arena, record, { role: 'retry', reconsumeTimes: n, deliverUs: n * 1e9, ref: n })
        : addRecord(arena, record),
    );
    for (const id of ids) {
      const props = recordPropsOf(arena, id);
      if (id % 3 !== 0) expect(props).toBeUndefined();
      else expect(props).toMatchObject({ role: 'retry', reconsumeTimes: id, deliverUs: id * 1e9, ref: id });
      expect(recordOf(arena, id).wait).toBe(true);
    }
  });

  it('has a default for each part that is not said', () => {
    const arena = createArena();
    for (const role of RECORD_ROLES) {
      expect(recordPropsOf(arena, addRecord(arena, record, { role }))).toEqual({
        role,
        reconsumeTimes: 0,
        delayLevel: 0,
        deliverUs: 0,
        realQueue: NO_QUEUE,
        checkTimes: 0,
        ref: -1,
        immunityUs: -1,
      });
    }
  });
});
