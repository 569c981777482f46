import type { Action, Pair, Scenario } from '../../engine/scenario/types';
import type { ClusterView, Localized } from '../../engine/view';
import type { Mark } from '../../worker/protocol';
import type { Settings } from './model/settings';

/** What the sections of the panel show. */
export interface ControlsData {
  readonly view: ClusterView;
  readonly scenario: Scenario;
  /** All actions of the run, those ahead included. */
  readonly actions: readonly Action[];
  readonly settings: Settings;
  readonly marks: readonly Mark[];
  /** Id of the selected process. */
  readonly process: string | null;
  readonly link: Pair | null;
  /** Why what was tried last was not done; null once something was. */
  readonly refusal: Localized | null;
}
