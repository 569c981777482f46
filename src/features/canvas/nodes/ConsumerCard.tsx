import { memo } from 'react';
import type { ConsumerView } from '../../../engine/view';
import { ConsumerChip } from '../../../ui/consumer/ConsumerChip';
import { consumerInk, hasDoubleRibbon } from '../../../ui/consumer/consumer-ink';
import { cx } from '../../../ui/cx';
import { formatDurationUs, formatShort } from '../../../ui/format/number';
import { queueNames } from '../../../ui/format/queue-names';
import { useNow, useView } from '../cluster';
import { type CardBox, SIZE } from '../layout';
import { shortNames } from '../names';
import { consumerSays, failingGroups, offsetInShort, offsetWords } from '../process-words';
import { type T, useT } from '../use-t';
import { CachedMessages } from './CachedMessages';
import { CardNames } from './CardNames';
import card from './card.module.css';
import styles from './consumer.module.css';
import { useDetail } from './detail';
import { ProcessCard } from './ProcessCard';
import { StateMarks } from './StateMarks';

/** A consumer: its queues, what its handler takes, what it has fetched and how old its saved offset is. */
export const ConsumerCard = memo(function ConsumerCard({
  group,
  box,
}: {
  readonly group: string;
  readonly box: CardBox;
}) {
  const t = useT();
  const detail = useDetail();
  const consumer = useView((view) =>
    view.consumerGroups.find(({ id }) => id === group)?.consumers.find(({ id }) => id === box.process),
  );
  const names = useView((view) => [...shortNames(view.groups.map(({ id }) => id))]);
  const nowUs = useNow(consumer);
  if (!consumer || !names) return null;
  const short = new Map(names);
  const { ordinal } = consumer;
  const failing = failingGroups(consumer).map((id) => short.get(id) ?? id);
  const compact = box.height < SIZE.consumerHeight;
  const dense = box.height < SIZE.consumerHeightCompact;
  const held = heldQueues(consumer, short);
  const allFail = consumer.queues.length > 0 && consumer.queues.every((queue) => queue.failing);
  return (
    <ProcessCard
      process={consumer}
      box={box}
      says={consumerSays(consumer, nowUs, t)}
      className={cx(
        styles.card,
        hasDoubleRibbon(ordinal) && styles.double,
        compact && styles.compact,
        dense && styles.dense,
      )}
      style={{ '--ink': consumerInk(ordinal) } as React.CSSProperties}
    >
      {detail === 'names' ? (
        <CardNames name={consumer.label} process={consumer} />
      ) : (
        <>
          <header className={styles.top}>
            <ConsumerChip label={consumer.label} ordinal={ordinal} />
            {dense && (
              <span className={styles.held} title={held}>
                {held}
              </span>
            )}
            <span className={cx(card.numeral, styles.rate, consumer.ratePerSecond === 0 && card.strong)}>
              {consumer.paused ? t('paused') : `${formatShort(consumer.ratePerSecond)} ${t('perSecond')}`}
            </span>
          </header>
          {!dense && <p className={styles.queues}>{held || <span>{t('noQueues')}</span>}</p>}
          {consumer.state === 'up' ? (
            <p className={cx(styles.handler, failing.length > 0 && card.strong)}>
              {failing.length > 0
                ? t('pullFails', { names: failing.join(', ') })
                : dense && held === ''
                  ? t('noQueues')
                  : t('handler', { time: formatDurationUs(consumer.processingUs) })}
              {dense && consumer.cached > 0 && (
                <span className={styles.more} title={`ProcessQueue ${formatShort(consumer.cached)}`}>
                  {t('moreCached', { count: consumer.cached })}
                </span>
              )}
            </p>
          ) : (
            <p className={styles.handler}>
              <StateMarks process={consumer} narrow />
            </p>
          )}
          {!dense && (
            <div className={styles.fetched}>
              {!compact && (
                <p className={card.line}>
                  <span className={card.quiet}>ProcessQueue</span>
                  <span className={cx(card.mono, card.quiet, card.numeral)}>
                    {formatShort(consumer.cached)}
                  </span>
                </p>
              )}
              {consumer.cached > 0 ? (
                <CachedMessages
                  cached={consumer.cached}
                  running={consumer.running}
                  squaresMax={compact ? 2 : 7}
                />
              ) : (
                <p className={styles.empty}>{t('empty')}</p>
              )}
              <Saved consumer={consumer} stuck={allFail} compact={compact} t={t} />
            </div>
          )}
        </>
      )}
    </ProcessCard>
  );
});

function Saved({
  consumer,
  stuck,
  compact,
  t,
}: {
  readonly consumer: ConsumerView;
  readonly stuck: boolean;
  readonly compact: boolean;
  readonly t: T;
}) {
  if (stuck) return <p className={cx(styles.saved, styles.stuck)}>{t('offsetStuck')}</p>;
  const words = offsetWords(consumer, t);
  return compact ? (
    <p className={styles.saved} title={words}>
      {offsetInShort(consumer, t)}
    </p>
  ) : (
    <p className={styles.saved}>{words}</p>
  );
}

/** `a·q0 q1 q2  b·q0`; without the group where there is only one. */
function heldQueues(consumer: ConsumerView, short: ReadonlyMap<string, string>): string {
  const byGroup = new Map<string, number[]>();
  for (const { replicaGroup, queueId } of consumer.queues) {
    byGroup.set(replicaGroup, [...(byGroup.get(replicaGroup) ?? []), queueId]);
  }
  return [...byGroup]
    .map(([group, ids]) => (short.size > 1 ? `${short.get(group) ?? group}·` : '') + queueNames(ids))
    .join('\u2002');
}
