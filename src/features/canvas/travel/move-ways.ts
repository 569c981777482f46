import type { ClusterView, MoveView } from '../../../engine/view';
import { FIRST_PX, laneScale, MARKS_Y } from '../lanes/lane-scale';
import { type NodeBox, nodeId, SIZE } from '../layout';
import { type Path, type PointTable, pointTable, polyline } from '../path';
import { cardsOf } from '../route-types';

/** Right of the logs the ways lead up and down, those into lanes beside those out of them. */
const GUTTER_OUT = 9;
const GUTTER_IN = 17;
/** Above a lane they turn. */
const ABOVE = 7;
/** Something new comes to a lane round its right edge, and so far behind it. */
const BESIDE = 11;
const ENTRY_PX = 40;
/** The way from the log: the middle of its rows. */
const LOG_Y = SIZE.logTop + 34;

type Corner = readonly [x: number, y: number];

/** The ways of messages inside a process, by the layout and by where the lanes draw them. */
export class MoveWays {
  private readonly tables = new Map<string, PointTable>();
  private readonly byId: ReadonlyMap<string, NodeBox>;

  constructor(
    private readonly nodes: readonly NodeBox[],
    private readonly idOf: ReadonlyMap<number, string>,
  ) {
    this.byId = new Map(nodes.map((node) => [node.id, node]));
  }

  /** Undefined while an end of it is not drawn. */
  of(move: MoveView, view: ClusterView): PointTable | undefined {
    const path = this.path(move, view);
    if (path === undefined) return undefined;
    const key = path.flat().join(' ');
    let table = this.tables.get(key);
    if (table === undefined) {
      table = pointTable(path);
      this.tables.set(key, table);
    }
    return table;
  }

  private path(move: MoveView, view: ClusterView): Path | undefined {
    const { from, to } = move;
    const source = this.byId.get(nodeId('lane', from));
    const target = typeof to === 'string' ? this.byId.get(nodeId('lane', to)) : undefined;
    if (typeof to === 'number') {
      const end = this.queueEnd(to);
      return source && end && polyline(...outOf(source, this.markX(move, view, source), end));
    }
    if (target === undefined) return undefined;
    if (source === target) {
      const y = target.y + MARKS_Y;
      return polyline([this.markX(move, view, target), y], [target.x + FIRST_PX, y]);
    }
    if (source !== undefined && source.y === target.y) {
      const y = source.y + MARKS_Y;
      return polyline([source.x + source.width - ENTRY_PX, y], [target.x + FIRST_PX, y]);
    }
    const log = this.logOf(move.node);
    return log && polyline(...into(log, target));
  }

  /** Where the lane has drawn it last. */
  private markX({ message, from }: MoveView, view: ClusterView, { x, width }: NodeBox): number {
    const lane = view.lanes.find(({ id }) => id === from);
    if (lane === undefined) return x + FIRST_PX;
    const { xOf, left } = laneScale(lane, view.nowUs, width);
    const parked = lane.parked.find((one) => one.message === message && one.dueUs > 0);
    return x + Math.round(parked === undefined ? left : xOf(parked));
  }

  private queueEnd(queue: number): Corner | undefined {
    for (const node of this.nodes) {
      const lane = node.lanes.find((box) => 'queue' in box.lane && box.lane.queue === queue);
      if (lane) return [node.x + node.width, node.y + lane.y + lane.height / 2];
    }
    return undefined;
  }

  private logOf(process: number): Corner | undefined {
    const id = this.idOf.get(process);
    for (const node of this.nodes) {
      const card = node.kind === 'replicaGroup' && cardsOf(node).find((one) => one.process === id);
      if (card) return [card.x + card.width, card.y + Math.min(LOG_Y, card.height / 2)];
    }
    return undefined;
  }
}

const outOf = ({ y }: NodeBox, x: number, [endX, endY]: Corner): readonly Corner[] => [
  [x, y + MARKS_Y],
  [x, y - ABOVE],
  [endX + GUTTER_OUT, y - ABOVE],
  [endX + GUTTER_OUT, endY],
  [endX + 2, endY],
];

function into([startX, startY]: Corner, { x, y, width }: NodeBox): readonly Corner[] {
  const right = x + width;
  return [
    [startX + 2, startY],
    [startX + GUTTER_IN, startY],
    [startX + GUTTER_IN, y - ABOVE],
    [right + BESIDE, y - ABOVE],
    [right + BESIDE, y + MARKS_Y],
    [right - ENTRY_PX, y + MARKS_Y],
  ];
}
