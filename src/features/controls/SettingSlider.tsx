import { type ReactNode, useEffect, useState } from 'react';
import { Slider } from '../../ui/kit/Slider';
import styles from './controls.module.css';

export interface SettingSliderProps {
  readonly label: string;
  /** Instead of the label before the line, e.g. a term. */
  readonly name?: ReactNode;
  readonly value: number;
  readonly onSet: (value: number) => void;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly scale?: 'linear' | 'log';
  readonly format: (value: number) => string;
  readonly disabled?: boolean;
}

interface Draft {
  readonly from: number;
  readonly to: number;
  /** The drag has ended. */
  readonly done: boolean;
}

/** Wall time within which the cluster shows a value that it has taken. */
const TAKEN_WITHIN_MS = 1_000;

/** A line of the workload: name, slider, value. Set once, when the drag ends. */
export function SettingSlider({ label, name = label, value, onSet, format, ...slider }: SettingSliderProps) {
  // What is being set stands until the cluster has another value than before, or does not take this one.
  const [draft, setDraft] = useState<Draft | null>(null);
  const shown = draft?.from === value ? draft.to : value;
  useEffect(() => {
    if (!draft?.done) return;
    const timer = setTimeout(() => setDraft(null), TAKEN_WITHIN_MS);
    return () => clearTimeout(timer);
  }, [draft]);

  const commit = (to: number) => {
    setDraft({ from: value, to, done: true });
    if (to !== value) onSet(to);
  };
  return (
    <div className={styles.row}>
      <span className={styles.rowName}>{name}</span>
      <Slider
        {...slider}
        label={label}
        value={shown}
        format={format}
        onChange={(to) => setDraft({ from: value, to, done: false })}
        onCommit={commit}
      />
      <span className={styles.rowValue}>{format(shown)}</span>
    </div>
  );
}
