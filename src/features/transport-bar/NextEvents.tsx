import { transport } from '../../i18n/areas/transport';
import { formatDurationUs, formatNumber } from '../../i18n/format';
import { useText } from '../../i18n/use-text';
import { Icon } from '../../ui/icons/Icon';
import { Button } from '../../ui/kit/Button';
import { Popover } from '../../ui/kit/Popover';
import type { NextEvent } from '../../worker/protocol';
import { nextEventSentence } from './next-words';
import styles from './transport.module.css';

export interface NextEventsProps {
  /** What is due, soonest first. */
  readonly events: readonly NextEvent[];
  readonly nowUs: number;
  readonly nameOf: (node: number) => string | undefined;
}

/** What is due next in one line, and the few after it on demand. */
export default function NextEvents({ events, nowUs, nameOf }: NextEventsProps) {
  const { t, lang } = useText(transport);
  const [soonest] = events;
  if (soonest === undefined) return null;
  const sentence = (event: NextEvent) => nextEventSentence(event, lang, nameOf);
  const untilThen = ({ timeUs }: NextEvent) => formatDurationUs(timeUs - nowUs);
  return (
    <>
      <p>{t('next', { what: sentence(soonest), time: untilThen(soonest) })}</p>
      {events.length > 1 && (
        <Popover
          label={t('nextEvents')}
          side="top"
          trigger={
            <Button size="dense" variant="quiet" aria-label={t('nextEvents')}>
              <Icon name="list" size={13} />
            </Button>
          }
        >
          <table className={styles.events}>
            <caption>{t('nextEvents')}</caption>
            <tbody>
              {events.map((event, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: equal events of one moment differ by their place alone
                <tr key={i}>
                  <td>{formatNumber(event.timeUs / 1_000_000, 6)} s</td>
                  <td>{t('inTime', { time: untilThen(event) })}</td>
                  <td title={event.type}>{sentence(event)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Popover>
      )}
    </>
  );
}
