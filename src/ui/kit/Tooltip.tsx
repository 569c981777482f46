import { Tooltip as Radix } from 'radix-ui';
import { createContext, type ReactElement, type ReactNode, use } from 'react';
import styles from './floating.module.css';

const HasClock = createContext(false);

/** One clock for all tooltips within: after the first one the next shows sooner. */
export function TooltipClock({ children }: { readonly children: ReactNode }) {
  return (
    <HasClock value={true}>
      <Radix.Provider delayDuration={400} skipDelayDuration={150}>
        {children}
      </Radix.Provider>
    </HasClock>
  );
}

/** A tooltip has a clock of its own where there is none around it. */
export function WithClock({ children }: { readonly children: ReactNode }) {
  return use(HasClock) ? children : <TooltipClock>{children}</TooltipClock>;
}

export interface TooltipProps {
  readonly content: ReactNode;
  /** One element that takes focus. */
  readonly children: ReactElement;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
}

/** A word about a control, on pointing and on focus. Nothing that is only here may be needed to go on. */
export function Tooltip({ content, children, side = 'bottom' }: TooltipProps) {
  return (
    <WithClock>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content className={styles.tooltip} side={side} sideOffset={6} collisionPadding={8}>
            {content}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </WithClock>
  );
}
