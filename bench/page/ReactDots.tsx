import { useEffect, useState } from 'react';
import { shareAt } from './stage';

/** The peer of the canvas: as many dots, each an element whose place is React state. */
export function ReactDots({ count }: { readonly count: number }) {
  const [nowMs, setNowMs] = useState(0);
  useEffect(() => {
    let due = requestAnimationFrame(function next(ms) {
      setNowMs(ms);
      due = requestAnimationFrame(next);
    });
    return () => cancelAnimationFrame(due);
  }, []);
  const dots = Array.from({ length: count }, (_, i) => ({ id: i, share: shareAt(i, nowMs) }));
  return (
    <svg width="100%" height="100%" viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden>
      {dots.map(({ id, share }) => (
        <circle key={id} cx={share * 1000} cy={(id * 619) % 1000} r={4} />
      ))}
    </svg>
  );
}
