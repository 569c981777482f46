import { type RefObject, useEffect, useRef, useState } from 'react';

/** Marks an element once it has been drawn, so that only what appears in it afterwards is animated. */
export function useLive<T extends Element>(): RefObject<T | null> {
  const ref = useRef<T>(null);
  useEffect(() => {
    ref.current?.setAttribute('data-live', '');
  }, []);
  return ref;
}

/**
 * The same as an attribute, for a drawing whose parts come to stand for something else when its scene changes: what
 * appears with the change has not come about now.
 */
export function useLiveIn(scene: number): '' | undefined {
  const [drawn, setDrawn] = useState<number>();
  useEffect(() => setDrawn(scene), [scene]);
  return drawn === scene ? '' : undefined;
}
