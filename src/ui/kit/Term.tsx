import { Tooltip as Radix } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import floating from './floating.module.css';
import styles from './Term.module.css';
import { WithClock } from './Tooltip';

export interface TermProps {
  readonly children: ReactNode;
  readonly definition: ReactNode;
}

/** A term of the field inside a sentence. Its meaning shows on pointing, on focus and on a tap. */
export function Term({ children, definition }: TermProps) {
  const [open, setOpen] = useState(false);
  return (
    <WithClock>
      <Radix.Root open={open} onOpenChange={setOpen}>
        <Radix.Trigger asChild>
          <button
            type="button"
            className={styles.term}
            onClick={(event) => {
              event.preventDefault(); // a tooltip would close on a click; a tap has no other way to open it
              setOpen(true);
            }}
          >
            {children}
          </button>
        </Radix.Trigger>
        <Radix.Portal>
          <Radix.Content className={floating.tooltip} side="top" sideOffset={6} collisionPadding={8}>
            {definition}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </WithClock>
  );
}
