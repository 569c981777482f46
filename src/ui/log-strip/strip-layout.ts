import { textWidthPx } from '../format/text-width';
import type { UiWords } from '../words/words';

/** One column of the strip: a message, or as many as `messagesPerColumn`. Aggregated, it says what holds for all. */
export interface LogColumn {
  readonly mem?: 'none' | 'volatile' | 'calm';
  readonly disk?: boolean;
  readonly slave?: boolean | 'unflushed';
  readonly lost?: boolean;
}

/** What took the machine's life: kill -9 leaves the page cache, power loss the disk, a lost disk nothing. */
export type LogDeath = 'no' | 'process' | 'power' | 'disk';

/** Positions in px inside the strip, taken from the design. */
export const STRIP = {
  widthPx: 438,
  heightPx: 60,
  slaveHeightPx: 19,
  cellsLeft: 86,
  pitch: 10,
  cellWidth: 9,
  cellHeight: 11,
  frameLeft: 84,
  frameTop: 15,
  rowTop: { mem: 17, disk: 29, slave: 45 },
  headingBaseline: 11,
  braceTop: 12,
  bytesRight: 436,
  columnsMax: 26,
} as const;

export const columnX = (index: number): number => STRIP.cellsLeft + STRIP.pitch * index;

export interface Brace {
  readonly kind: 'notFlushed' | 'slaveOnly' | 'lost';
  readonly text: string;
  readonly left: number;
  readonly right: number;
  /** Where the words end, in px: they are set flush right there, or centred when they are alone. */
  readonly textRight: number;
  readonly textMiddle: number;
}

export interface StripMarks {
  /** Columns to the left of each mark; `null` when the mark has gone with its copies. */
  readonly appended: number | null;
  readonly flushed: number | null;
  readonly replicated: number | null;
}

/** The marks stand where the columns say, so that a mark cannot contradict the cells beside it. */
export function stripMarks(columns: readonly LogColumn[], dead: LogDeath): StripMarks {
  const after = (has: (column: LogColumn) => boolean) => columns.findLastIndex(has) + 1;
  return {
    appended: dead === 'power' || dead === 'disk' ? null : columns.length,
    flushed: dead === 'disk' ? null : after((column) => column.disk === true && !column.lost),
    replicated: after((column) => !!column.slave && !column.lost),
  };
}

/** Runs of neighbouring columns of which something holds, as `[first, last]`. */
export function runs(
  columns: readonly LogColumn[],
  holds: (column: LogColumn) => boolean,
): readonly (readonly [first: number, last: number])[] {
  const found: [number, number][] = [];
  columns.forEach((column, i) => {
    if (!holds(column)) return;
    const open = found.at(-1);
    if (open && open[1] === i - 1) open[1] = i;
    else found.push([i, i]);
  });
  return found;
}

export interface StripCounts {
  readonly undurable: number;
  readonly slaveOnly: number;
  readonly lost: number;
}

const isVolatile = (column: LogColumn) => column.mem === 'volatile' && !column.disk && !column.lost;
const isSlaveOnly = (column: LogColumn) =>
  !!column.slave && !column.disk && !column.lost && (column.mem ?? 'none') === 'none';

/**
 * The braces over the columns, left to right, with their words kept apart from each other, from the heading and from
 * the byte column. A brace needs both a count and columns to stand over.
 */
export function stripBraces(
  columns: readonly LogColumn[],
  counts: StripCounts,
  words: UiWords,
  textLeftMin: number,
): readonly Brace[] {
  const spans = [
    { kind: 'notFlushed', holds: isVolatile, count: counts.undurable, text: words.notFlushed },
    { kind: 'slaveOnly', holds: isSlaveOnly, count: counts.slaveOnly, text: words.slaveOnly },
    {
      kind: 'lost',
      holds: (column: LogColumn) => column.lost === true,
      count: counts.lost,
      text: words.lost,
    },
  ] as const;
  const braces = spans
    .flatMap(({ kind, holds, count, text }) => {
      const found = runs(columns, holds);
      const first = found[0]?.[0];
      const last = found.at(-1)?.[1];
      if (count === 0 || first === undefined || last === undefined) return [];
      const left = columnX(first) + 0.5;
      const right = columnX(last) + STRIP.cellWidth - 0.5;
      return [{ kind, text: text(count), left, right }];
    })
    .sort((a, b) => a.left - b.left);

  let freeRight = STRIP.bytesRight - textWidthPx(words.bytes, 10.5) - 8;
  return braces
    .reverse()
    .map((brace): Brace => {
      const width = textWidthPx(brace.text, 10.5, true);
      const centred = (brace.left + brace.right + width) / 2;
      const textRight = Math.max(Math.min(centred, freeRight), textLeftMin + width);
      freeRight = textRight - width - 6;
      return { ...brace, textRight, textMiddle: textRight - width / 2 };
    })
    .reverse();
}

/** False when the words of two braces stand in each other's way. */
export function bracesFit(braces: readonly Brace[]): boolean {
  return braces.every((brace, i) => {
    const next = braces[i + 1];
    return next === undefined || brace.textRight <= 2 * next.textMiddle - next.textRight;
  });
}
