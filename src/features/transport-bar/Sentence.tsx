import { lazy, Suspense } from 'react';
import { transport } from '../../i18n/areas/transport';
import { useText } from '../../i18n/use-text';
import type { EntryView, NextEvent } from '../../worker/protocol';
import styles from './transport.module.css';

/** Their words are many, and nobody reads them in the first second. */
const NextEvents = lazy(() => import('./NextEvents'));

export interface SentenceProps {
  readonly step: number;
  readonly nowUs: number;
  readonly over: boolean;
  readonly playing: boolean;
  /** What happened last; undefined before the first event, or when it has left the window. */
  readonly entry: EntryView | undefined;
  /** What is due, soonest first; only known while paused. */
  readonly next: readonly NextEvent[];
  readonly nameOf: (node: number) => string | undefined;
  readonly onWhy: (entry: number) => void;
  /** What stands in the place of the sentence: a refusal, a hint, a jump under way. */
  readonly notice?: string | undefined;
}

/** What happened last, in words, and what is due next. */
export function Sentence(props: SentenceProps) {
  const { step, nowUs, over, playing, entry, next, nameOf, onWhy, notice } = props;
  const { t, pick } = useText(transport);
  const first = () => {
    if (step === 0) return t('notStarted');
    return entry ? t('event', { step, text: pick(entry.text) }) : t('eventOnly', { step });
  };
  const text = notice ?? first();
  return (
    <div className={styles.sentence}>
      <p className={styles.event} title={text}>
        {entry !== undefined && notice === undefined ? (
          <button type="button" aria-label={t('whyEvent', { text })} onClick={() => onWhy(entry.id)}>
            {text}
          </button>
        ) : (
          text
        )}
      </p>
      <div className={styles.next}>
        {over ? (
          <p>{t('over')}</p>
        ) : (
          !playing && (
            <Suspense>
              <NextEvents events={next} nowUs={nowUs} nameOf={nameOf} />
            </Suspense>
          )
        )}
      </div>
    </div>
  );
}
