import { describe, expect, it } from 'vitest';
import { isExpired } from '../../../model/ledger';
import { verdictOnMessage } from '../../../report/message';
import type { BrokerConfig } from '../../../scenario/config';
import { group } from '../dledger/dledger.fixture';
import { Code } from '../protocol';
import { replicaGroupViews } from '../view/replica-groups';
import { Cluster, type ClusterOptions, MASTER, pair, SLAVE } from './broker.fixture';
import { diskFreed, diskFull, fileDeletedForSpace, fileExpired } from './recovery-kinds';
import { hourAt } from './retention';
import { consumeQueueOf, maxOffsetOf, minOffsetOf } from './store-state';

const S = 1_000_000;
const HOUR = 3_600 * S;

/** Ten messages fill a file. */
const cluster = (config: Partial<BrokerConfig> = {}, more: ClusterOptions = {}) =>
  new Cluster({ ...more, brokers: { 'broker-a:0': { mappedFileSizeCommitLog: 12_000, ...config } } }).start();

describe('retention by age', () => {
  it('[BR-24] virtual time begins at 04:00', () => {
    expect([0, HOUR - 1, HOUR, 19 * HOUR, 20 * HOUR, -1, -5 * HOUR].map(hourAt)).toEqual([
      4, 4, 5, 23, 0, 3, 23,
    ]);
  });

  it('[BR-24] [BR-8] 10 messages an hour, a file an hour: after 96 h those of the first 23 h are gone within 30 s, unread', () => {
    const run = cluster();
    for (let hour = 0; hour < 96; hour++) run.stream(hour * HOUR + 60 * S, (hour + 1) * HOUR, 360 * S);
    run.run(96 * HOUR - 1);
    // The first file was ended at 05:01, when the second began: after the hour of deletion on day 3.
    expect(run.broker().store.log.first).toBe(0);
    run.run(96 * HOUR + 30 * S);
    expect(run.broker().store.log.first).toBe(230);
    expect(run.broker().store.log.startPhys).toBe(23 * 12_000);
    const expired = Array.from({ length: 960 }, (_, message) => isExpired(run.sim.state.ledger, message));
    expect(expired.filter(Boolean)).toHaveLength(230);
    expect(expired.indexOf(false)).toBe(230);
    expect(verdictOnMessage(run as never, 0)).toBe('expired');
    const queue = consumeQueueOf(run.sim, run.broker(), 'Orders', 0);
    expect([minOffsetOf(queue), maxOffsetOf(queue)]).toEqual([58, 240]);
    // Ten files a run, 100 ms apart.
    const times = run
      .entries(fileExpired)
      .map((entry) => entry.timeUs - 96 * HOUR)
      .filter((us) => us >= 0);
    expect(times.slice(0, 3)).toEqual([0, 100_000, 200_000]);
    expect(times).toHaveLength(23);
  });

  it('[BR-24] nothing goes in another hour, nor before 72 h', () => {
    const run = cluster();
    run.stream(60 * S, HOUR, 60 * S);
    run.run(72 * HOUR);
    expect(run.count(fileExpired)).toBe(0);
    const later = cluster({ deleteWhen: '05;17' });
    later.stream(60 * S, HOUR, 60 * S);
    later.run(90 * HOUR);
    // 05:00 of day 3 is 73 h behind the start.
    expect(hourAt(later.entries(fileExpired)[0]?.timeUs ?? 0)).toBe(5);
  });

  it('[BR-24] the last file never goes, and a 1 GiB file that is not full is the last', () => {
    const run = cluster({ mappedFileSizeCommitLog: 1_073_741_824 });
    run.stream(60 * S, HOUR, 60 * S);
    run.run(120 * HOUR);
    expect(run.broker().store.log.first).toBe(0);
  });
});

describe('what a file system says of a file', () => {
  const ALWAYS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0')).join(';');
  const config = { mappedFileSizeCommitLog: 12_000, deleteWhen: ALWAYS, fileReservedTime: 10 };

  it('[BR-24] a file is written last when the next one begins: its blank record comes then', () => {
    const run = cluster(config);
    run.stream(60 * S, HOUR, 360 * S);
    run.send(20 * HOUR);
    run.run(30 * HOUR - 1);
    expect(run.count(fileExpired)).toBe(0);
    run.run(30 * HOUR + 10 * S);
    expect(run.count(fileExpired)).toBe(1);
  });

  it('[BR-24] a slave keeps its files by when it copied them, not by when its master stored the messages', () => {
    const run = pair(config, { slave: config });
    run.stream(60 * S, 3 * HOUR, 360 * S);
    run.run(HOUR / 2).kill(SLAVE, 'process');
    run
      .run(5 * HOUR)
      .restart(SLAVE)
      .run(13 * HOUR);
    const first = (id: string) => run.broker(id).store.log.first;
    expect([first(MASTER), first(SLAVE)]).toEqual([20, 0]);
    run.run(15 * HOUR);
    expect(first(SLAVE)).toBe(0);
    run.run(15 * HOUR + 60 * S);
    expect([first(MASTER), first(SLAVE)]).toEqual([20, 20]);
    // What is gone needs no memory: the last file has its own time.
    expect(run.broker(SLAVE).store.disk.begunUs.size).toBe(0);
  });

  it('[BR-24] a DLedger node keeps them an hour longer', () => {
    const run = group({
      config: { ...config, fileReservedTime: 1 },
      producer: { ratePerSecond: 1, messages: 25 },
    });
    const gone = () => run.nodes.map(({ store }) => store.log.first > 0);
    run.until(7_200_000);
    expect(gone()).toEqual([false, false, false]);
    run.until(7_260_000);
    expect(gone()).toEqual([true, true, true]);
  });
});

describe('retention by space', () => {
  const tight = (messages: number, config: Partial<BrokerConfig> = {}) => {
    const run = cluster(
      { fileReservedTime: 72, deleteWhen: '12', ...config },
      { env: { diskCapacityBytes: 120_000 } },
    );
    run.stream(S, S + messages * 100_000, 100_000);
    return run;
  };

  it('[BR-24] above 75 % it does not wait for the hour, and still keeps what is younger than 72 h', () => {
    const run = tight(79);
    run.run(80 * S);
    expect(run.count(fileExpired)).toBe(0);
    run.run(73 * HOUR);
    // Eighty per cent of 120 kB are eight files; seven of them may go.
    expect(run.count(fileExpired)).toBe(7);
    expect(hourAt(run.entries(fileExpired)[0]?.timeUs ?? 0)).toBe(4);
  });

  it('[BR-25] above 85 % the oldest files go whatever their age', () => {
    const run = tight(89);
    run.run(75 * S);
    expect(run.count(fileDeletedForSpace)).toBeGreaterThan(0);
    expect(run.count(diskFull)).toBe(0);
  });

  it('[BR-24] [BR-25] looks at the exact share, and lets the ratios be no higher than 85 and 90 %', () => {
    // 8 files of 12 000 B and 7 records of 1 181 B are 85.5 % of it.
    const run = new Cluster({
      env: { diskCapacityBytes: 121_950 },
      brokers: { 'broker-a:0': { mappedFileSizeCommitLog: 12_000, deleteWhen: '12' } },
    }).start();
    run.stream(S, S + 8_700_000, 100_000);
    run.run(75 * S);
    expect(run.count(fileDeletedForSpace)).toBeGreaterThan(0);
    const high = tight(99, { diskSpaceCleanForciblyRatio: 99, diskSpaceWarningLevelRatio: 99 });
    high.run(75 * S);
    expect(high.count(diskFull)).toBe(1);
    expect(high.count(fileDeletedForSpace)).toBeGreaterThan(0);
  });

  it('[BR-25] keeps them when cleanFileForciblyEnable is off', () => {
    const run = tight(89, { cleanFileForciblyEnable: false });
    run.run(75 * S);
    expect(run.count(fileDeletedForSpace)).toBe(0);
  });

  it('[BR-25] above 90 % it refuses writes until there is space again', () => {
    const run = tight(99);
    run.send(60_050_000);
    run.send(75 * S);
    const seenFull = () => replicaGroupViews(run.sim)[0]?.replicas[0]?.diskFull;
    expect(seenFull()).toBeUndefined();
    run.run(60_100_000);
    expect(seenFull()).toBe(true);
    run.run(80 * S);
    expect(seenFull()).toBeUndefined();
    expect(run.entries(diskFull)[0]?.a).toBe(98);
    expect(run.replies.at(-2)?.status).toBe(Code.SERVICE_NOT_AVAILABLE);
    expect(run.count(diskFreed)).toBe(1);
    expect(run.replies.at(-1)?.status).toBe(0);
  });

  it('[BR-25] once it was above 90 % it takes messages again at 85 %, not at 89 %', () => {
    const run = tight(99, { deleteFileBatchMax: 1 });
    run.send(75 * S);
    run.send(85 * S);
    run.run(90 * S);
    // One file of ten goes each 10 s from 60 s on.
    expect(run.entries(diskFreed).map(({ a, timeUs }) => [a, Math.round(timeUs / S)])).toEqual([[78, 80]]);
    const [refused, taken] = run.replies.slice(-2);
    expect([refused?.status, taken?.status]).toEqual([Code.SERVICE_NOT_AVAILABLE, 0]);
  });
});
