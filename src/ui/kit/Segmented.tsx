import { type ReactNode, useId } from 'react';
import { cx } from '../cx';
import { Icon } from '../icons/Icon';
import type { IconName } from '../icons/icon-shapes';
import styles from './Segmented.module.css';

export interface SegmentedOption<V extends string> {
  readonly value: V;
  readonly label: ReactNode;
  readonly icon?: IconName;
  readonly disabled?: boolean;
}

export interface SegmentedProps<V extends string> {
  /** The name of the choice, for screen readers. */
  readonly label: string;
  readonly options: readonly SegmentedOption<V>[];
  readonly value: V;
  readonly onChange: (value: V) => void;
  /** `solid` for what the whole screen follows, `quiet` for one setting among many. */
  readonly variant?: 'solid' | 'quiet';
  /** 20, 22 or 28 px high. */
  readonly size?: 'dense' | 'normal' | 'transport';
  /** Options that are constants of the product are set in mono. */
  readonly mono?: boolean;
  readonly disabled?: boolean;
  readonly fill?: boolean;
}

/** One of a few: one tab stop, the arrows choose. */
export function Segmented<V extends string>(props: SegmentedProps<V>) {
  const { label, options, value, onChange, variant = 'quiet', size = 'normal', mono, disabled, fill } = props;
  const name = useId();
  return (
    <div
      className={cx(styles.group, styles[variant], styles[size], mono && styles.mono, fill && styles.fill)}
      role="radiogroup"
      aria-label={label}
    >
      {options.map((option) => (
        <label key={option.value} className={styles.option}>
          <input
            className={styles.input}
            type="radio"
            name={name}
            checked={option.value === value}
            disabled={disabled || option.disabled}
            onChange={() => onChange(option.value)}
          />
          {option.icon && <Icon name={option.icon} size={14} />}
          {option.label}
        </label>
      ))}
    </div>
  );
}
