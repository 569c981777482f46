import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { formatSeconds, formatShort, formatTimeUs } from '../format/number';
import { textWidthPx } from '../format/text-width';
import { useWords } from '../words/use-words';
import { MarkGlyph } from './MarkGlyph';
import styles from './Timeline.module.css';
import { isStrong, type PlacedMark, placeMarks, type TimelineMark } from './timeline-layout';
import { useWidth } from './use-width';

export interface TimelineFold {
  readonly id: string;
  /** Where the folded stretch lies on the line, 0 to 1. */
  readonly fromX: number;
  readonly toX: number;
  /** The simulated time that is not shown. */
  readonly durationUs: number;
}

export type TimelineStep = 'event-back' | 'event' | 'beat-back' | 'beat' | 'start' | 'end';

export interface TimelineProps {
  /** What happened and what is known to come, at positions that the caller has worked out for its pacing. */
  readonly marks: readonly TimelineMark[];
  readonly folds?: readonly TimelineFold[];
  /** The playhead on the line, 0 to 1, and in simulated time. */
  readonly playheadX: number;
  readonly atUs: number;
  readonly range: { readonly fromUs: number; readonly toUs: number };
  /** While the frame of a jump is being computed the clock is grey. */
  readonly pending?: boolean;
  readonly onScrub: (x: number, phase: 'start' | 'move' | 'end') => void;
  /** The arrows step events, with Shift beats; Home and End go to the ends. */
  readonly onStep: (step: TimelineStep) => void;
  /** A click on a mark goes to its exact moment. */
  readonly onPickMark?: (id: string) => void;
  /** The width to draw for before the page has been laid out. */
  readonly widthPx?: number;
}

const LINE_Y = 18;
const LABEL_Y = 39;
const HEIGHT = 44;
const PICK_PX = 9;

/** The run on a line: what happened is ink, what is still to come is dotted. The line is the scrubber. */
export function Timeline(props: TimelineProps) {
  const { marks, folds = [], playheadX, atUs, range, pending, onScrub, onStep, onPickMark } = props;
  const words = useWords();
  const [frame, width] = useWidth<HTMLDivElement>(props.widthPx ?? 0);
  const dragging = useRef(false);
  const [active, setActive] = useState(false);
  const headPx = playheadX * width;
  const clock = formatSeconds(atUs);
  const clockWidth = textWidthPx(clock, 10.5, true);
  const clockPx = Math.min(Math.max(headPx, clockWidth / 2), width - clockWidth / 2);
  const start = formatShort(range.fromUs / 1_000_000, 3);
  const placed = placeMarks(marks, width, playheadX, [
    [0, textWidthPx(start, 10.5)],
    [clockPx - clockWidth / 2, clockPx + clockWidth / 2],
  ]);

  const xOf = (event: PointerEvent<SVGGElement>) => {
    const box = event.currentTarget.ownerSVGElement?.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - (box?.left ?? 0)) / width));
  };
  const onPointerDown = (event: PointerEvent<SVGGElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture?.(event.pointerId);
    event.currentTarget.focus({ preventScroll: true });
    const x = xOf(event);
    const near = onPickMark && markNear(placed, x * width);
    if (near) {
      onPickMark(near.mark.id);
      return;
    }
    dragging.current = true;
    setActive(true);
    onScrub(x, 'start');
  };
  const onPointerMove = (event: PointerEvent<SVGGElement>) => {
    if (dragging.current) onScrub(xOf(event), 'move');
  };
  const onPointerEnd = (event: PointerEvent<SVGGElement>) => {
    if (!dragging.current) return;
    dragging.current = false;
    setActive(false);
    onScrub(xOf(event), 'end');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = stepOf(event);
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    onStep(step);
  };

  return (
    <div ref={frame} className={styles.timeline}>
      <svg width={width} height={HEIGHT} role="presentation">
        <path className={styles.past} d={`M0 ${LINE_Y}H${headPx}`} />
        <path className={styles.future} d={`M${headPx} ${LINE_Y}H${width}`} />
        <path className={styles.startTick} d={`M4 ${LINE_Y - 6}v12`} />
        <text className={styles.label} x={0} y={LABEL_Y}>
          {start}
        </text>
        {folds.map((fold) => (
          <Fold key={fold.id} fold={fold} width={width} future={fold.fromX >= playheadX} />
        ))}
        {placed.map((one) => (
          <g key={one.mark.id}>
            <MarkGlyph placed={one} y={LINE_Y} />
            {one.labelPx !== null && (
              <text className={labelClass(one)} x={one.labelPx} y={LABEL_Y} textAnchor="middle">
                {one.mark.label}
              </text>
            )}
          </g>
        ))}
        <g
          className={styles.scrubber}
          role="slider"
          tabIndex={0}
          aria-label={words.timeline}
          aria-valuemin={range.fromUs / 1_000_000}
          aria-valuemax={range.toUs / 1_000_000}
          aria-valuenow={atUs / 1_000_000}
          aria-valuetext={formatTimeUs(atUs)}
          data-active={active || undefined}
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onPointerUp={onPointerEnd}
          onPointerCancel={onPointerEnd}
          onKeyDown={onKeyDown}
        >
          <rect className={styles.field} width={width} height={HEIGHT} />
          {placed.map((one) => (
            <rect
              key={one.mark.id}
              className={styles.field}
              x={one.px - PICK_PX}
              width={2 * PICK_PX}
              y={LINE_Y - PICK_PX}
              height={2 * PICK_PX}
            >
              <title>{one.members.map((mark) => mark.label).join('\n')}</title>
            </rect>
          ))}
          <g transform={`translate(${headPx} 0)`}>
            <rect className={styles.ring} x={-9} y={-2} width={18} height={32} rx={3} />
            <path className={styles.head} d="M-1 2h2v26h-2zM-6 2h12v5l-6 5-6-5z" />
          </g>
          <text
            className={pending ? styles.clockPending : styles.clock}
            x={clockPx}
            y={LABEL_Y}
            textAnchor="middle"
          >
            {clock}
          </text>
        </g>
      </svg>
    </div>
  );
}

interface FoldProps {
  readonly fold: TimelineFold;
  readonly width: number;
  readonly future: boolean;
}

/** Idle time left out: two angle marks, and how much it was. The word goes when there is no room for it. */
function Fold({ fold, width, future }: FoldProps) {
  const words = useWords();
  const left = fold.fromX * width;
  const right = fold.toX * width;
  const room = right - left - 8;
  const full = words.later(fold.durationUs);
  const text = [full, words.folded(fold.durationUs)].find((one) => textWidthPx(one, 10.5) <= room) ?? '⋯';
  return (
    <g className={future ? styles.foldFuture : styles.fold}>
      <rect x={left} y={LINE_Y - 8} width={Math.max(0, right - left)} height={16} />
      <path d={`M${left + 1} ${LINE_Y - 6}l-3 6 3 6M${right - 1} ${LINE_Y - 6}l3 6-3 6`} />
      <text className={styles.label} x={(left + right) / 2} y={LINE_Y + 3.5} textAnchor="middle">
        {text}
        <title>{full}</title>
      </text>
    </g>
  );
}

function labelClass({ mark, future }: PlacedMark): string | undefined {
  if (future) return styles.labelFuture;
  if (mark.kind === 'loss') return styles.labelLoss;
  return isStrong(mark.kind) ? styles.labelStrong : styles.label;
}

const markNear = (placed: readonly PlacedMark[], px: number) =>
  placed.find((one) => Math.abs(one.px - px) <= PICK_PX);

function stepOf({ key, shiftKey }: KeyboardEvent): TimelineStep | undefined {
  switch (key) {
    case 'ArrowLeft':
      return shiftKey ? 'beat-back' : 'event-back';
    case 'ArrowRight':
      return shiftKey ? 'beat' : 'event';
    case 'Home':
      return 'start';
    case 'End':
      return 'end';
    default:
      return undefined;
  }
}
