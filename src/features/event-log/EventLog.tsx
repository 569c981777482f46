import { useEffect, useMemo, useRef, useState } from 'react';
import { common } from '../../i18n/areas/common';
import { log } from '../../i18n/areas/log';
import { useText } from '../../i18n/use-text';
import { Button } from '../../ui/kit/Button';
import { LiveRegion } from '../../ui/kit/LiveRegion';
import type { AnswerTo, EntryView, FoundMessage, QuestionOf } from '../../worker/protocol';
import { EntryList } from './EntryList';
import { FilterBar } from './FilterBar';
import { isFiltered, type LogFilters, NO_FILTERS, toJsonLines } from './filters';
import styles from './log.module.css';
import { useEntries } from './use-entries';

export interface LogNode {
  readonly node: number;
  readonly name: string;
}

export interface EventLogProps {
  /** The playhead: the log tells what lies before it. */
  readonly step: number;
  readonly nowUs: number;
  /** Changes when another run is shown, or another history of it. */
  readonly history: string;
  readonly nodes: readonly LogNode[];
  /** Message to begin with. */
  readonly message?: FoundMessage | undefined;
  readonly ask: (question: QuestionOf<'entries'>) => Promise<AnswerTo<'entries'> | AnswerTo<'none'>>;
  readonly find: (text: string) => Promise<readonly FoundMessage[]>;
  /** A line was picked: select what it is about, go to its moment, tell why. */
  readonly onPick: (entry: EntryView) => void;
}

/** Everything that happened up to the playhead, to be narrowed down. */
export function EventLog({ step, nowUs, history, nodes, message, ask, find, onPick }: EventLogProps) {
  const { t, lang } = useText(log);
  const words = useText(common);
  const [filters, setFilters] = useState<LogFilters>(
    message ? { ...NO_FILTERS, message: message.message } : NO_FILTERS,
  );
  const [picked, setPicked] = useState<EntryView | null>(null);
  const [copied, setCopied] = useState<number | null>(null);
  const { entries, reachedStart, older } = useEntries({ ask, filters, step, nowUs, history, held: picked });
  const names = useMemo(() => new Map(nodes.map(({ node, name }) => [node, name])), [nodes]);
  const nameOf = (node: number) => names.get(node);
  const copyTimer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(copyTimer.current), []);

  const copy = async () => {
    await navigator.clipboard.writeText(toJsonLines(entries, nameOf, lang));
    setCopied(entries.length);
    clearTimeout(copyTimer.current);
    copyTimer.current = setTimeout(() => setCopied(null), COPIED_MS);
  };
  return (
    <section className={styles.log} aria-label={t('title')}>
      <FilterBar
        filters={filters}
        nodes={nodes}
        initialMessage={message}
        find={find}
        onChange={(next) => {
          setPicked(null);
          setFilters(next);
        }}
      >
        {isFiltered(filters) && (
          <Button
            variant="quiet"
            onClick={() => {
              setPicked(null);
              setFilters(NO_FILTERS);
            }}
          >
            {t('clear')}
          </Button>
        )}
        <span className={styles.count}>{t('count', { count: entries.length })}</span>
        <Button icon={copied === null ? 'copy' : 'check'} disabled={entries.length === 0} onClick={copy}>
          {copied === null ? t('copyLines') : words.t('copied')}
        </Button>
      </FilterBar>
      <LiveRegion>{copied !== null && t('copiedLines', { count: copied })}</LiveRegion>
      {entries.length === 0 ? (
        <p className={styles.empty}>{t(step === 0 ? 'nothingYet' : 'nothing')}</p>
      ) : (
        <EntryList
          entries={entries}
          reachedStart={reachedStart}
          nowUs={nowUs}
          picked={picked?.id ?? null}
          follows={picked === null}
          nameOf={nameOf}
          onOlder={older}
          onPick={(entry) => {
            setPicked(entry);
            onPick(entry);
          }}
        />
      )}
    </section>
  );
}

const COPIED_MS = 2_000;
