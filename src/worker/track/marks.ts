import type { Kind } from '../../engine/core/kinds';
import type { TraceEntry } from '../../engine/core/trace';
import type { World } from '../../engine/model/world';
import { type Spelt, sentenceWith, spellEntry } from '../../engine/report/spell';
import { nodeIn, viewFacts } from '../entry-view';
import type { Mark } from '../protocol';

/**
 * Like beats at one node are one while no more than this lies between them: sends that fail every 3 s, one after the
 * other, are told once.
 */
const GAP_US = 10_000_000;
/** From here on a kind of beat gets no new marks; its latest one counts on. */
const MARKS_MAX = 4_000;

/** A beat for everybody: hops are one only for the message that is followed. */
export function isBeat({ beat }: Kind): boolean {
  return beat !== 'none' && beat !== 'hop';
}

/** Tells the first of like beats from those that follow it. */
export class FirstBeats {
  private readonly latestUs = new Map<string, number>();

  isFirst(entry: TraceEntry): boolean {
    const key = keyOf(entry.kind.type, nodeIn(entry));
    const latestUs = this.latestUs.get(key) ?? Number.NEGATIVE_INFINITY;
    this.latestUs.set(key, entry.timeUs);
    return entry.timeUs - latestUs > GAP_US;
  }
}

/** A mark whose sentence is put together when it is told: the words of the kinds may come later than the beats. */
export interface KeptMark extends Omit<Mark, 'text'> {
  readonly kind: Kind;
  readonly spelt: Spelt;
}

/** The beats of a run for the timeline. Marks are never changed but replaced, so a copy of the list is a copy. */
export class Marks {
  private readonly latest = new Map<string, number>();
  private changedFrom = 0;

  constructor(private readonly marks: KeptMark[] = []) {
    marks.forEach((mark, i) => {
      this.latest.set(keyOf(mark.type, mark.node), i);
      this.latest.set(mark.type, i);
    });
  }

  get list(): readonly KeptMark[] {
    return this.marks;
  }

  copy(): readonly KeptMark[] {
    return [...this.marks];
  }

  add(world: World, entry: TraceEntry): void {
    const { type } = entry.kind;
    const key = keyOf(type, nodeIn(entry));
    const near = this.marks[this.latest.get(key) ?? -1];
    if (near !== undefined && entry.timeUs - near.untilUs <= GAP_US) {
      this.grow(this.latest.get(key) as number, entry.timeUs);
      return;
    }
    const alike = this.latest.get(type);
    if (this.marks.length >= MARKS_MAX && alike !== undefined) {
      this.grow(alike, entry.timeUs);
      return;
    }
    this.latest.set(key, this.marks.length);
    this.latest.set(type, this.marks.length);
    this.marks.push({
      ...viewFacts(world, entry),
      untilUs: entry.timeUs,
      count: 1,
      kind: entry.kind,
      spelt: spellEntry(world, entry),
    });
  }

  get hasChanges(): boolean {
    return this.changedFrom < this.marks.length;
  }

  /** The marks that changed since the last call, from a position on. */
  takeChanges(): { from: number; list: readonly Mark[] } {
    const from = Math.min(this.changedFrom, this.marks.length);
    this.changedFrom = this.marks.length;
    return { from, list: this.marks.slice(from).map(told) };
  }

  /** Everything counts as changed from a position on: the page has another list. */
  touch(from: number): void {
    this.changedFrom = Math.min(this.changedFrom, from);
  }

  private grow(at: number, untilUs: number): void {
    const mark = this.marks[at] as KeptMark;
    this.marks[at] = { ...mark, count: mark.count + 1, untilUs };
    this.touch(at);
  }
}

const told = ({ kind, spelt, ...mark }: KeptMark): Mark => ({ ...mark, text: sentenceWith(kind, spelt) });

const keyOf = (type: string, node: number) => `${type} ${node}`;
