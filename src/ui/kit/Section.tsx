import { type ReactNode, useId } from 'react';
import styles from './Section.module.css';

export interface SectionProps {
  readonly title: ReactNode;
  /** A quiet word at the other end of the line. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a panel under its head, with a hairline below it. */
export function Section({ title, aside, children }: SectionProps) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <SectionHeader title={title} aside={aside} id={id} />
      {children}
    </section>
  );
}

function SectionHeader({ title, aside, id }: Omit<SectionProps, 'children'> & { readonly id?: string }) {
  return (
    <h3 className={styles.header}>
      <span id={id}>{title}</span>
      {aside !== undefined && <span className={styles.aside}>{aside}</span>}
    </h3>
  );
}

export interface Property {
  readonly name: ReactNode;
  readonly value: ReactNode;
  /** A configuration key, a class or an offset: names that could be searched for. */
  readonly mono?: boolean;
  readonly strong?: boolean;
}

/** Names and values, one line each. */
export function PropertyTable({ rows }: { readonly rows: readonly Property[] }) {
  return (
    <dl className={styles.table}>
      {rows.map((row, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a name may be any node; rows keep their order
        <div key={i} className={styles.row}>
          <dt className={row.mono ? styles.mono : styles.name}>{row.name}</dt>
          <dd className={row.strong ? styles.strong : undefined}>{row.value}</dd>
        </div>
      ))}
    </dl>
  );
}
