import { textWidthPx } from '../format/text-width';
import type { MessageState } from '../glyph/message-state';
import type { IconName } from '../icons/icon-shapes';

/** What a mark stands for, from the most important to the least. */
export type MarkKind = 'loss' | 'kill' | 'failover' | 'fault' | 'rebalance' | 'message' | 'event';

export interface TimelineMark {
  readonly id: string;
  readonly kind: MarkKind;
  /** A few words below the line: `71.900 power loss`. */
  readonly label: string;
  readonly atUs: number;
  /** 0 to 1 along the line. */
  readonly x: number;
  /** The drawing in the square of a `kill` or a `fault`. */
  readonly icon?: IconName;
  /** The glyph of a `message`. */
  readonly state?: MessageState;
}

/** One mark as drawn: several that stand closer than 14 px become the most important of them, with a count. */
export interface PlacedMark {
  readonly mark: TimelineMark;
  readonly px: number;
  readonly members: readonly TimelineMark[];
  readonly future: boolean;
  /** Where its words stand, if there is room for them. */
  readonly labelPx: number | null;
}

export const MERGE_PX = 14;
const LABEL_SIZE_PX = 10.5;
const LABEL_GAP_PX = 8;
const LABEL_REACH_PX = 4;

const IMPORTANCE: Record<MarkKind, number> = {
  loss: 6,
  kill: 5,
  failover: 4,
  fault: 3,
  rebalance: 2,
  message: 1,
  event: 0,
};

interface Group {
  mark: TimelineMark;
  px: number;
  members: TimelineMark[];
  future: boolean;
}

/** Merges marks that would cover each other, never across the playhead, and gives words to those that have room. */
export function placeMarks(
  marks: readonly TimelineMark[],
  widthPx: number,
  playheadX: number,
  taken: readonly (readonly [left: number, right: number])[] = [],
): readonly PlacedMark[] {
  const groups: Group[] = [];
  for (const mark of [...marks].sort((a, b) => a.x - b.x)) {
    groups.push({ mark, px: mark.x * widthPx, members: [mark], future: mark.x > playheadX });
    for (;;) {
      const right = groups.at(-1);
      const left = groups.at(-2);
      if (!left || !right || left.future !== right.future || right.px - left.px >= MERGE_PX) break;
      groups.splice(-2, 2, merge(left, right));
    }
  }

  const free = new FreeLine(widthPx, taken);
  const labels = new Map<Group, number>();
  for (const group of [...groups].sort((a, b) => rank(b) - rank(a))) {
    const width = textWidthPx(group.mark.label, LABEL_SIZE_PX, isStrong(group.mark.kind));
    const px = width === 0 ? undefined : free.take(group.px, width);
    if (px !== undefined) labels.set(group, px);
  }
  return groups.map((group) => ({ ...group, labelPx: labels.get(group) ?? null }));
}

type Span = readonly [left: number, right: number];

/** The line that the words stand on. Words may step aside as long as they still touch their mark. */
class FreeLine {
  private readonly spans: Span[];

  constructor(
    private readonly widthPx: number,
    taken: readonly Span[],
  ) {
    this.spans = [...taken];
  }

  /** Takes `width` px as near to `px` as there is room; the middle of what it took. */
  take(px: number, width: number): number | undefined {
    const half = width / 2;
    const beside = this.spans.flatMap(([left, right]) => [
      left - LABEL_GAP_PX - half,
      right + LABEL_GAP_PX + half,
    ]);
    const middle = [Math.min(Math.max(px, half), this.widthPx - half), ...beside]
      .filter((at) => Math.abs(at - px) <= half + LABEL_REACH_PX && this.isFree(at - half, at + half))
      .sort((a, b) => Math.abs(a - px) - Math.abs(b - px))[0];
    if (middle !== undefined) this.spans.push([middle - half, middle + half]);
    return middle;
  }

  private isFree(left: number, right: number): boolean {
    if (left < -0.5 || right > this.widthPx + 0.5) return false;
    const gap = LABEL_GAP_PX - 0.01;
    return this.spans.every(([from, to]) => right + gap <= from || left - gap >= to);
  }
}

export const isStrong = (kind: MarkKind): boolean => kind === 'loss' || kind === 'kill';

function merge(left: Group, right: Group): Group {
  const lead = IMPORTANCE[right.mark.kind] > IMPORTANCE[left.mark.kind] ? right : left;
  return { ...lead, members: [...left.members, ...right.members] };
}

/** Who gets words first: what is strong, from left to right, then the rest; the future last. */
const rank = ({ mark, future }: Group) =>
  (isStrong(mark.kind) ? IMPORTANCE.loss : IMPORTANCE[mark.kind]) - (future ? 10 : 0);
