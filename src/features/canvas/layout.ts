import { textWidthPx } from '../../ui/format/text-width';
import type { ConsumerGroupShape, GraphShape, GroupShape, LaneShape } from './shape';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One process of a node: its card, relative to the node. */
export interface CardBox extends Box {
  readonly process: string;
}

export type NodeKind = 'client' | 'registry' | 'controller' | 'replicaGroup' | 'consumerGroup' | 'lane';

export interface NodeBox extends Box {
  readonly id: string;
  readonly kind: NodeKind;
  /** In reading order. */
  readonly cards: readonly CardBox[];
  /** Where each queue's line stands, relative to the node. */
  readonly lanes: readonly LaneBox[];
}

export interface LaneBox {
  readonly lane: LaneShape;
  readonly y: number;
  readonly height: number;
}

export interface GraphLayout {
  /** In reading order: producers, registries, logs, consumers. */
  readonly nodes: readonly NodeBox[];
  /** All of it with its margins, and with the corner in which the legend stands. */
  readonly bounds: Box;
}

/** The proportions of the design, in px. */
export const SIZE = {
  clientX: 14,
  clientWidth: 104,
  /** What a client's card has beside the name, and the size of that. */
  clientNameBeside: 30,
  clientName: 13,
  clientHeight: 88,
  brokerX: 192,
  brokerWidth: 458,
  consumerX: 708,
  consumerFrameWidth: 142,
  consumerFrameHead: 45,
  consumerWidth: 124,
  consumerHeight: 128,
  /** Where many stand below each other: a line and the air less. */
  consumerHeightCompact: 84,
  /** Where even those do not fit: two lines. */
  consumerHeightDense: 47,
  registryWidth: 223,
  registryHead: 28,
  registryRow: 13,
  joint: 18,
  followerHeight: 43,
  /** Of a leader's card: the height without its queues, the top of the log and of the queues. */
  leaderHeight: 111,
  logTop: 29,
  queueHeadTop: 95,
  lanesTop: 108,
  lane: 13,
  gap: 12,
  cardGap: 10,
  cardGapDense: 6,
  margin: 10,
  legendHeight: 118,
  /** Of a lane below the logs, and the gap between the two of a row: an arrow crosses it. */
  laneNodeWidth: 372,
  laneNodeHeight: 80,
  laneNodeGap: 22,
} as const;

/** From the left edge of the logs to the right one of their readers. */
const LANES_WIDTH = SIZE.consumerX + SIZE.consumerFrameWidth - SIZE.brokerX;
/** So much of the graph is seen at its own size on a page of 1440 × 900; its readers may end there, or where its logs do. */
const PAGE_HEIGHT = 600;
const LANES_BELOW = 14;
/** Ways to the lanes lead down to the right of everything, side by side. */
export const LEAD_PITCH = 5;

const REGISTRIES_PER_ROW = 2;
/** Room between two rows of registries: one line of heartbeats, one of polls. */
const REGISTRY_ROW_GAP = 30;
const REGISTRY_TOP = 16;
/** Between the registries and the logs runs the line of the heartbeats. */
const BELOW_REGISTRIES = 19;
/** Each group beyond the second makes the gutters wider: more lines cross in them. */
const GUTTER_GROUPS = 2;
const GUTTER_MORE = 18;
/** A longer name is shortened. */
const CLIENT_MORE_MAX = 44;

/**
 * Where everything stands: producers, logs with the registries above them, consumers. A pure function of the shape, so
 * the same cluster always looks the same; nothing overlaps.
 */
export function layoutGraph(shape: GraphShape): GraphLayout {
  const more = GUTTER_MORE * Math.max(0, shape.groups.length - GUTTER_GROUPS);
  const clientWidth = clientWidthOf(shape);
  const left = SIZE.brokerX + more + clientWidth - SIZE.clientWidth;
  const registries = placeRegistries(shape, left);
  const top = registries.reduce<number>(
    (y, box) => Math.max(y, box.y + box.height + BELOW_REGISTRIES),
    SIZE.margin,
  );
  const groups = stack(shape.groups.map(groupBox), left, top);
  const consumers = placeConsumers(
    shape,
    left + more + SIZE.consumerX - SIZE.brokerX,
    top,
    Math.max(PAGE_HEIGHT, bottomOf(groups)),
  );
  const clients = placeClients(
    shape,
    clientWidth,
    top,
    Math.max(bottomOf(groups), top),
    bottomOf([...groups, ...consumers]),
  );
  const above = [...clients, ...registries, ...groups, ...consumers];
  const right = Math.max(
    left + (shape.lanes.length > 0 ? LANES_WIDTH : SIZE.brokerWidth),
    ...above.map((box) => box.x + box.width),
  );
  const lanes = placeLanes(shape, left, bottomOf(groups), bottomOf(consumers));
  const nodes = [...above, ...lanes];
  const bottom = Math.max(bottomOf(nodes), bottomOf(clients) + SIZE.legendHeight);
  const leads = lanes.length > 0 ? LEAD_PITCH * shape.lanes.length : 0;
  return { nodes, bounds: { x: 0, y: 0, width: right + SIZE.margin + leads, height: bottom + SIZE.margin } };
}

export const nodeId = (kind: NodeKind, id: string): string => `${kind}:${id}`;

/** The height of the lines of a replica group below the head of its queues. */
function laneBoxes(lanes: readonly LaneShape[]): readonly LaneBox[] {
  let y: number = SIZE.lanesTop;
  return lanes.map((lane) => {
    const rows = 'topic' in lane ? 1 : Math.max(1, lane.groups.length);
    const height = rows * SIZE.lane;
    const box = { lane, y, height };
    y += height;
    return box;
  });
}

/** Registries, and behind them the controllers of a cluster that has any. */
function placeRegistries(
  { registries, controllers = [], registryRows }: GraphShape,
  left: number,
): readonly NodeBox[] {
  const width = SIZE.registryWidth;
  const height = SIZE.registryHead + SIZE.registryRow * Math.max(1, registryRows);
  const kindOf = (i: number) => (i < registries.length ? 'registry' : 'controller');
  return [...registries, ...controllers].map((process, i) => {
    const column = i % REGISTRIES_PER_ROW;
    const row = Math.floor(i / REGISTRIES_PER_ROW);
    return {
      id: nodeId(kindOf(i), process),
      kind: kindOf(i),
      x: left + column * (width + SIZE.gap),
      y: REGISTRY_TOP + row * (height + REGISTRY_ROW_GAP),
      width,
      height,
      cards: [{ process, x: 0, y: 0, width, height }],
      lanes: [],
    };
  });
}

function groupBox(group: GroupShape): NodeBox {
  const width = SIZE.brokerWidth;
  const lanes = laneBoxes(group.lanes);
  const leaderHeight = SIZE.leaderHeight + lanes.reduce((sum, { height }) => sum + height, 0);
  const leader = { process: group.leader, x: 0, y: 0, width, height: leaderHeight };
  const followers = group.followers.map((process, i) => ({
    process,
    x: 0,
    y: leaderHeight + SIZE.joint + i * (SIZE.followerHeight + SIZE.joint),
    width,
    height: SIZE.followerHeight,
  }));
  const cards = [leader, ...followers];
  const last = cards.at(-1) ?? leader;
  const id = nodeId('replicaGroup', group.id);
  return { id, kind: 'replicaGroup', x: 0, y: 0, width, height: last.y + last.height, cards, lanes };
}

/** On the largest cards with which they end where they may; on the smallest ones, if need be, below it. */
function placeConsumers({ consumerGroups }: GraphShape, x: number, top: number, bottomMax: number) {
  const { consumerHeight, consumerHeightCompact, consumerHeightDense } = SIZE;
  const placed = (height: number) =>
    stack(
      consumerGroups.map((group) => consumerGroupBox(group, height)),
      x,
      top,
    );
  const roomy = [consumerHeight, consumerHeightCompact].map(placed);
  return roomy.find((boxes) => bottomOf(boxes) <= bottomMax) ?? placed(consumerHeightDense);
}

function consumerGroupBox({ id, consumers }: ConsumerGroupShape, height: number): NodeBox {
  const { consumerFrameHead, consumerWidth, consumerFrameWidth, gap } = SIZE;
  const cardGap = height === SIZE.consumerHeightDense ? SIZE.cardGapDense : SIZE.cardGap;
  const cards = consumers.map((process, i) => ({
    process,
    x: SIZE.cardGap,
    y: consumerFrameHead + i * (height + cardGap),
    width: consumerWidth,
    height,
  }));
  const last = cards.at(-1);
  return {
    id: nodeId('consumerGroup', id),
    kind: 'consumerGroup',
    x: 0,
    y: 0,
    width: consumerFrameWidth,
    height: (last ? last.y + last.height : consumerFrameHead - cardGap) + gap,
    cards,
    lanes: [],
  };
}

/** Rows below the logs, and below their readers as soon as a row has a right half or a way from there. */
function placeLanes({ lanes }: GraphShape, left: number, logs: number, readers: number): readonly NodeBox[] {
  const { laneNodeWidth, laneNodeHeight: height, laneNodeGap } = SIZE;
  const x = left + laneNodeWidth + laneNodeGap;
  let top = logs;
  return lanes.flatMap((row) => {
    if (row.group !== '' || row.right !== undefined) top = Math.max(top, readers);
    const y = top + LANES_BELOW;
    top = y + height;
    const box = (id: string | undefined, at: number, width: number): NodeBox[] =>
      id === undefined
        ? []
        : [{ id: nodeId('lane', id), kind: 'lane', x: at, y, width, height, cards: [], lanes: [] }];
    return [
      ...box(row.left, left, laneNodeWidth),
      ...box(row.right, x, LANES_WIDTH - laneNodeWidth - laneNodeGap),
    ];
  });
}

function stack(boxes: readonly NodeBox[], x: number, top: number): readonly NodeBox[] {
  let y = top;
  return boxes.map((box) => {
    const placed = { ...box, x, y };
    y += box.height + SIZE.gap;
    return placed;
  });
}

/** Wide enough for the longest name, within reason. */
function clientWidthOf({ clients }: GraphShape): number {
  const { clientWidth, clientNameBeside, clientName } = SIZE;
  const name = Math.max(0, ...clients.map(({ id }) => textWidthPx(id, clientName, true)));
  const more = Math.ceil(name) + clientNameBeside - clientWidth;
  return clientWidth + Math.min(CLIENT_MORE_MAX, Math.max(0, more));
}

/**
 * Spread along the logs, each in the middle of its share; closer than a card allows they go on below. Where that spares
 * the graph some height they stand closer, so that the legend below them ends where the others do.
 */
function placeClients(
  { clients }: GraphShape,
  width: number,
  top: number,
  bottom: number,
  legendBottom: number,
): readonly NodeBox[] {
  const { clientHeight: height } = SIZE;
  const count = Math.max(1, clients.length);
  const aboveLegend = (legendBottom - SIZE.legendHeight - height / 2 - top) / (count - 0.5);
  const share = Math.max(Math.min((bottom - top) / count, aboveLegend), height + 2 * SIZE.gap);
  return clients.map(({ id: process }, i) => ({
    id: nodeId('client', process),
    kind: 'client',
    x: SIZE.clientX,
    y: Math.round(top + (i + 0.5) * share - height / 2),
    width,
    height,
    cards: [{ process, x: 0, y: 0, width, height }],
    lanes: [],
  }));
}

const bottomOf = (boxes: readonly Box[]): number =>
  boxes.reduce((bottom, box) => Math.max(bottom, box.y + box.height), 0);
