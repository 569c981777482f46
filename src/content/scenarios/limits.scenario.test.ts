import { describe, expect, it } from 'vitest';
import { isExpired } from '../../engine/model/ledger';
import { endPhys } from '../../engine/model/log';
import busy from './broker-busy.json';
import { play } from './playing.fixture';
import disk from './the-disk-fills-up.json';
import waiting from './waiting-becomes-losing.json';

/** The numbers of S35 in the built-in scenarios: retention, and a broker that refuses. */

const HOUR = 3_600_000;

describe('S35 when waiting becomes losing', () => {
  it('[BR-24] after 96 h the files of the first day go in the hour 04: 240 unread messages', () => {
    const run = play(waiting).until(72 * HOUR);
    expect(run.count('file.expired')).toBe(0);
    run.until(96 * HOUR + 30_000);
    // The last of them was ended at 04:30, when the first message of the next day began the next file.
    expect(run.count('file.expired')).toBe(23);
    run.until(97 * HOUR);
    expect(run.count('file.expired')).toBe(24);
    const { ledger } = run.sim.state;
    const expired = Array.from({ length: 250 }, (_, message) => isExpired(ledger, message));
    expect(expired.indexOf(false)).toBe(240);
    expect(run.report().verdict.acknowledgedLost).toBe(0);
  });
});

describe('S35 the disk fills up', () => {
  const secondsOf = (run: ReturnType<typeof play>, type: string) =>
    run.entries(type).map(({ atMs, a }) => [Math.round(atMs / 1_000), a]);

  it('[BR-1] the disk holds 100 files, and 15 are written each 10 s', () => {
    const { environment, brokers } = disk;
    expect(environment.disk.capacityGB * 1e9).toBe(100 * brokers[0]!.config.mappedFileSizeCommitLog);
    const run = play(disk).until(50_000);
    const { log } = run.broker().store;
    expect(Math.round(endPhys(run.run.sim.state, log) / 120_000 / 5)).toBe(15);
  });

  it('[BR-25] [BR-24] above 85 % ten files go at each look, above 90 % nothing is taken, at 85 % it is again', () => {
    const run = play(disk).until(60_000 - 1);
    expect(run.count('file.deleted-for-space')).toBe(0);
    run.until(65_000);
    expect(run.count('file.deleted-for-space')).toBe(10);
    expect(run.count('file.deleted-for-space', 60_000)).toBe(10);
    expect(run.count('disk.full')).toBe(0);
    run.until(125_000);
    expect(secondsOf(run, 'disk.full')).toEqual([
      [70, 93],
      [90, 98],
      [120, 93],
    ]);
    // At 100 s it is still above 85 %: one look more.
    expect(secondsOf(run, 'disk.freed')).toEqual([
      [80, 83],
      [110, 78],
    ]);
    // At 80 s and 110 s it is at 85 % or less: nothing goes.
    expect(run.entries('file.deleted-for-space').map(({ atMs }) => Math.floor(atMs / 10_000) * 10)).toEqual(
      [60, 70, 90, 100, 120].flatMap((second) => Array(10).fill(second)),
    );
    expect(run.count('file.expired')).toBe(0);
  });

  it('[BR-30] [PR-6] a full disk is code 14, tried three times at the one broker there is', () => {
    const run = play(disk).until(100_000);
    const failed = run.entries('send.exception').map(({ atMs }) => Math.floor(atMs / 10_000) * 10);
    expect([...new Set(failed)]).toEqual([70, 90]);
    const { sends, statuses, verdict } = run.report();
    const [[text, count] = []] = Object.entries(statuses);
    expect(text).toContain(
      "Send [3] times, still failed (MQBrokerException 14 service not available now. It may be caused by one of the following reasons: the broker's disk is full",
    );
    expect(count).toBe(sends.failed);
    expect(sends.attempts).toBe(sends.SEND_OK + 3 * sends.failed);
    // What went by force was deleted, not lost by a fault.
    expect(verdict.acknowledgedLost).toBe(0);
    expect(run.entries('file.deleted-for-space').every(({ a }) => a === 101)).toBe(true);
  });

  it('[BR-25] [BR-24] without force it stays full until files are 72 h old, and then it does not wait for 04:00', () => {
    const run = play(disk, {
      brokerConfig: { cleanFileForciblyEnable: false, deleteWhen: '12' },
      producer: {
        profile: [
          { from: '0s', rate: 150 },
          { from: '75s', rate: 0 },
        ],
      },
    }).until(72 * HOUR);
    expect(secondsOf(run, 'disk.full')).toEqual([[70, expect.any(Number)]]);
    expect(run.count('disk.freed') + run.count('file.deleted-for-space')).toBe(0);
    expect(run.count('message.stored', 70_010)).toBe(0);
    expect(run.count('send.exception')).toBeGreaterThan(700);
    run.until(72 * HOUR + 120_000);
    const freed = run.entries('disk.freed').map(({ atMs }) => atMs);
    expect(freed).toHaveLength(1);
    expect(run.count('file.expired')).toBeGreaterThanOrEqual(20);
    run.act({ do: 'burst', target: 'producer-1', messages: 10 }).until(72 * HOUR + 130_000);
    expect(run.count('message.stored', 72 * HOUR)).toBe(10);
  });
});

describe('S35 broker busy', () => {
  const tags = (version: '5.3' | '4.9', mode: string) => {
    const run = play(busy, { version, producer: { mode } }).until(12_000);
    return { run, sends: run.report().sends, statuses: run.report().statuses };
  };

  it('[BR-26] [BR-27] from 0.2 s [TIMEOUT_CLEAN_QUEUE], from 1.0 s [PCBUSY_CLEAN_QUEUE] and [REJECTREQUEST]', () => {
    const { run, statuses } = tags('5.3', 'async');
    const first = (type: string) => {
      const [entry] = run.entries(type);
      expect(entry).toBeDefined();
      return entry!;
    };
    const late = first('send.cleaned-late');
    const heldMs = late.atMs - late.b / 1_000;
    expect(late.b).toBeGreaterThanOrEqual(200_000);
    expect(first('send.cleaned-busy').atMs - heldMs).toBeGreaterThan(900);
    expect(first('send.cleaned-busy').b).toBeGreaterThanOrEqual(1_000_000);
    expect(first('send.rejected-busy').b).toBeGreaterThanOrEqual(1_000_000);
    expect(Object.keys(statuses)).toEqual(
      ['PCBUSY_CLEAN_QUEUE', 'REJECTREQUEST', 'TIMEOUT_CLEAN_QUEUE'].map(
        (tag) => `MQBrokerException 2 [${tag}]`,
      ),
    );
  });

  it('[PR-6] 5.3 sync sends are retried on the other broker, and none fails', () => {
    const { sends } = tags('5.3', 'sync');
    expect(sends.failed).toBe(0);
    expect(sends.attempts).toBeGreaterThan(sends.SEND_OK + 100);
  });

  it('[PR-6] [PR-8] [VC-1] 4.9, and async sends ever, are not', () => {
    for (const [version, mode] of [
      ['4.9', 'sync'],
      ['5.3', 'async'],
    ] as const) {
      const { sends } = tags(version, mode);
      expect(sends.failed).toBeGreaterThan(50);
      expect(sends.attempts).toBe(sends.SEND_OK + sends.failed + sends.inFlight);
    }
  });
});
