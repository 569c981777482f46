import { memo, useState } from 'react';
import type { ReplicaView } from '../../../engine/view';
import { Icon } from '../../../ui/icons/Icon';
import { Chip } from '../../../ui/kit/Chip';
import { Stamp } from '../../../ui/kit/Stamp';
import { CommitLogStrip } from '../../../ui/log-strip/CommitLogStrip';
import { STRIP } from '../../../ui/log-strip/strip-layout';
import { QueueLane, QueueLaneHeader } from '../../../ui/queue-lane/QueueLane';
import { useNow, useSelectedMessage, useSelectedProcess, useView } from '../cluster';
import { useGraphCalls } from '../graph-calls';
import type { CardBox, LaneBox } from '../layout';
import { electedWords, isDead, lookOf, replicaName, replicaSays } from '../process-words';
import { type T, useT } from '../use-t';
import { CardNames } from './CardNames';
import card from './card.module.css';
import { useDetail } from './detail';
import { laneGroups } from './lane-groups';
import { ProcessCard } from './ProcessCard';
import styles from './replica.module.css';
import { StateMarks } from './StateMarks';
import { deathOf, hasOlder, leaderColumns, rereadShare } from './strip-columns';

export interface LeaderCardProps {
  readonly group: string;
  readonly replica: ReplicaView;
  readonly box: CardBox;
  readonly lanes: readonly LaneBox[];
}

/** The process that takes the writes: its log with the copies of each message, and its queues. */
export const LeaderCard = memo(function LeaderCard({ group, replica, box, lanes }: LeaderCardProps) {
  const t = useT();
  const detail = useDetail();
  const nowUs = useNow(replica);
  const [hovered, setHovered] = useState(false);
  const pickable = useSelectedProcess() === replica.id || hovered;
  const dead = isDead(replica);
  return (
    <ProcessCard
      process={replica}
      box={box}
      says={replicaSays(replica, group, nowUs, t)}
      className={styles.replica}
      onHover={setHovered}
    >
      {detail === 'names' ? (
        <CardNames name={replicaName(replica, group)} process={replica} lost={replica.strip.lost} />
      ) : (
        <>
          <header className={card.head}>
            <Icon name={lookOf(replica) === 'power' ? 'power' : 'master'} size={14} />
            <span className={card.name}>{replicaName(replica, group)}</span>
            <span className={card.role} title={`${t('master')} brokerId ${replica.replica}`}>
              {t('master')} <span className={card.mono}>brokerId {replica.replica}</span>
            </span>
            <span className={card.end}>
              <StateMarks process={replica} believers={replica.believers} />
              {replica.state === 'up' && replica.diskFull && <Stamp icon="disk">{t('stampDiskFull')}</Stamp>}
              {replica.state === 'up' &&
                detail === 'full' &&
                chipsOf(replica, t).map((value) => <Chip key={value}>{value}</Chip>)}
            </span>
          </header>
          <div className={styles.body}>
            <LeaderLog replica={replica} nowUs={nowUs} pickable={pickable} />
            <div className={styles.queueRule} />
            <div className={styles.queueHead}>
              <QueueLaneHeader dead={dead} />
            </div>
            {lanes.map(({ lane, y }) =>
              'topic' in lane ? (
                <div key={lane.topic} className={styles.topic} style={{ top: y }}>
                  {lane.topic}
                </div>
              ) : (
                <div key={y} className={styles.lane} style={{ top: y }}>
                  <Lane queue={lane.queue} name={lane.name} group={group} dead={dead} pickable={pickable} />
                </div>
              ),
            )}
          </div>
        </>
      )}
    </ProcessCard>
  );
});

/**
 * The role of an elected leader is told by its epoch: its setting follows from it. One that has lost its quorum says
 * that in place of its settings.
 */
function chipsOf(replica: ReplicaView, t: T): readonly string[] {
  const { chips, elected } = replica;
  const settings = chips.filter(
    ({ key }) => elected === undefined || (key !== 'brokerRole' && !elected.alone),
  );
  return [...settings.map(({ value }) => value), ...electedWords(replica, t)];
}

interface LeaderLogProps {
  readonly replica: ReplicaView;
  readonly nowUs: number;
  /** Columns are tab stops of their own while the card is looked at; otherwise Tab goes on to the next process. */
  readonly pickable: boolean;
}

function LeaderLog({ replica, nowUs, pickable }: LeaderLogProps) {
  const { onPickMessage } = useGraphCalls();
  const selectedMessage = useSelectedMessage();
  const hasFollower = useView((view) =>
    view.groups.some(({ replicas }) => replicas.length > 1 && replicas.some(({ id }) => id === replica.id)),
  );
  const { strip } = replica;
  const shown = strip.columns.slice(-STRIP.columnsMax);
  const selected = shown.findIndex(({ message }) => message === selectedMessage);
  return (
    <CommitLogStrip
      columns={leaderColumns(shown)}
      hasOlder={hasOlder(strip.columns)}
      messagesPerColumn={strip.messagesPerColumn}
      appendedBytes={strip.appendedBytes}
      flushedBytes={strip.flushedBytes}
      replicatedBytes={hasFollower ? strip.replicatedBytes : null}
      undurableCount={strip.unflushed}
      slaveOnlyCount={strip.replicaOnly}
      lostCount={strip.lost}
      dead={deathOf(replica)}
      diskFull={replica.diskFull}
      numerals={useDetail() === 'full'}
      {...(replica.state === 'recovering' && { rereadShare: rereadShare(replica, nowUs) })}
      replyWaitsAt={replica.waitingFlush > 0 ? 'disk' : replica.waitingReplicas > 0 ? 'slave' : undefined}
      selectedColumn={selected < 0 ? undefined : selected}
      {...(pickable && {
        onPickColumn: (index: number) => {
          const column = shown[index];
          if (column) onPickMessage(column.message);
        },
      })}
    />
  );
}

interface LaneProps {
  readonly queue: number;
  readonly name: string;
  readonly group: string;
  readonly dead: boolean;
  readonly pickable: boolean;
}

/** One queue, which draws again only when its own numbers have changed. */
const Lane = memo(function Lane({ queue, name, group, dead, pickable }: LaneProps) {
  const { onPickMessage } = useGraphCalls();
  const selectedMessage = useSelectedMessage();
  const lane = useView((view) => {
    const found = view.groups.find(({ id }) => id === group)?.queues.find((other) => other.queue === queue);
    return found && { ...found, groups: laneGroups(found, view) };
  });
  const numerals = useDetail() === 'full';
  if (!lane) return null;
  const { min, max, groups, lostOffsets, tail } = lane;
  const tailFrom = max - tail.length;
  const selected = selectedMessage === null ? -1 : tail.indexOf(selectedMessage);
  return (
    <QueueLane
      name={name}
      min={min}
      max={max}
      groups={groups}
      lostOffsets={lostOffsets}
      dead={dead}
      numerals={numerals}
      selectedOffset={selected < 0 ? undefined : tailFrom + selected}
      {...(pickable && {
        onPickOffset: (offset: number) => {
          const message = tail[offset - tailFrom];
          if (message !== undefined) onPickMessage(message);
        },
      })}
    />
  );
});
