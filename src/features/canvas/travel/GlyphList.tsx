import type { ClusterView, FlightGlyph } from '../../../engine/view';
import { FLIGHT_GLYPHS } from '../../../state/motion';
import { Hidden } from '../../../ui/kit/LiveRegion';
import { useView, useWireOfBeat } from '../cluster';
import { labelOf, processesOf } from '../names';
import { type T, useT } from '../use-t';

const LIST_MAX = 20;

/** Every glyph on the canvas in words, for screen readers. It changes from beat to beat, not from frame to frame. */
export function GlyphList() {
  const t = useT();
  const motion = useWireOfBeat();
  const names = useView((view) =>
    processesOf(view).map(({ node, id }) => [node, labelOf(view, id)] as const),
  );
  const byNode = new Map(names);
  const places = new Map<string | number, string>(useView(placeNames));
  const name = (node: number) => byNode.get(node) ?? String(node);
  const shown = Math.min(LIST_MAX, motion?.count ?? 0);
  const more = (motion?.count ?? 0) + (motion?.leftOut ?? 0) - shown;
  return (
    <Hidden>
      <ul aria-label={t('travelling')} aria-live="polite">
        {motion &&
          Array.from({ length: shown }, (_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced as a whole
            <li key={i}>
              {t('travels', {
                what: what(FLIGHT_GLYPHS[motion.glyph[i]!]!, motion.message[i]!, t),
                from: name(motion.from[i]!),
                to: name(motion.to[i]!),
              })}
            </li>
          ))}
        {motion?.moves.slice(0, LIST_MAX).map(({ message, node, from, to, sinceUs }) => (
          <li key={`${message} ${sinceUs}`}>
            {t('travels', {
              what: t('aboutMessage', { kind: t('flightMessage'), number: message }),
              from: places.get(from) ?? name(node),
              to: places.get(to) ?? String(to),
            })}
          </li>
        ))}
        {more > 0 && <li>{t('moreTravelling', { count: more })}</li>}
        {shown === 0 && !motion?.moves.length && <li>{t('nothingTravels')}</li>}
      </ul>
    </Hidden>
  );
}

/** Lanes by the topic of their own, queues by topic and number. */
const placeNames = ({ lanes, groups }: ClusterView): (readonly [string | number, string])[] => [
  ...lanes.map(({ id, topic }) => [id, topic] as const),
  ...groups.flatMap(({ queues }) =>
    queues.map(({ queue, topic, queueId }) => [queue, `${topic} q${queueId}`] as const),
  ),
];

function what(glyph: FlightGlyph, message: number, t: T): string {
  const kind = t(WORDS[glyph]);
  return message < 0 ? kind : t('aboutMessage', { kind, number: message });
}

const WORDS = {
  message: 'flightMessage',
  ack: 'flightAck',
  refusal: 'flightRefusal',
  replica: 'flightReplica',
  fetch: 'flightFetch',
  delivery: 'flightDelivery',
  heartbeat: 'flightHeartbeat',
  other: 'flightOther',
} as const;
