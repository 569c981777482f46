import { heartbeatRoutes, pollRoutes } from './bus-routes';
import { type Box, type CardBox, type GraphLayout, type NodeBox, nodeId, SIZE } from './layout';
import { leadsTo } from './leads';
import { levelCurve, polyline } from './path';
import { cardsOf, type GraphRoutes, type Places, type Route } from './route-types';
import type { GraphShape, RibbonShape } from './shape';

const ARROW_GAP = 3;
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
    leads: leadsTo(shape, byId),
  };
}

const pair = (from: string, to: string): string => `${from}|${to}`;
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
  const holders = new Map<string, number>();
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
    const place = `ribbon:${ribbon.queue}:${ribbon.consumerGroup}`;
    const holder = holders.get(place) ?? 0;
    holders.set(place, holder + 1);
    const first = Math.max(10 + pitch / 2, Math.min(38, card.height / 2) - (pitch * (all.length - 1)) / 2);
    return {
      id: `${place}:${holder}`, // the same for the next consumer of the queue, so that the ribbon moves there
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

/** A ribbon starts at the chip of its group on its queue, or at the follower that is read instead. */
function ribbonStart(
  node: NodeBox,
  { queue, from, consumerGroup }: RibbonShape,
): { x: number; y: number } | undefined {
  const card = node.cards.find(({ process }) => process === from);
  const x = node.x + node.width;
  if (card && card !== node.cards[0]) return { x, y: node.y + card.y + card.height / 2 };
  for (const { lane, y, height } of node.lanes) {
    if ('topic' in lane || lane.queue !== queue) continue;
    const row = Math.max(0, lane.groups.indexOf(consumerGroup));
    return { x, y: node.y + y + (height / Math.max(1, lane.groups.length)) * (row + 0.5) };
  }
  return undefined;
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
