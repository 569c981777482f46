import { lazy, memo, Suspense } from 'react';
import type { ReplicaView, StripColumn } from '../../../engine/view';
import { Icon } from '../../../ui/icons/Icon';
import { SlaveStrip } from '../../../ui/log-strip/SlaveStrip';
import { useNow } from '../cluster';
import type { CardBox } from '../layout';
import { electedWords, lookOf, replicaName, replicaSays, roleWords } from '../process-words';
import { type T, useT } from '../use-t';
import { CardNames } from './CardNames';
import card from './card.module.css';
import { useDetail } from './detail';
import { ProcessCard } from './ProcessCard';
import styles from './replica.module.css';
import { StateMarks } from './StateMarks';
import { deathOf, followerColumns, hasOlder } from './strip-columns';

const CutOff = lazy(async () => ({ default: (await import('./CutOff')).CutOff }));

export interface FollowerCardProps {
  readonly group: string;
  readonly replica: ReplicaView;
  readonly leaderColumns: readonly StripColumn[];
  readonly box: CardBox;
}

/** A process that copies the log: one row, on the same columns as its leader. */
export const FollowerCard = memo(function FollowerCard(props: FollowerCardProps) {
  const { group, replica, leaderColumns, box } = props;
  const t = useT();
  const detail = useDetail();
  const columns = followerColumns(replica.strip.columns, leaderColumns);
  const { cut } = replica;
  return (
    <ProcessCard
      process={replica}
      box={box}
      says={replicaSays(replica, group, useNow(replica), t)}
      className={styles.replica}
    >
      {detail === 'names' ? (
        <CardNames name={replicaName(replica, group)} process={replica} />
      ) : (
        <>
          <header className={styles.followerHead}>
            <Icon name={lookOf(replica) === 'power' ? 'power' : 'slave'} size={14} />
            <span className={card.name}>{replicaName(replica, group)}</span>
            <span className={card.role} title={`${roleWords(replica, t)} brokerId ${replica.replica}`}>
              {roleWords(replica, t)} <span className={card.mono}>brokerId {replica.replica}</span>
            </span>
            <span className={card.end}>
              <StateMarks process={replica} believers={replica.believers} />
              {replica.state === 'up' && (
                <span className={styles.may}>{allowed(replica, columns.includes('unflushed'), t)}</span>
              )}
            </span>
          </header>
          <div className={styles.followerLog}>
            <SlaveStrip
              columns={columns}
              messagesPerColumn={replica.strip.messagesPerColumn}
              hasOlder={hasOlder(leaderColumns)}
              replicatedBytes={replica.strip.appendedBytes}
              dead={deathOf(replica)}
              numerals={detail === 'full' && cut === undefined}
            />
            <Suspense>{cut && <CutOff replica={replica} cut={cut} />}</Suspense>
          </div>
        </>
      )}
    </ProcessCard>
  );
});

/** What a follower may do now. */
function allowed(replica: ReplicaView, hatched: boolean, t: T): string {
  const { election, acting } = replica;
  return [
    ...(election ? [`${election.role}, term ${election.term}`] : []),
    ...electedWords(replica, t),
    ...(acting ? [t('acting')] : []),
    t(replica.servesReads ? 'readOnly' : 'noReads'),
    // What the hatching means stands in the legend, too; who leads stands here alone.
    ...(hatched && !election && !acting ? [t('hatched')] : []),
  ].join(' · ');
}
