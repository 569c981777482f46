import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineKind } from './kinds';
import { type Due, defineEvent, Handlers, Sim, type SimOptions } from './sim';
import { appendRow, createTable, getCell, setCell, type Table } from './table';

/** A toy with all that a run has: a log, a counter, luck, processes that die and freeze. */
interface Toy {
  log: Table;
  pending: Map<number, number>;
  incarnations: number[];
  frozen: boolean[];
  inbox: unknown[];
}

const ticked = defineKind('toy.ticked', 'EN-1', { a: 'n:count', b: 'luck:count', say: { en: 'x', zh: 'x' } });
const noted = defineKind('toy.noted', 'EN-2', { a: 'n:count', say: { en: 'x', zh: 'x' } });
const tick = defineEvent<{ n: number }>('toy.tick');
const note = defineEvent<{ n: number }>('toy.note');

const handlers = new Handlers<Toy>()
  .on(tick, (sim, node, { n }) => {
    const luck = sim.drawBelow(1_000, node, 7, n);
    sim.emit(ticked, node, n, luck);
    setCell(sim.state.log, appendRow(sim.state.log), 0, n * 1_000 + luck);
    sim.state.pending.set(n % 5, luck);
    sim.after(1 + (luck % 40), node, tick, { n: n + 1 });
    if (luck % 3 === 0) sim.after(luck % 7, (node + 1) % 3, note, { n });
    if (luck === 999) sim.state.incarnations[node] = (sim.state.incarnations[node] as number) + 1;
  })
  .on(note, (sim, node, { n }) => {
    sim.emit(noted, node, n);
  });

function toy(options: Partial<SimOptions<Toy>> = {}): Sim<Toy> {
  const state: Toy = {
    log: createTable(['u32']),
    pending: new Map(),
    incarnations: [0, 0, 0],
    frozen: [false, false, false],
    inbox: [],
  };
  return new Sim<Toy>({
    seed: 1,
    state,
    handlers,
    incarnationOf: ({ incarnations }, node) => incarnations[node] as number,
    ...options,
  });
}

function started(options: Partial<SimOptions<Toy>> = {}): Sim<Toy> {
  const sim = toy(options);
  for (const node of [0, 1, 2]) sim.at(node, node, tick, { n: 0 });
  return sim;
}

const outcome = (sim: Sim<Toy>) => ({
  digest: sim.digest,
  nowUs: sim.nowUs,
  steps: sim.steps,
  pending: sim.pending,
  log: Array.from({ length: sim.state.log.length }, (_, row) => getCell(sim.state.log, row, 0)),
  map: [...sim.state.pending],
});

describe('time', () => {
  it('passes from event to event, and stands at the end of a run', () => {
    const sim = toy();
    sim.at(30, 0, note, { n: 1 });
    expect(sim.nextDueUs).toBe(30);
    expect(sim.runUntil(29)).toBe(true);
    expect([sim.nowUs, sim.steps]).toEqual([29, 0]);
    expect(sim.runUntil(30)).toBe(true);
    expect([sim.nowUs, sim.lastUs, sim.steps]).toEqual([30, 30, 1]);
    expect(sim.step()).toBe(false);
  });

  it('never goes back', () => {
    const sim = toy();
    sim.runUntil(100);
    expect(() => sim.at(99, 0, note, { n: 1 })).toThrow(RangeError);
    expect(() => sim.at(100.5, 0, note, { n: 1 })).toThrow(RangeError);
    sim.at(100, 0, note, { n: 1 });
    expect(() => sim.waitUntil(101)).toThrow(RangeError);
  });

  it('stops after as many events as were asked for', () => {
    const sim = started();
    expect(sim.runUntil(1_000_000, 10)).toBe(false);
    expect(sim.steps).toBe(10);
  });
});

describe('events', () => {
  it('of a former incarnation are dropped', () => {
    const sim = toy();
    sim.at(5, 1, note, { n: 1 });
    sim.at(5, 2, note, { n: 2 });
    sim.state.incarnations[1] = 1;
    sim.runUntil(10);
    expect([sim.window?.get(0)?.node, sim.traceCount]).toEqual([2, 1]);
  });

  it('of a frozen process wait, and keep their incarnation when they are put back', () => {
    const sim = toy({
      divert: (sim, due) => {
        if (sim.state.frozen[due.node] !== true) return false;
        sim.state.inbox.push(due);
        return true;
      },
    });
    sim.state.frozen[1] = true;
    sim.at(5, 1, note, { n: 1 });
    sim.runUntil(10);
    expect(sim.traceCount).toBe(0);
    sim.state.frozen[1] = false;
    for (const due of sim.state.inbox.splice(0)) sim.requeue(due as never);
    sim.runUntil(20);
    expect(sim.window?.get(0)).toMatchObject({ timeUs: 10, node: 1, a: 1 });
  });

  it('of one name are one, whoever names it, also in what a snapshot keeps', () => {
    const named = defineEvent<{ n: number }>('toy.note');
    const other = defineEvent<null>('toy.other');
    expect([named === note, named.id, other.id === note.id]).toEqual([true, note.id, false]);
    const sim = toy({ divert: (sim, due) => sim.state.inbox.push(due) > 0 });
    sim.at(5, 1, note, { n: 1 });
    sim.runUntil(10);
    sim.restore(sim.snapshot());
    expect((sim.state.inbox[0] as Due).event).toBe(note);
  });

  it('without a handler, and two handlers of one event, are errors', () => {
    const sim = toy();
    sim.at(1, 0, defineEvent<null>('toy.unknown'), null);
    expect(() => sim.step()).toThrow('nothing handles toy.unknown');
    expect(() => new Handlers<Toy>().on(tick, () => {}).on(tick, () => {})).toThrow('two handlers');
  });
});

describe('causes', () => {
  it('chain within a step, cross to what it scheduled, and branch where asked', () => {
    const first = defineEvent<null>('toy.first');
    const sim = toy({
      handlers: new Handlers<Toy>()
        .on(first, (sim) => {
          const root = sim.emit(noted, 0, 1);
          for (const n of [2, 3]) sim.because(root, () => sim.emit(noted, 0, n));
          sim.after(5, 0, note, { n: 4 });
        })
        .on(note, (sim, node, { n }) => {
          sim.emit(noted, node, n);
        }),
    });
    sim.at(0, 0, first, null);
    sim.runUntil(10);
    expect([0, 1, 2, 3].map((id) => sim.window?.get(id)?.cause)).toEqual([-1, 0, 0, 0]);
    sim.intervene(() => sim.emit(noted, 0, 5));
    expect(sim.window?.get(4)?.cause).toBe(-1);
  });

  it('are not chained by what an observer adds', () => {
    const sim = toy({
      observers: [
        (sim, id, kind) => {
          if (kind === ticked) sim.because(id, () => sim.emit(noted, 0, 77));
        },
      ],
    });
    sim.at(0, 0, tick, { n: 0 });
    sim.step();
    sim.runUntil(50);
    expect(sim.window?.get(1)).toMatchObject({ kind: noted, cause: 0 });
    expect(sim.window?.get(2)?.cause).toBe(0);
  });
});

describe('a run', () => {
  it('is the same twice, with and without a kept trace', () => {
    const [x, y, z] = [started(), started(), started({ windowEntries: 0 })];
    for (const sim of [x, y, z]) sim.runUntil(5_000);
    expect(outcome(y)).toEqual(outcome(x));
    expect(outcome(z)).toEqual(outcome(x));
    expect(z.window).toBeUndefined();
  });

  it('is another one with another seed', () => {
    const [x, y] = [started(), started({ seed: 2 })];
    for (const sim of [x, y]) sim.runUntil(5_000);
    expect(y.digest).not.toBe(x.digest);
  });

  it('does not depend on the portions in which it is run', () => {
    const whole = started();
    whole.runUntil(3_000);
    const portions = started();
    for (let until = 0; until <= 3_000; until += 7) while (!portions.runUntil(until, 2));
    portions.runUntil(3_000);
    expect(outcome(portions)).toEqual(outcome(whole));
  });

  it('goes on from a snapshot as if it had never stopped, as often as one likes', () => {
    const moment = fc.integer({ min: 0, max: 2_000 });
    fc.assert(
      fc.property(moment, moment, fc.integer({ min: 1, max: 1_000 }), (atUs, awayUs, moreUs) => {
        const straight = started();
        straight.runUntil(atUs + moreUs);
        const sim = started();
        sim.runUntil(atUs);
        const snapshot = sim.snapshot();
        for (let i = 0; i < 2; i++) {
          sim.runUntil(atUs + awayUs);
          sim.restore(snapshot);
          expect([sim.nowUs, sim.traceCount]).toEqual([snapshot.nowUs, snapshot.traceCount]);
        }
        sim.runUntil(atUs + moreUs);
        expect(outcome(sim)).toEqual(outcome(straight));
        const last = straight.traceCount - 1;
        expect(sim.window?.get(last)).toEqual(straight.window?.get(last));
      }),
      { numRuns: 40 },
    );
  });

  it('may be taken to a snapshot of another Sim of the same scenario', () => {
    const source = started();
    source.runUntil(1_000);
    const copy = started();
    copy.restore(source.snapshot());
    source.runUntil(4_000);
    copy.runUntil(4_000);
    expect(outcome(copy)).toEqual(outcome(source));
  });

  it('forgets its warm-up: digest and steps count from then on', () => {
    const sim = started({ startUs: -500 });
    sim.runUntil(0);
    expect(sim.traceCount).toBeGreaterThan(0);
    sim.forgetHistory();
    expect([sim.traceCount, sim.steps, sim.window?.endId]).toEqual([0, 0, 0]);
    sim.runUntil(100);
    expect(sim.window?.get(0)?.cause).toBe(-1);
  });
});

it('what the clock brings names no cause, and what comes behind it in the same step names the old one', () => {
  const sim = toy();
  sim.emit(ticked, 0, 1, 1);
  sim.byClock(() => sim.at(5, 0, note, { n: 2 }));
  sim.at(6, 0, note, { n: 3 });
  sim.runUntil(10);
  expect([1, 2].map((id) => sim.window?.get(id)?.cause)).toEqual([-1, 0]);
});
