import { Slider as Radix } from 'radix-ui';
import { type CSSProperties, useMemo } from 'react';
import { cx } from '../cx';
import styles from './Slider.module.css';
import { linearScale, logScale } from './slider-scale';

export interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  /** The value on which a drag ends, or each one that a key chooses. */
  readonly onCommit?: (value: number) => void;
  readonly min: number;
  readonly max: number;
  /** The distance between two values of a linear slider. */
  readonly step?: number;
  /** `log` needs a `min` above 0. */
  readonly scale?: 'linear' | 'log';
  /** The value in words, with its unit. */
  readonly format: (value: number) => string;
  /** Marked values with their names below the line. */
  readonly ticks?: readonly { readonly value: number; readonly label: string }[];
  readonly disabled?: boolean;
}

/** A value along a line. The arrows go one step, with Shift ten, Home and End to the ends. */
export function Slider(props: SliderProps) {
  const { label, value, onChange, onCommit, min, max, step = 1, scale = 'linear' } = props;
  const { format, ticks, disabled } = props;
  const map = useMemo(
    () => (scale === 'log' ? logScale(min, max) : linearScale(min, max, step)),
    [scale, min, max, step],
  );
  const at = map.toStep(value);
  return (
    <div className={cx(styles.slider, ticks && styles.ticked)}>
      <Radix.Root
        className={styles.root}
        min={0}
        max={map.steps}
        step={1}
        value={[at]}
        onValueChange={([next = at]) => onChange(map.toValue(next))}
        onValueCommit={([next = at]) => onCommit?.(map.toValue(next))}
        disabled={disabled ?? false}
      >
        <Radix.Track className={styles.track}>
          <Radix.Range className={styles.range} />
          {scale === 'log' && ticks && <MinorTicks min={min} max={max} />}
          {ticks?.map((tick) => (
            <span
              key={tick.value}
              className={styles.tick}
              style={shareStyle(map.toStep(tick.value) / map.steps)}
            />
          ))}
        </Radix.Track>
        <Radix.Thumb className={styles.thumb} aria-label={label} aria-valuetext={format(value)} />
      </Radix.Root>
      {ticks && (
        <div className={styles.labels} aria-hidden>
          {ticks.map((tick) => (
            <span
              key={tick.value}
              data-current={map.toStep(tick.value) === at || undefined}
              style={shareStyle(map.toStep(tick.value) / map.steps)}
            >
              {tick.label}
            </span>
          ))}
        </div>
      )}
    </div>
  );
}

/** Two to nine of each decade. */
function MinorTicks({ min, max }: { readonly min: number; readonly max: number }) {
  const decades = Math.round(Math.log10(max / min));
  return Array.from({ length: decades * 8 }, (_, i) => {
    const share = (Math.floor(i / 8) + Math.log10((i % 8) + 2)) / decades;
    return <span key={share} className={styles.minor} style={shareStyle(share)} />;
  });
}

const shareStyle = (share: number) => ({ '--share': share }) as CSSProperties;
