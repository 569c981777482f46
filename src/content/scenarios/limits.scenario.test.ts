import { describe, expect, it } from 'vitest';
import { isExpired } from '../../engine/model/ledger';
import busy from './broker-busy.json';
import { play } from './playing.fixture';
import waiting from './waiting-becomes-losing.json';

/** The numbers of S35 in the built-in scenarios: retention, and a broker that refuses. */

const HOUR = 3_600_000;

describe('S35 when waiting becomes losing', () => {
  it('[BR-24] after 96 h the 24 files of the first day are gone within 30 s: 240 unread messages', () => {
    const run = play(waiting).until(72 * HOUR);
    expect(run.count('file.expired')).toBe(0);
    run.until(96 * HOUR + 30_000);
    expect(run.count('file.expired')).toBe(24);
    const { ledger } = run.sim.state;
    const expired = Array.from({ length: 250 }, (_, message) => isExpired(ledger, message));
    expect(expired.indexOf(false)).toBe(240);
    expect(run.report().verdict.acknowledgedLost).toBe(0);
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
