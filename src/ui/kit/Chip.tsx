import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { cx } from '../cx';
import styles from './Chip.module.css';

/** A constant in force at a place: `ASYNC_FLUSH`. */
export function Chip({ children }: { readonly children: ReactNode }) {
  return <span className={styles.chip}>{children}</span>;
}

/** The number of a rule, `BR-12`. With `onClick` it is a button that opens the rule. */
export function RuleTag({
  children,
  onClick,
  ...rest
}: Pick<ButtonHTMLAttributes<HTMLButtonElement>, 'onClick' | 'aria-label' | 'title'> & {
  readonly children: ReactNode;
}) {
  if (!onClick) return <span className={styles.tag}>{children}</span>;
  return (
    <button type="button" className={cx(styles.tag, styles.pressable)} onClick={onClick} {...rest}>
      {children}
    </button>
  );
}

/** A name that could be searched for in the source: a class and its method, a configuration key. */
export function Code({ children }: { readonly children: ReactNode }) {
  return <code className={styles.code}>{children}</code>;
}
