import { common } from '../../i18n/areas/common';
import { transport } from '../../i18n/areas/transport';
import { formatRate } from '../../i18n/format';
import { useText } from '../../i18n/use-text';
import { Segmented } from '../../ui/kit/Segmented';
import { Slider } from '../../ui/kit/Slider';
import type { Pacing } from '../../worker/protocol';
import type { TransportCalls } from './calls';
import { rateRange, rateTicks, saysReached } from './rate';
import styles from './transport.module.css';

export interface SpeedProps {
  readonly pacing: Pacing;
  readonly rate: number;
  /** As reached in the last second; 0 while paused. */
  readonly reached: number;
  readonly calls: TransportCalls;
}

/** Story or Clock, and how fast. */
export function Speed({ pacing, rate, reached, calls }: SpeedProps) {
  const { t } = useText(common);
  const own = useText(transport);
  const { min, max } = rateRange(pacing);
  return (
    <>
      <div className={styles.pacing}>
        <Segmented
          label={t('pacing')}
          variant="solid"
          size="transport"
          options={[
            { value: 'story', label: t('story'), icon: 'story' },
            { value: 'clock', label: t('clock'), icon: 'time' },
          ]}
          value={pacing}
          onChange={calls.setPacing}
        />
      </div>
      <div className={styles.speed}>
        <Slider
          label={t('speed')}
          scale="log"
          min={min}
          max={max}
          value={rate}
          onChange={calls.setRate}
          format={formatRate}
          ticks={rateTicks(pacing).map((value) => ({ value, label: formatRate(value) }))}
        />
      </div>
      <output className={styles.rate} aria-live="off">
        <b>{formatRate(rate)}</b>
        {saysReached(pacing, rate, reached) && (
          <span>{own.t('rateReached', { rate: formatRate(Number(reached.toPrecision(2))) })}</span>
        )}
      </output>
    </>
  );
}
