import { describe, expect, it } from 'vitest';
import { freezeProcess, killProcess, startProcess } from '../../../model/process';
import { messageOf } from '../../../model/world';
import { MESSAGE_DEFAULTS } from '../../../scenario/defaults';
import type { ProducerSpec } from '../../../scenario/types';
import { fakeCluster, SECOND, startSending } from '../fake-cluster.fixture';
import { burst, pauseProducer, resumeProducer, sendNow, setProducerWorkload } from './producer';

/** When an application sends, and what its messages are. */

function application(spec: Partial<Omit<ProducerSpec, 'config'>>, aligned = true, seed = 1) {
  const cluster = fakeCluster({
    aligned,
    seed,
    brokers: [{ name: 'a0', brokerName: 'broker-a', topics: [{ topic: 'Orders' }] }],
    producers: [{ id: 'p', ...spec }],
  });
  const { sim, node } = cluster;
  const producer = sim.state.product.producers.get(node('p'))!;
  const called = () => cluster.seen('send.called').map(({ timeUs }) => timeUs);
  const message = (id: number) => messageOf(sim.state.arena, id);
  return { ...cluster, producer, called, message, p: node('p') };
}

const rate = (ratePerSecond: number) => ({ load: { kind: 'rate' as const, ratePerSecond } });

describe('a rate', () => {
  it('is a fixed pace; aligned, message k is sent in the middle of its period', () => {
    const app = application(rate(2));
    startSending(app);
    app.run(2 * SECOND);
    expect(app.called()).toEqual([250_000, 750_000, 1_250_000, 1_750_000]);
  });

  it('does not drift when the period is no whole number of microseconds', () => {
    const app = application(rate(3_000));
    startSending(app);
    app.run(SECOND);
    expect(app.called()).toHaveLength(3_000);
    expect(app.called()[2_999]).toBe(999_833);
  });

  it('has the phase of the seed otherwise', () => {
    const firsts = [1, 2, 3].map((seed) => {
      const app = application(rate(2), false, seed);
      startSending(app);
      app.run(3 * SECOND);
      const [first, second] = app.called();
      expect(second! - first!).toBe(500_000);
      expect(first).toBeLessThan(500_000);
      return first;
    });
    expect(new Set(firsts).size).toBe(3);
  });

  it('waits for the warm-up to end, and stops at its number of messages', () => {
    const app = application({ ...rate(10), messages: 3 });
    app.run(2 * SECOND);
    expect(app.called()).toEqual([]);
    startSending(app);
    app.run(5 * SECOND);
    expect(app.called()).toHaveLength(3);
  });

  it('sends on while earlier sends wait for their answers', () => {
    const app = application({ ...rate(100) });
    app.run(SECOND);
    startSending(app);
    freezeProcess(app.sim as never, app.node('a0'), 10 * SECOND);
    app.run(2 * SECOND);
    expect(app.called()).toHaveLength(100);
    expect(app.producer.state.acknowledged).toBe(0);
  });

  it('leaves out what fell into a pause or a freeze, and keeps its pace', () => {
    const app = application(rate(2));
    startSending(app);
    app.run(SECOND);
    pauseProducer(app.sim, app.p);
    app.run(3.1 * SECOND);
    resumeProducer(app.sim, app.p);
    app.run(4.2 * SECOND);
    expect(app.called().map((us) => us / 1000)).toEqual([250, 750, 3_350, 3_850]);
    freezeProcess(app.sim as never, app.p, 2 * SECOND);
    app.run(7 * SECOND);
    expect(
      app
        .called()
        .map((us) => us / 1000)
        .slice(4),
    ).toEqual([6_200, 6_350, 6_850]);
  });

  it('goes on with what was changed during a freeze', () => {
    const app = application(rate(1));
    startSending(app);
    app.run(SECOND);
    freezeProcess(app.sim as never, app.p, 2 * SECOND);
    setProducerWorkload(app.sim, app.p, rate(2));
    sendNow(app.sim, app.p, MESSAGE_DEFAULTS);
    burst(app.sim, app.p, 2);
    app.run(2.9 * SECOND);
    expect(app.called()).toHaveLength(1);
    app.run(4 * SECOND);
    // At the thaw: the one by hand, the burst, and the one that fell due; then the pace of 2 a second.
    expect(app.called().map((us) => Math.round(us / 1000))).toEqual([
      500, 3_000, 3_000, 3_000, 3_000, 3_250, 3_750,
    ]);
  });

  it('follows a profile', () => {
    const steps = [
      { fromUs: 0, ratePerSecond: 2 },
      { fromUs: 2 * SECOND, ratePerSecond: 0 },
      { fromUs: 4 * SECOND, ratePerSecond: 1 },
    ];
    const app = application({ load: { kind: 'profile', steps } });
    startSending(app);
    app.run(6 * SECOND);
    expect(app.called().map((us) => us / 1000)).toEqual([250, 750, 1_250, 1_750, 4_500, 5_500]);
  });

  it('changes with the workload, from that moment on', () => {
    const app = application(rate(1));
    startSending(app);
    app.run(SECOND);
    setProducerWorkload(app.sim, app.p, { ...rate(4), bodyBytes: 10 });
    app.run(2 * SECOND);
    expect(app.called().map((us) => us / 1000)).toEqual([500, 1_125, 1_375, 1_625, 1_875]);
    expect(app.message(1).bytes).toBe(10);
  });
});

describe('the way of sending', () => {
  it('changes with the workload, from the next message on', () => {
    const app = application({ ...rate(1), mode: 'sync' });
    startSending(app);
    app.run(1.2 * SECOND);
    setProducerWorkload(app.sim, app.p, { mode: 'oneway' });
    app.run(3.2 * SECOND);
    setProducerWorkload(app.sim, app.p, { mode: 'async' });
    app.run(4.2 * SECOND);
    const seconds = (kind: string) => app.seen(kind).map(({ timeUs }) => Math.floor(timeUs / SECOND));
    expect(seconds('send.ok')).toEqual([0, 3]);
    expect(seconds('send.oneway')).toEqual([1, 2]);
  });
});

describe('threads', () => {
  it('send when their last send has ended', () => {
    const app = application({ load: { kind: 'threads', threads: 2 }, messages: 40 });
    app.run(5 * SECOND);
    startSending(app);
    app.run(6 * SECOND);
    expect(app.called()).toHaveLength(40);
    // Two at a time, a round trip of 1 ms apart; the first ask for the route and connect.
    expect(app.called()[39]! - app.called()[0]!).toBeGreaterThan(19_000);
    expect(app.called()[39]! - app.called()[0]!).toBeLessThan(24_000);
  });

  it('become more or fewer with the workload, and pause', () => {
    const app = application({ load: { kind: 'threads', threads: 1 } });
    const countUntil = (us: number) => {
      const before = app.called().length;
      app.run(us);
      return app.called().length - before;
    };
    app.run(5 * SECOND);
    startSending(app);
    const one = countUntil(5.1 * SECOND);
    setProducerWorkload(app.sim, app.p, { load: { kind: 'threads', threads: 4 } });
    const four = countUntil(5.2 * SECOND);
    setProducerWorkload(app.sim, app.p, { load: { kind: 'threads', threads: 2 } });
    const two = countUntil(5.3 * SECOND);
    pauseProducer(app.sim, app.p);
    expect(countUntil(5.4 * SECOND)).toBe(0);
    resumeProducer(app.sim, app.p);
    const again = countUntil(5.5 * SECOND);
    expect(one).toBeGreaterThan(80);
    expect(four / one).toBeGreaterThan(3.8);
    expect(two / one).toBeGreaterThan(1.9);
    expect(two / one).toBeLessThan(2.2);
    expect(again).toBeGreaterThan(1.9 * one);
  });

  it('do not spin on a send that fails in no time', () => {
    const app = application({ load: { kind: 'threads', threads: 1 }, bodyBytes: 0 });
    app.run(5 * SECOND);
    startSending(app);
    app.run(5.1 * SECOND);
    expect(app.called().length).toBeLessThanOrEqual(101);
  });

  it('begin again with their process', () => {
    const app = application({ load: { kind: 'threads', threads: 3 } });
    startSending(app);
    app.run(SECOND);
    killProcess(app.sim as never, app.p, 'process');
    app.run(2 * SECOND);
    const before = app.called().length;
    startProcess(app.sim as never, app.p);
    app.run(3 * SECOND);
    expect(app.called().length).toBeGreaterThan(before + 1_000);
    expect(app.producer.state.threads.size).toBe(3);
  });
});

describe('messages', () => {
  it('have keys of their own, tags in turn, and the size of a stored record', () => {
    const app = application({ ...rate(10), tags: ['A', 'B'] });
    startSending(app);
    app.run(SECOND);
    expect([0, 1, 2].map((id) => app.message(id).tag)).toEqual(['A', 'B', 'A']);
    expect(new Set([0, 1, 2].map((id) => app.message(id).key)).size).toBe(3);
    expect(app.message(0).size).toBe(91 + 1024 + 'Orders'.length + 60);
  });

  it('draw keys evenly or by the skew', () => {
    const counts = (skew: number) => {
      const app = application({ ...rate(10_000), keys: { distinct: 10, skew } });
      startSending(app);
      app.run(SECOND);
      const of = new Map<string, number>();
      for (let id = 0; id < 10_000; id++) of.set(app.message(id).key, (of.get(app.message(id).key) ?? 0) + 1);
      return Array.from({ length: 10 }, (_, i) => of.get(`order-${i + 1}`) ?? 0);
    };
    const even = counts(0);
    expect(Math.min(...even)).toBeGreaterThan(900);
    const skewed = counts(1);
    // 1 / (1 + 1/2 + … + 1/10) = 34 %, and half of that for the second.
    expect(skewed[0]! / 10_000).toBeCloseTo(0.341, 1);
    expect(skewed[0]! / skewed[1]!).toBeGreaterThan(1.8);
    expect(skewed[0]! / skewed[1]!).toBeLessThan(2.2);
  });

  it('by hand say what they want to; a spelled key is the generated one', () => {
    const app = application({ keys: { distinct: 10, skew: 0 }, tags: ['A'] });
    app.run(SECOND);
    sendNow(app.sim, app.p, { ...MESSAGE_DEFAULTS, key: 'order-7', tag: 'B', body: 'é订😀' });
    sendNow(app.sim, app.p, { ...MESSAGE_DEFAULTS, key: 'user-1' });
    app.run(2 * SECOND);
    expect(app.message(0)).toMatchObject({ key: 'order-7', tag: 'B', body: 'é订😀', bytes: 2 + 3 + 4 });
    expect(app.message(1)).toMatchObject({ key: 'user-1', tag: 'A', bytes: 1024 });
    expect(app.producer.state.made).toBe(0);
  });

  it('come in a burst one behind the other, each a call of its own', () => {
    const app = application({});
    app.run(SECOND);
    burst(app.sim, app.p, 100);
    app.run(2 * SECOND);
    expect(app.called()).toHaveLength(100);
    expect(app.called()[99]! - app.called()[0]!).toBe(99 * 5);
    expect(app.producer.state.acknowledged).toBe(100);
  });
});
