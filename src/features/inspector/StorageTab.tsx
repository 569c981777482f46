import type { QueueView, ReplicaGroupView, ReplicaView } from '../../engine/view';
import { formatNumber } from '../../ui/format/number';
import { EmptyState } from '../../ui/kit/Notice';
import { Section } from '../../ui/kit/Section';
import { Term } from '../../ui/kit/Term';
import { DetailTable } from './DetailTable';
import type { InspectorData } from './data';
import styles from './inspector.module.css';
import { useT, useTerms } from './texts';
import { useAnswer } from './use-answer';

/** Structures of a broker that belong to its storage: what the tables above them do not say already. */
const STORED = /^(ConsumerOffsetManager|consumerOffset|DefaultHAService|StoreCheckpoint|MappedFile)/;

/** What the selected broker group has stored, and how safely. */
export function StorageTab({ data }: { readonly data: InspectorData }) {
  const t = useT();
  const { groups } = data.view;
  const group = groups.find(({ replicas }) => replicas.some(({ id }) => id === data.process)) ?? groups[0];
  const chosen = group?.replicas.find(({ id }) => id === data.process) ?? group?.replicas[0];
  const answer = useAnswer<'node'>(chosen === undefined ? null : { kind: 'node', id: chosen.id }, data.step);
  if (group === undefined || chosen === undefined) return <EmptyState>{t('noBrokers')}</EmptyState>;
  const details = answer?.kind === 'node' ? answer.details : undefined;
  const sections =
    details?.sections.filter(({ source }) => source === undefined || STORED.test(source)) ?? [];
  return (
    <>
      <header className={styles.subject}>
        <h2>{group.id}</h2>
      </header>
      <Logs group={group} />
      <Queues group={group} />
      {sections.map((section) => (
        <DetailTable key={section.title.en} section={section} />
      ))}
    </>
  );
}

function Logs({ group }: { readonly group: ReplicaGroupView }) {
  const t = useT();
  const terms = useTerms();
  const { replicas } = group;
  const bytes = (of: (replica: ReplicaView) => number) =>
    replicas.map((replica) => formatNumber(of(replica)));
  const messages = (of: (replica: ReplicaView) => number, leaderOnly = false) =>
    replicas.map((replica) =>
      leaderOnly && replica.role === 'follower' ? '' : t('messagesCount', { count: of(replica) }),
    );
  const rows: readonly (readonly [key: string, name: React.ReactNode, cells: readonly string[]])[] = [
    [
      'appended',
      <Term key="t" definition={terms('pageCache')}>
        {t('appended')}
      </Term>,
      bytes(({ strip }) => strip.appendedBytes),
    ],
    [
      'flushed',
      <Term key="t" definition={terms('flush')}>
        {t('flushed')}
      </Term>,
      bytes(({ strip }) => strip.flushedBytes),
    ],
    [
      'replicated',
      <Term key="t" definition={terms('replication')}>
        {t('replicated')}
      </Term>,
      replicas.map(({ role, strip }) => (role === 'leader' ? formatNumber(strip.replicatedBytes) : '')),
    ],
    ['notFlushed', t('notFlushed'), messages(({ strip }) => strip.unflushed)],
    ['behind', t('behind'), messages(({ strip }) => strip.followerLag, true)],
    ['replicaOnly', t('replicaOnly'), messages(({ strip }) => strip.replicaOnly, true)],
    ['lost', t('lost'), messages(({ strip }) => strip.lost, true)],
    ['waitingFlush', t('waitingFlush'), messages(({ waitingFlush }) => waitingFlush, true)],
    ['waitingReplicas', t('waitingReplicas'), messages(({ waitingReplicas }) => waitingReplicas, true)],
  ];
  return (
    <Section title={<Term definition={terms('commitLog')}>CommitLog</Term>} aside={t('wordBytes')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('wordMark')}</th>
            {replicas.map(({ id }) => (
              <th key={id} scope="col" data-number>
                {id}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([key, name, cells]) => (
            <tr key={key} data-row={key}>
              <th scope="row">{name}</th>
              {cells.map((cell, i) => (
                <td key={replicas[i]?.id} data-number>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

const LAG_STRONG = 9;

/** A queue as one group stands in it. */
interface Line {
  readonly queue: QueueView;
  readonly position?: QueueView['positions'][number];
}

function Queues({ group }: { readonly group: ReplicaGroupView }) {
  const t = useT();
  const terms = useTerms();
  const lines = group.queues.flatMap((queue): readonly Line[] =>
    queue.positions.length === 0 ? [{ queue }] : queue.positions.map((position) => ({ queue, position })),
  );
  return (
    <Section
      title={<Term definition={terms('consumeQueue')}>ConsumeQueue</Term>}
      aside={<Term definition={terms('offset')}>{t('wordOffsets')}</Term>}
    >
      {lines.length === 0 ? (
        <p className={styles.note}>{t('noQueues')}</p>
      ) : (
        <div className={styles.scrollX}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('queue')}</th>
                <th scope="col">{t('group')}</th>
                <th scope="col" data-number>
                  {t('min')}
                </th>
                <th scope="col" data-number>
                  {t('committed')}
                </th>
                <th scope="col" data-number>
                  {t('max')}
                </th>
                <th scope="col" data-number>
                  <Term definition={terms('lag')}>{t('lag')}</Term>
                </th>
                <th scope="col" data-number>
                  {t('lost')}
                </th>
              </tr>
            </thead>
            <tbody>
              {lines.map(({ queue, position }) => {
                const lag = position === undefined ? undefined : queue.max - position.committed;
                return (
                  <tr key={`${queue.topic} ${queue.queueId} ${position?.group}`}>
                    <th scope="row">{`${queue.topic} q${queue.queueId}`}</th>
                    <td>{position?.group ?? '–'}</td>
                    <td data-number>{formatNumber(queue.min)}</td>
                    <td data-number>{position === undefined ? '–' : formatNumber(position.committed)}</td>
                    <td data-number>{formatNumber(queue.max)}</td>
                    <td data-number data-strong={(lag ?? 0) > LAG_STRONG || undefined}>
                      {lag === undefined ? '–' : formatNumber(lag)}
                    </td>
                    <td data-number data-lost={queue.lostOffsets.length > 0 || undefined}>
                      {formatNumber(queue.lostOffsets.length)}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}
