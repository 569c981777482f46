import { describe, expect, it } from 'vitest';
import { clusterOf, laneOf, motionOf, sampleView } from '../fixture';
import { layoutGraph } from '../layout';
import { processNumbers } from '../names';
import { routeGraph } from '../routes';
import { graphShape } from '../shape';
import { bandsOf, countGlyphs, GLYPHS_MAX } from './bands';
import { MoveWays } from './move-ways';
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

describe('the way of a message inside its broker', () => {
  const view = {
    ...sampleView(),
    lanes: [laneOf('delay', ''), laneOf('retry', 'order-billing'), laneOf('deadLetter', 'order-billing')],
  };
  const { nodes } = layoutGraph(graphShape(view));
  const numbers = processNumbers(view);
  const ways = new MoveWays(nodes, new Map(numbers.map(([id, number]) => [number, id])));
  const box = (id: string) => nodes.find((node) => node.id === id)!;
  const ends = (from: string, to: string | number) => {
    const node = new Map(numbers).get('broker-a:0')!;
    const move = { message: 1, node, from, to, as: 'delayed', sinceUs: 0, untilUs: 1 } as const;
    const points = ways.of(move, view)?.points;
    return points && [points.slice(0, 2), points.slice(-2)].map(([x, y]) => [Math.round(x!), Math.round(y!)]);
  };

  it('leads from the lane of delayed messages to the line of the queue', () => {
    const queue = view.groups[0]!.queues[2]!.queue;
    const [start, end] = ends('delay:', queue)!;
    const lane = box('lane:delay:');
    const broker = box('replicaGroup:broker-a');
    const line = broker.lanes.find((one) => 'queue' in one.lane && one.lane.queue === queue)!;
    expect(start![0]).toBeGreaterThan(lane.x);
    expect(start![1]).toBeGreaterThan(lane.y);
    expect(end![0]).toBe(broker.x + broker.width + 2);
    expect(end![1]).toBe(Math.round(broker.y + line.y + line.height / 2));
  });

  it('leads from the log into a lane, from retry to retry, and from there to the dead letters', () => {
    const retry = box('lane:retry:order-billing');
    const dead = box('lane:deadLetter:order-billing');
    const [fromLog, intoLane] = ends('', 'retry:order-billing')!;
    expect(fromLog![1]).toBeLessThan(retry.y);
    expect(intoLane![0]).toBeLessThan(retry.x + retry.width);
    const [waits, ready] = ends('retry:order-billing', 'retry:order-billing')!;
    expect(ready![0]).toBeLessThan(waits![0]!);
    const [, given] = ends('retry:order-billing', 'deadLetter:order-billing')!;
    expect(given![0]).toBeGreaterThan(dead.x);
  });

  it('is unknown while an end of it is not drawn', () => {
    expect(ends('half', 1)).toBeUndefined();
    expect(ends('', 'retry:nobody')).toBeUndefined();
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
