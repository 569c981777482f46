import { memo, useMemo } from 'react';
import { consumerInk, hasDoubleRibbon } from '../../../ui/consumer/consumer-ink';
import { formatDurationUs } from '../../../ui/format/number';
import { useView } from '../cluster';
import { levelBand, type Path, pointTable, svgPath } from '../path';
import type { Route } from '../route-types';
import { useT } from '../use-t';
import styles from './edge.module.css';
import { ribbonState } from './edge-state';
import { along, Cross, EdgeHit, EdgeLabel } from './parts';

const DOUBLE_GAP = 1.6;

/** A queue in a consumer's hands, in the consumer's colour. Dashed while its pulls fail or the queue changes hands. */
export const RibbonEdge = memo(function RibbonEdge({ route }: { readonly route: Route }) {
  const t = useT();
  const { queue = -1, from, to, path, bandPx = 10 } = route;
  const state = useView((view) => ribbonState(view, queue, to, from));
  const middle = useMemo(() => along(pointTable(path), 0.5), [path]);
  if (!state) return null;
  const { look, ordinal, cut, slowUs } = state;
  return (
    <g data-look={look} style={{ '--ink': consumerInk(ordinal) } as React.CSSProperties}>
      <EdgeHit path={path} link={[from, to]} />
      <path className={styles.band} {...moving(bandOf(path, bandPx))} />
      {hasDoubleRibbon(ordinal) ? (
        <>
          <path
            className={styles.centre}
            {...moving(svgPath(path))}
            transform={`translate(0 ${-DOUBLE_GAP})`}
          />
          <path
            className={styles.centre}
            {...moving(svgPath(path))}
            transform={`translate(0 ${DOUBLE_GAP})`}
          />
        </>
      ) : (
        <path className={styles.centre} {...moving(svgPath(path))} />
      )}
      {cut && <Cross {...middle} arm={3.5} />}
      {slowUs > 0 && (
        <EdgeLabel {...middle}>{t('linkSlow', { latency: formatDurationUs(slowUs) })}</EdgeLabel>
      )}
    </g>
  );
});

/** Where the style sheet knows `d`, a changed path is glided to. */
const moving = (d: string) => ({ d, style: { d: `path("${d}")` } as React.CSSProperties });

function bandOf(path: Path, height: number): string {
  const [first] = path;
  const last = path.at(-1);
  if (first?.[0] !== 'M' || last?.[0] !== 'C') return '';
  return levelBand(first[1], first[2], last[5], last[6], height);
}
