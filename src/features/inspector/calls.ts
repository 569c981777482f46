import { createContext, useContext } from 'react';
import type { AnswerTo, Question, QuestionOf } from '../../worker/protocol';

export type Ask = <K extends Question['kind']>(
  question: QuestionOf<K>,
) => Promise<AnswerTo<K> | AnswerTo<'none'>>;

/** What the inspector asks of the page around it. */
export interface InspectorCalls {
  readonly ask: Ask;
  readonly seek: (timeUs: number) => void;
  readonly pickMessage: (message: number) => void;
  /** Selects a message and shows what is known of it. */
  readonly openMessage: (message: number) => void;
  readonly follow: (message: number | null) => void;
  /** Tells what led to an entry of the trace; null: why the selected message stands where it stands. */
  readonly showWhy: (entry: number | null) => void;
  /** Opens the list of scenarios. */
  readonly chooseScenario: () => void;
}

export const InspectorCallsContext = createContext<InspectorCalls | null>(null);

export function useCalls(): InspectorCalls {
  const calls = useContext(InspectorCallsContext);
  if (calls === null) throw new Error('the inspector stands outside of its page');
  return calls;
}
