import type { ClusterView, ProcessView } from '../engine/view';
import type { EntriesPart, EntryView, Frame, Mark, MarksPart } from '../worker/protocol';
import { reconcile } from './reconcile';
import type { Playground } from './store';

/** Entries that the page holds; older ones are asked for. */
const ENTRIES_KEPT = 1_000;

/** What a frame with a view changes in the store. */
export function framePart(state: Playground, frame: Frame): Partial<Playground> {
  const { view, verdict, sends, nowUs, step, headUs, over, playing, rateReached, followed, story } = frame;
  const shown = view === undefined ? state.view : reconcile(state.view, view);
  return {
    view: shown,
    processes: shown === state.view ? state.processes : reconcile(state.processes, processesOf(shown)),
    verdict: verdict === undefined ? state.verdict : reconcile(state.verdict, verdict),
    sends: sends === undefined ? state.sends : reconcile(state.sends, sends),
    nowUs,
    step,
    headUs,
    isOver: over,
    playing,
    rateReached,
    followed,
    story: reconcile(state.story, story),
  };
}

/** The parts of a frame that say what changed: each frame brings them, also one without a view. */
export function listParts(state: Playground, { entries, marks }: Frame): Partial<Playground> {
  return { entries: joinEntries(state.entries, entries), marks: joinMarks(state.marks, marks) };
}

function joinEntries(
  known: readonly EntryView[],
  { from, list, leftOut }: EntriesPart,
): readonly EntryView[] {
  const last = known.at(-1);
  if (list.length === 0 && (last === undefined || last.id < from)) return known;
  const before = leftOut > 0 ? [] : known.filter(({ id }) => id < from);
  return [...before, ...list].slice(-ENTRIES_KEPT);
}

function joinMarks(known: readonly Mark[], { from, list }: MarksPart): readonly Mark[] {
  if (list.length === 0 && from >= known.length) return known;
  return [...known.slice(0, from), ...list];
}

function processesOf(view: ClusterView | null): Readonly<Record<string, ProcessView>> {
  if (view === null) return {};
  const all: readonly ProcessView[] = [
    ...view.registries,
    ...view.groups.flatMap(({ replicas }) => replicas),
    ...view.clients,
    ...view.consumerGroups.flatMap(({ consumers }) => consumers),
  ];
  return Object.fromEntries(all.map((process) => [process.id, process]));
}
