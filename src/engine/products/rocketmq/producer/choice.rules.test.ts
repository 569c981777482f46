import { describe, expect, it } from 'vitest';
import { cutLink, healLink, killProcess, startProcess } from '../../../model/process';
import { textOf } from '../../../model/world';
import type { ProducerConfig } from '../../../scenario/config';
import { MESSAGE_DEFAULTS } from '../../../scenario/defaults';
import {
  changeFake,
  type FakeOptions,
  fakeCluster,
  registerFake,
  SECOND,
  startSending,
} from '../fake-cluster.fixture';
import { penaltyUs } from './latency-faults';
import { sendNow } from './producer';
import { javaHash, queueByHash } from './queue-choice';

/** Where messages go: counters, avoided brokers, hashes, and topics that nobody has yet. */

const ORDERS = [{ topic: 'Orders' }];
const TBW102 = [{ topic: 'TBW102', perm: 7, readQueueNums: 8, writeQueueNums: 8 }];
const MESSAGE = MESSAGE_DEFAULTS;
const TWO: FakeOptions['brokers'] = [
  { name: 'a0', brokerName: 'broker-a', topics: ORDERS },
  { name: 'b0', brokerName: 'broker-b', topics: ORDERS },
];

function senders(options: FakeOptions & { config?: Partial<ProducerConfig> } = {}) {
  const { config, ...rest } = options;
  const cluster = fakeCluster({ brokers: TWO, producers: [{ id: 'p', config }], ...rest });
  const { sim, node } = cluster;
  const producer = sim.state.product.producers.get(node('p'))!;
  const send = () => sendNow(sim, node('p'), MESSAGE);
  const hits = () =>
    cluster.received.map(({ broker, send: { queueId } }) => `${broker === node('a0') ? 'a' : 'b'}${queueId}`);
  const failures = () => cluster.seen('send.exception').map(({ b }) => textOf(sim.state.arena, b));
  return { ...cluster, producer, send, hits, failures };
}

describe('hashes', () => {
  it('[PR-12] are those of Java, and the remainder loses its sign', () => {
    const rows: [string, number, number, number][] = [
      ['ORDER-1001', 1223810975, 7, 3],
      ['ORDER-1002', 1223810976, 0, 0],
      ['ORDER-1003', 1223810977, 1, 1],
      ['user-7', -836031819, 3, 3],
    ];
    for (const [text, hash, of8, of4] of rows) {
      expect(javaHash(text)).toBe(hash);
      expect([queueByHash(hash, 8), queueByHash(hash, 4)]).toEqual([of8, of4]);
    }
    expect(queueByHash(10, 8)).toBe(2);
    expect(javaHash('')).toBe(0);
    expect(javaHash('订单')).toBe(31 * '订'.charCodeAt(0) + '单'.charCodeAt(0));
  });
});

describe('in turn', () => {
  it('[PR-9] starts at random, by the seed, and then goes through the list', () => {
    const starts = [1, 2, 3, 4, 5].map((seed) => {
      const { send, run, hits } = senders({ seed });
      run(5 * SECOND);
      for (let i = 0; i < 9; i++) {
        send();
        run((6 + i) * SECOND);
      }
      const list = ['a0', 'a1', 'a2', 'a3', 'b0', 'b1', 'b2', 'b3'];
      const first = list.indexOf(hits()[0]!);
      expect(hits()).toEqual(Array.from({ length: 9 }, (_, i) => list[(first + i) % 8]));
      return first;
    });
    expect(new Set(starts).size).toBeGreaterThan(1);
  });

  it('[PR-9] threads have counters of their own, and a changed route makes new ones', () => {
    const { sim, run, producer, node } = senders({
      producers: [{ id: 'p', load: { kind: 'threads', threads: 3 }, messages: 30 }],
    });
    run(5 * SECOND);
    startSending({ sim } as never);
    run(6 * SECOND);
    const before = producer.state.counters.get('Orders')!;
    expect(before.index).toHaveLength(4);
    expect(before.index[0]).toBe(-1);
    changeFake(sim, node('b0'), { topics: [{ topic: 'Orders', writeQueueNums: 8 }] });
    run(31 * SECOND);
    sendNow(sim, node('p'), MESSAGE);
    run(32 * SECOND);
    expect(producer.state.counters.get('Orders')!.info).not.toBe(before.info);
    expect(producer.state.counters.get('Orders')!.index).toHaveLength(1);
  });
});

describe('avoiding slow brokers', () => {
  const config = { sendLatencyFaultEnable: true };

  it('[PR-10] [VC-1] the penalty follows the table of the version', () => {
    const five = [49, 50, 549, 550, 1_799, 1_800, 3_000, 5_000, 15_000].map((ms) =>
      penaltyUs('5.3', ms * 1000, false),
    );
    expect(five.map((us) => us / 1000)).toEqual([0, 0, 0, 2_000, 2_000, 5_000, 6_000, 10_000, 30_000]);
    const four = [49, 550, 1_000, 2_000, 3_000, 15_000].map((ms) => penaltyUs('4.9', ms * 1000, false));
    expect(four.map((us) => us / 1000)).toEqual([0, 30_000, 60_000, 120_000, 180_000, 600_000]);
    expect([penaltyUs('5.3', 1, true), penaltyUs('4.9', 1, true)]).toEqual([10 * SECOND, 600 * SECOND]);
  });

  it('[PR-10] a broker that failed is avoided for 10 s by all that follows', () => {
    const { sim, send, run, node, failures, seen, hits } = senders({ config });
    send();
    run(5 * SECOND);
    cutLink(sim as never, node('p'), node('a0'));
    const counter = sim.state.product.producers.get(node('p'))!.state.counters.get('Orders')!;
    counter.index[0] = 7;
    send();
    run(8.1 * SECOND);
    expect(failures()).toHaveLength(1);
    expect(seen('broker.avoided').map(({ b }) => b)).toEqual([10 * SECOND]);
    const before = hits().length;
    for (let at = 9; at < 18; at++) {
      send();
      run(at * SECOND);
    }
    expect(failures()).toHaveLength(1);
    expect(
      hits()
        .slice(before)
        .every((hit) => hit.startsWith('b')),
    ).toBe(true);
    run(18.1 * SECOND);
    for (let i = 0; i < 8; i++) send();
    run(22 * SECOND);
    expect(failures().length).toBeGreaterThan(1);
  });

  it('[PR-10] is off by default', () => {
    const { sim, send, run, node, producer } = senders();
    run(5 * SECOND);
    killProcess(sim as never, node('a0'), 'process');
    for (let i = 0; i < 8; i++) send();
    run(6 * SECOND);
    expect(producer.state.faults.size).toBe(0);
  });

  it('[PR-10] when all are avoided it takes a reachable one that did not just fail', () => {
    const { send, run, producer, hits } = senders({ config });
    send();
    run(5 * SECOND);
    const item = { latencyUs: 0, startUs: 100 * SECOND, checkUs: 0 };
    producer.state.faults.set('broker-a', { ...item, reachable: false });
    producer.state.faults.set('broker-b', { ...item, reachable: true });
    const before = hits().length;
    for (let i = 0; i < 6; i++) send();
    run(6 * SECOND);
    expect(
      hits()
        .slice(before)
        .every((hit) => hit.startsWith('b')),
    ).toBe(true);
  });

  it('[PR-11] the detector finds a broker reachable again', () => {
    const { sim, send, run, node, producer, seen } = senders({
      config: { ...config, startDetectorEnable: true },
    });
    send();
    run(5 * SECOND);
    killProcess(sim as never, node('a0'), 'process');
    run(5.1 * SECOND);
    for (let i = 0; i < 8; i++) send();
    run(6 * SECOND);
    expect(producer.state.faults.get('broker-a')!.reachable).toBe(false);
    run(10 * SECOND);
    expect(seen('detector.probed').some(({ b }) => b === 0)).toBe(true);
    expect(producer.state.faults.get('broker-a')!.reachable).toBe(false);
    startProcess(sim as never, node('a0'));
    run(16 * SECOND);
    expect(producer.state.faults.get('broker-a')!.reachable).toBe(true);
  });

  it('[PR-11] is off by default: a broker that raised stays unreachable until it is used again', () => {
    const { seen, run, send } = senders({ config, onSend: () => ({ status: 2 }) });
    send();
    run(20 * SECOND);
    expect(seen('detector.probed')).toHaveLength(0);
  });
});

describe('an unknown topic', () => {
  const fresh: FakeOptions = {
    brokers: [
      { name: 'a0', brokerName: 'broker-a', topics: TBW102 },
      { name: 'b0', brokerName: 'broker-b', topics: TBW102 },
    ],
  };

  it('[CL-5] is asked for before the first message, once for all that wait', () => {
    const { send, run, seen, hits } = senders();
    run(5 * SECOND);
    send();
    send();
    run(6 * SECOND);
    expect(hits()).toHaveLength(2);
    expect(seen('topic.first-used')).toHaveLength(2);
    expect(seen('route.given')).toHaveLength(1);
  });

  it('[PR-15] [CL-5] borrows the route of TBW102 with at most four queues a broker', () => {
    const { send, run, producer, hits, seen } = senders(fresh);
    run(5 * SECOND);
    for (let i = 0; i < 8; i++) send();
    run(6 * SECOND);
    expect(producer.client.publish.get('Orders')).toMatchObject({ borrowed: true });
    expect([...hits()].sort()).toEqual(['a0', 'a1', 'a2', 'a3', 'b0', 'b1', 'b2', 'b3']);
    expect(seen('topic.borrowed')[0]!.b).toBe(2);
  });

  it('[PR-16] stays where it was created before the next poll', () => {
    const { sim, send, run, producer, seen, hits, node } = senders(fresh);
    run(5 * SECOND);
    send();
    run(6 * SECOND);
    const name = hits()[0]!.startsWith('a') ? 'a0' : 'b0';
    changeFake(sim, node(name), { topics: [...TBW102, ...ORDERS] });
    registerFake(sim, node(name), ['Orders']);
    run(31 * SECOND);
    expect(producer.client.publish.get('Orders')!.queues).toHaveLength(4);
    expect(seen('topic.narrowed')[0]!.b).toBe(1);
    for (let i = 0; i < 8; i++) send();
    run(32 * SECOND);
    expect(new Set(hits().map((hit) => hit[0])).size).toBe(1);
  });

  it('[PR-2] without a template either there is no route', () => {
    const { send, run, failures } = senders({
      brokers: [{ name: 'a0', brokerName: 'broker-a', topics: [{ topic: 'X' }] }],
    });
    run(5 * SECOND);
    send();
    run(6 * SECOND);
    expect(failures()).toEqual(['MQClientException: No route info of this topic: Orders']);
  });

  it('[CL-6] [PR-2] nor is there one while its only group has no master', () => {
    const { sim, send, run, failures, node, seen } = senders({
      brokers: [
        { name: 'a0', brokerName: 'broker-a', topics: ORDERS },
        { name: 'a1', brokerName: 'broker-a', brokerId: 1, topics: ORDERS },
      ],
    });
    send();
    run(5 * SECOND);
    killProcess(sim as never, node('a0'), 'process');
    run(31 * SECOND);
    expect(seen('route.group-without-master')).toHaveLength(1);
    const before = failures().length;
    send();
    run(32 * SECOND);
    expect(failures().slice(before)).toEqual(['MQClientException: No route info of this topic: Orders']);
  });

  it('[CL-11] [CM-52] with all name servers dead a new topic fails, known ones go on, for any time', () => {
    const { sim, send, run, node, hits } = senders();
    send();
    run(5 * SECOND);
    killProcess(sim as never, node('ns-1'), 'process');
    run(600 * SECOND);
    send();
    run(601 * SECOND);
    expect(hits()).toHaveLength(2);
    const stranger = senders({ down: ['ns-1'] });
    stranger.run(5 * SECOND);
    stranger.send();
    stranger.run(6 * SECOND);
    expect(stranger.failures()[0]).toMatch(/^No route info of this topic: Orders/);
  });

  it('[CM-52] with all name servers dead a broker that is cut off costs 3 s a hit until it heals', () => {
    const { sim, send, run, failures, node, producer } = senders();
    send();
    run(5 * SECOND);
    killProcess(sim as never, node('ns-1'), 'process');
    cutLink(sim as never, node('p'), node('a0'));
    run(400 * SECOND);
    const count = () => failures().length;
    producer.state.counters.get('Orders')!.index[0] = 7;
    send();
    run(404 * SECOND);
    expect(count()).toBe(1);
    healLink(sim as never, node('p'), node('a0'));
    producer.state.counters.get('Orders')!.index[0] = 7;
    send();
    run(405 * SECOND);
    expect(count()).toBe(1);
  });
});
