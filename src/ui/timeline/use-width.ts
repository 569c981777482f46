import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** The width of an element in px, kept up to date; `initialPx` until it has been laid out. */
export function useWidth<T extends Element>(initialPx: number): readonly [RefObject<T | null>, number] {
  const ref = useRef<T>(null);
  const [widthPx, setWidthPx] = useState(initialPx);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => {
      const next = element.clientWidth;
      if (next > 0) setWidthPx(next);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, widthPx];
}
