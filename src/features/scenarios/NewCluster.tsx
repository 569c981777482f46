import { useState } from 'react';
import { scenarios } from '../../i18n/areas/scenarios';
import { useText } from '../../i18n/use-text';
import type { ProductVersion } from '../../state/engine-data';
import { Button } from '../../ui/kit/Button';
import { Section } from '../../ui/kit/Section';
import { Select } from '../../ui/kit/Select';
import { type ClusterChoice, COPIES, clusterFile, type Disk, isIn, REPLICATIONS } from './new-cluster';
import styles from './scenarios.module.css';

interface NewClusterProps {
  readonly version: ProductVersion;
  /** The text of a scenario file. */
  readonly onBuild: (text: string) => void;
}

const BEGIN: Omit<ClusterChoice, 'version'> = {
  ...{ replication: 'masterSlave', nameservers: 2, controllers: 3, groups: 1, copies: 2 },
  ...{ producers: 1, consumers: 2, disk: 'large' },
};

const COUNTS = [
  ['nameservers', 1, 4],
  ['controllers', 1, 5],
  ['groups', 1, 4],
  ['copies', 1, 5],
  ['producers', 0, 8],
  ['consumers', 0, 8],
] as const;

/** A cluster of one's own: what only the start of a cluster decides is chosen here. */
export function NewCluster({ version, onBuild }: NewClusterProps) {
  const { t, texts } = useScenarios();
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(BEGIN);
  const replication = isIn(version, wanted.replication) ? wanted.replication : BEGIN.replication;
  const choice = { ...wanted, replication, version };
  const build = () => {
    const { en, zh } = texts[`rep.${replication}`];
    const file = clusterFile(choice, { en: `My cluster: ${en}`, zh: `我的集群：${zh}` });
    onBuild(`${JSON.stringify(file, null, 2)}\n`);
  };
  return (
    <Section title={t('newCluster')}>
      <Button className={styles.compare} pressed={open} aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('newClusterOf')}
      </Button>
      {open && (
        <form
          className={styles.build}
          aria-label={t('newCluster')}
          onSubmit={(event) => {
            event.preventDefault();
            build();
          }}
        >
          <span>{t('replication')}</span>
          <Select
            label={t('replication')}
            options={REPLICATIONS.map((value) => ({
              value,
              label: t(`rep.${value}`),
              disabled: !isIn(version, value),
              ...(!isIn(version, value) && { hint: '5.x' }),
            }))}
            value={replication}
            onChange={(next) => setWanted({ ...wanted, replication: next, copies: COPIES[next] })}
            size="dense"
          />
          <p className={styles.note}>{t(`repMeans.${replication}`)}</p>
          {COUNTS.filter(([name]) => name !== 'controllers' || replication === 'controller').map(
            ([name, min, max]) => (
              <Count
                key={name}
                label={t(`count.${name}`)}
                value={wanted[name]}
                min={min}
                max={max}
                onChange={(count) => setWanted({ ...wanted, [name]: count })}
              />
            ),
          )}
          <span>{t('disk')}</span>
          <Select<Disk>
            label={t('disk')}
            options={[
              { value: 'large', label: t('disk.large') },
              { value: 'small', label: t('disk.small') },
            ]}
            value={wanted.disk}
            onChange={(disk) => setWanted({ ...wanted, disk })}
            size="dense"
          />
          <Button type="submit" variant="primary">
            {t('build')}
          </Button>
          <p className={styles.note}>{t('buildReplaces')}</p>
        </form>
      )}
    </Section>
  );
}

function useScenarios() {
  return { t: useText(scenarios).t, texts: scenarios.texts };
}

interface CountProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

/** A small number: only those that make sense can be chosen. */
function Count({ label, value, min, max, onChange }: CountProps) {
  const options = Array.from({ length: max - min + 1 }, (_, i) => ({
    value: `${min + i}`,
    label: `${min + i}`,
  }));
  return (
    <>
      <span>{label}</span>
      <Select
        label={label}
        options={options}
        value={`${value}`}
        onChange={(next) => onChange(Number(next))}
        size="dense"
        mono
      />
    </>
  );
}
