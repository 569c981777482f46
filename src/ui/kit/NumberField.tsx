import { type KeyboardEvent, useState } from 'react';
import { cx } from '../cx';
import { formatShort } from '../format/number';
import styles from './NumberField.module.css';

export interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  /** Called with what was typed when it is no number and is not taken. */
  readonly onRefuse?: (typed: string) => void;
  readonly min?: number;
  readonly max?: number;
  /** What the arrow up and down add; Shift takes ten of them. */
  readonly step?: number;
  /** How many decimals are kept. */
  readonly digits?: number;
  readonly unit?: string;
  /** It differs from the preset: a bold value behind an ink bar. */
  readonly modified?: boolean;
  readonly disabled?: boolean;
}

/** A number with its unit. Enter or leaving takes it, Esc puts the old one back; what is no number is not taken. */
export function NumberField(props: NumberFieldProps) {
  const { label, value, onChange, onRefuse, unit, modified, disabled, step = 1, digits = 3 } = props;
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const typed = draft === null ? value : readNumber(draft);

  const take = (next: number | undefined) => {
    setDraft(null);
    if (next === undefined) {
      if (draft !== null) onRefuse?.(draft);
      return;
    }
    const kept = Number(Math.min(max, Math.max(min, next)).toFixed(digits));
    if (kept !== value) onChange(kept);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') take(typed);
    else if (event.key === 'Escape' && draft !== null) {
      event.stopPropagation();
      setDraft(null);
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      const by = (event.key === 'ArrowUp' ? step : -step) * (event.shiftKey ? 10 : 1);
      take((typed ?? value) + by);
    }
  };

  return (
    <label className={cx(styles.field, modified && styles.modified, disabled && styles.disabled)}>
      <input
        className={styles.input}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        aria-label={unit ? `${label} (${unit})` : label}
        aria-invalid={typed === undefined}
        disabled={disabled}
        value={draft ?? formatShort(value, digits)}
        onChange={(event) => setDraft(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={() => draft !== null && take(typed)}
        onKeyDown={onKeyDown}
      />
      {unit && (
        <span className={styles.unit} aria-hidden>
          {unit}
        </span>
      )}
    </label>
  );
}

/** Understands thousands with a comma, a real minus and a full-width digit or point. */
function readNumber(text: string): number | undefined {
  const plain = text
    .normalize('NFKC')
    .replaceAll(',', '')
    .replaceAll('\u2212', '-')
    .replaceAll('。', '.')
    .trim();
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : undefined;
}
