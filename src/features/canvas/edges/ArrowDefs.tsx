/** The heads of the arrows that edges end in. */
export function ArrowDefs() {
  return (
    <svg width="0" height="0" style={{ position: 'absolute' }} aria-hidden focusable={false}>
      <defs>
        <Arrow id="graph-arrow-ink" size={7} d="M1 1l6 3-6 3z" fill="var(--c-ink-2)" />
        <Arrow id="graph-arrow-slave" size={6} d="M0 .5l7.5 3.5L0 7.5z" fill="var(--c-slave)" />
      </defs>
    </svg>
  );
}

interface ArrowProps {
  readonly id: string;
  readonly size: number;
  readonly d: string;
  readonly fill: string;
}

const Arrow = ({ id, size, d, fill }: ArrowProps) => (
  <marker id={id} viewBox="0 0 8 8" refX={7} refY={4} markerWidth={size} markerHeight={size} orient="auto">
    <path d={d} fill={fill} />
  </marker>
);
