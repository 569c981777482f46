import { memo } from 'react';
import type { ReplicaView } from '../../../engine/view';
import { formatDurationUs } from '../../../ui/format/number';
import { isDead } from '../process-words';
import { type T, useT } from '../use-t';
import { useDetail } from './detail';
import styles from './replica.module.css';

export interface JointProps {
  readonly leader: ReplicaView;
  readonly follower: ReplicaView;
  /** Where the follower's card begins. */
  readonly bottom: number;
}

/** Between two cards of a group: the spine that joins them and the link in words. */
export const Joint = memo(function Joint({ leader, follower, bottom }: JointProps) {
  const t = useT();
  const detail = useDetail();
  const broken = isDead(leader) || isDead(follower);
  return (
    <div className={styles.joint} style={{ top: bottom }} data-broken={broken || undefined}>
      {detail === 'full' && <span>{feedWords(follower, t)}</span>}
    </div>
  );
});

/** How the follower is fed, with the lag in words. */
function feedWords({ feed }: ReplicaView, t: T): string {
  if (!feed) return t('haLink');
  const messages = t('messages', { count: feed.lagMessages });
  return [
    feed.latencyUs > 0 ? `${t('haLink')} ${formatDurationUs(feed.latencyUs)}` : t('haLink'),
    feed.lagMessages === 0
      ? t(feed.connected ? 'inStep' : 'notConnected')
      : t(feed.connected ? 'behind' : 'stoppedShort', { messages }),
  ].join(' · ');
}
