import { transport } from '../../i18n/areas/transport';
import { formatDurationUs, formatNumber } from '../../i18n/format';
import { useText } from '../../i18n/use-text';
import { Icon } from '../../ui/icons/Icon';
import { Button } from '../../ui/kit/Button';
import { Popover } from '../../ui/kit/Popover';
import type { EntryView, NextEvent } from '../../worker/protocol';
import styles from './transport.module.css';

export interface SentenceProps {
  readonly step: number;
  readonly nowUs: number;
  readonly over: boolean;
  readonly playing: boolean;
  /** What happened last; undefined before the first event, or when it has left the window. */
  readonly entry: EntryView | undefined;
  /** What is due, soonest first; only known while paused. */
  readonly next: readonly NextEvent[];
  readonly nameOf: (node: number) => string | undefined;
  /** What stands in the place of the sentence: a refusal, a hint, a jump under way. */
  readonly notice?: string | undefined;
}

/** What happened last, in words, and what is due next. */
export function Sentence({ step, nowUs, over, playing, entry, next, nameOf, notice }: SentenceProps) {
  const { t, pick } = useText(transport);
  const [soonest] = next;
  const first = () => {
    if (step === 0) return t('notStarted');
    return entry ? t('event', { step, text: pick(entry.text) }) : t('eventOnly', { step });
  };
  const second = () => {
    if (over) return t('over');
    if (soonest === undefined) return null;
    const values = { type: soonest.type, time: formatDurationUs(soonest.timeUs - nowUs) };
    const node = nameOf(soonest.node);
    return node === undefined ? t('nextOfNobody', values) : t('next', { ...values, node });
  };
  const text = notice ?? first();
  return (
    <div className={styles.sentence}>
      <p className={styles.event} title={text}>
        {text}
      </p>
      <div className={styles.next}>
        <p>{second()}</p>
        {!playing && next.length > 1 && (
          <Popover
            label={t('nextEvents')}
            side="top"
            trigger={
              <Button size="dense" variant="quiet" aria-label={t('nextEvents')}>
                <Icon name="list" size={13} />
              </Button>
            }
          >
            <NextEvents events={next} nowUs={nowUs} nameOf={nameOf} />
          </Popover>
        )}
      </div>
    </div>
  );
}

interface NextEventsProps {
  readonly events: readonly NextEvent[];
  readonly nowUs: number;
  readonly nameOf: (node: number) => string | undefined;
}

function NextEvents({ events, nowUs, nameOf }: NextEventsProps) {
  const { t } = useText(transport);
  return (
    <table className={styles.events}>
      <caption>{t('nextEvents')}</caption>
      <tbody>
        {events.map((event, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: equal events of one moment differ by their place alone
          <tr key={i}>
            <td>{formatNumber(event.timeUs / 1_000_000, 6)} s</td>
            <td>{t('inTime', { time: formatDurationUs(event.timeUs - nowUs) })}</td>
            <td>{nameOf(event.node) ?? ''}</td>
            <td>
              <code>{event.type}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
