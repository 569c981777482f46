import { LEAD_PITCH, type NodeBox, nodeId } from './layout';
import { polyline } from './path';
import type { Lead } from './route-types';
import type { GraphShape } from './shape';

/** How far above a lane the way to it turns, and how far from the lane's right edge it arrives. */
const ABOVE = 6;
const ARRIVES = 26;
const ARROW = 3;

/** From each consumer group, right of everything, down to its lane; and from what waits to what is parked. */
export function leadsTo({ lanes }: GraphShape, byId: ReadonlyMap<string, NodeBox>): readonly Lead[] {
  const consumers = [...byId.values()].filter(({ kind }) => kind === 'consumerGroup');
  const right = Math.max(0, ...consumers.map(({ x, width }) => x + width));
  return lanes.flatMap((row, i): Lead[] => {
    const source = byId.get(nodeId('consumerGroup', row.group));
    const left = byId.get(nodeId('lane', row.left ?? ''));
    const parked = byId.get(nodeId('lane', row.right ?? ''));
    const target = left ?? parked;
    const leads: Lead[] = [];
    if (source && target) {
      const y = source.y + source.height - 10 - 3 * i;
      const side = right + LEAD_PITCH * (i + 1);
      const x = target.x + target.width - ARRIVES;
      leads.push({
        id: `lead:${target.id}`,
        fromNode: source.id,
        toNode: target.id,
        path: polyline(
          [source.x + source.width, y],
          [side, y],
          [side, target.y - ABOVE],
          [x, target.y - ABOVE],
          [x, target.y - ARROW + 1],
        ),
      });
    }
    if (left && parked) {
      const y = left.y + left.height / 2;
      leads.push({
        id: `lead:${parked.id}`,
        fromNode: left.id,
        toNode: parked.id,
        path: polyline([left.x + left.width, y], [parked.x - ARROW, y]),
      });
    }
    return leads;
  });
}
