import { type RefObject, useEffect, useRef } from 'react';

/** Marks an element once it has been drawn, so that only what appears in it afterwards is animated. */
export function useLive<T extends Element>(): RefObject<T | null> {
  const ref = useRef<T>(null);
  useEffect(() => {
    ref.current?.setAttribute('data-live', '');
  }, []);
  return ref;
}
