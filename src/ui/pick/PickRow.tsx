import { type KeyboardEvent, useId, useState } from 'react';
import styles from './PickRow.module.css';

export interface PickRowProps {
  /** The left edge of the first field, the distance between two and the height of each, in px. */
  readonly x: number;
  readonly y: number;
  readonly pitch: number;
  readonly height: number;
  /** What each field is, for screen readers: one field for each, no two alike. */
  readonly names: readonly string[];
  readonly label: string;
  readonly selected?: number | undefined;
  readonly onPick: (index: number) => void;
}

/** An invisible row of fields over an SVG drawing: one tab stop, arrows to go along, Enter or a click to pick. */
export function PickRow({ x, y, pitch, height, names, label, selected, onPick }: PickRowProps) {
  const id = useId();
  const [cursor, setCursor] = useState(0);
  const [focused, setFocused] = useState(false);
  const at = Math.min(cursor, names.length - 1);

  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextField(event.key, at, names.length);
    if (next === undefined && event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    event.stopPropagation();
    if (next === undefined) onPick(at);
    else setCursor(next);
  };

  if (names.length === 0) return null;
  return (
    <g
      role="listbox"
      aria-label={label}
      aria-activedescendant={`${id}-${at}`}
      tabIndex={0}
      className={styles.row}
      onKeyDown={onKeyDown}
      onFocus={() => {
        setFocused(true);
        setCursor(selected ?? names.length - 1);
      }}
      onBlur={() => setFocused(false)}
    >
      {names.map((name, i) => (
        <rect
          key={name}
          id={`${id}-${i}`}
          role="option"
          aria-label={name}
          aria-selected={i === selected}
          x={x + i * pitch}
          y={y}
          width={pitch}
          height={height}
          fill="transparent"
          onClick={() => onPick(i)}
        />
      ))}
      {focused && (
        <rect
          className={styles.cursor}
          x={x + at * pitch - 3}
          y={y - 3}
          width={pitch + 5}
          height={height + 6}
          rx={2}
        />
      )}
    </g>
  );
}

function nextField(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, at - 1);
    case 'ArrowRight':
      return Math.min(count - 1, at + 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
