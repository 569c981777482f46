import { useState } from 'react';
import type { NodeDetails } from '../../engine/details';
import type { ProcessView } from '../../engine/view';
import { cx } from '../../ui/cx';
import { formatTimeUs } from '../../ui/format/number';
import { Icon } from '../../ui/icons/Icon';
import type { IconName } from '../../ui/icons/icon-shapes';
import { Button } from '../../ui/kit/Button';
import { EmptyState } from '../../ui/kit/Notice';
import { type Property, PropertyTable, Section } from '../../ui/kit/Section';
import { Stamp } from '../../ui/kit/Stamp';
import { Beliefs } from './Beliefs';
import { DetailTable } from './DetailTable';
import type { InspectorData } from './data';
import { NothingSelected } from './Empty';
import styles from './inspector.module.css';
import { Lately } from './Lately';
import { type T, useT } from './texts';
import { useAnswer } from './use-answer';
import { Waiting } from './Waiting';

/** One process: its state, what it and others believe, its configuration, its tables as the real node has them. */
export function NodeTab({ data }: { readonly data: InspectorData }) {
  const t = useT();
  const { process } = data;
  const answer = useAnswer<'node'>(process === null ? null : { kind: 'node', id: process }, data.step);
  if (process === null) return <NothingSelected />;
  if (answer?.kind !== 'node') return <Waiting answer={answer} />;
  if (answer.details === undefined) return <EmptyState>{t('noSuchNode')}</EmptyState>;
  return <Details details={answer.details} data={data} />;
}

function Details({ details, data }: { readonly details: NodeDetails; readonly data: InspectorData }) {
  const t = useT();
  const { process, sections } = details;
  const replica = data.view.groups.flatMap(({ replicas }) => replicas).find(({ id }) => id === process.id);
  const consumer = data.view.consumerGroups
    .flatMap(({ consumers }) => consumers)
    .find(({ id }) => id === process.id);
  const [icon, role] = roleOf(details.kind, replica?.role, t);
  return (
    <>
      <header className={styles.subject}>
        <Icon name={icon} size={22} />
        <div>
          <h2>
            {consumer && consumer.label !== process.id ? `${consumer.label} ${process.id}` : process.id}
          </h2>
          <p>{role}</p>
        </div>
        <State process={process} />
      </header>
      <Section title={t('node')}>
        <PropertyTable rows={factsOf(details, data, t)} />
      </Section>
      <Lately process={process} data={data} />
      <Beliefs details={details} view={data.view} />
      <Configuration key={process.id} config={details.config} />
      {sections.map((section) => (
        <DetailTable key={section.title.en} section={section} />
      ))}
    </>
  );
}

function roleOf(
  kind: NodeDetails['kind'],
  replica: 'leader' | 'follower' | undefined,
  t: T,
): readonly [IconName, string] {
  if (kind === 'nameserver') return ['registry', t('roleNameserver')];
  if (kind === 'controller') return ['registry', t('roleController')];
  if (kind === 'producer') return ['producer', t('roleProducer')];
  if (kind === 'consumer') return ['consumer', t('roleConsumer')];
  return replica === 'follower' ? ['slave', t('roleSlave')] : ['master', t('roleMaster')];
}

const STATES = {
  up: 'stateUp',
  starting: 'stateStarting',
  recovering: 'stateRecovering',
  stopping: 'stateStopping',
  frozen: 'stateFrozen',
  down: 'stateDown',
} as const;

const DEATHS = {
  process: ['diedProcess', 'kill'],
  power: ['diedPower', 'power'],
  disk: ['diedDisk', 'disk'],
  shutdown: ['diedShutdown', 'none'],
} as const;

function State({ process }: { readonly process: ProcessView }) {
  const t = useT();
  const { state, failure, sinceUs } = process;
  if (state === 'up') return <span className={styles.end}>{t('stateUp')}</span>;
  const time = formatTimeUs(sinceUs, 1);
  const [what, icon] = state === 'down' && failure ? DEATHS[failure] : [STATES[state], undefined];
  return <Stamp {...(icon && { icon })}>{t('sinceTime', { what: t(what), time })}</Stamp>;
}

function factsOf({ process }: NodeDetails, { view }: InspectorData, t: T): readonly Property[] {
  const rows: Property[] = [];
  if (process.untilUs !== undefined) {
    rows.push({
      name: t(STATES[process.state]),
      value: t('untilTime', { time: formatTimeUs(process.untilUs, 1) }),
    });
  }
  rows.push({ name: t('host'), value: process.host });
  const replica = view.groups.flatMap(({ replicas }) => replicas).find(({ id }) => id === process.id);
  if (replica) {
    rows.push({ name: t('servesReads'), value: t(replica.servesReads ? 'yes' : 'no') });
    rows.push(
      { name: t('cpu'), value: percent(replica.cpu) },
      { name: t('disk'), value: percent(replica.disk) },
    );
  }
  const client = view.clients.find(({ id }) => id === process.id);
  if (client) rows.push({ name: t('group'), value: client.group }, { name: t('topic'), value: client.topic });
  const group = view.consumerGroups.find(({ consumers }) => consumers.some(({ id }) => id === process.id));
  if (group)
    rows.push({ name: t('group'), value: group.id }, { name: t('topic'), value: group.topics.join(', ') });
  return rows;
}

const percent = (share: number) => `${Math.round(100 * share)} %`;

function Configuration({ config }: { readonly config: NodeDetails['config'] }) {
  const t = useT();
  const [all, setAll] = useState(false);
  const changed = config.filter((row) => row.changed);
  const shown = all ? config : changed;
  return (
    <Section
      title={t('config')}
      aside={changed.length === 0 ? t('configDefault') : t('configChanged', { count: changed.length })}
    >
      <dl className={styles.config}>
        {shown.map((row) => (
          <div key={row.key} className={cx(row.changed && styles.changed)}>
            <dt>{row.key}</dt>
            <dd>{String(row.value)}</dd>
          </div>
        ))}
      </dl>
      <Button size="dense" onClick={() => setAll(!all)}>
        {all ? t('showChanged') : t('showAllKeys', { count: config.length })}
      </Button>
    </Section>
  );
}
