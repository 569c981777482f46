import { useT } from '../use-t';
import styles from './consumer.module.css';

/** One square for each message that a consumer has fetched; those that its handler works on are solid. */
export function CachedMessages({
  cached,
  running,
  squaresMax,
}: {
  readonly cached: number;
  readonly running: number;
  readonly squaresMax: number;
}) {
  const t = useT();
  const squares = Math.min(cached, squaresMax);
  return (
    <p className={styles.cached} aria-hidden>
      {Array.from({ length: squares }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a square is its place
        <i key={i} data-running={i < running || undefined} />
      ))}
      {cached > squares && <span>{t('moreCached', { count: cached - squares })}</span>}
    </p>
  );
}
