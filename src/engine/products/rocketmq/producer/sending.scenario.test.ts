import { describe, expect, it } from 'vitest';
import { recordMessage } from '../../../model/world';
import { type Sending, sending } from './sending.fixture';

/** The numbers of the lessons about routes and sending: S04 to S08 and S10 of the syllabus. */

const PROCESS = { do: 'kill', failure: 'process' };
const REPLICAS = ['broker-a:0', 'broker-a:1', 'broker-b:0', 'broker-b:1'];

/** Silence between the master of broker-b and everybody else. */
const silence = (at: string, from = 'broker-b:0') =>
  ['ns-1', 'ns-2', 'broker-b:1', 'p'].map((other) => ({ at, do: 'cut', between: [from, other] }));

const group = (queue: string) => queue.slice(0, queue.indexOf('#'));

describe('S04 who talks to whom', () => {
  it('[NS-4] [NS-5] four brokers and two name servers make eight registrations', () => {
    const run = sending({ shape: 'T2', start: 'cold' }).until(1);
    const edges = ['ns-1', 'ns-2'].flatMap((name) =>
      [...run.nameserver(name).tables.brokerLiveTable.keys()].map((broker) => `${broker}-${name}`),
    );
    expect(new Set(edges).size).toBe(8);
    // Name servers never talk to each other, so nobody else is connected to them but the producer.
    const peers = ['ns-1', 'ns-2'].flatMap((name) => [...run.nameserver(name).remoting.accepted.values()]);
    expect(peers.filter((peer) => peer === run.node('ns-1') || peer === run.node('ns-2'))).toEqual([]);
  });

  it('[NS-6] a new topic is listed at once, without waiting for the 30 s tick', () => {
    const run = sending({
      shape: 'T2',
      actions: [
        {
          at: '15s',
          do: 'createTopic',
          topic: { name: 'New', queues: 4, brokers: ['broker-a', 'broker-b'] },
        },
      ],
    }).until(15.01);
    for (const name of ['ns-1', 'ns-2']) {
      expect([...run.nameserver(name).tables.topicQueueTable.get('New')!.keys()].sort()).toEqual([
        'broker-a',
        'broker-b',
      ]);
    }
  });

  it('[CL-5] [CL-9] [NS-25] a first message: route pull, queue, master, answer; the name server never sees it', () => {
    const run = sending({
      shape: 'T2',
      start: 'cold',
      actions: [{ at: '5s', do: 'send', target: 'p' }],
    }).until(6);
    const order = [
      'send.called',
      'topic.first-used',
      'route.given',
      'send.attempt',
      'message.stored',
      'send.ok',
    ];
    const times = order.map((type) => run.seen(type, 4.9)[0]!.atS);
    expect([...times].sort((x, y) => x - y)).toEqual(times);
    const stored = run.seen('message.stored', 4.9).map(({ node }) => node);
    expect(stored).toHaveLength(1);
    expect(stored[0]).toMatch(/:0$/);
  });
});

describe('S05 name servers gone', () => {
  const base: Sending = { shape: 'T2', producer: { ratePerSecond: 200 } };
  const gone = ['ns-1', 'ns-2'].map((target) => ({ at: '1s', target, ...PROCESS }));

  it('[CL-4] [CL-11] [CM-52] running producers send on at 200/s without an error', () => {
    const run = sending({ ...base, actions: gone });
    expect(run.until(62).results(61, 62)).toMatchObject({ ok: 200, failed: 0 });
    expect(run.report().sends.failed).toBe(0);
  });

  it('[PR-2] [CL-11] a producer that starts now finds no route', () => {
    const fresh = { id: 'q', group: 'pg', topic: 'Orders', ratePerSecond: 1 };
    const run = sending({ ...base, actions: [...gone, { at: '5s', do: 'add', producer: fresh }] }).until(8);
    expect(Object.keys(run.report().statuses)).toEqual([
      expect.stringContaining('No route info of this topic'),
    ]);
    expect(run.seen('send.failed').every(({ node }) => node === 'q')).toBe(true);
  });

  it('[PR-9] [CM-52] a master that dies then costs a second attempt on about half of the sends, and nothing else', () => {
    const run = sending({ ...base, actions: [...gone, { at: '5s', target: 'broker-b:0', ...PROCESS }] });
    run.until(65);
    expect(run.report().sends.failed).toBe(0);
    const retried = run.seen('queue.skipped', 10, 60).length;
    const { ok } = run.results(10, 60);
    // Each fourth look at b skips on to a, so the share of sends that met b first is between a fifth and a half.
    expect(retried / ok).toBeGreaterThan(0.15);
    expect(retried / ok).toBeLessThan(0.55);
    expect(run.attempts(10, 60).filter(({ queue }) => group(queue) === 'broker-b').length).toBeGreaterThan(
      1_000,
    );
  });

  const back = [
    ...gone,
    { at: '5s', target: 'broker-b:0', ...PROCESS },
    { at: '40s', do: 'restart', target: 'ns-1' },
  ];
  const slowly = { ratePerSecond: 2 };

  it('[CL-4] [CM-53] with one name server back, routes are whole within 30 s and clients know 30 to 60 s later', () => {
    for (const seed of [1, 2, 3]) {
      const run = sending({ ...base, producer: slowly, seed, phases: 'seeded', actions: back }).until(70.1);
      expect(run.nameserver('ns-1').tables.brokerLiveTable.size).toBe(3);
      run.until(131);
      const { queues } = run.producer().client.publish.get('Orders')!;
      expect(new Set(queues.map(({ brokerName }) => brokerName))).toEqual(new Set(['broker-a']));
      expect(run.results(71).failed).toBe(0);
    }
  });

  it('[NS-12] [CL-6] a slave that registers before its master makes a route that nobody can send to', () => {
    const tellsSlaveFirst = (seed: number) => {
      const run = sending({ ...base, producer: slowly, seed, phases: 'seeded', actions: back }).until(100);
      return { masterless: run.seen('route.group-without-master', 40, 70).length > 1, run };
    };
    const { run } = [1, 2, 3, 4, 5, 6].map(tellsSlaveFirst).find(({ masterless }) => masterless)!;
    const { failedAtS } = run.results();
    expect(failedAtS.length).toBeGreaterThan(0);
    expect(new Set(run.exceptions())).toEqual(
      new Set(['MQClientException: No route info of this topic: Orders']),
    );
    // Each send asks anew, so the first registration of a master ends it: no waiting for the next poll.
    expect(failedAtS.at(-1)! - failedAtS[0]!).toBeLessThan(30);
  });
});

describe('S06 three ways a broker dies', () => {
  /** The application works 2 ms between two sends of a thread. */
  const busy = { at: '0s', do: 'slow', target: 'p', part: 'cpu', factor: 400 };
  const base: Sending = { shape: 'T2', producer: { threads: 4 } };
  const cutAt1 = [busy, ...silence('1s')];

  it('[NS-15] [NS-17] [NS-19] a killed process is gone at once, its queues stay for readers', () => {
    const run = sending({ ...base, actions: [busy, { at: '20s', target: 'broker-b:0', ...PROCESS }] }).until(
      20.01,
    );
    expect(run.listed('ns-1', 'broker-b')).toEqual([1]);
    expect(run.nameserver('ns-1').tables.topicQueueTable.get('Orders')!.has('broker-b')).toBe(true);
    expect(run.until(32).report().sends.failed).toBe(0);
    expect(run.seen('queue.skipped', 20, 30).length).toBeGreaterThan(0);
    // The poll of 30.01 s ends it.
    expect(run.attempts(31, 32).some(({ queue }) => group(queue) === 'broker-b')).toBe(false);
  });

  it('[NS-20] [CM-2] silence: removed 90 to 120 s after the cut, avoided within another 30 s, over seeds', () => {
    for (let seed = 1; seed <= 4; seed++) {
      const run = sending({
        ...base,
        seed,
        phases: 'seeded',
        producer: { ratePerSecond: 0 },
        actions: silence('10s'),
      }).until(200);
      const removedAtS = run.seen('broker.removed').map(({ atS }) => atS);
      expect(removedAtS).toHaveLength(2);
      for (const atS of removedAtS) {
        expect(atS - 10).toBeGreaterThanOrEqual(89.9);
        expect(atS - 10).toBeLessThanOrEqual(120.1);
      }
      const [learned] = run.seen('route.group-without-master');
      expect(learned!.atS - 10).toBeLessThanOrEqual(150.1);
    }
  });

  it('[NS-20] 150 s when it registered just before the cut and the poll came just before the removal', () => {
    // Registrations at 10, 40, … s and polls at 0.01, 30.01, … s: cut right after the one at 40 s.
    const run = sending({ ...base, producer: { ratePerSecond: 0 }, actions: silence('40100ms') }).until(200);
    expect(run.seen('broker.removed')[0]!.atS).toBeCloseTo(160, 1);
    expect(run.seen('route.group-without-master')[0]!.atS).toBeCloseTo(180, 1);
  });

  it('[PR-3] [PR-9] the sends that land on it block 3 s and fail: each thread loses one after three that go well', () => {
    const run = sending({ ...base, actions: cutAt1 });
    run.until(10);
    let ok = 0;
    let failed = 0;
    for (let fromS = 10; fromS < 100; fromS += 10) {
      const results = run.until(fromS + 10).results(fromS, fromS + 10);
      ok += results.ok;
      failed += results.failed;
    }
    // Four queues of eight are on it; the skips of the retry that is not made any more leave three in a row to a.
    // A send that joins the connect of another has time left for a second broker and only blocks.
    expect(failed).toBeGreaterThan(60);
    expect(failed / (ok + failed)).toBeGreaterThan(0.15);
    expect(failed / (ok + failed)).toBeLessThan(0.3);
    expect(run.exceptions()[0]).toBe('RemotingTooMuchRequestException: sendDefaultImpl call timeout');
  });

  it('[PR-3] [CM-2] of a steady rate half of the sends meet it, and one in each 3 s fails', () => {
    const run = sending({ ...base, producer: { ratePerSecond: 4 }, actions: silence('1s') }).until(100);
    const met = run.attempts(10, 90).filter(({ queue }) => group(queue) === 'broker-b').length;
    const called = run.seen('send.called', 10, 90).length;
    expect(met / called).toBeGreaterThan(0.45);
    expect(met / called).toBeLessThan(0.6);
    // Those that join a connect under way have time left when it fails: only the one that began it fails.
    const { failed } = run.results(10, 90);
    expect(failed).toBeGreaterThan(15);
    expect(failed).toBeLessThan(40);
  });

  it('[PR-10] with sendLatencyFaultEnable at most one failure for each thread in 13 s', () => {
    const run = sending({ ...base, config: { sendLatencyFaultEnable: true }, actions: cutAt1 });
    for (let fromS = 1; fromS < 27; fromS += 13) {
      const { failed } = run.until(fromS + 13).results(fromS, fromS + 13);
      expect(failed).toBeGreaterThanOrEqual(1);
      expect(failed).toBeLessThanOrEqual(4);
    }
  });

  it('[VC-1] [PR-10] 4.9 avoids it for 600 s', () => {
    const config = { sendLatencyFaultEnable: true };
    const run = sending({
      ...base,
      version: '4.9',
      producer: { ratePerSecond: 20 },
      config,
      actions: cutAt1,
    });
    run.until(130);
    expect(run.seen('broker.avoided')[0]!.b).toBe(600_000_000);
    expect(run.results(5, 100).failed).toBe(0);
  });

  it('[PR-3] [CL-13] a cap of 1 s helps on the open connection only', () => {
    const run = sending({ ...base, config: { sendMsgMaxTimeoutPerRequest: 1_000 }, actions: cutAt1 });
    expect(run.until(2.2).results(1, 2.2).failed).toBe(0);
    expect(run.seen('send.may-be-twice', 1.9, 2.1).length).toBeGreaterThan(0);
    expect(run.until(40).results(3, 40).failed).toBeGreaterThan(10);
  });

  it('[PR-3] [CL-12] with a connect of 1 s as well no send fails, and those that meet it take 1 s', () => {
    const config = { sendMsgMaxTimeoutPerRequest: 1_000, connectTimeoutMillis: 1_000 };
    const run = sending({ ...base, config, actions: cutAt1 }).until(40);
    expect(run.results(1, 40).failed).toBe(0);
    const slow = run.report().latencyMs.send.p99;
    expect(run.seen('connect.timed-out', 5, 40).filter(({ node }) => node === 'p').length).toBeGreaterThan(
      20,
    );
    expect(slow).toBeLessThan(2_100);
  });
});

describe('S07 the topic that lives on one broker', () => {
  it('[PR-15] [PR-16] after a pause longer than a poll all messages go where the first one went', () => {
    const run = sending({
      shape: 'T2',
      topics: [{ name: 'Other', queues: 1, brokers: ['broker-a'] }],
      producer: { topic: 'Orders' },
      actions: [
        { at: '1s', do: 'send', target: 'p' },
        { at: '36s', do: 'burst', target: 'p', messages: 1_000 },
      ],
    }).until(40);
    const groups = run.attempts().map(({ queue }) => group(queue));
    expect(groups).toHaveLength(1_001);
    expect(new Set(groups).size).toBe(1);
    expect(run.producer().client.publish.get('Orders')!.queues).toHaveLength(4);
    expect(run.report().sends.SEND_OK).toBe(1_001);
  });

  it('[PR-9] a topic that exists everywhere is spread evenly', () => {
    const run = sending({
      shape: 'T2',
      actions: [{ at: '1s', do: 'burst', target: 'p', messages: 1_000 }],
    }).until(5);
    const groups = run.attempts().map(({ queue }) => group(queue));
    expect(groups.filter((name) => name === 'broker-a')).toHaveLength(500);
  });
});

describe('S08 sync, async, oneway', () => {
  /** 100 sends, one each 4 s; of each ten the fourth loses its request and the eighth its answer. */
  const lossy = (mode: string, answers: boolean) => {
    const drops = Array.from({ length: 100 }, (_, k) => k).flatMap((k) => {
      const at = `${k * 4 + 1.99}s`;
      if (k % 10 === 4) return [{ at, do: 'drop', from: 'p', to: 'broker-a:0', messages: 1 }];
      return answers && k % 10 === 8 ? [{ at, do: 'drop', from: 'broker-a:0', to: 'p', messages: 1 }] : [];
    });
    return sending({ producer: { mode, ratePerSecond: 0.25, messages: 100 }, actions: drops }).until(420);
  };

  it('[PR-3] sync: 20 of 100 unknown after 3 s each, 90 stored', () => {
    const run = lossy('sync', true);
    const { sends, verdict, ledger } = run.report();
    expect(sends).toMatchObject({ SEND_OK: 80, failed: 20, inFlight: 0, attempts: 100 });
    expect(ledger).toMatchObject({ sent: 100, stored: 90, balanced: true });
    expect(verdict.acknowledgedLost).toBe(0);
    for (const { atS } of run.seen('send.failed')) expect((atS - 2) % 4).toBeCloseTo(3, 3);
  });

  it('[PR-8] oneway: the caller believes 100, 90 are stored, nobody is told', () => {
    const run = lossy('oneway', false);
    expect(run.report().sends).toMatchObject({ SEND_OK: 0, failed: 0, oneway: 100 });
    expect(run.report().ledger.stored).toBe(90);
  });

  it('[PR-8] async: what a client has not sent when its process ends is gone without a word', () => {
    // The route of a cold client takes a while over a slow link; everything handed to it until then waits in memory.
    const run = sending({
      start: 'cold',
      producer: { mode: 'async' },
      actions: [
        { at: '4s', do: 'slow', part: 'network', between: ['p', 'ns-1'], latencyMs: 40 },
        { at: '5s', do: 'burst', target: 'p', messages: 100 },
        { at: '5050ms', target: 'p', ...PROCESS },
      ],
    }).until(10);
    const { sends, ledger } = run.report();
    expect(sends).toMatchObject({ SEND_OK: 0, failed: 0, inFlight: 100 });
    expect(ledger.stored).toBe(0);
  });
});

describe('S10 the 3-second caller and the slow disk', () => {
  const slowOnce = [
    { at: '900ms', do: 'slow', target: 'broker-a:0', part: 'disk', fsyncMs: 4_000 },
    { at: '1s', do: 'send', target: 'p', message: { key: 'order-7' } },
    { at: '1500ms', do: 'slow', target: 'broker-a:0', part: 'disk', fsyncMs: 8 },
  ];
  const brokerConfig = { flushDiskType: 'SYNC_FLUSH' };

  it('[PR-3] [PR-4] [BR-14] the caller times out at 3 s, the message is stored and flushed at 4 s', () => {
    const run = sending({ brokerConfig, actions: slowOnce });
    run.until(4.1);
    expect(run.exceptions()).toEqual(['RemotingTooMuchRequestException: sendDefaultImpl call timeout']);
    expect(run.seen('send.failed')[0]!.atS).toBeCloseTo(4, 3);
    expect(run.report().brokers['broker-a:0']).toMatchObject({ appended: 1, flushed: 0 });
    run.until(5.1);
    expect(run.report().brokers['broker-a:0']).toMatchObject({ appended: 1, flushed: 1 });
  });

  it('[PR-7] sent again by the user it is two messages of one key', () => {
    const again = { at: '6s', do: 'send', target: 'p', message: { key: 'order-7' } };
    const run = sending({ brokerConfig, actions: [...slowOnce, again] }).until(8);
    expect(run.seen('send.called')).toHaveLength(2);
    expect(run.report().brokers['broker-a:0']!.appended).toBe(2);
    expect(run.report().sends).toMatchObject({ SEND_OK: 1, failed: 1 });
  });

  it('[PR-7] [PR-2] retried by the client it is one message stored twice', () => {
    const run = sending({
      config: { sendMsgMaxTimeoutPerRequest: 1_000 },
      actions: [
        { at: '1990ms', do: 'drop', from: 'broker-a:0', to: 'p', messages: 1 },
        { at: '2s', do: 'send', target: 'p' },
      ],
    }).until(5);
    expect(run.report().sends).toMatchObject({ SEND_OK: 1, attempts: 2 });
    const records = run.seen('message.stored', 0.9).map(({ a, b }) => [a, b]);
    expect(records).toHaveLength(2);
    expect(run.report().brokers['broker-a:0']!.appended).toBe(2);
    expect(recordMessage(run.run.sim.state.arena, 0)).toBe(recordMessage(run.run.sim.state.arena, 1));
  });
});

it('[NS-1] the brokers of a cluster are known to every name server alike', () => {
  const run = sending({ shape: 'T2' }).until(40);
  for (const name of ['ns-1', 'ns-2']) {
    expect([...run.nameserver(name).tables.brokerLiveTable.keys()].sort()).toEqual(
      REPLICAS.map((id) => run.node(id)).sort(),
    );
  }
});
