import { Select as Radix } from 'radix-ui';
import { cx } from '../cx';
import { Icon } from '../icons/Icon';
import floating from './floating.module.css';
import styles from './Select.module.css';

export interface SelectOption<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly hint?: string;
  readonly disabled?: boolean;
}

export interface SelectProps<V extends string> {
  readonly label: string;
  readonly options: readonly SelectOption<V>[];
  readonly value: V;
  readonly onChange: (value: V) => void;
  readonly size?: 'dense' | 'normal';
  readonly mono?: boolean;
  readonly disabled?: boolean;
  readonly className?: string;
}

/** One of many. */
export function Select<V extends string>(props: SelectProps<V>) {
  const { label, options, value, onChange, size = 'normal', mono, disabled = false, className } = props;
  return (
    <Radix.Root value={value} onValueChange={(next) => onChange(next as V)} disabled={disabled}>
      <Radix.Trigger
        className={cx(styles.trigger, styles[size], mono && styles.mono, className)}
        aria-label={label}
      >
        <span className={styles.value}>
          <Radix.Value />
        </span>
        <Icon name="down" size={14} />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={floating.menu} position="popper" sideOffset={4} collisionPadding={8}>
          <Radix.Viewport>
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                className={cx(floating.item, mono && styles.mono)}
                value={option.value}
                disabled={option.disabled ?? false}
              >
                <span>
                  <Radix.ItemIndicator>
                    <Icon name="check" />
                  </Radix.ItemIndicator>
                </span>
                <Radix.ItemText>{option.label}</Radix.ItemText>
                {option.hint && <span className={floating.hint}>{option.hint}</span>}
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
