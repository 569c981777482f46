import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { useWords } from '../words/use-words';
import { Button } from './Button';
import styles from './Dialog.module.css';

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children: ReactNode;
  /** The buttons below, the primary one last. */
  readonly footer?: ReactNode;
}

/** Asks for one decision. It is rare, and never opens by itself while the simulation plays. */
export function Dialog({ open, onOpenChange, title, description, children, footer }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={styles.overlay} />
        <Radix.Content className={styles.dialog} {...(!description && { 'aria-describedby': undefined })}>
          <Head title={title} />
          {description && <Radix.Description className={styles.description}>{description}</Radix.Description>}
          <div className={styles.body}>{children}</div>
          {footer && <div className={styles.footer}>{footer}</div>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export interface DrawerProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly side: 'left' | 'right';
  readonly children: ReactNode;
}

/** A panel that lies over an edge of the graph when there is no room beside it. The graph stays in use. */
export function Drawer({ open, onOpenChange, title, side, children }: DrawerProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <Radix.Portal>
        <Radix.Content
          className={styles.drawer}
          data-side={side}
          aria-describedby={undefined}
          onInteractOutside={(event) => event.preventDefault()}
        >
          <Head title={title} />
          <div className={styles.scroll}>{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Head({ title }: { readonly title: string }) {
  const words = useWords();
  return (
    <div className={styles.head}>
      <Radix.Title className={styles.title}>{title}</Radix.Title>
      <Radix.Close asChild>
        <Button className={styles.close} variant="quiet" aria-label={words.close} icon="close" />
      </Radix.Close>
    </div>
  );
}
