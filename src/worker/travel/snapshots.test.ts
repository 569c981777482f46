import { describe, expect, it } from 'vitest';
import { createTable } from '../../engine/core/table';
import type { Product } from '../../engine/product';
import { Run } from '../../engine/run';
import { parseScenario } from '../../engine/scenario/parse';
import { toyFile } from '../fixtures/harness';
import { toyProduct } from '../fixtures/toy-product';
import { approximateBytes } from './approximate-bytes';
import {
  EVENTS_BETWEEN,
  isBefore,
  type Kept,
  SNAPSHOT_BYTES_MAX,
  SNAPSHOTS_MAX,
  Snapshots,
} from './snapshots';
import { Travel } from './travel';

function scenario(file: unknown) {
  const parsed = parseScenario(file);
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  return parsed.scenario;
}

/** A run that only counts: what is kept of it has the size that a test wants. */
function keptAt(step: number, bytes = 1_000): Kept {
  const sim = { step, nowUs: step * 10, traceCount: step, world: { lastUs: step * 10 } };
  return { snapshot: { sim, nextAction: 0 }, tracked: {}, bytes } as unknown as Kept;
}

function fill(count: number, bytes?: number): Snapshots {
  const snapshots = Snapshots.from(keptAt(0, bytes));
  for (let i = 1; i <= count; i++) snapshots.push(keptAt(i * EVENTS_BETWEEN, bytes));
  return snapshots;
}

describe('snapshots', () => {
  it('are bounded in number and in bytes, and thinned with age', () => {
    const snapshots = fill(2_000);
    expect(snapshots.count).toBe(SNAPSHOTS_MAX);
    const steps = snapshots.steps;
    expect(steps[0]).toBe(0);
    expect(steps.at(-1)).toBe(2_000 * EVENTS_BETWEEN);
    const gaps = steps.slice(1).map((step, i) => step - (steps[i] as number));
    const mean = (part: readonly number[]) => part.reduce((sum, gap) => sum + gap, 0) / part.length;
    expect(mean(gaps.slice(0, 50))).toBeGreaterThan(3 * mean(gaps.slice(-50)));
    // No hole is much larger than its neighbourhood: a jump to the distant past is not a replay of everything.
    expect(Math.max(...gaps)).toBeLessThan(20 * mean(gaps));

    const heavy = fill(100, SNAPSHOT_BYTES_MAX / 50);
    expect(heavy.bytes).toBeLessThanOrEqual(SNAPSHOT_BYTES_MAX);
    expect(heavy.count).toBeGreaterThan(40);
  });

  it('lead to what lies after them', () => {
    const snapshots = fill(5);
    const stepOf = (kept: Kept | undefined) => kept?.snapshot.sim.step;
    expect(stepOf(snapshots.before({ step: EVENTS_BETWEEN - 1 }))).toBe(0);
    expect(stepOf(snapshots.before({ step: EVENTS_BETWEEN }))).toBe(EVENTS_BETWEEN);
    expect(stepOf(snapshots.before({ timeUs: 10 * EVENTS_BETWEEN }))).toBe(EVENTS_BETWEEN);
    expect(stepOf(snapshots.after({ timeUs: 10 * EVENTS_BETWEEN }))).toBe(2 * EVENTS_BETWEEN);
    expect(stepOf(snapshots.beforeEntry(EVENTS_BETWEEN - 1))).toBe(0);
    expect(snapshots.after({ step: 1e9 })).toBeUndefined();
  });

  it('of moments that share a step are told apart by time', () => {
    const here = { step: 5, nowUs: 80, lastUs: 50 };
    expect(isBefore(here, { step: 5, timeUs: 80 })).toBe(true);
    expect(isBefore(here, { step: 5, timeUs: 79 })).toBe(false);
    expect(isBefore(here, { step: 5 })).toBe(false);
    expect(isBefore({ ...here, nowUs: 50 }, { step: 5 })).toBe(true);
  });
});

describe('travel', () => {
  it('replays no more than lies between two snapshots', () => {
    const travel = new Travel(scenario(toyFile(1_000)), toyProduct as Product<unknown>);
    const go = (timeUs: number) => {
      travel.seek({ timeUs });
      let events = 0;
      while (!travel.work(1_000)) events = travel.replaying?.events ?? 0;
      return events;
    };
    go(30_000_000);
    expect(travel.run.sim.steps).toBeGreaterThan(5 * EVENTS_BETWEEN);
    for (const timeUs of [25_000_000, 1_000_000, 13_500_000, 29_999_999]) {
      expect(go(timeUs)).toBeLessThanOrEqual(EVENTS_BETWEEN + 1_000);
    }
  });

  it('agrees with a run that was never interrupted, wherever the snapshots fell', () => {
    const file = scenario(
      toyFile(300, { actions: [{ at: '3s', do: 'kill', target: 'b', failure: 'power' }] }),
    );
    const straight = new Run(file, { product: toyProduct as Product<unknown> });
    const travel = new Travel(file, toyProduct as Product<unknown>);
    for (const timeUs of [2_000_000, 9_000_000, 4_000_001, 30_000_000, 3_000_000, 17_000_000, 30_000_000]) {
      travel.seek({ timeUs });
      while (!travel.work(700));
    }
    straight.advance(30_000_000);
    expect(travel.run.sim.digest).toBe(straight.sim.digest);
    expect(travel.run.sim.steps).toBe(straight.sim.steps);
  });
});

describe('the estimate of memory', () => {
  it('counts what a snapshot keeps for itself', () => {
    expect(approximateBytes(new Float64Array(1_000))).toBeGreaterThanOrEqual(8_000);
    expect(approximateBytes({ frozen: true, big: new Float64Array(1_000) })).toBe(8);
    const table = createTable(['f64']);
    const empty = approximateBytes(table);
    expect(empty).toBeLessThan(200);
    expect(approximateBytes(new Map([['a', [1, 2, 3]]]))).toBeGreaterThan(50);
  });
});
