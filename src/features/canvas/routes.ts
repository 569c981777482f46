import type { Box, CardBox, GraphLayout, NodeBox } from './layout';
import { nodeId, SIZE } from './layout';
import { levelCurve, type Path, polyline } from './path';
import type { GraphShape, RibbonShape } from './shape';

export type RouteKind = 'send' | 'poll' | 'heartbeat' | 'ribbon' | 'replication';

/** The way between two processes. Whatever travels between them, in either direction, keeps to it. */
export interface Route {
  readonly id: string;
  readonly kind: RouteKind;
  readonly from: string;
  readonly to: string;
  readonly path: Path;
  readonly fromNode: string;
  readonly toNode: string;
  /** Of a ribbon: the queue that it stands for, and how high its band may be. */
  readonly queue?: number;
  readonly bandPx?: number;
  /** Nothing is drawn for it until something travels on it. */
  readonly hidden?: boolean;
}

/** A line that several routes share, drawn once: the bus of the heartbeats, that of the polls. */
export interface Trunk {
  readonly kind: 'heartbeat' | 'poll';
  readonly paths: readonly Path[];
  /** Where its name has room. */
  readonly words?: { readonly x: number; readonly y: number };
}

/** The way of one process to a bus, and where words about it have room. */
export interface Stub {
  readonly kind: 'heartbeat' | 'poll';
  readonly process: string;
  readonly node: string;
  readonly path: Path;
  readonly words: { readonly x: number; readonly y: number; readonly align: 'left' | 'right' };
}

export interface GraphRoutes {
  readonly routes: readonly Route[];
  readonly trunks: readonly Trunk[];
  readonly stubs: readonly Stub[];
}

const ARROW_GAP = 3;
const BUS_GAP = 12;
const STUB_Y = 21;
const REGISTRY_ENTRY_X = 98;
/** From a registry down to the line of the heartbeats, and up to that of the polls. */
const REGISTRY_LINE = 10;
const CLIENT_RISER_X = 96;
const CONSUMER_RISER_X = 72;
const SIDE_GAP = 7;
const FEED_X = 58;
/** Replication to the second follower and on passes to the left of the cards between. */
const FEED_SIDE = 6;
const BAND = 10;
const BAND_PITCH = 13;

/** Moves the nodes that the user has dragged. */
export function withMoves(
  layout: GraphLayout,
  moves: ReadonlyMap<string, { readonly x: number; readonly y: number }>,
): readonly NodeBox[] {
  if (moves.size === 0) return layout.nodes;
  return layout.nodes.map((node) => {
    const move = moves.get(node.id);
    return move ? { ...node, ...move } : node;
  });
}

/** All ways between the processes of a graph whose nodes stand at the given places. */
export function routeGraph(shape: GraphShape, nodes: readonly NodeBox[]): GraphRoutes {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const of = (kind: NodeBox['kind']) => nodes.filter((node) => node.kind === kind);
  const place: Places = {
    byId,
    clients: of('client'),
    registries: of('registry'),
    groups: of('replicaGroup'),
    consumers: of('consumerGroup'),
  };
  const ribbons = ribbonRoutes(shape.ribbons, byId);
  const heartbeats = heartbeatRoutes(place);
  const polls = pollRoutes(place);
  return {
    routes: [
      ...sendRoutes(shape, place),
      ...polls.routes,
      ...heartbeats.routes,
      ...replicationRoutes(place),
      ...ribbons,
      ...quietRoutes(place, new Set(ribbons.map(({ from, to }) => pair(from, to)))),
    ],
    trunks: [...heartbeats.trunks, ...polls.trunks],
    stubs: [...heartbeats.stubs, ...polls.stubs],
  };
}

interface Places {
  readonly byId: ReadonlyMap<string, NodeBox>;
  readonly clients: readonly NodeBox[];
  readonly registries: readonly NodeBox[];
  readonly groups: readonly NodeBox[];
  readonly consumers: readonly NodeBox[];
}

const pair = (from: string, to: string): string => `${from}|${to}`;
const inGraph = (node: NodeBox, card: CardBox): CardBox => ({
  ...card,
  x: node.x + card.x,
  y: node.y + card.y,
});
const cardsOf = (node: NodeBox): readonly CardBox[] => node.cards.map((card) => inGraph(node, card));

/** A producer has a way to the groups that hold its topic, and needs no other. */
function sendRoutes(shape: GraphShape, { byId, clients }: Places): Route[] {
  const senders = new Map<string, number>();
  return shape.clients.flatMap((client) => {
    const source = byId.get(nodeId('client', client.id));
    if (!source) return [];
    return client.groups.flatMap((groupId, i): Route[] => {
      const target = byId.get(nodeId('replicaGroup', groupId));
      const leader = target && cardsOf(target)[0];
      if (!target || !leader) return [];
      const sender = senders.get(groupId) ?? 0;
      senders.set(groupId, sender + 1);
      const leaving = 24 + (34 * i) / Math.max(1, client.groups.length - 1);
      const arriving = 54 + Math.min(16, (leader.height - 74) / Math.max(1, clients.length - 1)) * sender;
      return [
        {
          id: `send:${client.id}:${groupId}`,
          kind: 'send',
          from: client.id,
          to: leader.process,
          fromNode: source.id,
          toNode: target.id,
          path: levelCurve(
            source.x + source.width,
            source.y + (client.groups.length === 1 ? source.height / 2 : leaving),
            leader.x - ARROW_GAP,
            leader.y + arriving,
          ),
        },
      ];
    });
  });
}

function heartbeatRoutes({ groups, registries }: Places): GraphRoutes {
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
function pollRoutes({ clients, consumers, registries }: Places): GraphRoutes {
  if (registries.length === 0) return { routes: [], trunks: [], stubs: [] };
  const left = clientRiser(clients);
  const right = consumerRiser(consumers);
  const rows = new Map<number, NodeBox[]>();
  for (const registry of registries) rows.set(registry.y, [...(rows.get(registry.y) ?? []), registry]);
  const entry = (riser: Riser, registry: NodeBox, side: 'left' | 'right'): Corners => {
    const middle = registry.y + registry.height / 2;
    if (rows.get(registry.y)?.length === 1) {
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
        paths: [...paths, ...topLines(left, right, rows)],
        ...(left && { words: { x: left.x + WORDS_GAP, y: left.bottom - 3 * WORDS_LINE } }),
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

/** Above a row of several registries one line serves both sides. */
function topLines(
  left: Riser | undefined,
  right: Riser | undefined,
  rows: ReadonlyMap<number, readonly NodeBox[]>,
): Path[] {
  return [...rows.values()].flatMap((row) => {
    const first = row[0]!;
    const last = row.at(-1)!;
    if (first === last) return [];
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

function replicationRoutes({ groups }: Places): Route[] {
  return groups.flatMap((node) => {
    const [leader, ...followers] = cardsOf(node);
    if (!leader) return [];
    const bottom = leader.y + leader.height;
    const x = leader.x + FEED_X;
    return followers.map((follower, i): Route => {
      const end = follower.y - 1;
      const side = leader.x - FEED_SIDE;
      return {
        id: `replication:${follower.process}`,
        kind: 'replication',
        from: leader.process,
        to: follower.process,
        fromNode: node.id,
        toNode: node.id,
        path:
          i === 0
            ? polyline([x, bottom + 1], [x, end])
            : polyline(
                [x - 12, bottom + 1],
                [x - 12, bottom + 5],
                [side, bottom + 5],
                [side, follower.y - SIZE.joint / 2],
                [x, follower.y - SIZE.joint / 2],
                [x, end],
              ),
      };
    });
  });
}

function ribbonRoutes(ribbons: readonly RibbonShape[], byId: ReadonlyMap<string, NodeBox>): Route[] {
  const ends = new Map<string, { y: number; index: number }[]>();
  const placed = ribbons.flatMap((ribbon, index) => {
    const source = byId.get(nodeId('replicaGroup', ribbon.group));
    const target = byId.get(nodeId('consumerGroup', ribbon.consumerGroup));
    const card = target && cardsOf(target).find(({ process }) => process === ribbon.consumer);
    const start = source && ribbonStart(source, ribbon);
    if (!source || !target || !card || !start) return [];
    ends.set(ribbon.consumer, [...(ends.get(ribbon.consumer) ?? []), { y: start.y, index }]);
    return [{ ribbon, index, source, target, card, start }];
  });
  return placed.map(({ ribbon, index, source, target, card, start }) => {
    const all = (ends.get(ribbon.consumer) ?? []).toSorted((a, b) => a.y - b.y || a.index - b.index);
    const slot = all.findIndex((end) => end.index === index);
    const pitch = Math.min(BAND_PITCH, (card.height - 20) / all.length);
    const first = Math.max(10 + pitch / 2, 38 - (pitch * (all.length - 1)) / 2);
    return {
      id: `ribbon:${ribbon.queue}:${ribbon.consumer}`,
      kind: 'ribbon',
      from: ribbon.from,
      to: ribbon.consumer,
      fromNode: source.id,
      toNode: target.id,
      queue: ribbon.queue,
      bandPx: Math.min(BAND, pitch - 1),
      path: levelCurve(start.x, start.y, card.x, card.y + first + slot * pitch),
    };
  });
}

/** A ribbon starts at the chip of its queue, or at the follower that is read instead. */
function ribbonStart(node: NodeBox, { queue, from }: RibbonShape): { x: number; y: number } | undefined {
  const lane = node.lanes.find((box) => 'queue' in box.lane && box.lane.queue === queue);
  const card = node.cards.find(({ process }) => process === from);
  const x = node.x + node.width;
  if (card && card !== node.cards[0]) return { x, y: node.y + card.y + card.height / 2 };
  return lane && { x, y: node.y + lane.y + lane.height / 2 };
}

/** Between a log and its readers something may travel without an assignment: a heartbeat, a request. */
function quietRoutes({ groups, clients, consumers }: Places, known: ReadonlySet<string>): Route[] {
  const readers = consumers.flatMap((node) => cardsOf(node).map((card) => ({ node, card })));
  return groups.flatMap((node) =>
    cardsOf(node).flatMap((card, i) => [
      ...readers
        .filter((reader) => !known.has(pair(card.process, reader.card.process)))
        .map((reader) => ({
          ...quiet(node, card, reader.node, reader.card),
          kind: 'ribbon' as const,
          path: levelCurve(right(card), middle(card), reader.card.x, middle(reader.card)),
        })),
      ...(i === 0 ? [] : clients).map((client) => ({
        ...quiet(client, client.cards[0]!, node, card),
        kind: 'send' as const,
        path: levelCurve(right(client), middle(client), card.x, middle(card)),
      })),
    ]),
  );
}

const quiet = (fromNode: NodeBox, from: CardBox, toNode: NodeBox, to: CardBox) => ({
  id: `quiet:${from.process}:${to.process}`,
  from: from.process,
  to: to.process,
  fromNode: fromNode.id,
  toNode: toNode.id,
  hidden: true,
});

const right = (box: Box): number => box.x + box.width;
const middle = (box: Box): number => box.y + box.height / 2;
