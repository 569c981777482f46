import { useEffect, useState } from 'react';
import type { Localized } from '../../engine/view';
import { usePlayground } from '../../state/store';

/** The last refusal, until something is done, taken back or opened. */
export function useRefusal(): Localized | null {
  const last = usePlayground((state) => state.sayings.findLast(({ kind }) => kind === 'refusal'));
  const actions = usePlayground((state) => state.actions);
  const [kept, setKept] = useState<{ readonly text: Localized; readonly after: typeof actions } | null>(null);
  const id = last?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each refusal is kept once, with what was done before it
  useEffect(() => {
    if (last) setKept({ text: last.text, after: actions });
  }, [id]);
  return kept?.after === actions ? kept.text : null;
}
