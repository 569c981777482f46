import { useEffect, useRef, useState } from 'react';
import type { AnswerTo, Question, QuestionOf } from '../../worker/protocol';
import { useCalls } from './calls';

/** Wall time between two questions of one kind while the run goes on. */
const PAUSE_MS = 250;

type Answered<K extends Question['kind']> = AnswerTo<K> | AnswerTo<'none'>;

/**
 * The answer to a question, asked again whenever the run stands elsewhere, at most four times a second. Undefined
 * until the first answer; an answer to another question is never given.
 */
export function useAnswer<K extends Question['kind']>(
  question: QuestionOf<K> | null,
  step: number,
): Answered<K> | undefined {
  const { ask } = useCalls();
  const [answered, setAnswered] = useState<{ readonly to: string; readonly answer: Answered<K> } | null>(
    null,
  );
  const asked = useRef({ to: '', atMs: Number.NEGATIVE_INFINITY });
  const wanted = question === null ? '' : JSON.stringify(question);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the question is known by its text; a step asks anew
  useEffect(() => {
    if (question === null) return;
    let current = true;
    const send = async () => {
      asked.current = { to: wanted, atMs: performance.now() };
      const answer = await ask<K>(question);
      // A later effect asks anew; what comes now may still be shown until then, if it answers the same question.
      if (asked.current.to === wanted) setAnswered({ to: wanted, answer });
    };
    const since = asked.current.to === wanted ? performance.now() - asked.current.atMs : PAUSE_MS;
    if (since >= PAUSE_MS) {
      void send();
      return;
    }
    const timer = setTimeout(() => current && void send(), PAUSE_MS - since);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [wanted, step, ask]);

  return answered?.to === wanted ? answered.answer : undefined;
}
