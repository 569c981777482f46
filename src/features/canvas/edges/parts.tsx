import { EdgeLabelRenderer } from '@xyflow/react';
import type { ReactNode } from 'react';
import { useSelectedLink } from '../cluster';
import { useDetail } from '../nodes/detail';
import { type Path, type PointTable, pointAt, svgPath } from '../path';
import styles from './edge.module.css';

/** A cross with a halo: nothing gets through here. */
export function Cross({
  x,
  y,
  arm = 4.5,
}: {
  readonly x: number;
  readonly y: number;
  readonly arm?: number;
}) {
  const d = `M${x - arm} ${y - arm}l${2 * arm} ${2 * arm}m0 ${-2 * arm}l${-2 * arm} ${2 * arm}`;
  return (
    <g className={styles.cross}>
      <path d={d} className={styles.halo} />
      <path d={d} />
    </g>
  );
}

export interface EdgeLabelProps {
  readonly x: number;
  readonly y: number;
  readonly align?: 'middle' | 'left' | 'right';
  /** The name of a line, not a state of it. */
  readonly quiet?: boolean;
  readonly children: ReactNode;
}

const SHIFT = { middle: '-50%', left: '0', right: '-100%' } as const;

/** Words on an edge. */
export function EdgeLabel({ x, y, align = 'middle', quiet, children }: EdgeLabelProps) {
  if (useDetail() !== 'full') return null;
  return (
    <EdgeLabelRenderer>
      <span
        className={quiet ? styles.quietLabel : styles.label}
        style={{ transform: `translate(${SHIFT[align]}, -50%) translate(${x}px, ${y}px)` }}
      >
        {children}
      </span>
    </EdgeLabelRenderer>
  );
}

/** The wide invisible line that takes the pointer, and the outline of a selected link. */
export function EdgeHit({ path, link }: { readonly path: Path; readonly link: readonly [string, string] }) {
  const selected = useSelectedLink();
  const d = svgPath(path);
  return (
    <>
      {selected && sameLink(selected, link) && (
        <>
          <path className={styles.selected} d={d} />
          <path className={styles.selectedInner} d={d} />
        </>
      )}
      <path className={styles.hit} d={d} />
    </>
  );
}

const sameLink = (a: readonly [string, string], b: readonly [string, string]): boolean =>
  (a[0] === b[0] && a[1] === b[1]) || (a[0] === b[1] && a[1] === b[0]);

export function along(table: PointTable, share: number): { x: number; y: number } {
  const point = { x: 0, y: 0 };
  pointAt(table, share, point);
  return point;
}
