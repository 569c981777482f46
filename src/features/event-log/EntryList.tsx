import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { log } from '../../i18n/areas/log';
import { formatTimeUs } from '../../i18n/format';
import { useText } from '../../i18n/use-text';
import { Button } from '../../ui/kit/Button';
import { RuleTag } from '../../ui/kit/Chip';
import type { EntryView } from '../../worker/protocol';
import styles from './log.module.css';

export interface EntryListProps {
  readonly entries: readonly EntryView[];
  readonly reachedStart: boolean;
  readonly nowUs: number;
  readonly picked: number | null;
  /** New lines scroll into view. */
  readonly follows: boolean;
  readonly nameOf: (node: number) => string | undefined;
  readonly onOlder: () => void;
  readonly onPick: (entry: EntryView) => void;
}

const ROW_PX = 24;
const OVERSCAN = 12;

/** One line an entry; only those in sight are in the page. */
export function EntryList(props: EntryListProps) {
  const { entries, reachedStart, nowUs, picked, follows, nameOf, onOlder, onPick } = props;
  const { t, pick } = useText(log);
  const frame = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
  });
  const newest = entries.at(-1)?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line is the reason to scroll
  useEffect(() => {
    if (follows) rows.scrollToIndex(entries.length - 1);
  }, [newest, follows]);

  const onKeyDown = (event: KeyboardEvent) => {
    const delta = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (delta === undefined) return;
    const at = Number((event.target as HTMLElement).dataset.index);
    if (Number.isNaN(at)) return;
    event.preventDefault();
    event.stopPropagation();
    const next = Math.min(entries.length - 1, Math.max(0, at + delta));
    rows.scrollToIndex(next);
    requestAnimationFrame(() =>
      frame.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus({ preventScroll: true }),
    );
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrows go from line to line, each of which is a button
    <div ref={frame} className={styles.scroll} onKeyDown={onKeyDown}>
      <p className={styles.edge}>
        {reachedStart ? (
          t('fromStart')
        ) : (
          <Button size="dense" onClick={onOlder}>
            {t('older')}
          </Button>
        )}
      </p>
      <ul className={styles.rows} aria-label={t('lines')} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const entry = entries[index] as EntryView;
          const node = nameOf(entry.node) ?? t('environment');
          const text = pick(entry.text);
          return (
            <li key={entry.id} style={{ transform: `translateY(${start}px)` }}>
              <button
                type="button"
                data-index={index}
                className={styles.row}
                data-beat={(entry.beat !== 'none' && entry.beat !== 'hop') || undefined}
                data-loss={entry.type === 'message.lost' || undefined}
                data-ahead={entry.timeUs > nowUs || undefined}
                aria-pressed={entry.id === picked}
                title={text}
                onClick={() => onPick(entry)}
              >
                <span className={styles.time}>{formatTimeUs(entry.timeUs, 6)}</span>
                <span className={styles.node}>{node}</span>
                <span className={styles.text}>{text}</span>
                <RuleTag>{entry.rule}</RuleTag>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
