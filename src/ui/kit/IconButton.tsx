import { cx } from '../cx';
import { Icon } from '../icons/Icon';
import type { IconName } from '../icons/icon-shapes';
import { Button, type ButtonProps } from './Button';
import styles from './IconButton.module.css';
import { Kbd } from './Kbd';
import { Tooltip } from './Tooltip';

export interface IconButtonProps extends Omit<ButtonProps, 'icon' | 'size' | 'children'> {
  readonly icon: IconName;
  /** Its name, also shown when it is pointed at or focused. */
  readonly label: string;
  readonly shortcut?: readonly string[];
  readonly size?: 'dense' | 'normal' | 'transport';
}

export function IconButton({ icon, label, shortcut, size = 'normal', className, ...rest }: IconButtonProps) {
  return (
    <Tooltip
      content={
        <>
          {label}
          {shortcut && <Kbd keys={shortcut} />}
        </>
      }
    >
      <Button size={size} aria-label={label} className={cx(styles.icon, styles[size], className)} {...rest}>
        <Icon name={icon} size={size === 'dense' ? 13 : 16} />
      </Button>
    </Tooltip>
  );
}
