import type { NodeDetails } from '../../engine/details';
import type { ClusterView, RegistryView } from '../../engine/view';
import { formatAgeUs, formatDurationUs } from '../../ui/format/number';
import { queueNames } from '../../ui/format/queue-names';
import { AgeBar } from '../../ui/kit/AgeBar';
import { type Property, PropertyTable, Section } from '../../ui/kit/Section';
import { Belief } from '../../ui/kit/Stamp';
import { Term } from '../../ui/kit/Term';
import styles from './inspector.module.css';
import { type T, useT, useTerms } from './texts';

interface BeliefsProps {
  readonly details: NodeDetails;
  readonly view: ClusterView;
}

/** What others take for true of a broker, or what a client or NameServer takes for true of others. */
export function Beliefs({ details, view }: BeliefsProps) {
  const t = useT();
  const terms = useTerms();
  const { id } = details.process;
  const title = (text: string) => <Term definition={terms('belief')}>{text}</Term>;
  const heartbeat = <Term definition={terms('heartbeat')}>{t('heartbeatAge')}</Term>;
  const registry = view.registries.find((each) => each.id === id);
  if (registry) {
    return (
      <Section title={title(t('ownBeliefs'))} aside={heartbeat}>
        <Rows rows={registry.rows.map((row) => [row.process, row] as const)} />
      </Section>
    );
  }
  if (details.kind === 'broker') {
    return (
      <Section title={title(t('beliefs'))} aside={heartbeat}>
        <OfBroker id={id} view={view} />
      </Section>
    );
  }
  return (
    <Section title={title(t('ownBeliefs'))}>
      <PropertyTable rows={ofClient(id, view, t)} />
    </Section>
  );
}

type RegistryRow = RegistryView['rows'][number];

function Rows({ rows }: { readonly rows: readonly (readonly [name: string, row: RegistryRow])[] }) {
  const t = useT();
  return (
    <ul className={styles.beliefs}>
      {rows.map(([name, row]) => (
        <li key={name}>
          <span>{name}</span>
          <AgeBar label={name} ageUs={row.ageUs} limitUs={row.limitUs} />
          <span className={styles.end}>{formatAgeUs(row.ageUs)}</span>
          {!row.true && <Alive leftUs={row.limitUs - row.ageUs} limitUs={row.limitUs} />}
        </li>
      ))}
      {rows.length === 0 && <li className={styles.note}>{t('nobody')}</li>}
    </ul>
  );
}

function Alive({ leftUs, limitUs }: { readonly leftUs: number; readonly limitUs: number }) {
  const t = useT();
  const left = formatDurationUs(Math.max(0, leftUs));
  return (
    <span className={styles.whole}>
      <Belief leftShare={leftUs / limitUs}>{t('believedAlive', { left })}</Belief>
    </span>
  );
}

function OfBroker({ id, view }: { readonly id: string; readonly view: ClusterView }) {
  const t = useT();
  const listed = view.registries.flatMap((registry) =>
    registry.rows.filter((row) => row.process === id).map((row) => [registry.id, row] as const),
  );
  const replica = view.groups.flatMap(({ replicas }) => replicas).find((each) => each.id === id);
  const registries = new Set(view.registries.map((registry) => registry.id));
  const others = replica?.believers.filter(({ by }) => !registries.has(by)) ?? [];
  return (
    <>
      {listed.length === 0 ? <p className={styles.note}>{t('nobodyKnows')}</p> : <Rows rows={listed} />}
      {others.length > 0 && (
        <ul className={styles.beliefs}>
          {others.map(({ by, leftUs, limitUs }) => (
            <li key={by}>
              <span>{by}</span>
              <Alive leftUs={leftUs} limitUs={limitUs} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function ofClient(id: string, view: ClusterView, t: T): readonly Property[] {
  const producer = view.clients.find((each) => each.id === id);
  if (producer) {
    const waiting = producer.waiting.map(({ on, count }) => `${on} ${count}`).join(', ');
    return [
      { name: t('wouldSendTo'), value: producer.targets.join(', ') || t('nobody') },
      { name: t('waitsFor'), value: waiting || t('nobody') },
      { name: <RouteTerm />, value: t('routeOld', { age: formatAgeUs(producer.routeAgeUs) }) },
    ];
  }
  const consumer = view.consumerGroups.flatMap(({ consumers }) => consumers).find((each) => each.id === id);
  const sources = new Map<string, boolean>();
  for (const { from, failing } of consumer?.queues ?? [])
    sources.set(from, failing || (sources.get(from) ?? false));
  const names = [...sources].map(([name, failing]) => (failing ? t('pullFails', { name }) : name));
  const held = new Map<string, number[]>();
  for (const { replicaGroup, queueId } of consumer?.queues ?? [])
    held.set(replicaGroup, [...(held.get(replicaGroup) ?? []), queueId]);
  const queues = [...held].map(([group, ids]) => `${group} ${queueNames(ids)}`);
  return [
    { name: <RebalanceTerm />, value: queues.join(' · ') || t('nobody') },
    {
      name: t('pullsFrom'),
      value: names.join(' · ') || t('nobody'),
      strong: [...sources.values()].includes(true),
    },
  ];
}

function RouteTerm() {
  const t = useT();
  const terms = useTerms();
  return <Term definition={terms('route')}>{t('route')}</Term>;
}

function RebalanceTerm() {
  const t = useT();
  const terms = useTerms();
  return <Term definition={terms('rebalance')}>{t('queuesHeld')}</Term>;
}
