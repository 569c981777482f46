import { describe, expect, it } from 'vitest';
import { clusterOf, motionOf, sampleView } from '../fixture';
import { layoutGraph } from '../layout';
import { processNumbers } from '../names';
import { routeGraph } from '../routes';
import { graphShape } from '../shape';
import { bandsOf, countGlyphs, GLYPHS_MAX } from './bands';
import { shareOf } from './painter';
import { indexRoutes } from './route-index';

function indexed(view = sampleView()) {
  const shape = graphShape(view);
  const { routes } = routeGraph(shape, layoutGraph(shape).nodes);
  const numbers = new Map(processNumbers(view));
  const index = indexRoutes(routes, numbers);
  const slot = (from: string, to: string) => index.slot(numbers.get(from)!, numbers.get(to)!);
  return { view, index, slot, numbers };
}

describe('the way that something on the wire takes', () => {
  it('is the same there and back, in opposite directions', () => {
    const { index, slot } = indexed();
    const there = slot('P1', 'broker-a:0');
    const back = slot('broker-a:0', 'P1');
    expect(index.routes[there >> 1]?.id).toBe('send:P1:broker-a');
    expect([there & 1, back & 1, back >> 1]).toEqual([0, 1, there >> 1]);
  });

  it('exists between all processes that talk, also where nothing is drawn between them', () => {
    const { slot } = indexed();
    for (const [from, to] of [
      ['broker-b:1', 'ns-2'],
      ['C3', 'ns-1'],
      ['C1', 'broker-b:0'],
      ['C1', 'broker-b:1'],
      ['P2', 'broker-a:1'],
      ['broker-b:0', 'broker-b:1'],
    ] as const) {
      expect(slot(from, to), `${from} ${to}`).toBeGreaterThanOrEqual(0);
    }
  });

  it('is the middle one of several ribbons', () => {
    const { index, slot } = indexed();
    expect(index.routes[slot('broker-a:0', 'C1') >> 1]?.queue).toBe(1);
  });

  it('is unknown between processes that never talk, and for a number out of range', () => {
    const { index, slot } = indexed();
    expect(slot('P1', 'C1')).toBe(-1);
    expect(index.slot(999, 0)).toBe(-1);
    expect(indexRoutes([], new Map()).slot(0, 0)).toBe(-1);
  });
});

it('places a glyph by the time alone', () => {
  const { view } = indexed();
  const motion = motionOf(view, ['P1 broker-a:0 message 0.25']);
  expect(shareOf(motion, 0, view.nowUs)).toBeCloseTo(0.25);
  expect(shareOf(motion, 0, view.nowUs + 500)).toBeCloseTo(0.75);
  expect(shareOf(motion, 0, view.nowUs - 5_000)).toBe(0);
  expect(shareOf(motion, 0, view.nowUs + 5_000)).toBe(1);
});

describe('bands', () => {
  const flows = (numbers: ReadonlyMap<string, number>, from: string, to: string, perSecond: number) => ({
    from: Uint16Array.of(numbers.get(from)!),
    to: Uint16Array.of(numbers.get(to)!),
    perSecond: Float32Array.of(perSecond),
  });

  it('stand for more than 200 glyphs on one way, both directions counted', () => {
    const { view, index, slot } = indexed();
    const flights = Array.from({ length: GLYPHS_MAX + 1 }, (_, i) =>
      i % 2 ? 'P1 broker-a:0 message 0.5' : 'broker-a:0 P1 ack 0.5',
    );
    const counts = new Uint16Array(index.routes.length);
    countGlyphs(motionOf(view, flights), index, counts);
    expect(counts[slot('P1', 'broker-a:0') >> 1]).toBe(GLYPHS_MAX + 1);
    countGlyphs(motionOf(view, flights.slice(1)), index, counts);
    expect(counts[slot('P1', 'broker-a:0') >> 1]).toBe(GLYPHS_MAX);
  });

  it('say the rate in the direction of the way, and leave signs of life alone', () => {
    const { view, index, numbers, slot } = indexed(
      clusterOf({ registries: 1, groups: 1, followers: 0, queues: 1, clients: 1, consumers: [1] }),
    );
    const motion = motionOf(view, []);
    const of = (from: string, to: string, rate: number) =>
      bandsOf({ ...motion, flows: flows(numbers, from, to, rate) }, index, () => true);
    const way = slot('producer-1', 'broker-a:0') >> 1;
    expect(of('producer-1', 'broker-a:0', 1_000)).toEqual([{ route: way, perSecond: 1_000 }]);
    expect(of('broker-a:0', 'producer-1', 1_000)).toEqual([]);
    expect(of('broker-a:0', 'ns-1', 0.5)).toEqual([]);
  });
});
