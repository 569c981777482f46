import type { CardBox, NodeBox } from './layout';
import type { Path } from './path';

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

/** The way of a group's messages to a lane, or from one lane to the next. Nothing travels on it. */
export interface Lead {
  readonly id: string;
  readonly fromNode: string;
  readonly toNode: string;
  readonly path: Path;
}

export interface GraphRoutes {
  readonly routes: readonly Route[];
  readonly trunks: readonly Trunk[];
  readonly stubs: readonly Stub[];
  readonly leads: readonly Lead[];
}

/** What runs on lines that several processes share. */
export type BusRoutes = Omit<GraphRoutes, 'leads'>;

/** The nodes by kind. */
export interface Places {
  readonly byId: ReadonlyMap<string, NodeBox>;
  readonly clients: readonly NodeBox[];
  readonly registries: readonly NodeBox[];
  readonly groups: readonly NodeBox[];
  readonly consumers: readonly NodeBox[];
}

const inGraph = (node: NodeBox, card: CardBox): CardBox => ({
  ...card,
  x: node.x + card.x,
  y: node.y + card.y,
});

/** The cards of a node, placed in the graph. */
export const cardsOf = (node: NodeBox): readonly CardBox[] => node.cards.map((card) => inGraph(node, card));
