import type { Run } from '../../engine/run';
import type { Motion } from '../protocol';
import type { CurveHistory } from '../track/curves';
import { edgeFrom, edgeTo, sentCounts } from '../track/sent-counts';

const SPAN_US_MIN = 1_000_000;

/**
 * How many messages went from one process to another within the last second or two: what the ends of their
 * connections counted since a point of the curves. An end takes its count with it; a new one starts from zero.
 */
export function flowsOf({ sim }: Run, curves: CurveHistory): Motion['flows'] {
  const before = curves.sentUntil(sim.nowUs - SPAN_US_MIN);
  const spanUs = sim.nowUs - before.timeUs;
  const busy = [...(spanUs > 0 ? sentCounts(sim.state) : [])].flatMap(([edge, sent]) => {
    const sentBefore = before.counts.get(edge) ?? 0;
    const messages = sent >= sentBefore ? sent - sentBefore : sent;
    return messages > 0 ? [{ edge, perSecond: (messages * 1_000_000) / spanUs }] : [];
  });
  return {
    from: Uint16Array.from(busy, ({ edge }) => edgeFrom(edge)),
    to: Uint16Array.from(busy, ({ edge }) => edgeTo(edge)),
    perSecond: Float32Array.from(busy, ({ perSecond }) => perSecond),
  };
}
