import type { TraceEntry, TraceWindow } from '../engine/core/trace';
import { messageBornUs } from '../engine/model/world';
import { CAUSES_MAX, type Causes, clockedMessage, LifeBefore } from '../engine/report/causes';
import type { Run, RunSnapshot } from '../engine/run';
import type { Timeline } from './travel/timeline';
import type { Travel } from './travel/travel';

const CHUNK_EVENTS = 250;
const WINDOW_ENTRIES = 1 << 19;
/** Two seconds of work: further back a question is answered with what is there. */
const SINCE_EVENTS_MAX = 1_000_000;

/**
 * Reads the trace at and before the playhead. What has left the window of the run is made again by a third copy of
 * it; that takes time, so the readers are generators that yield whenever somebody else may have a turn.
 */
export class Reader {
  private copy: Run | undefined;
  /** The history that the copy has last been on. */
  private timeline: Timeline | undefined;

  constructor(private readonly travel: Travel) {}

  *entry(id: number): Generator<void, TraceEntry | undefined> {
    if (id < 0 || id >= this.travel.run.sim.traceCount) return undefined;
    const shown = this.travel.run.sim.window?.get(id);
    if (shown !== undefined) return shown;
    const known = this.timeline === this.travel.timeline ? this.copy?.sim.window?.get(id) : undefined;
    return known ?? (yield* this.replay(id, id + 1)).get(id);
  }

  /** The chain of causes of an entry, root first. */
  *causes(id: number): Generator<void, Causes> {
    const entries: TraceEntry[] = [];
    for (let next = id; next >= 0; ) {
      const found = entries.length < CAUSES_MAX ? yield* this.entry(next) : undefined;
      if (found === undefined) return { entries: entries.reverse(), complete: false };
      entries.push(found);
      next = yield* this.causeOf(found);
    }
    return { entries: entries.reverse(), complete: true };
  }

  /** As in `report/causes.ts`, whatever has left the window. */
  private *causeOf(entry: TraceEntry): Generator<void, number> {
    const { state } = this.travel.run.sim;
    const message = clockedMessage(state, entry);
    if (message < 0) return entry.cause;
    const bornUs = messageBornUs(state.arena, message);
    const life = new LifeBefore(state, entry);
    yield* this.backFrom(entry.id, (each) => {
      life.see(each);
      return each.timeUs >= bornUs;
    });
    return life.latest;
  }

  /**
   * Entries before `before`, newest first, until `visit` returns false. Returns the id of the first one visited:
   * 0 when the beginning was reached.
   */
  *backFrom(before: number, visit: (entry: TraceEntry) => boolean): Generator<void, number> {
    let end = Math.min(before, this.travel.run.sim.traceCount);
    while (end > 0) {
      const { window } = this.travel.run.sim;
      const isShown = window !== undefined && window.firstId < end;
      const start = isShown
        ? Math.max(window.firstId, end - PART_ENTRIES)
        : Math.max(
            this.travel.timeline.snapshots.beforeEntry(end - 1).snapshot.sim.traceCount,
            end - WINDOW_ENTRIES,
          );
      const source = isShown ? window : yield* this.replay(start, end);
      const part: TraceEntry[] = [];
      source.scan(start, end, (entry) => {
        part.push(entry);
        return true;
      });
      for (const entry of part.reverse()) if (!visit(entry)) return entry.id;
      end = start;
      yield;
    }
    return 0;
  }

  /** A copy of the run at the playhead that has kept its trace since a moment; undefined when that is too far back. */
  *since(timeUs: number): Generator<void, Run | undefined> {
    const { sim } = this.travel.run;
    const { snapshot } = this.travel.timeline.snapshots.before({ timeUs });
    if (sim.steps - snapshot.sim.step > SINCE_EVENTS_MAX) return undefined;
    const { steps, nowUs } = sim;
    const copy = this.set(snapshot);
    while (copy.sim.steps < steps) {
      copy.advance(nowUs, Math.min(CHUNK_EVENTS, steps - copy.sim.steps));
      yield;
    }
    copy.advance(nowUs, 0);
    return copy;
  }

  private *replay(fromId: number, toId: number): Generator<void, TraceWindow> {
    const { nowUs } = this.travel.run.sim;
    const copy = this.set(this.travel.timeline.snapshots.beforeEntry(fromId).snapshot);
    while (copy.sim.traceCount < toId) {
      copy.advance(nowUs, CHUNK_EVENTS);
      yield;
    }
    return copy.sim.window as TraceWindow;
  }

  private set(snapshot: RunSnapshot): Run {
    if (this.copy === undefined) this.copy = this.travel.copy(snapshot, WINDOW_ENTRIES);
    this.copy.actions = this.travel.run.actions;
    this.copy.restore(snapshot);
    this.timeline = this.travel.timeline;
    return this.copy;
  }
}

/** Entries that are gone through in one turn. */
const PART_ENTRIES = 8_192;
