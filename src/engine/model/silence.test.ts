import { describe, expect, it } from 'vitest';
import { causesOf } from '../report/causes';
import { runOf } from '../report/report.fixture';
import type { Run } from '../run';

/** What is concluded from a silence names the fault behind it. */

const played = (actions: readonly object[], untilUs: number, more: object = {}): Run => {
  const run = runOf({ actions, ...more });
  run.advance(untilUs);
  return run;
};

/** Types of the chain of the first entry of a type since a moment, the root first. */
function chainOf({ sim }: Run, type: string, sinceUs = 0): string[] {
  let found = -1;
  sim.window?.scan(0, sim.traceCount, ({ id, kind, timeUs }) => {
    if (found < 0 && kind.type === type && timeUs >= sinceUs) found = id;
    return true;
  });
  expect(found).toBeGreaterThanOrEqual(0);
  return causesOf(sim.state, sim.window, found).entries.map(({ kind }) => kind.type);
}

describe('a call that hears nothing', () => {
  it('is the effect of the power cut of its peer, not of what its client did before', () => {
    const run = played([{ at: '10s', do: 'kill', target: 'broker-a:0', failure: 'power' }], 20_000_000);
    expect(chainOf(run, 'send.failed').slice(0, 3)).toEqual([
      'host.power-lost',
      'call.timed-out',
      'send.outcome-unknown',
    ]);
  });

  it('is the effect of a freeze, or of a link that was cut', () => {
    const frozen = played([{ at: '10s', do: 'freeze', target: 'broker-a:0', for: '20s' }], 15_000_000);
    expect(chainOf(frozen, 'call.timed-out')).toEqual(['process.frozen', 'call.timed-out']);
    const cut = played([{ at: '10s', do: 'cut', between: ['producer-1', 'broker-a:0'] }], 15_000_000);
    expect(chainOf(cut, 'call.timed-out')).toEqual(['link.cut', 'call.timed-out']);
  });

  it('leads over the answer that was lost to the message that it answered', () => {
    const run = played(
      [{ at: '10s', do: 'drop', from: 'broker-a:0', to: 'producer-1', messages: 1 }],
      15_000_000,
    );
    expect(chainOf(run, 'call.timed-out')).toEqual([
      'send.called',
      'send.attempt',
      'message.stored',
      'put.answered',
      'packet.dropped',
      'call.timed-out',
    ]);
  });

  it('without any fault comes from what it was made for', () => {
    const run = played([], 5_000_000, {
      producers: [
        {
          id: 'producer-1',
          group: 'order-producers',
          topic: 'Orders',
          ratePerSecond: 10,
          messages: 20,
          config: { sendMsgTimeout: 1 },
        },
      ],
      environment: { network: { latencyMs: 2 } },
    });
    expect(chainOf(run, 'call.timed-out')).toEqual(['send.called', 'send.attempt', 'call.timed-out']);
  });
});

it('a refused connection names what ended the process that it asked', () => {
  const run = played([{ at: '10s', do: 'kill', target: 'broker-a:0', failure: 'process' }], 12_000_000);
  expect(chainOf(run, 'conn.refused').slice(0, 2)).toEqual(['process.killed', 'conn.refused']);
});

it('a replication link that falls silent names the fault of the other side', () => {
  const run = played([{ at: '10s', do: 'kill', target: 'broker-a:0', failure: 'power' }], 40_000_000);
  expect(chainOf(run, 'ha.expired')).toEqual(['host.power-lost', 'ha.expired']);
});

it('a name server that misses registrations names the fault, too', () => {
  const run = played([{ at: '10s', do: 'cut', between: ['ns-1', 'broker-a:0'] }], 150_000_000);
  expect(chainOf(run, 'broker.idle-closed')).toEqual(['link.cut', 'broker.idle-closed']);
});
