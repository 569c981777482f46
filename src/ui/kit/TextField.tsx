import { useState } from 'react';
import { cx } from '../cx';
import { Icon } from '../icons/Icon';
import type { IconName } from '../icons/icon-shapes';
import styles from './TextField.module.css';

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  /** Each change while typing; with `onCommit` left out, the only call. */
  readonly onChange?: (value: string) => void;
  /** Enter or leaving takes the text, Esc puts the old one back. */
  readonly onCommit?: (value: string) => void;
  readonly placeholder?: string;
  readonly icon?: IconName;
  readonly lengthMax?: number;
  readonly mono?: boolean;
  readonly invalid?: boolean;
  readonly disabled?: boolean;
  readonly className?: string | undefined;
}

/** One line of text. */
export function TextField(props: TextFieldProps) {
  const { label, value, onChange, onCommit, placeholder, icon, lengthMax, mono, invalid, disabled } = props;
  const [draft, setDraft] = useState<string | null>(null);

  const take = () => {
    if (draft !== null && draft !== value) onCommit?.(draft);
    setDraft(null);
  };

  return (
    <label className={cx(styles.field, mono && styles.mono, disabled && styles.disabled, props.className)}>
      {icon && <Icon name={icon} size={13} />}
      <input
        className={styles.input}
        type="text"
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        aria-invalid={invalid}
        placeholder={placeholder}
        maxLength={lengthMax}
        disabled={disabled}
        value={draft ?? value}
        onChange={(event) => {
          if (onCommit) setDraft(event.target.value);
          onChange?.(event.target.value);
        }}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') take();
          else if (event.key === 'Escape' && draft !== null) {
            event.stopPropagation();
            setDraft(null);
          }
        }}
      />
    </label>
  );
}
