import { useCallback, useEffect, useRef, useState } from 'react';
import type { AnswerTo, EntryView, QuestionOf } from '../../worker/protocol';
import { type LogFilters, toQuestion } from './filters';

/** Lines of one answer. */
const PAGE_ENTRIES = 400;
/** While the run goes on the newest lines are asked for this often, and never before the last answer came. */
const EACH_MS = 400;

export interface UseEntriesOptions {
  readonly ask: (question: QuestionOf<'entries'>) => Promise<AnswerTo<'entries'> | AnswerTo<'none'>>;
  readonly filters: LogFilters;
  readonly step: number;
  readonly nowUs: number;
  readonly history: string;
  /** The line that was picked: the list stands still for as long as the run stays at its moment. */
  readonly held: EntryView | null;
}

interface Loaded {
  readonly entries: readonly EntryView[];
  readonly reachedStart: boolean;
}

const NOTHING: Loaded = { entries: [], reachedStart: true };

/** The newest entries that fit, and older ones on demand. */
export function useEntries({ ask, filters, step, nowUs, history, held }: UseEntriesOptions) {
  const [loaded, setLoaded] = useState<Loaded>(NOTHING);
  const asking = useRef(0);
  const askedMs = useRef(Number.NEGATIVE_INFINITY);
  const stands = held !== null && nowUs === held.timeUs;
  const asked = `${history} ${JSON.stringify(filters)}`;
  const shown = useRef('');

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new step is the reason to ask again
  useEffect(() => {
    const isNew = shown.current !== asked;
    if (!isNew && (stands || asking.current > 0)) return undefined;
    const waitMs = isNew ? 0 : Math.max(0, askedMs.current + EACH_MS - performance.now());
    const timer = setTimeout(async () => {
      askedMs.current = performance.now();
      shown.current = asked;
      asking.current++;
      const answer = await ask({ kind: 'entries', filter: toQuestion(filters), max: PAGE_ENTRIES });
      asking.current--;
      if (shown.current !== asked || answer.kind !== 'entries') return;
      setLoaded((before) => (isNew ? answer : joined(before, answer)));
    }, waitMs);
    return () => clearTimeout(timer);
  }, [ask, asked, filters, stands, step]);

  const older = useCallback(async () => {
    const [oldest] = loaded.entries;
    if (loaded.reachedStart || oldest === undefined || asking.current > 0) return;
    asking.current++;
    const question = { kind: 'entries' as const, filter: toQuestion(filters), max: PAGE_ENTRIES };
    const answer = await ask({ ...question, before: oldest.id });
    asking.current--;
    if (answer.kind !== 'entries' || shown.current !== asked) return;
    setLoaded((now) =>
      now.entries[0]?.id === oldest.id
        ? { entries: [...answer.entries, ...now.entries], reachedStart: answer.reachedStart }
        : now,
    );
  }, [ask, asked, filters, loaded]);

  return { ...loaded, older };
}

/** The newest page, and what was loaded before it when the two meet. */
function joined(before: Loaded, newest: Loaded): Loaded {
  const [first] = newest.entries;
  if (first === undefined || newest.reachedStart) return newest;
  const meets = before.entries.some(({ id }) => id >= first.id);
  if (!meets) return newest;
  const kept = before.entries.filter(({ id }) => id < first.id);
  return { entries: [...kept, ...newest.entries], reachedStart: kept.length > 0 && before.reachedStart };
}
