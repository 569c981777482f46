import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copyAgenda, createAgenda, nextDueUs, peekAgenda, popAgenda, pushAgenda } from './agenda';

interface Entry {
  readonly timeUs: number;
  readonly ordinal: number;
}

/** Few distinct times, so that most entries have equals. */
const times = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 300 });
/** A time is pushed; null takes the earliest entry away. */
const script = fc.array(fc.option(fc.integer({ min: 0, max: 20 }), { nil: null, freq: 3 }), {
  maxLength: 400,
});

describe('agenda', () => {
  it('gives entries by time, and equal times in the order of scheduling', () => {
    fc.assert(
      fc.property(times, (list) => {
        const agenda = createAgenda<Entry>(4);
        const entries = list.map((timeUs, ordinal) => ({ timeUs, ordinal }));
        for (const entry of entries) pushAgenda(agenda, entry.timeUs, entry);
        const expected = entries.toSorted((x, y) => x.timeUs - y.timeUs || x.ordinal - y.ordinal);
        expect(entries.map(() => popAgenda(agenda))).toEqual(expected);
        expect(popAgenda(agenda)).toBeUndefined();
      }),
    );
  });

  it('stays in order when entries come and go, as a plain sorted list does', () => {
    fc.assert(
      fc.property(script, (steps) => {
        const agenda = createAgenda<Entry>(1);
        let model: Entry[] = [];
        for (const [ordinal, timeUs] of steps.entries()) {
          if (timeUs === null) {
            expect(nextDueUs(agenda)).toBe(model[0]?.timeUs ?? Number.POSITIVE_INFINITY);
            expect(popAgenda(agenda)).toEqual(model[0]);
            model = model.slice(1);
          } else {
            pushAgenda(agenda, timeUs, { timeUs, ordinal });
            const behind = model.findIndex((entry) => entry.timeUs > timeUs);
            model.splice(behind < 0 ? model.length : behind, 0, { timeUs, ordinal });
          }
          expect(agenda.size).toBe(model.length);
        }
        expect(peekAgenda(agenda, 1_000).map(({ entry }) => entry)).toEqual(model);
      }),
    );
  });

  it('is copied with its order and its counter, and the copy goes on alone', () => {
    const agenda = createAgenda<string>();
    for (const name of ['a', 'b', 'c']) pushAgenda(agenda, 5, name);
    const copy = copyAgenda(agenda);
    popAgenda(agenda);
    pushAgenda(copy, 5, 'd');
    expect(['1', '2', '3', '4', '5'].map(() => popAgenda(copy))).toEqual(['a', 'b', 'c', 'd', undefined]);
    expect([popAgenda(agenda), popAgenda(agenda), popAgenda(agenda)]).toEqual(['b', 'c', undefined]);
  });

  it('shows what is next without taking it', () => {
    const agenda = createAgenda<string>();
    pushAgenda(agenda, 7, 'late');
    pushAgenda(agenda, 3, 'soon');
    expect(peekAgenda(agenda, 1)).toEqual([{ timeUs: 3, entry: 'soon' }]);
    expect(agenda.size).toBe(2);
  });

  it('holds no reference to what it gave away', () => {
    const agenda = createAgenda<object>(8);
    for (let i = 0; i < 5; i++) pushAgenda(agenda, i, { i });
    for (let i = 0; i < 5; i++) popAgenda(agenda);
    expect(agenda.entries.every((entry) => entry === undefined)).toBe(true);
  });
});
