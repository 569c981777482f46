import type { Verdict } from '../../engine/checkers/verdict';
import type { ClusterView } from '../../engine/view';
import type { Mark } from '../../worker/protocol';

export type InspectorTab = 'node' | 'message' | 'why' | 'storage';
export const INSPECTOR_TABS = [
  'node',
  'message',
  'why',
  'storage',
] as const satisfies readonly InspectorTab[];

/** What the inspector shows. */
export interface InspectorData {
  readonly view: ClusterView;
  readonly verdict: Verdict;
  /** Another number: the run stands elsewhere, and what was asked may have another answer. */
  readonly step: number;
  readonly process: string | null;
  readonly message: number | null;
  /** An entry of the event log whose causes are wanted. */
  readonly entry: number | null;
  readonly followed: number | null;
  readonly nowUs: number;
  /** What is worth a place on the timeline, in order; what lies behind `nowUs` is still to come. */
  readonly marks: readonly Mark[];
}
