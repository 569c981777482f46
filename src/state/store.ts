import { create } from 'zustand';
import type { Verdict } from '../engine/checkers/verdict';
import type { SendsReport } from '../engine/report/sends';
import type { Problem } from '../engine/scenario/problem';
import type { Action, Note, Pair, Scenario } from '../engine/scenario/types';
import type { ClusterView, Localized, ProcessView } from '../engine/view';
import type { EntryView, Failed, Mark, Replaying, StoryNow } from '../worker/protocol';
import { defaultSettings, type Settings } from './settings';

/** Something to tell the reader once. */
export interface Saying {
  readonly id: number;
  readonly kind: 'note' | 'refusal' | 'warning';
  readonly text: Localized;
}

/** What is loaded and how the engine is. */
interface RunPart {
  readonly engine: 'starting' | 'running' | 'gone';
  /** Number of the run that is shown; 0 none. */
  readonly run: number;
  readonly scenario: Scenario | null;
  /** Id of the built-in scenario that it began as. */
  readonly builtIn: string | null;
  readonly scenarioNotes: readonly Note[];
  /** Why the file that was opened last is not the one that is shown. */
  readonly unreadable: Localized | null;
  /** The same in its parts, where it was a scenario file that was refused. */
  readonly problem: Problem | null;
  /** A jump under way, or null. */
  readonly replaying: Replaying | null;
  /** A jump was asked for and its frame has not come. */
  readonly isJumping: boolean;
  readonly failed: Failed | null;
  readonly actions: readonly Action[];
  readonly undoCount: number;
  readonly redoCount: number;
}

/** What the newest frame with a view said: at most ten times a second while playing. */
interface FramePart {
  readonly view: ClusterView | null;
  /** Every process of the view by its id. */
  readonly processes: Readonly<Record<string, ProcessView>>;
  readonly verdict: Verdict | null;
  /** What senders were told up to the moment of the view. */
  readonly sends: SendsReport | null;
  readonly nowUs: number;
  readonly step: number;
  readonly headUs: number;
  readonly isOver: boolean;
  readonly playing: boolean;
  readonly rateReached: number;
  readonly followed: number | null;
  readonly story: StoryNow | null;
  readonly marks: readonly Mark[];
  /** The newest entries without a gap, the newest at the end. */
  readonly entries: readonly EntryView[];
}

/** What the reader looks at: a process or a link, and a message. */
interface SelectionPart {
  readonly selectedProcess: string | null;
  readonly selectedLink: Pair | null;
  readonly selectedMessage: number | null;
}

export interface Playground extends RunPart, FramePart, SelectionPart {
  readonly settings: Settings;
  readonly sayings: readonly Saying[];
}

export const NO_FRAME: FramePart = {
  view: null,
  processes: {},
  verdict: null,
  sends: null,
  nowUs: 0,
  step: 0,
  headUs: 0,
  isOver: false,
  playing: false,
  rateReached: 0,
  followed: null,
  story: null,
  marks: [],
  entries: [],
};

export const NO_SELECTION: SelectionPart = {
  selectedProcess: null,
  selectedLink: null,
  selectedMessage: null,
};

export function createInitial(settings: Settings): Playground {
  return {
    engine: 'starting',
    run: 0,
    scenario: null,
    builtIn: null,
    scenarioNotes: [],
    unreadable: null,
    problem: null,
    replaying: null,
    isJumping: false,
    failed: null,
    actions: [],
    undoCount: 0,
    redoCount: 0,
    ...NO_FRAME,
    ...NO_SELECTION,
    settings,
    sayings: [],
  };
}

/** The one store. Components read one value each, by a selector. */
export const usePlayground = create<Playground>(() => createInitial(defaultSettings([])));
