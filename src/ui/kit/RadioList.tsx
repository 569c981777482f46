import { RadioGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import styles from './RadioList.module.css';

export interface RadioListProps<V extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: V; readonly label: ReactNode; readonly disabled?: boolean }[];
  readonly value: V;
  readonly onChange: (value: V) => void;
}

/** One of several, one below the other, with radio dots. */
export function RadioList<V extends string>({ label, options, value, onChange }: RadioListProps<V>) {
  return (
    <RadioGroup.Root
      className={styles.list}
      aria-label={label}
      orientation="vertical"
      value={value}
      onValueChange={(next) => onChange(next as V)}
    >
      {options.map((option) => (
        <RadioGroup.Item
          key={option.value}
          className={styles.option}
          value={option.value}
          {...(option.disabled && { disabled: true })}
        >
          <span className={styles.dot} />
          {option.label}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
