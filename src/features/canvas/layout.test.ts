import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterOf, sampleView, up } from './fixture';
import { type Box, layoutGraph, type NodeBox } from './layout';
import { pointTable } from './path';
import type { GraphRoutes } from './route-types';
import { routeGraph } from './routes';
import { graphShape } from './shape';

const sizes = fc.record({
  registries: fc.integer({ min: 0, max: 4 }),
  groups: fc.integer({ min: 1, max: 4 }),
  followers: fc.integer({ min: 0, max: 3 }),
  queues: fc.integer({ min: 0, max: 9 }),
  clients: fc.integer({ min: 0, max: 6 }),
  consumers: fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 3 }),
  lanes: fc.array(fc.subarray(['retry' as const, 'deadLetter' as const]), { maxLength: 3 }),
});

function draw(view: Parameters<typeof graphShape>[0]) {
  const shape = graphShape(view);
  const layout = layoutGraph(shape);
  return { shape, layout, graph: routeGraph(shape, layout.nodes) };
}

const cards = (nodes: readonly NodeBox[]) =>
  nodes.flatMap((node) =>
    (node.kind === 'lane' ? [{ ...node, x: 0, y: 0, process: node.id }] : node.cards).map((card) => ({
      ...card,
      x: node.x + card.x,
      y: node.y + card.y,
    })),
  );

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const inside = (x: number, y: number, box: Box, marginPx = 0) =>
  x > box.x + marginPx &&
  x < box.x + box.width - marginPx &&
  y > box.y + marginPx &&
  y < box.y + box.height - marginPx;

/** Cards that a way leads through; a point within half a px of the border counts as outside. */
function crossed(graph: GraphRoutes, nodes: readonly NodeBox[]): string[] {
  const paths = [
    ...graph.routes.map(({ id, path }) => ({ id, path })),
    ...graph.leads,
    ...graph.trunks.flatMap(({ kind, paths: all }) => all.map((path) => ({ id: kind, path }))),
  ];
  return paths.flatMap(({ id, path }) => {
    const { points } = pointTable(path, 200);
    return cards(nodes)
      .filter((card) => {
        for (let i = 0; i < points.length; i += 2) {
          if (inside(points[i]!, points[i + 1]!, card, 0.5)) return true;
        }
        return false;
      })
      .map((card) => `${id} crosses ${card.process}`);
  });
}

describe('the layout of a cluster', () => {
  it('puts the parts of the first scenario where the design has them', () => {
    const { layout } = draw(sampleView());
    const at = (id: string) => layout.nodes.find((node) => node.id === id);
    expect(at('replicaGroup:broker-a')).toMatchObject({ x: 192, width: 458, height: 224 });
    expect(at('replicaGroup:broker-a')?.cards.map(({ height }) => height)).toEqual([163, 43]);
    expect(at('registry:ns-2')).toMatchObject({ x: 427, width: 223, height: 80 });
    expect(at('client:P1')).toMatchObject({ x: 14, width: 104, height: 88 });
    expect(at('consumerGroup:order-billing')).toMatchObject({ x: 708, width: 142, height: 461 });
    expect(layout.bounds.width).toBe(860);
    expect(layout.bounds.height).toBeLessThan(656);
  });

  it('never lets two nodes or two cards overlap', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const { layout } = draw(clusterOf(size));
        for (const boxes of [layout.nodes, cards(layout.nodes)]) {
          boxes.forEach((a, i) => {
            for (const b of boxes.slice(i + 1)) expect(overlap(a, b)).toBe(false);
          });
        }
        for (const node of layout.nodes) {
          expect(node.x + node.width).toBeLessThanOrEqual(layout.bounds.width);
          expect(node.y + node.height).toBeLessThanOrEqual(layout.bounds.height);
        }
      }),
    );
  });

  it('never leads a line through a card', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const { layout, graph } = draw(clusterOf(size));
        expect(crossed(graph, layout.nodes)).toEqual([]);
      }),
    );
  });

  it('leads the polls round a controller that stands beside a registry', () => {
    const view = clusterOf({ registries: 1, groups: 1, followers: 2, queues: 4, clients: 1, consumers: [1] });
    const controller = { ...up('controller-1'), role: 'leader', term: 1, leader: 'controller-1', groups: [] };
    const { layout, graph } = draw({ ...view, controllers: [{ ...controller, role: 'leader' }] });
    expect(layout.nodes.filter(({ kind }) => kind === 'controller')).toHaveLength(1);
    expect(crossed(graph, layout.nodes)).toEqual([]);
  });

  it('gives eight readers cards of two lines, so that a page shows the graph at its own size', () => {
    const { layout, graph } = draw(
      clusterOf({ registries: 1, groups: 1, followers: 0, queues: 8, clients: 1, consumers: [8] }),
    );
    expect(layout.bounds.height).toBeLessThanOrEqual(614);
    expect(crossed(graph, layout.nodes)).toEqual([]);
  });

  it('lets producers stand closer where the legend below them would make the graph higher', () => {
    const { layout } = draw(
      clusterOf({ registries: 2, groups: 2, followers: 1, queues: 4, clients: 2, consumers: [3] }),
    );
    const logs = layout.nodes.filter(({ kind }) => kind === 'replicaGroup');
    const bottom = Math.max(...logs.map(({ y, height }) => y + height));
    expect(layout.bounds.height - bottom).toBeLessThanOrEqual(11);
  });

  it('draws the same cluster the same way each time', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        expect(draw(clusterOf(size))).toEqual(draw(clusterOf(size)));
      }),
    );
  });

  it('keeps heartbeats left of the logs and ribbons right of them', () => {
    const { graph } = draw(sampleView());
    const xs = (kind: string) =>
      graph.routes
        .filter((route) => route.kind === kind && !route.id.startsWith('quiet:'))
        .flatMap(({ path }) => {
          const { points } = pointTable(path);
          return Array.from(
            { length: points.length / 2 },
            (_, i) => [points[2 * i]!, points[2 * i + 1]!] as const,
          );
        });
    const belowRegistries = xs('heartbeat').filter(([, y]) => y > 110);
    expect(Math.max(...belowRegistries.map(([x]) => x))).toBeLessThanOrEqual(192);
    expect(Math.min(...xs('ribbon').map(([x]) => x))).toBeGreaterThanOrEqual(650);
  });

  it('has a way for every heartbeat, poll, send and replication, and one ribbon for each assigned queue', () => {
    const { graph } = draw(sampleView());
    const count = (kind: string) =>
      graph.routes.filter((route) => route.kind === kind && !route.id.startsWith('quiet:')).length;
    expect(count('heartbeat')).toBe(4 * 2);
    expect(count('poll')).toBe((2 + 3) * 2);
    expect(count('send')).toBe(2 * 2);
    expect(count('replication')).toBe(2);
    expect(count('ribbon')).toBe(8);
    expect(new Set(graph.routes.map(({ id }) => id)).size).toBe(graph.routes.length);
  });

  it('makes a card as wide as the name of a producer asks for, and moves what stands right of it', () => {
    const view = sampleView();
    const named = (id: string) => {
      const { layout } = draw({ ...view, clients: view.clients.map((client) => ({ ...client, id })) });
      const [client] = layout.nodes.filter(({ kind }) => kind === 'client');
      const left = Math.min(...layout.nodes.filter(({ kind }) => kind === 'replicaGroup').map(({ x }) => x));
      return { width: client!.width, gap: left - client!.x - client!.width };
    };
    expect(named('producer-1')).toEqual({ width: 104, gap: 74 });
    expect(named('order-service-1').width).toBeGreaterThan(125);
    expect(named('order-service-1').gap).toBe(74);
    expect(named('a-name-that-nobody-can-be-expected-to-read').width).toBe(148);
  });

  it('makes room for many readers: two more than three take less than the third did', () => {
    const heightOf = (...consumers: number[]) => {
      const { layout } = draw(
        clusterOf({ registries: 1, groups: 1, followers: 0, queues: 4, clients: 1, consumers }),
      );
      return Math.max(
        ...layout.nodes.filter(({ kind }) => kind === 'consumerGroup').map(({ height }) => height),
      );
    };
    expect(heightOf(5) - heightOf(3)).toBeLessThan(heightOf(3) - heightOf(2));
    // Readers of other groups stand in the same column.
    expect(heightOf(2, 2)).toBeLessThan(heightOf(2));
  });

  it('lets each group begin at its own row of the queue that several read', () => {
    const { graph } = draw(
      clusterOf({ registries: 1, groups: 1, followers: 0, queues: 1, clients: 1, consumers: [1, 1, 1] }),
    );
    const starts = graph.routes
      .filter(({ kind, queue }) => kind === 'ribbon' && queue !== undefined)
      .map(({ path }) => Number(path[0]?.[2]));
    expect(starts.map((y) => y - starts[0]!)).toEqual([0, 13, 26]);
  });

  it('changes nothing when only numbers change', () => {
    const later = sampleView();
    const queues = later.groups[0]!.queues.map((queue) => ({ ...queue, max: queue.max + 100 }));
    const groups = [{ ...later.groups[0]!, queues }, later.groups[1]!];
    expect(graphShape({ ...later, groups, nowUs: 80_000_000 })).toEqual(graphShape(sampleView()));
  });
});
