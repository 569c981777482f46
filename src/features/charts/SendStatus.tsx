import type { SendsReport } from '../../engine/report/sends';
import { charts } from '../../i18n/areas/charts';
import { formatNumber } from '../../i18n/format';
import { useText } from '../../i18n/use-text';
import styles from './charts.module.css';

export type Sends = SendsReport;

const STATUSES = ['SEND_OK', 'FLUSH_DISK_TIMEOUT', 'FLUSH_SLAVE_TIMEOUT', 'SLAVE_NOT_AVAILABLE'] as const;

/** What senders were told since the start. No reply and a failure are no SendStatus: they stand apart, in words. */
export function SendStatus({ sends }: { readonly sends: Sends | undefined }) {
  const { t } = useText(charts);
  const rows = [
    ...STATUSES.map((name) => ({ name, count: sends?.[name] ?? 0, status: true })),
    { name: t('noReply'), count: sends?.inFlight ?? 0, status: false },
    { name: t('failed'), count: sends?.failed ?? 0, status: false },
  ];
  const max = Math.max(1, ...rows.map(({ count }) => count));
  return (
    <table className={styles.statuses} aria-label={t('sendStatus')}>
      <tbody>
        {rows.map(({ name, count, status }) => (
          <tr key={name} data-zero={count === 0 || undefined}>
            <th scope="row">{status ? <code>{name}</code> : name}</th>
            <td>
              {count > 0 && (
                <span
                  className={status ? styles.bar : styles.open}
                  style={{ width: `max(3px, ${(100 * count) / max}%)` }}
                />
              )}
            </td>
            <td>{formatNumber(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
