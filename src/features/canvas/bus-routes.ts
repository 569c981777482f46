import type { NodeBox } from './layout';
import { type Path, polyline } from './path';
import { type BusRoutes, cardsOf, type Places, type Route, type Stub } from './route-types';

const BUS_GAP = 12;
const STUB_Y = 21;
const REGISTRY_ENTRY_X = 98;
/** From a registry down to the line of the heartbeats, and up to that of the polls. */
const REGISTRY_LINE = 10;
const CLIENT_RISER_X = 96;
const CONSUMER_RISER_X = 72;
const SIDE_GAP = 7;

/** Heartbeats run left of the logs on one bus. */
export function heartbeatRoutes({ groups, registries }: Places): BusRoutes {
  if (groups.length === 0 || registries.length === 0) return { routes: [], trunks: [], stubs: [] };
  const busX = Math.min(...groups.map(({ x }) => x)) - BUS_GAP;
  const senders = groups.flatMap((node) =>
    cardsOf(node).map((card) => ({ process: card.process, node: node.id, x: node.x, y: card.y + STUB_Y })),
  );
  const lines = registries.map((node) => ({
    process: node.cards[0]!.process,
    node: node.id,
    x: node.x + REGISTRY_ENTRY_X,
    bottom: node.y + node.height + 1,
    y: node.y + node.height + REGISTRY_LINE,
  }));
  const ys = [...senders, ...lines].map(({ y }) => y);
  return {
    routes: senders.flatMap((sender) =>
      lines.map(
        (line): Route => ({
          id: `heartbeat:${sender.process}:${line.process}`,
          kind: 'heartbeat',
          from: sender.process,
          to: line.process,
          fromNode: sender.node,
          toNode: line.node,
          hidden: true,
          path: polyline(
            [sender.x, sender.y],
            [busX, sender.y],
            [busX, line.y],
            [line.x, line.y],
            [line.x, line.bottom],
          ),
        }),
      ),
    ),
    trunks: [
      {
        kind: 'heartbeat',
        paths: [
          polyline([busX, Math.max(...ys)], [busX, Math.min(...ys)]),
          ...[...new Set(lines.map(({ y }) => y))].map((y) => {
            const xs = lines.filter((line) => line.y === y).map(({ x }) => x);
            return polyline([busX, y], [Math.max(...xs), y]);
          }),
          ...lines.map(({ x, y, bottom }) => polyline([x, y], [x, bottom])),
        ],
      },
    ],
    stubs: senders.map(({ process, node, x, y }) => ({
      kind: 'heartbeat',
      process,
      node,
      path: polyline([x, y], [busX, y]),
      words: { x: busX - 5, y, align: 'right' },
    })),
  };
}

type Corners = readonly (readonly [x: number, y: number])[];

/** Where a line comes up to the height of the registries, and the way of each process to it. */
interface Riser {
  readonly x: number;
  readonly bottom: number;
  readonly ways: readonly {
    readonly process: string;
    readonly node: string;
    readonly path: Corners;
    readonly stub: Corners;
    readonly words: Stub['words'];
  }[];
}

/** Producers come up on the left, consumers on the right. A registry is entered from its side, or from above when others stand beside it. */
export function pollRoutes({ byId, clients, consumers, registries }: Places): BusRoutes {
  if (registries.length === 0) return { routes: [], trunks: [], stubs: [] };
  const left = clientRiser(clients);
  const right = consumerRiser(consumers);
  const rows = new Map<number, NodeBox[]>();
  for (const registry of registries) rows.set(registry.y, [...(rows.get(registry.y) ?? []), registry]);
  const controllers = [...byId.values()].filter(({ kind }) => kind === 'controller');
  const isAlone = ({ y }: NodeBox) => rows.get(y)?.length === 1 && controllers.every((box) => box.y !== y);
  const entry = (riser: Riser, registry: NodeBox, side: 'left' | 'right'): Corners => {
    const middle = registry.y + registry.height / 2;
    if (isAlone(registry)) {
      const x = side === 'left' ? registry.x - 2 : registry.x + registry.width + 2;
      return [
        [riser.x, middle],
        [x, middle],
      ];
    }
    const x = registry.x + registry.width / 2;
    const y = registry.y - REGISTRY_LINE;
    return [
      [riser.x, y],
      [x, y],
      [x, registry.y - 1],
    ];
  };
  const sides = [
    { side: 'left', riser: left },
    { side: 'right', riser: right },
  ] as const;
  const routes = sides.flatMap(({ side, riser }) =>
    (riser?.ways ?? []).flatMap((way) =>
      registries.map(
        (registry): Route => ({
          id: `poll:${way.process}:${registry.cards[0]!.process}`,
          kind: 'poll',
          from: way.process,
          to: registry.cards[0]!.process,
          fromNode: way.node,
          toNode: registry.id,
          hidden: true,
          path: polyline(...way.path, ...entry(riser!, registry, side)),
        }),
      ),
    ),
  );
  const paths = sides.flatMap(({ side, riser }): Path[] => {
    if (!riser) return [];
    const entries = registries.map((registry) => entry(riser, registry, side));
    const top = Math.min(...entries.map(([start]) => start![1]));
    return [
      polyline([riser.x, riser.bottom], [riser.x, top]),
      ...riser.ways.filter(({ path }) => path.length > 1).map(({ path }) => polyline(...path)),
      ...entries.filter((path) => path.length === 2).map((path) => polyline(...path)),
      ...entries.filter((path) => path.length > 2).map((path) => polyline(...path.slice(1))),
    ];
  });
  return {
    routes,
    trunks: [
      {
        kind: 'poll',
        paths: [
          ...paths,
          ...topLines(
            left,
            right,
            [...rows.values()].filter(([first]) => !isAlone(first!)),
          ),
        ],
        // On the far side of the line: between it and the logs run the sends.
        ...(left && { words: { x: left.x - WORDS_GAP, y: left.bottom - 3 * WORDS_LINE } }),
      },
    ],
    stubs: sides.flatMap(({ riser }) =>
      (riser?.ways ?? []).map(({ process, node, stub, words }) => ({
        ...{ kind: 'poll' as const, process, node, words },
        path: polyline(...stub),
      })),
    ),
  };
}

/** Above a row of several one line serves both sides. */
function topLines(
  left: Riser | undefined,
  right: Riser | undefined,
  rows: readonly (readonly NodeBox[])[],
): Path[] {
  return rows.flatMap((row) => {
    const first = row[0]!;
    const last = row.at(-1)!;
    const y = first.y - REGISTRY_LINE;
    const from = left ? left.x : first.x + first.width / 2;
    const to = right ? right.x : last.x + last.width / 2;
    return left || right ? [polyline([from, y], [to, y])] : [];
  });
}

function clientRiser(clients: readonly NodeBox[]): Riser | undefined {
  const top = topmost(clients);
  if (!top) return undefined;
  const x = top.x + CLIENT_RISER_X;
  const side = Math.min(...clients.map((node) => node.x)) - SIDE_GAP;
  return {
    x,
    bottom: top.y,
    ways: clients.map((node) => ({
      process: node.cards[0]!.process,
      node: node.id,
      ...(node === top ? upFrom(x, top, 0) : aroundTo(x, top, node, node.x, side)),
    })),
  };
}

function consumerRiser(frames: readonly NodeBox[]): Riser | undefined {
  const top = topmost(frames);
  if (!top) return undefined;
  const x = top.x + CONSUMER_RISER_X;
  const side = Math.max(...frames.map((node) => node.x + node.width)) + SIDE_GAP;
  return {
    x,
    bottom: top.y,
    ways: frames.flatMap((node) =>
      node.cards.map(({ process }, i) => ({
        process,
        node: node.id,
        ...(node === top ? upFrom(x, top, i) : aroundTo(x, top, node, node.x + node.width, side)),
      })),
    ),
  };
}

const WORDS_GAP = 5;
const WORDS_LINE = 14;

/** The topmost node stands right below the riser. Several processes of it have a line of words each. */
function upFrom(x: number, top: NodeBox, line: number) {
  const y = top.y - WORDS_LINE * line;
  return {
    path: [[x, top.y]],
    stub: [
      [x, y],
      [x, y - WORDS_LINE],
    ],
    words: { x: x + WORDS_GAP, y: y - WORDS_LINE / 2, align: 'left' },
  } as const;
}

/** The others go round the outer side. */
function aroundTo(x: number, top: NodeBox, node: NodeBox, edge: number, side: number) {
  const y = node.y + STUB_Y;
  return {
    path: [
      [edge, y],
      [side, y],
      [side, top.y - SIDE_GAP],
      [x, top.y - SIDE_GAP],
    ],
    stub: [
      [edge, y],
      [side, y],
    ],
    words: { x: node.x, y: node.y - SIDE_GAP, align: 'left' },
  } as const;
}

const topmost = (nodes: readonly NodeBox[]): NodeBox | undefined =>
  nodes.reduce<NodeBox | undefined>((top, node) => (top && top.y <= node.y ? top : node), undefined);
