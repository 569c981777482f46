import { cx } from '../cx';
import motion from '../motion/motion.module.css';
import { useLive } from '../motion/use-live';
import { useWords } from '../words/use-words';
import { glyphShapes } from './glyph-shapes';
import { describeMessage, type MessageState } from './message-state';
import { paintVar } from './paint';

/** Sizes of the design in px: on a lane, on an edge, in a list, in detail, on the stage of the presenter. */
const GLYPH_SIZE_PX = { lane: 10, edge: 14, list: 18, detail: 32, stage: 56 } as const;

export interface MessageGlyphProps {
  readonly state: MessageState;
  /** One of the design's sizes or a length in px. */
  readonly size?: keyof typeof GLYPH_SIZE_PX | number;
  readonly selected?: boolean;
  /** Left out, the state is said in words; `null` makes it decoration beside a word that says it already. */
  readonly label?: string | null;
  /** The place inside a surrounding SVG. */
  /** Off where the number of a retry is written beside it. */
  readonly numbered?: boolean;
  readonly x?: number;
  readonly y?: number;
  readonly className?: string | undefined;
}

/** The square whose three rows say where a message lives. Nests in HTML and in SVG. */
export function MessageGlyph(props: MessageGlyphProps) {
  const { state, size = 'list', selected, label, numbered = true, x, y, className } = props;
  const words = useWords();
  const live = useLive<SVGSVGElement>();
  const px = typeof size === 'number' ? size : GLYPH_SIZE_PX[size];
  const unitsPerPx = 16 / px;
  const name = label === undefined ? describeMessage(state, words) : label;
  return (
    <svg
      ref={live}
      className={className}
      x={x}
      y={y}
      width={px}
      height={px}
      viewBox="0 0 16 16"
      style={{ flex: 'none', overflow: 'visible' }}
      focusable={false}
      role="img"
      aria-label={name ?? undefined}
      aria-hidden={name === null}
    >
      {glyphShapes(state).map(({ id, d, fill, stroke, width, dash }) => (
        <path
          key={id}
          className={cx((id === 'disk' || id === 'slave') && motion.fills)}
          d={d}
          fill={fill ? paintVar(fill) : 'none'}
          stroke={stroke && paintVar(stroke)}
          strokeWidth={width}
          strokeDasharray={dash?.join(' ')}
        />
      ))}
      {numbered && state.retry !== undefined && !state.lost && (
        <text
          x={21.5}
          y={8}
          fontSize={10.5 * unitsPerPx}
          style={{ fontFamily: 'var(--font-mono)', fill: 'var(--c-ink-2)' }}
        >
          #{state.retry}
        </text>
      )}
      {selected && (
        <rect
          x={-2.9 * unitsPerPx}
          y={-2.9 * unitsPerPx}
          width={16 + 5.8 * unitsPerPx}
          height={16 + 5.8 * unitsPerPx}
          rx={2 * unitsPerPx}
          fill="none"
          stroke="var(--c-ink)"
          strokeWidth={1.8 * unitsPerPx}
        />
      )}
    </svg>
  );
}
