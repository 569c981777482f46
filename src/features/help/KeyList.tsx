import { help } from '../../i18n/areas/help';
import { type KeyRow, keys } from '../../i18n/areas/keys';
import { useText } from '../../i18n/use-text';
import { Kbd } from '../../ui/kit/Kbd';
import styles from './help.module.css';
import { isSingleKey } from './single-keys';

export interface KeyListProps {
  readonly rows: readonly KeyRow[];
  readonly singleKeys: boolean;
}

/** What each key does here. Keys that are switched off are not listed. */
export function KeyList({ rows, singleKeys }: KeyListProps) {
  const { t } = useText(keys);
  const head = useText(help);
  const listed = singleKeys ? rows : rows.filter(({ caps }) => !caps.some(isSingleKey));
  return (
    <>
      <table className={styles.keys}>
        <thead className={styles.hidden}>
          <tr>
            <th scope="col">{head.t('keys')}</th>
            <th scope="col">{head.t('does')}</th>
          </tr>
        </thead>
        <tbody>
          {listed.map(({ does, caps }) => (
            <tr key={does}>
              <th scope="row">
                {caps.map((together) => (
                  <Kbd key={together.join(' ')} keys={together} />
                ))}
              </th>
              <td>{t(does)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.note}>{t('singleOff')}</p>
    </>
  );
}
