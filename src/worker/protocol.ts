/**
 * What the page and the engine's worker say to each other. Types only. "Message" is a word of the domain, so the
 * wire speaks of requests and updates. Everything can be cloned; typed arrays are transferred.
 */
import type { Verdict } from '../engine/checkers/verdict';
import type { Beat } from '../engine/core/kinds';
import type { MessageDetails, NodeDetails } from '../engine/details';
import type { Report } from '../engine/report/report';
import type { SendsReport } from '../engine/report/sends';
import type { Why } from '../engine/report/why';
import type { Problem } from '../engine/scenario/problem';
import type { Action, Note, ReadScenario, Scenario } from '../engine/scenario/types';
import type { ClusterView, Localized, MoveView } from '../engine/view';

export type Pacing = 'story' | 'clock';

/** A moment of a run: so many events were handled, and time then went on to `timeUs`. */
export interface Moment {
  readonly step: number;
  /** Absent: the time of that step. */
  readonly timeUs?: number;
}

/** How a run is played. `reduced`: no travel, one beat a second. */
export interface Pace {
  readonly pacing: Pacing;
  /** Story: times as fast as told (1). Clock: simulated seconds a second, 0.001 to 1000. */
  readonly rate: number;
  readonly reduced: boolean;
}

/** An action as a scenario file writes it, without its moment. */
export type ActionRequest = Readonly<Record<string, unknown>> & { readonly do: string };

/** A history that was left by an action or by taking one back, as far as it takes to run it again. */
export interface LeftHistory {
  /** Where it was left (the time alone, where it was left in another version), and how many of its actions were done. */
  readonly at: Moment | { readonly step?: undefined; readonly timeUs: number };
  readonly actions: readonly Action[];
  readonly sharedActions: number;
}

/** What can be taken back, and what can be brought back; the nearest last. */
export interface Past {
  readonly done: readonly LeftHistory[];
  readonly undone: readonly LeftHistory[];
}

/** Requests that make the engine work or answer. Those of a run name it; of a former one they are ignored. */
export type ToEngine =
  | {
      readonly type: 'load';
      /** Chosen by the page; later updates name it. */
      readonly run: number;
      /** Text or JSON of a scenario file, actions included. */
      readonly source: unknown;
      /** What the source reads as, where the page knows it: the engine then starts without its reader. */
      readonly read?: ReadScenario | undefined;
      /** What was done in that run so far, in place of the file's actions: it is begun again where it stood. */
      readonly actions?: readonly Action[] | undefined;
      /** What could be taken back and brought back in it. */
      readonly past?: Past | undefined;
      readonly moment?: Moment | undefined;
      /** What the trace should digest to at that moment. */
      readonly digest?: string | undefined;
    }
  | ({ readonly type: 'play' } & Pace)
  /** The pace for when it plays; it does not start. */
  | ({ readonly type: 'pace' } & Pace)
  | { readonly type: 'pause' }
  | { readonly type: 'step'; readonly unit: 'event' | 'beat'; readonly direction: 1 | -1 }
  | { readonly type: 'seek'; readonly to: Moment | { readonly timeUs: number } }
  | { readonly type: 'act'; readonly action: ActionRequest }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  /** Asks for the next frame: answered once, as soon as there is something new. A second one adds to the first. */
  | { readonly type: 'frame'; readonly view: boolean }
  /** The message whose hops are told one by one; null: the engine samples. */
  | { readonly type: 'follow'; readonly message: number | null }
  | { readonly type: 'ask'; readonly id: number; readonly question: Question }
  /** Answered by `alive` as soon as the engine can speak. */
  | { readonly type: 'ping' };

export type FromEngine =
  | {
      readonly type: 'loaded';
      readonly run: number;
      readonly scenario: Scenario;
      readonly notes: readonly Note[];
      /** The digest at the moment that was asked for, and whether it is the one expected (null: none was). */
      readonly digest: string;
      readonly asExpected: boolean | null;
    }
  /** The file was refused, or what reads it could not be fetched (no problem then); the run before goes on. */
  | {
      readonly type: 'unreadable';
      readonly run: number;
      readonly message: Localized;
      readonly problem?: Problem;
    }
  | Frame
  | {
      /** After each change: the actions of the run, and what can be taken back or brought back. */
      readonly type: 'history';
      readonly run: number;
      readonly actions: readonly Action[];
      readonly undo: number;
      readonly redo: number;
      readonly past: Past;
    }
  | {
      readonly type: 'refused';
      readonly run: number;
      readonly action: ActionRequest;
      readonly message: Localized;
    }
  /** Something to say that is no failure: no beat lies ahead within reach, the run is over. */
  | { readonly type: 'said'; readonly run: number; readonly message: Localized }
  | { readonly type: 'answer'; readonly id: number; readonly answer: Answer }
  | Failed
  | {
      /** At least every 50 ms while it works. */
      readonly type: 'alive';
      readonly step: number;
      readonly timeUs: number;
      /** A jump under way: events that are handled, and where it goes. Absent: none. */
      readonly replaying?: Replaying | undefined;
    };

export interface Replaying {
  /** Events handled by this jump. */
  readonly events: number;
  /** Events that the jump takes, where that is known. */
  readonly eventsMax: number | undefined;
}

/** The engine stopped by an error of its own. What was shown stays; going back before it is possible. */
export interface Failed {
  readonly type: 'failed';
  readonly run: number;
  readonly reason: string;
  /** Rule whose assertion did not hold. */
  readonly rule?: string | undefined;
  readonly step: number;
  readonly timeUs: number;
  readonly seed: number;
}

/** What is to be seen at one moment. */
export interface Frame {
  readonly type: 'frame';
  readonly run: number;
  readonly nowUs: number;
  readonly step: number;
  readonly playing: boolean;
  readonly pacing: Pacing;
  readonly rateAsked: number;
  /** Simulated seconds a second of the last second, as reached; 0 while paused. */
  readonly rateReached: number;
  /** Where the run is known to: the timeline's end. */
  readonly headUs: number;
  /** Nothing is left to happen. */
  readonly over: boolean;
  /** The message whose hops are told now. */
  readonly followed: number | null;
  /** Its key, as the page names it. */
  readonly followedKey: string | null;
  readonly story: StoryNow | null;
  /** Only when asked for. */
  readonly view?: ClusterView | undefined;
  readonly verdict?: Verdict | undefined;
  readonly sends?: SendsReport | undefined;
  readonly motion: Motion;
  readonly entries: EntriesPart;
  readonly marks: MarksPart;
}

/** The stretch of the story that is told now. */
export interface StoryNow {
  readonly fromUs: number;
  /** Where the next beat lies; null: none is known yet. */
  readonly toUs: number | null;
  /** The picture rests at a beat. */
  readonly resting: boolean;
}

/**
 * What moves. What is on the wire, by columns of equal length. The position of a glyph is (now − sent) / (arrive − sent).
 * Above 4,000 the rest is left out and counted; `flows` says how dense it is.
 */
export interface Motion {
  readonly count: number;
  readonly leftOut: number;
  /** Process numbers, as in the view. */
  readonly from: Uint16Array;
  readonly to: Uint16Array;
  readonly sentUs: Float64Array;
  readonly arriveUs: Float64Array;
  /** `FlightGlyph`. */
  readonly glyph: Uint8Array;
  /** Number of the message that it carries or concerns; -1 none. */
  readonly message: Int32Array;
  readonly conn: Uint32Array;
  /** What was sent from one process to another within the last second or two, all kinds together. */
  /** What goes from one place of a process to another, which no wire sees. */
  readonly moves: readonly MoveView[];
  readonly flows: {
    readonly from: Uint16Array;
    readonly to: Uint16Array;
    readonly perSecond: Float32Array;
  };
}

/** One entry of the trace in words. */
export interface EntryView {
  readonly id: number;
  readonly timeUs: number;
  /** Process number; -1 the environment. */
  readonly node: number;
  readonly type: string;
  readonly rule: string;
  /** Id of the causing entry; -1 none. */
  readonly cause: number;
  readonly beat: Beat;
  /** The message that it is about; -1 none. */
  readonly message: number;
  readonly text: Localized;
}

/** Replaces everything from id `from` on in what the page holds; the newest at the end. */
export interface EntriesPart {
  readonly from: number;
  readonly list: readonly EntryView[];
  /** Entries between `from` and the first of the list that were left out. */
  readonly leftOut: number;
}

/** A mark of the timeline: one beat, or a run of like beats at one node. */
export interface Mark {
  /** Entry of the first of them. */
  readonly id: number;
  readonly timeUs: number;
  readonly untilUs: number;
  readonly count: number;
  readonly beat: Beat;
  readonly type: string;
  readonly rule: string;
  readonly node: number;
  readonly message: number;
  readonly text: Localized;
}

/** Replaces all marks from the position `from` on. Marks behind the present are still to come. */
export interface MarksPart {
  readonly from: number;
  readonly list: readonly Mark[];
}

export interface EntryFilter {
  readonly node?: number | undefined;
  readonly message?: number | undefined;
  readonly rule?: string | undefined;
  readonly beatsOnly?: boolean | undefined;
  /** Part of a sentence in either language, or of a type, without regard to case. */
  readonly text?: string | undefined;
}

export type Question =
  /** Why a message is lost, or stands where it stands. */
  | { readonly kind: 'why'; readonly message: number }
  /** The chain of causes of an entry, the first cause first. */
  | { readonly kind: 'causes'; readonly entry: number }
  | { readonly kind: 'message'; readonly message: number }
  | { readonly kind: 'node'; readonly id: string }
  | { readonly kind: 'report' }
  /** Entries before the present in order, `max` of them counted from the end given by `before` (an id). */
  | {
      readonly kind: 'entries';
      readonly filter: EntryFilter;
      readonly before?: number | undefined;
      readonly max: number;
    }
  /** The curves over a stretch, at most `pointsMax` (≤ 120) points a series. */
  | { readonly kind: 'curves'; readonly fromUs: number; readonly toUs: number; readonly pointsMax: number }
  /** The next events of the agenda. */
  | { readonly kind: 'next'; readonly max: number }
  /** Messages whose name, key or unique key contains a text. */
  | { readonly kind: 'find'; readonly text: string; readonly max: number }
  /** When the actions of the run happen. */
  | { readonly kind: 'actions' }
  | { readonly kind: 'digest' };

export type Answer =
  | { readonly kind: 'why'; readonly why: Why | undefined }
  | { readonly kind: 'causes'; readonly entries: readonly EntryView[] }
  | { readonly kind: 'message'; readonly details: MessageDetails | undefined }
  | { readonly kind: 'node'; readonly details: NodeDetails | undefined }
  | { readonly kind: 'report'; readonly report: Report }
  | { readonly kind: 'entries'; readonly entries: readonly EntryView[]; readonly reachedStart: boolean }
  | { readonly kind: 'curves'; readonly curves: Curves }
  | { readonly kind: 'next'; readonly events: readonly NextEvent[] }
  | {
      readonly kind: 'find';
      readonly messages: readonly FoundMessage[];
      /** What the brokers would answer to whom asks for that key or id; undefined when the text is none. */
      readonly query?: Localized | undefined;
    }
  | { readonly kind: 'actions'; readonly timesUs: readonly (number | undefined)[] }
  | { readonly kind: 'digest'; readonly moment: Required<Moment>; readonly digest: string }
  /** There is no run, or the engine failed on the question. */
  | { readonly kind: 'none'; readonly reason: Localized };

export type AnswerTo<K extends Answer['kind']> = Extract<Answer, { readonly kind: K }>;
export type QuestionOf<K extends Question['kind']> = Extract<Question, { readonly kind: K }>;

export interface NextEvent {
  readonly timeUs: number;
  /** The process that it concerns; -1 none. */
  readonly node: number;
  /** The process at the other end of its connection; -1 none. */
  readonly peer: number;
  /** The engine's name of the event, e.g. `net.arrive`. */
  readonly type: string;
  /** What arrives (`FlightGlyph`), or the timer that ticks; empty for others. */
  readonly what: string;
}

export interface FoundMessage {
  readonly message: number;
  readonly name: string;
  readonly key: string;
}

/** Series by columns, all of one length. Gaps are NaN. Rates are per simulated second. */
export interface Curves {
  /** End of each point's stretch. */
  readonly timeUs: Float64Array;
  readonly spanUs: Float64Array;
  readonly series: { readonly [K in CurveName]: Float64Array };
  /** What `lag` is made of, by consumer group. */
  readonly lags: readonly { readonly group: string; readonly values: Float64Array }[];
}

export type CurveName =
  | 'sendRate'
  | 'consumeRate'
  | 'lag'
  | 'sendP50Us'
  | 'sendP99Us'
  | 'endToEndP50Us'
  | 'endToEndP99Us'
  | 'unflushedBytes'
  | 'replicaLag'
  | 'duplicates'
  | 'SEND_OK'
  | 'FLUSH_DISK_TIMEOUT'
  | 'FLUSH_SLAVE_TIMEOUT'
  | 'SLAVE_NOT_AVAILABLE'
  | 'failed';
