import { useCallback, useEffect, useRef, useState } from 'react';
import type { FromComparer, VersionsCompared } from '../../state/comparison';

/** What came of the comparison that was asked for last, and one that is under way. */
export interface Comparison {
  readonly compared: VersionsCompared | null;
  /** Share that is done, 0 to 1; null: nothing is under way. */
  readonly progress: number | null;
  readonly problem:
    | { readonly kind: 'cancelled' }
    | { readonly kind: 'failed'; readonly reason: string }
    | null;
}

/** Begins a comparison and tells of it; what it resolves to ends it. */
export type BeginComparison = (hear: (update: FromComparer) => void) => Promise<(() => void) | undefined>;

const NOTHING: Comparison = { compared: null, progress: null, problem: null };

/** Compares once when it is first used, and again whenever it is asked to. */
export function useComparison(begin: BeginComparison) {
  const [comparison, setComparison] = useState(NOTHING);
  const stop = useRef<(() => void) | undefined>(undefined);
  const turn = useRef(0);

  const end = useCallback(() => {
    turn.current++;
    stop.current?.();
    stop.current = undefined;
  }, []);
  const start = useCallback(async () => {
    end();
    const mine = turn.current;
    setComparison((before) => ({ ...before, progress: 0, problem: null }));
    const stopMine = await begin((update) => {
      if (turn.current !== mine) return;
      if (update.type !== 'progress') end();
      setComparison((before) => heard(before, update));
    });
    if (turn.current === mine) stop.current = stopMine;
    else stopMine?.();
  }, [begin, end]);
  const cancel = useCallback(() => {
    end();
    setComparison((before) => ({ ...before, progress: null, problem: { kind: 'cancelled' } }));
  }, [end]);

  useEffect(() => {
    void start();
    return end;
  }, [start, end]);
  return { ...comparison, start, cancel };
}

function heard(before: Comparison, update: FromComparer): Comparison {
  switch (update.type) {
    case 'progress':
      return { ...before, progress: update.share };
    case 'compared':
      return { compared: update.compared, progress: null, problem: null };
    case 'incomparable':
      return { ...before, progress: null, problem: { kind: 'failed', reason: update.reason } };
  }
}
