import { memo, useMemo } from 'react';
import { formatDurationUs } from '../../../ui/format/number';
import { MessageGlyph } from '../../../ui/glyph/MessageGlyph';
import { MESSAGE_STATES } from '../../../ui/glyph/message-state';
import { useView } from '../cluster';
import { pointTable, svgPath } from '../path';
import type { Route } from '../route-types';
import { useT } from '../use-t';
import styles from './edge.module.css';
import { sendState } from './edge-state';
import { along, Cross, EdgeHit, EdgeLabel } from './parts';

const QUEUED_MAX = 3;
const QUEUED_SIZE = 11;
const QUEUED_STEP = 3;
/** Where what finds no answer waits, and where a cross or words stand, as shares of the way. */
const DEAD_END = 0.86;
const MARK = 0.55;

/** From a producer to a broker. Without an answer the line is dashed and what was sent queues at its end. */
export const SendEdge = memo(function SendEdge({ route }: { readonly route: Route }) {
  const t = useT();
  const state = useView((view) => sendState(view, route.from, route.to));
  const table = useMemo(() => pointTable(route.path), [route.path]);
  if (!state || state.look === 'none') return null;
  const { look, waiting, cut, slowUs } = state;
  const mark = along(table, MARK);
  const end = along(table, DEAD_END);
  const queued = look === 'dead-end' ? Math.min(QUEUED_MAX, waiting) : 0;
  return (
    <g data-look={look}>
      <EdgeHit path={route.path} link={[route.from, route.to]} />
      <path
        className={styles.send}
        d={svgPath(route.path)}
        markerEnd={look === 'live' ? 'url(#graph-arrow-ink)' : undefined}
      />
      {cut && <Cross {...mark} />}
      {slowUs > 0 && <EdgeLabel {...mark}>{t('linkSlow', { latency: formatDurationUs(slowUs) })}</EdgeLabel>}
      {Array.from({ length: queued }, (_, i) => {
        const step = (queued - 1) / 2 - i;
        return (
          <MessageGlyph
            // biome-ignore lint/suspicious/noArrayIndexKey: a glyph is its place in the queue
            key={i}
            state={MESSAGE_STATES.inFlight}
            size={QUEUED_SIZE}
            label={null}
            x={end.x + step * QUEUED_STEP - QUEUED_SIZE / 2}
            y={end.y - step * QUEUED_STEP - QUEUED_SIZE / 2}
          />
        );
      })}
    </g>
  );
});
