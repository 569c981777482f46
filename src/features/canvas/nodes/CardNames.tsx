import type { ProcessView } from '../../../engine/view';
import { useNow } from '../cluster';
import { stampOf } from '../process-words';
import { useT } from '../use-t';
import styles from './card.module.css';

/** A card seen from far: what it is, how it is, and what was lost there. */
export function CardNames({
  name,
  process,
  lost = 0,
}: {
  readonly name: string;
  readonly process: ProcessView;
  readonly lost?: number;
}) {
  const t = useT();
  const stamp = stampOf(process, useNow(process), t);
  return (
    <div className={styles.names}>
      <span>{name}</span>
      {stamp && <em>{stamp.fact}</em>}
      {lost > 0 && <span className={styles.lost}>{t('lostCount', { count: lost })}</span>}
    </div>
  );
}
