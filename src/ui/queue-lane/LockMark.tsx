import { consumerInk } from '../consumer/consumer-ink';

export interface LaneLock {
  /** Label of the consumer that has the lock; absent: nobody has it. */
  readonly holder?: string | undefined;
  /** Which consumer, from 1: its colour. */
  readonly ordinal?: number | undefined;
  readonly leftUs: number;
  readonly limitUs: number;
}

const RADIUS = 5.2;
const ROUND = 2 * Math.PI * RADIUS;

/** A padlock in a ring that runs out with the time of the lock; open and without a ring while nobody has it. */
export function LockMark({
  lock,
  x,
  y,
}: {
  readonly lock: LaneLock;
  readonly x: number;
  readonly y: number;
}) {
  const { holder, ordinal = 1, leftUs, limitUs } = lock;
  const ink = holder === undefined ? 'var(--c-ink-3)' : consumerInk(ordinal);
  const left = Math.min(1, leftUs / limitUs);
  return (
    <g transform={`translate(${x} ${y})`} fill="none" stroke={ink}>
      {holder !== undefined && (
        <circle
          r={RADIUS}
          strokeWidth={1.3}
          strokeDasharray={`${left * ROUND} ${ROUND}`}
          transform="rotate(-90)"
        />
      )}
      <path
        d={
          holder === undefined ? 'M-1.5 -.3v-1.6a1.5 1.5 0 0 1 3 -.6' : 'M-1.5 -.3v-1.3a1.5 1.5 0 0 1 3 0v1.3'
        }
      />
      <path d="M-2.3 -.3h4.6v3h-4.6z" fill={holder === undefined ? 'none' : ink} strokeWidth={0.8} />
    </g>
  );
}
