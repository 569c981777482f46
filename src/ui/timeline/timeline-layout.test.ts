import { describe, expect, it } from 'vitest';
import { textWidthPx } from '../format/text-width';
import { type MarkKind, MERGE_PX, placeMarks, type TimelineMark } from './timeline-layout';

const WIDTH = 1000;
const mark = (px: number, kind: MarkKind = 'event', label = ''): TimelineMark => ({
  id: `${kind}-${px}`,
  kind,
  label,
  atUs: px,
  x: px / WIDTH,
});
const place = (marks: TimelineMark[], playheadX = 1) => placeMarks(marks, WIDTH, playheadX);

describe('marks that would cover each other', () => {
  it('become the most important of them, with all of them counted', () => {
    const placed = place([mark(100), mark(108, 'loss'), mark(112, 'message'), mark(300)]);
    expect(placed.map(({ mark: { kind }, members }) => [kind, members.length])).toEqual([
      ['loss', 3],
      ['event', 1],
    ]);
    expect(placed[0]?.px).toBe(108);
  });

  it('leave no two closer than 14 px, and none out', () => {
    const marks = Array.from({ length: 90 }, (_, i) => mark((i * 37) % 997, i % 9 === 0 ? 'kill' : 'event'));
    const placed = place(marks);
    const gaps = placed.slice(1).map(({ px }, i) => px - placed[i]!.px);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(MERGE_PX);
    expect(placed.flatMap(({ members }) => members)).toHaveLength(90);
  });

  it('are not merged across the playhead', () => {
    const placed = place([mark(495), mark(505)], 0.5);
    expect(placed.map(({ future }) => future)).toEqual([false, true]);
  });
});

describe('the words below the line', () => {
  it('never touch each other and stay on the line', () => {
    const placed = place([
      mark(2, 'rebalance', '20.0 rebalance'),
      mark(556, 'kill', '71.900 power loss'),
      mark(602, 'loss', '3 lost'),
      mark(620, 'event', 'timeouts'),
      mark(998, 'event', 'the last event'),
    ]);
    const spans = placed
      .filter(({ labelPx }) => labelPx !== null)
      .map(({ labelPx, mark: { label, kind } }) => {
        const half = textWidthPx(label, 10.5, kind === 'kill' || kind === 'loss') / 2;
        return [labelPx! - half, labelPx! + half] as const;
      });
    expect(spans.length).toBeGreaterThanOrEqual(4);
    expect(spans[0]![0]).toBeGreaterThanOrEqual(0);
    expect(spans.at(-1)![1]).toBeLessThanOrEqual(WIDTH);
    for (const [i, [left]] of spans.entries()) if (i > 0) expect(left).toBeGreaterThan(spans[i - 1]![1]);
  });

  it('are given to a loss before anything else', () => {
    const [event, loss] = place([mark(300, 'event', 'something long here'), mark(315, 'loss', '3 lost')]);
    expect(loss?.labelPx).toBe(315);
    expect(event?.labelPx).not.toBe(300);
  });
});
