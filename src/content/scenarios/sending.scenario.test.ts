import { describe, expect, it } from 'vitest';
import callerGivesUp from './caller-gives-up-first.json';
import fourAnswers from './four-honest-answers.json';
import writtenOff from './healthy-and-written-off.json';
import blackout from './nameserver-blackout.json';
import { type Changes, type Playing, play } from './playing.fixture';
import slowDisk from './slow-disk.json';
import threeWays from './sync-async-oneway.json';
import ten from './ten-in-one-call.json';
import threeDeaths from './three-ways-a-broker-dies.json';
import oneBroker from './topic-on-one-broker.json';
import whoTalks from './who-talks-to-whom.json';

/** The numbers of S04 to S10 in the built-in scenarios. */

const NAMESERVERS = ['ns-1', 'ns-2'];
const nameserver = (run: Playing, name: string) => run.sim.state.product.nameservers.get(run.node(name))!;
const PROCESS = { do: 'kill', failure: 'process' };

describe('S04 who talks to whom', () => {
  it('[NS-4] [NS-5] four brokers make eight registrations, and no name server knows another', () => {
    const run = play(whoTalks).until(5_000);
    const links = NAMESERVERS.flatMap((name) => [...nameserver(run, name).tables.brokerLiveTable.keys()]);
    expect(links).toHaveLength(8);
    const peers = NAMESERVERS.flatMap((name) => [...nameserver(run, name).remoting.accepted.values()]);
    expect(peers.filter((peer) => NAMESERVERS.some((name) => run.node(name) === peer))).toEqual([]);
  });

  it('[CL-6] [CL-9] [NS-25] a message: route, queue, master, answer', () => {
    const run = play(whoTalks, { actions: [{ at: '5s', do: 'send', target: 'producer-1' }] }).until(6_000);
    const story = ['send.called', 'route.given', 'send.attempt', 'message.stored', 'send.ok'];
    const ids = story.map((type) => run.entries(type, 5_000)[0]!.id);
    expect([...ids].sort((x, y) => x - y)).toEqual(ids);
    expect(run.entries('message.stored', 5_000)[0]?.node).toMatch(/:0$/);
  });

  it('[NS-6] a new topic is listed at once', () => {
    const topic = { name: 'New', queues: 4, brokers: ['broker-a', 'broker-b'] };
    const run = play(whoTalks, { actions: [{ at: '15s', do: 'createTopic', topic }] }).until(15_010);
    for (const name of NAMESERVERS) {
      expect(nameserver(run, name).tables.topicQueueTable.get('New')?.size).toBe(2);
    }
  });
});

describe('S05 name servers gone', () => {
  const gone = NAMESERVERS.map((target) => ({ at: '1s', target, ...PROCESS }));

  it('[CL-4] [CL-11] [CM-52] 200 sends a second go on without an error', () => {
    const run = play(blackout, { actions: gone }).until(32_000);
    expect(run.count('send.ok', 31_000)).toBeGreaterThanOrEqual(199);
    expect(run.report().sends.failed).toBe(0);
  });

  it('[PR-2] a producer that starts now has no route', () => {
    const producer = { id: 'late', group: 'late', topic: 'Orders', ratePerSecond: 1 };
    const run = play(blackout, {
      producer: { ratePerSecond: 1 },
      actions: [...gone, { at: '5s', do: 'add', producer }],
    }).until(8_000);
    expect(run.exceptions()[0]).toContain('No route info of this topic');
  });

  it('[PR-9] [CM-52] a master that dies then costs second attempts, and no send', () => {
    const run = play(blackout, {
      producer: { ratePerSecond: 20 },
      actions: [...gone, { at: '5s', target: 'broker-b:0', ...PROCESS }],
    }).until(60_000);
    const { sends } = run.report();
    expect(sends.failed).toBe(0);
    expect(sends.attempts / (sends.SEND_OK + sends.inFlight)).toBeGreaterThan(1.3);
    expect(run.attempts(50_000)['broker-b']).toBeGreaterThan(50);
  });

  it('[NS-5] [CL-4] [CM-53] with one back, brokers register within 30 s', () => {
    const restart = { at: '10s', do: 'restart', target: 'ns-1' };
    const run = play(blackout, { producer: { ratePerSecond: 1 }, actions: [...gone, restart] }).until(40_100);
    expect(nameserver(run, 'ns-1').tables.brokerLiveTable.size).toBe(4);
    expect(run.report().sends.failed).toBe(0);
  });
});

describe('S06 three ways a broker dies', () => {
  const cut = ['ns-1', 'ns-2', 'broker-b:1', 'producer-1'].map((other) => ({
    at: '10s',
    do: 'cut',
    between: ['broker-b:0', other],
  }));

  it('[NS-15] [NS-17] [PR-9] a killed process is off the route at once, and no send fails', () => {
    const run = play(threeDeaths, {
      producer: { ratePerSecond: 20 },
      actions: [{ at: '10s', target: 'broker-b:0', ...PROCESS }],
    }).until(10_020);
    const { addrs } = nameserver(run, 'ns-1').tables.brokerAddrTable.get('broker-b')!;
    expect([...addrs.keys()]).toEqual([1]);
    expect(run.until(45_000).report().sends.failed).toBe(0);
    expect(run.attempts(41_000)['broker-b']).toBeUndefined();
  });

  it('[NS-20] [CM-2] one cut off is removed after 90 to 120 s and avoided within another 30 s', () => {
    for (const seed of [1, 2, 3]) {
      const run = play(threeDeaths, { seed, producer: { ratePerSecond: 0 }, actions: cut }).until(170_000);
      const removed = run.entries('broker.removed').map(({ atMs }) => atMs / 1000 - 10);
      expect(removed).toHaveLength(2);
      for (const s of removed) {
        expect(s).toBeGreaterThan(89.9);
        expect(s).toBeLessThan(120.1);
      }
      const [learned] = run.entries('route.group-without-master', 0, 'producer-1');
      expect(learned!.atMs / 1000 - 10).toBeLessThan(150.1);
    }
  });

  it('[PR-3] [PR-9] until then one send in four fails, after 3 s', () => {
    const slow = { at: '0s', do: 'slow', target: 'producer-1', part: 'cpu', factor: 400 };
    const run = play(threeDeaths, { actions: [slow, ...cut], consumers: [] }).until(60_000);
    const failed = run.count('send.failed', 15_000);
    const ok = run.count('send.ok', 15_000);
    expect(failed / (failed + ok)).toBeGreaterThan(0.15);
    expect(failed / (failed + ok)).toBeLessThan(0.3);
    expect(run.exceptions()[0]).toBe('RemotingTooMuchRequestException: sendDefaultImpl call timeout');
  });
});

describe('S06 what a client can do against silence', () => {
  const cut = ['ns-1', 'ns-2', 'broker-b:1', 'producer-1'].map((other) => ({
    at: '1s',
    do: 'cut',
    between: ['broker-b:0', other],
  }));
  const slow = { at: '0s', do: 'slow', target: 'producer-1', part: 'cpu', factor: 400 };
  const silent = (producerConfig: object) =>
    play(threeDeaths, { producerConfig: { ...producerConfig }, actions: [slow, ...cut], consumers: [] });

  it('[PR-10] sendLatencyFaultEnable: at most one failure for each of four threads in 13 s', () => {
    const run = silent({ sendLatencyFaultEnable: true }).until(14_000);
    const failed = run.count('send.failed', 1_000);
    expect(failed).toBeGreaterThanOrEqual(1);
    expect(failed).toBeLessThanOrEqual(4);
  });

  it('[PR-3] [CL-12] [CL-13] a cap of 1 s helps until it has to connect; with a connect of 1 s none fails', () => {
    const capped = silent({ sendMsgMaxTimeoutPerRequest: 1_000 }).until(20_000);
    expect(capped.count('send.failed') - capped.count('send.failed', 2_200)).toBe(0);
    expect(capped.count('send.failed', 3_000)).toBeGreaterThan(5);
    const both = silent({ sendMsgMaxTimeoutPerRequest: 1_000, connectTimeoutMillis: 1_000 }).until(20_000);
    expect(both.count('send.failed')).toBe(0);
  });
});

describe('S06 healthy, and written off', () => {
  const heal = { at: '200s', do: 'heal', between: ['broker-b:0', 'ns-1'] };

  it('[CM-54] [NS-15] [CO-25] off the route at 101 s, left by its clients at 121 s with 380 unread, though it lives', () => {
    const run = play(writtenOff).until(200_000);
    const seconds = (type: string) => [
      ...new Set(run.entries(type, 20_000).map(({ atMs }) => Math.floor(atMs / 1_000))),
    ];
    expect(seconds('broker.removed')).toEqual([101]);
    expect(seconds('queue.released')).toEqual([121]);
    expect(Object.keys(run.attempts(121_100))).toEqual(['broker-a']);
    expect(run.behind(4, 'broker-b').reduce((sum, each) => sum + each, 0)).toBe(380);
    expect(run.report()).toMatchObject({ sends: { failed: 0 }, brokers: { 'broker-b:0': { state: 'up' } } });
  });

  it('[CM-54] [NS-5] healed it registers within 30 s, and its clients are back within another 30 s', () => {
    const run = play(writtenOff, { actions: [heal] }).until(262_000);
    const [registered] = run.entries('broker.registered', 200_000);
    expect(registered!.atMs - 200_000).toBeLessThanOrEqual(30_010);
    expect(run.held('consumer-1')).toHaveLength(8);
    expect(run.attempts(261_000)['broker-b']).toBeGreaterThan(10);
  });
});

describe('S07 the topic that lives on one broker', () => {
  it('[PR-15] [PR-16] all 1,000 go where the first one went, on four queues', () => {
    const run = play(oneBroker, { producer: { profile: [{ from: '36s', rate: 200 }], messages: 999 } });
    const attempts = run.until(42_000).attempts();
    expect(Object.values(attempts)).toEqual([1_000]);
    const producer = run.sim.state.product.producers.get(run.node('producer-1'))!;
    expect(producer.client.publish.get('Orders')?.queues).toHaveLength(4);
  });

  it('[NS-6] [PR-16] a broker that is added changes nothing', () => {
    const broker = { id: 'broker-c:0', brokerName: 'broker-c' };
    const run = play(oneBroker, { actions: [{ at: '40s', do: 'add', broker }] }).until(110_000);
    expect(Object.keys(run.attempts(36_000))).toHaveLength(1);
  });

  it('[PR-9] a topic that was created on both is spread evenly', () => {
    const topics = [{ name: 'Orders', queues: 4, brokers: ['broker-a', 'broker-b'] }];
    const attempts = play(oneBroker, { topics }).until(46_000).attempts();
    // A whole round is eight queues, four on each.
    expect(Math.abs(attempts['broker-a']! - attempts['broker-b']!)).toBeLessThanOrEqual(4);
  });
});

describe('S08 sync, async, oneway', () => {
  it('[PR-3] sync: 80 SEND_OK, 20 unknown after 3 s each, 90 stored', () => {
    const run = play(threeWays).until(420_000);
    expect(run.report().sends).toMatchObject({ SEND_OK: 80, failed: 20, attempts: 100 });
    expect(run.report().ledger).toMatchObject({ sent: 100, stored: 90, balanced: true });
    const called = new Map(run.entries('send.called').map(({ a, atMs }) => [a, atMs]));
    for (const { a, atMs } of run.entries('send.failed')) expect(atMs - called.get(a)!).toBeCloseTo(3_000, 0);
  });

  it('[PR-8] oneway: 100 sent, nobody is told that 90 are stored', () => {
    const { actions } = threeWays;
    const requests = actions.filter(({ from }) => from === 'producer-1');
    const run = play(threeWays, { script: false, producer: { mode: 'oneway' }, actions: requests });
    const { sends, ledger } = run.until(420_000).report();
    expect(sends).toMatchObject({ SEND_OK: 0, failed: 0, oneway: 100 });
    expect(ledger.stored).toBe(90);
  });
});

describe('S08 ten in one call', () => {
  it('[PR-14] [PR-7] twenty calls, each to one queue; the answer of the tenth is lost, and its ten come twice', () => {
    const run = play(ten).until(30_000);
    const calls = new Map<number, Set<number>>();
    for (const { atMs, b } of run.entries('send.attempt')) {
      const at = Math.round(atMs);
      calls.set(at, (calls.get(at) ?? new Set()).add(b));
    }
    expect([...calls.values()].map(({ size }) => size)).toEqual(Array(21).fill(1));
    // The tenth call is that of 4.75 s; it is made again when its 0.3 s are over.
    expect([...calls.keys()].filter((at) => at % 500 !== 250).map((at) => Math.round(at / 10))).toEqual([
      505,
    ]);
    const { sends, ledger, verdict } = run.report();
    expect(sends).toMatchObject({ SEND_OK: 200, attempts: 210, failed: 0 });
    expect([ledger.stored, run.count('message.stored')]).toEqual([200, 210]);
    expect(verdict.duplicates).toBe(10);
  });
});

describe('S09 four honest answers', () => {
  /** What each of the four sends was told, and after how many seconds. */
  const told = (run: Playing) => {
    const called = run.entries('send.called');
    const answers = ['ok', 'flush-disk-timeout', 'flush-slave-timeout', 'slave-not-available', 'failed'];
    return run
      .entries(answers.map((answer) => `send.${answer}`))
      .map(({ kind, a, atMs }) => [
        kind.type.slice(5),
        (atMs - called.find((call) => call.a === a)!.atMs) / 1000,
      ]);
  };
  const expectTold = (changes: Changes, expected: readonly (readonly [string, number])[]) => {
    const run = play(fourAnswers, changes).until(75_000);
    const answers = told(run);
    expect(answers.map(([answer]) => answer)).toEqual(expected.map(([answer]) => answer));
    expected.forEach(([, seconds], i) => {
      expect(answers[i]?.[1]).toBeGreaterThanOrEqual(seconds);
      expect(answers[i]?.[1]).toBeLessThan(seconds + 0.013);
    });
    return run;
  };

  it('[BR-14] [HA-7] [HA-8] [PR-5] SEND_OK, 5.0 s, 3.0 s, 3.0 s: stored each time', () => {
    const run = expectTold({}, [
      ['ok', 0],
      ['flush-disk-timeout', 5],
      ['flush-slave-timeout', 3],
      ['flush-slave-timeout', 3],
    ]);
    expect(run.report().ledger).toMatchObject({ sent: 4, stored: 4 });
    expect(run.report().sends.attempts).toBe(4);
  });

  it('[HA-9] [CM-37] [VC-1] 4.9 without a slave: SLAVE_NOT_AVAILABLE at once', () => {
    const brokers = fourAnswers.brokers.map((broker) => ({ ...broker, config: { ...broker.config } }));
    for (const { config } of brokers) delete (config as { inSyncReplicas?: number }).inSyncReplicas;
    const run = play({ ...fourAnswers, brokers }, { version: '4.9' }).until(75_000);
    expect(told(run).at(-1)?.[0]).toBe('slave-not-available');
    expect(told(run).at(-1)?.[1]).toBeLessThan(0.02);
    expect(run.report().ledger.stored).toBe(4);
  });

  it('[PR-2] [PR-7] retryAnotherBrokerWhenNotStoreOK: a second copy, on the other broker', () => {
    const run = play(fourAnswers, { producerConfig: { retryAnotherBrokerWhenNotStoreOK: true } }).until(
      75_000,
    );
    const { sends } = run.report();
    expect(sends.attempts).toBeGreaterThanOrEqual(7);
    expect(run.count('message.stored')).toBe(sends.attempts);
  });
});

describe('S10 the 3-second caller and the slow disk', () => {
  it('[PR-3] [BR-13] an fsync of 6 s: given up after 3 s, and flushed all the same', () => {
    const slow = { at: '5s', do: 'slow', target: 'broker-a:0', part: 'disk', fsyncMs: 6_000 };
    const run = play(slowDisk, { actions: [slow] }).until(7_900);
    expect(run.count('send.failed')).toBe(0);
    const [failed] = run.until(8_500).entries('send.failed');
    const called = run.entries('send.called').find(({ a }) => a === failed!.a);
    expect(failed!.atMs - called!.atMs).toBeCloseTo(3_000, 0);
    const [stored] = run.entries('message.stored').filter(({ a }) => a === failed!.a);
    expect(stored?.node).toBe('broker-a:0');
    expect(run.until(20_000).report().verdict.acknowledgedLost).toBe(0);
    expect(run.entries('send.failed', 0)[0]?.a).toBe(failed!.a);
  });

  it('[PR-3] [PR-4] [BR-14] the caller has an exception at 3 s, the message is flushed at 4 s', () => {
    const run = play(callerGivesUp).until(4_900);
    expect(run.entries('send.failed').map(({ atMs }) => Math.round(atMs / 100))).toEqual([40]);
    expect(run.report().brokers['broker-a:0']).toMatchObject({ appended: 1, flushed: 0 });
    expect(run.until(5_100).report().brokers['broker-a:0']).toMatchObject({ appended: 1, flushed: 1 });
  });

  it('[PR-7] [TR-5] sent again it is two messages of one key, and two effects', () => {
    const again = { at: '6s', do: 'send', target: 'producer-1', message: { key: 'order-A7' } };
    const run = play(callerGivesUp, { actions: [again] }).until(10_000);
    expect(run.report().brokers['broker-a:0']?.appended).toBe(2);
    expect(run.report().effects.doubled).toBe(1);
  });

  it('[PR-7] [PR-2] retried by the client it is one message, stored twice', () => {
    const run = play(callerGivesUp, {
      script: false,
      producerConfig: { sendMsgMaxTimeoutPerRequest: 1_000 },
      actions: [
        { at: '1990ms', do: 'drop', from: 'broker-a:0', to: 'producer-1' },
        { at: '2s', do: 'send', target: 'producer-1' },
      ],
    }).until(6_000);
    expect(run.report().sends).toMatchObject({ SEND_OK: 1, attempts: 2 });
    expect(run.report().brokers['broker-a:0']?.appended).toBe(2);
    expect(run.report().ledger.sent).toBe(1);
  });
});
