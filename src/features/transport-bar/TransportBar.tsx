import { common } from '../../i18n/areas/common';
import { transport } from '../../i18n/areas/transport';
import { formatSeconds } from '../../i18n/format';
import { useText } from '../../i18n/use-text';
import type { Mark, Pacing } from '../../worker/protocol';
import { Controls, History } from './Controls';
import type { TransportCalls } from './calls';
import { Line } from './Line';
import { Sentence, type SentenceProps } from './Sentence';
import { Speed } from './Speed';
import styles from './transport.module.css';

export interface TransportData extends Omit<SentenceProps, 'onWhy'> {
  readonly pacing: Pacing;
  readonly rate: number;
  readonly rateReached: number;
  readonly headUs: number;
  readonly seed: number | undefined;
  readonly marks: readonly Mark[];
  readonly pending: boolean;
  readonly undo: number;
  readonly redo: number;
  /** Nothing runs: no run is loaded, or the engine stopped. */
  readonly disabled: boolean;
}

export interface TransportBarProps {
  readonly data: TransportData;
  readonly calls: TransportCalls;
}

/** Everything that goes through time. It never folds. */
export function TransportBar({ data, calls }: TransportBarProps) {
  const { t } = useText(common);
  const own = useText(transport);
  return (
    <section className={styles.bar} aria-label={own.t('transport')}>
      <div className={styles.row}>
        <Controls playing={data.playing} disabled={data.disabled} calls={calls} />
        <p className={styles.clock} data-pending={data.pending || undefined}>
          <span className={styles.hidden}>{own.t('now')} </span>
          <b data-testid="clock">{formatSeconds(data.nowUs)}</b> s
        </p>
        <Sentence {...data} onWhy={calls.why} />
        <History undo={data.undo} redo={data.redo} calls={calls} />
        <Speed pacing={data.pacing} rate={data.rate} reached={data.rateReached} calls={calls} />
        <p className={styles.seed}>
          {data.seed !== undefined && (
            <>
              <span>{t('seed', { seed: String(data.seed) })}</span>
              <small>{t('sameEveryRun')}</small>
            </>
          )}
        </p>
      </div>
      <Line
        pacing={data.pacing}
        nowUs={data.nowUs}
        headUs={data.headUs}
        marks={data.marks}
        pending={data.pending}
        calls={calls}
      />
    </section>
  );
}
