import type { ReactNode } from 'react';
import { cx } from '../cx';
import { Icon } from '../icons/Icon';
import type { IconName } from '../icons/icon-shapes';
import { AgeBar } from '../kit/AgeBar';
import { Chip } from '../kit/Chip';
import { Belief, Stamp } from '../kit/Stamp';
import { CommitLogStrip } from '../log-strip/CommitLogStrip';
import { SlaveStrip } from '../log-strip/SlaveStrip';
import type { LogColumn } from '../log-strip/strip-layout';
import { QueueLane, QueueLaneHeader } from '../queue-lane/QueueLane';
import { Timeline } from '../timeline/Timeline';
import type { TimelineMark } from '../timeline/timeline-layout';
import styles from './gallery.module.css';
import type { Say } from './say';

/** Columns with `disk` of them flushed, `slave` replicated and the last `lost` gone. */
function columns(count: number, disk: number, slave: number, lost = 0, memGone = false): LogColumn[] {
  return Array.from({ length: count }, (_, i) => ({
    mem: memGone ? 'none' : i < disk ? 'calm' : 'volatile',
    disk: i < disk,
    slave: i < slave,
    lost: i >= count - lost,
  }));
}

const aLive = columns(26, 19, 25);
const bDead = columns(26, 15, 23, 3, true);

export function LogsPage({ say }: { readonly say: Say }) {
  return (
    <div className={styles.columns}>
      <div className={styles.stack}>
        <Card
          icon="master"
          name="broker-a"
          does={say('master brokerId 0', '主 brokerId 0')}
          head={
            <>
              <Chip>ASYNC_FLUSH</Chip>
              <Chip>ASYNC_MASTER</Chip>
            </>
          }
        >
          <CommitLogStrip
            columns={aLive}
            hasOlder
            appendedBytes={1_832_488}
            flushedBytes={1_824_060}
            replicatedBytes={1_831_284}
            undurableCount={7}
            slaveOnlyCount={0}
            lostCount={0}
            selectedColumn={24}
            onPickColumn={() => {}}
          />
          <div className={styles.rule} />
          <QueueLaneHeader />
          <QueueLane name="q0" min={0} max={398} groups={[{ label: 'C1', ordinal: 1, committed: 396 }]} />
          <QueueLane name="q1" min={0} max={372} groups={[{ label: 'C1', ordinal: 1, committed: 372 }]} />
          <QueueLane name="q2" min={0} max={381} groups={[{ label: 'C1', ordinal: 1, committed: 380 }]} />
          <QueueLane name="q3" min={0} max={371} groups={[{ label: 'C2', ordinal: 2, committed: 347 }]} />
        </Card>
        <Card icon="slave" name="broker-a" does={say('slave brokerId 1', '从 brokerId 1')}>
          <SlaveStrip
            columns={aLive.map((_, i) => (i < 20 ? 'disk' : i < 25 ? 'unflushed' : 'none'))}
            hasOlder
            replicatedBytes={1_831_284}
          />
        </Card>
        <Card
          dead="power"
          icon="power"
          name="broker-b"
          does={say('master brokerId 0', '主 brokerId 0')}
          head={
            <>
              <Stamp>{say('POWER LOST 71.9 s', '断电 71.9 s')}</Stamp>
              <Belief leftShare={87 / 120}>
                {say('believed alive ·', '仍被认为存活 ·')}
                <strong>{say('87 s', '剩 87 s')}</strong>
                {say('left', '')}
              </Belief>
            </>
          }
        >
          <CommitLogStrip
            columns={bDead}
            hasOlder
            appendedBytes={1_731_352}
            flushedBytes={1_718_108}
            replicatedBytes={1_727_740}
            undurableCount={0}
            slaveOnlyCount={8}
            lostCount={3}
            dead="power"
          />
          <div className={styles.rule} />
          <QueueLaneHeader dead />
          <QueueLane
            dead
            name="q0"
            min={0}
            max={352}
            groups={[{ label: 'C2', ordinal: 2, committed: 341, assignment: 'failing' }]}
            lostOffsets={[351]}
            selectedOffset={351}
            onPickOffset={() => {}}
          />
          <QueueLane
            dead
            name="q2"
            min={0}
            max={402}
            groups={[{ label: 'C3', ordinal: 3, committed: 391, assignment: 'failing' }]}
            lostOffsets={[400, 401]}
          />
        </Card>
        <Card icon="slave" name="broker-b" does={say('slave brokerId 1', '从 brokerId 1')}>
          <SlaveStrip
            columns={bDead.map((_, i) => (i < 16 ? 'disk' : i < 23 ? 'unflushed' : 'none'))}
            hasOlder
            replicatedBytes={1_727_740}
          />
        </Card>
      </div>
      <MoreLogs say={say} />
      <section className={`${styles.block} ${styles.wide}`}>
        <h2>{say('Timeline', '时间线')}</h2>
        <div style={{ background: 'var(--c-surface)', padding: '0 12px', margin: '0 -24px' }}>
          <SampleTimeline say={say} />
        </div>
      </section>
    </div>
  );
}

function MoreLogs({ say }: { readonly say: Say }) {
  return (
    <div className={styles.stack}>
      <Card
        icon="master"
        name={say('kill -9', 'kill -9')}
        does={say('the page cache stays', '页缓存还在')}
        dead="process"
      >
        <CommitLogStrip
          columns={columns(12, 5, 8)}
          appendedBytes={14_448}
          flushedBytes={6_020}
          replicatedBytes={9_632}
          undurableCount={7}
          slaveOnlyCount={0}
          lostCount={0}
          dead="process"
        />
      </Card>
      <Card
        icon="disk"
        name={say('disk lost', '磁盘损毁')}
        does={say('nothing stays here', '本机一无所剩')}
        dead="power"
      >
        <CommitLogStrip
          columns={columns(18, 12, 16, 2, true).map((column) => ({ ...column, disk: false }))}
          appendedBytes={21_672}
          flushedBytes={14_448}
          replicatedBytes={19_264}
          undurableCount={0}
          slaveOnlyCount={16}
          lostCount={2}
          dead="disk"
        />
      </Card>
      <Card icon="master" name="SYNC_FLUSH" does={say('the reply waits at the disk', '应答等在磁盘处')}>
        <CommitLogStrip
          columns={columns(26, 24, 22)}
          hasOlder
          messagesPerColumn={8}
          appendedBytes={250_432}
          flushedBytes={231_168}
          replicatedBytes={211_904}
          undurableCount={16}
          slaveOnlyCount={0}
          lostCount={0}
          replyWaitsAt="disk"
        />
      </Card>
      <Card icon="disk" name={say('disk full, no slave', '磁盘写满，无从节点')} does="">
        <CommitLogStrip
          columns={columns(10, 6, 0)}
          appendedBytes={12_040}
          flushedBytes={7_224}
          replicatedBytes={null}
          undurableCount={4}
          slaveOnlyCount={0}
          lostCount={0}
          diskFull
        />
      </Card>
      <Card
        icon="list"
        name={say('lanes', '队列')}
        does={say('two and three groups, a bar, nothing yet', '两个和三个消费组、堆积条、空队列')}
      >
        <QueueLaneHeader />
        <QueueLane
          name="q4"
          min={0}
          max={420}
          groups={[
            { label: 'C1', ordinal: 1, committed: 404 },
            { label: 'C4', ordinal: 4, committed: 413 },
          ]}
        />
        <QueueLane
          name="q8"
          min={0}
          max={420}
          groups={[
            { label: 'C1', ordinal: 1, committed: 404 },
            { label: 'C2', ordinal: 2, committed: 415 },
            { label: 'C3', ordinal: 3, committed: 420 },
          ]}
        />
        <QueueLane
          name="q5"
          min={1_200}
          max={9_610}
          groups={[{ label: 'C5', ordinal: 5, committed: 7_402 }]}
          lostOffsets={[9_200, 9_201, 9_609]}
        />
        <QueueLane name="q6" min={0} max={0} groups={[{ label: 'C6', ordinal: 6, committed: 0 }]} />
        <QueueLane
          name="q7"
          min={0}
          max={12}
          groups={[{ label: 'C6', ordinal: 6, committed: 0 }]}
          numerals={false}
        />
      </Card>
      <Card icon="registry" name="ns-1" does="NameServer">
        {[5.5, 4.1, 33, 118].map((seconds) => (
          <div key={seconds} className={styles.row} style={{ gap: 8, height: 13 }}>
            <AgeBar label="broker-a 0" ageUs={seconds * 1_000_000} />
            <span style={{ font: '400 10.5px var(--font-mono)' }}>{seconds.toFixed(1)} s</span>
          </div>
        ))}
      </Card>
    </div>
  );
}

interface CardProps {
  readonly icon: IconName;
  readonly name: string;
  readonly does: string;
  readonly head?: ReactNode;
  readonly dead?: 'process' | 'power';
  readonly children: ReactNode;
}

function Card({ icon, name, does, head, dead, children }: CardProps) {
  return (
    <div className={cx(styles.card, dead && styles.deadCard, dead === 'power' && styles.dashed)}>
      <div className={styles.cardHead}>
        <Icon name={icon} size={14} />
        <b>{name}</b>
        <small>{does}</small>
        {head}
      </div>
      {children}
    </div>
  );
}

function SampleTimeline({ say }: { readonly say: Say }) {
  const at = (px: number) => px / 1416;
  const mark = (
    px: number,
    kind: TimelineMark['kind'],
    label: string,
    more: Partial<TimelineMark> = {},
  ): TimelineMark => ({ id: `${kind}-${px}`, kind, label, atUs: px * 1_000, x: at(px), ...more });
  const fold = (from: number, to: number, seconds: number) => ({
    id: `fold-${from}`,
    fromX: at(from),
    toX: at(to),
    durationUs: seconds * 1_000_000,
  });
  const cached = { state: { mem: 'volatile' } } as const;
  return (
    <Timeline
      marks={[
        mark(90, 'rebalance', say('20.0 rebalance', '20.0 重平衡')),
        mark(184, 'fault', say('60.2 HA slow', '60.2 HA 变慢'), { icon: 'link-slow' }),
        mark(278, 'fault', say('68.0 backlog', '68.0 堆积'), { icon: 'backlog' }),
        mark(372, 'message', say('3 appended', '追加 3 条'), cached),
        mark(380, 'message', '', cached),
        mark(412, 'message', '', cached),
        mark(456, 'event', say('flush skipped', '跳过刷盘')),
        mark(494, 'message', '', cached),
        mark(544, 'kill', say('71.900 power loss', '71.900 断电')),
        mark(596, 'loss', say('3 lost', '丢失 3 条')),
        mark(704, 'event', say('74.9 timeouts', '74.9 超时')),
        mark(976, 'event', say('162.5 heartbeat expires', '162.5 心跳过期')),
        mark(1128, 'failover', say('165.0 ns-1 drops broker-b', '165.0 ns-1 移除 broker-b')),
        mark(1318, 'failover', say('182.5 P1 learns the new route', '182.5 P1 取到新路由')),
      ]}
      folds={[
        fold(20, 66, 20),
        fold(114, 160, 40),
        fold(208, 254, 7.8),
        fold(302, 348, 3.7),
        fold(622, 672, 2.9),
        fold(840, 924, 87),
        fold(1028, 1080, 2.5),
        fold(1184, 1246, 17.5),
      ]}
      playheadX={at(806)}
      atUs={75_500_000}
      range={{ fromUs: 0, toUs: 182_500_000 }}
      onScrub={() => {}}
      onStep={() => {}}
      onPickMark={() => {}}
    />
  );
}
