import { VisuallyHidden } from 'radix-ui';
import type { ReactNode } from 'react';

/** Text for screen readers only. */
export function Hidden({ children }: { readonly children: ReactNode }) {
  return <VisuallyHidden.Root>{children}</VisuallyHidden.Root>;
}

/** Says what has changed. It stands in the page from the start; only its text changes. */
export function LiveRegion({ children }: { readonly children: ReactNode }) {
  return (
    <VisuallyHidden.Root>
      <output aria-live="polite">{children}</output>
    </VisuallyHidden.Root>
  );
}
