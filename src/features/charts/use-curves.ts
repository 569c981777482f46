import { useEffect, useRef, useState } from 'react';
import { engine } from '../../state/browser-engine';
import { usePlayground } from '../../state/store';
import type { Curves } from '../../worker/protocol';

/** Curves are asked for this often while the run goes on: four times a second. */
const CURVES_EACH_MS = 250;

/** The curves of a stretch, up to the playhead. */
export function useCurves(fromUs: number, toUs: number, pointsMax: number): Curves | undefined {
  return useAnswer(`${fromUs} ${toUs} ${pointsMax}`, CURVES_EACH_MS, async () => {
    const answer = await engine().ask<'curves'>({ kind: 'curves', fromUs, toUs, pointsMax });
    return answer.kind === 'curves' ? answer.curves : undefined;
  });
}

/**
 * The newest answer about the run at its present moment. It is asked for again when the moment or the question has
 * changed, never more often than said, and never before the last answer has come.
 */
function useAnswer<T>(question: string, eachMs: number, ask: () => Promise<T | undefined>): T | undefined {
  const run = usePlayground((state) => state.run);
  const moment = usePlayground(
    (state) => `${state.run} ${state.step} ${state.nowUs} ${state.actions.length}`,
  );
  const [answer, setAnswer] = useState<{ readonly run: number; readonly value: T }>();
  const [turn, setTurn] = useState(0);
  const asked = useRef({ what: '', atMs: Number.NEGATIVE_INFINITY, open: false });
  const what = `${moment} ${question}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `question` stands for `ask`, `turn` for an answer that came
  useEffect(() => {
    const state = asked.current;
    if (run === 0 || state.open || state.what === what) return undefined;
    const begin = async () => {
      state.what = what;
      state.atMs = performance.now();
      state.open = true;
      const value = await ask();
      state.open = false;
      if (value !== undefined) setAnswer({ run, value });
      setTurn((before) => before + 1);
    };
    const timer = setTimeout(begin, Math.max(0, state.atMs + eachMs - performance.now()));
    return () => clearTimeout(timer);
  }, [run, what, turn, eachMs]);
  return answer?.run === run ? answer.value : undefined;
}
