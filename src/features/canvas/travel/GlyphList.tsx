import type { FlightGlyph } from '../../../engine/view';
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
        {more > 0 && <li>{t('moreTravelling', { count: more })}</li>}
        {shown === 0 && <li>{t('nothingTravels')}</li>}
      </ul>
    </Hidden>
  );
}

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
