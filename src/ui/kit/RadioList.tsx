import { type ReactNode, useId } from 'react';
import styles from './RadioList.module.css';

export interface RadioListProps<V extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: V; readonly label: ReactNode; readonly disabled?: boolean }[];
  readonly value: V;
  readonly onChange: (value: V) => void;
}

/** One of several, one below the other, with radio dots. */
export function RadioList<V extends string>({ label, options, value, onChange }: RadioListProps<V>) {
  const name = useId();
  return (
    <div className={styles.list} role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value} className={styles.option}>
          <input
            className={styles.dot}
            type="radio"
            name={name}
            checked={option.value === value}
            disabled={option.disabled}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}
