export type Hatch = 'volatile' | 'slave' | 'lost' | 'dead';

/** The fill of a hatched shape. Each hatch has one meaning; `large` is for the stage of the presenter. */
export const hatch = (kind: Hatch, large = false): string => `url(#hatch-${kind}${large ? '-large' : ''})`;

const SLANTED = { patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' } as const;

/** Defines the hatches. `UiRoot` renders it once; an exported picture needs its own. */
export function HatchDefs() {
  return (
    <svg width="0" height="0" style={{ position: 'absolute' }} aria-hidden focusable={false}>
      <defs>
        <Stripes id="hatch-volatile" ink="mem" size={5} stripe={2.2} />
        <Stripes id="hatch-volatile-large" ink="mem" size={12} stripe={5.2} />
        <Stripes id="hatch-slave" ink="slave" size={5} stripe={2.6} />
        <Stripes id="hatch-slave-large" ink="slave" size={12} stripe={6} />
        <Crossed id="hatch-lost" size={6} width={2} />
        <Crossed id="hatch-lost-large" size={14} width={4} />
        <Dots id="hatch-dead" size={4} radius={0.55} />
        <Dots id="hatch-dead-large" size={10} radius={1.4} />
      </defs>
    </svg>
  );
}

interface StripesProps {
  readonly id: string;
  readonly ink: 'mem' | 'slave';
  readonly size: number;
  readonly stripe: number;
}

function Stripes({ id, ink, size, stripe }: StripesProps) {
  return (
    <pattern id={id} width={size} height={size} {...SLANTED}>
      <rect width={size} height={size} fill={`var(--c-${ink}-tint)`} />
      <rect width={stripe} height={size} fill={`var(--c-${ink})`} />
    </pattern>
  );
}

function Crossed({
  id,
  size,
  width,
}: {
  readonly id: string;
  readonly size: number;
  readonly width: number;
}) {
  return (
    <pattern id={id} width={size} height={size} {...SLANTED}>
      <rect width={size} height={size} fill="var(--c-lost-tint)" />
      <path d={`M0 0H${size}M0 0V${size}`} stroke="var(--c-lost)" strokeWidth={width} />
    </pattern>
  );
}

function Dots({ id, size, radius }: { readonly id: string; readonly size: number; readonly radius: number }) {
  return (
    <pattern id={id} width={size} height={size} patternUnits="userSpaceOnUse">
      <rect width={size} height={size} fill="var(--c-dead)" />
      <circle cx={size / 4} cy={size / 4} r={radius} fill="var(--c-ink-4)" />
    </pattern>
  );
}
