import { memo } from 'react';
import type { RegistryView } from '../../../engine/view';
import { cx } from '../../../ui/cx';
import { formatAgeUs, formatDurationUs } from '../../../ui/format/number';
import { Icon } from '../../../ui/icons/Icon';
import { AgeBar } from '../../../ui/kit/AgeBar';
import { useNow, useView } from '../cluster';
import type { NodeBox } from '../layout';
import { registrySays } from '../process-words';
import { useT } from '../use-t';
import { CardNames } from './CardNames';
import card from './card.module.css';
import { useDetail } from './detail';
import { ProcessCard } from './ProcessCard';
import styles from './registry.module.css';
import { StateMarks } from './StateMarks';

/** From here on the row of a broker is set bold: it has missed one registration. */
const LATE_US = 30_000_000;

/** A directory of routes: who has registered, and how long ago. */
export function RegistryNode({ id, box }: { readonly id: string; readonly box: NodeBox }) {
  const t = useT();
  const detail = useDetail();
  const registry = useView((view) => view.registries.find((other) => other.id === id));
  const nowUs = useNow(registry);
  const cardBox = box.cards[0];
  if (!registry || !cardBox) return null;
  const limitUs = registry.rows[0]?.limitUs;
  return (
    <ProcessCard process={registry} box={cardBox} says={registrySays(registry, nowUs, t)}>
      {detail === 'names' ? (
        <CardNames name={id} process={registry} />
      ) : (
        <>
          <header className={styles.head}>
            <Icon name="registry" size={14} />
            <span className={card.name}>{id}</span>
            {registry.state === 'up' ? (
              <>
                <span className={card.role}>{t('registry')}</span>
                {limitUs !== undefined && <span className={styles.limit}>{formatDurationUs(limitUs)}</span>}
                <span className={styles.age}>{t('age')}</span>
              </>
            ) : (
              <span className={card.end}>
                <StateMarks process={registry} />
              </span>
            )}
          </header>
          <div className={styles.rows}>
            {registry.rows.map((row) => (
              <Row key={row.process} row={row} />
            ))}
            {registry.rows.length === 0 && <p className={styles.empty}>{t('noneRegistered')}</p>}
          </div>
        </>
      )}
    </ProcessCard>
  );
}

const Row = memo(function Row({ row }: { readonly row: RegistryView['rows'][number] }) {
  return (
    <div className={cx(styles.row, row.ageUs > LATE_US && styles.late)}>
      <span className={styles.who}>
        {row.group} <i>{row.replica}</i>
      </span>
      <AgeBar
        label={`${row.group} ${row.replica}`}
        ageUs={row.ageUs}
        limitUs={row.limitUs}
        tickUs={LATE_US}
      />
      <span className={card.numeral}>{formatAgeUs(row.ageUs)}</span>
    </div>
  );
});
