import type { ButtonHTMLAttributes, Ref } from 'react';
import { cx } from '../cx';
import { Icon } from '../icons/Icon';
import type { IconName } from '../icons/icon-shapes';
import styles from './Button.module.css';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly icon?: IconName;
  /** `primary` is solid ink: one in a view. `quiet` has no border until it is pointed at. */
  readonly variant?: 'plain' | 'primary' | 'quiet';
  /** 20, 24 or 28 px high; `tile` sets the word below the icon. */
  readonly size?: 'dense' | 'normal' | 'transport' | 'tile';
  /** A toggle that is on or off; left out, the button is not a toggle. */
  readonly pressed?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({
  icon,
  variant = 'plain',
  size = 'normal',
  pressed,
  className,
  children,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      aria-pressed={pressed}
      className={cx(styles.button, styles[variant], styles[size], className)}
      {...rest}
    >
      {icon && <Icon name={icon} size={size === 'dense' ? 13 : size === 'normal' ? 14 : 16} />}
      {children}
    </button>
  );
}
