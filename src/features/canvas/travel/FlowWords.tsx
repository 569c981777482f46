import { useEffect, useState } from 'react';
import { onMoving } from '../../../state/motion';
import { wireNow } from '../cluster';
import { EdgeLabel } from '../edges/parts';
import { pointAt } from '../path';
import { useT } from '../use-t';
import { type Band, bandsOf, countGlyphs, GLYPHS_MAX } from './bands';
import type { RouteIndex } from './route-index';

const EVERY_MS = 250;
/** Where the ways of two producers have not met yet, as a share of the way. */
const NEAR_SOURCE = 0.25;
/** The lag stands in words right beside the way of a copy. */
const BESIDE_LAG_PX = 340;

/** The rates of the bands in words: the canvas draws no text. */
export function FlowWords({ index }: { readonly index: RouteIndex }) {
  const t = useT();
  const bands = useBands(index);
  return bands.map(({ route, perSecond }) => {
    const table = index.tables[route];
    if (!table) return null;
    const { id, kind } = index.routes[route]!;
    const at = { x: 0, y: 0 };
    pointAt(table, kind === 'send' ? NEAR_SOURCE : 0.5, at);
    if (kind === 'replication') at.x += BESIDE_LAG_PX;
    return (
      <EdgeLabel key={id} {...at}>
        {t('flowRate', { rate: Math.round(perSecond) })}
      </EdgeLabel>
    );
  });
}

/** What is drawn as bands now, looked at four times a second at most. */
function useBands(index: RouteIndex): readonly Band[] {
  const [bands, setBands] = useState<readonly Band[]>([]);
  useEffect(() => {
    const counts = new Uint16Array(index.routes.length);
    let due: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      due = undefined;
      const wire = wireNow();
      if (!wire) return;
      const { motion, asBands } = wire;
      countGlyphs(motion, index, counts);
      const found = bandsOf(motion, index, (route) => asBands || counts[route]! > GLYPHS_MAX);
      setBands((before) => (found.length === 0 && before.length === 0 ? before : found));
    };
    look();
    const stop = onMoving(() => {
      due ??= setTimeout(look, EVERY_MS);
    });
    return () => {
      stop();
      clearTimeout(due);
    };
  }, [index]);
  return bands;
}
