import { beforeEach, describe, expect, it } from 'vitest';
import { defineEvent } from '../../core/sim';
import { linkBetween } from '../../model/env';
import { cutLink, freezeProcess, killProcess, startProcess } from '../../model/process';
import { fakeCluster, SECOND } from './fake-cluster.fixture';
import { sendMessage } from './protocol';
import { type Answered, hasChannel, invoke, oneway } from './remoting';
import type { RocketSim } from './state';

/** How calls end, and when, on a pair of a client and one puppet broker. */

const BODY = {
  producerGroup: 'g',
  message: 0,
  topic: 'Orders',
  queueId: 0,
  defaultTopic: '',
  defaultTopicQueueNums: 4,
};

interface Ending {
  tag: string;
  how: string;
  atUs: number;
}

const ended = defineEvent<Answered<string, unknown>>('test.ended');
const written = defineEvent<Answered<string, undefined>>('test.written');

function pair(answer?: (tag: string) => { afterUs?: number } | false) {
  const endings: Ending[] = [];
  const cluster = fakeCluster({
    brokers: [{ name: 'b', brokerName: 'broker-a' }],
    producers: [{ id: 'p' }],
    onSend: (incoming) => answer?.(incoming.body.producerGroup) ?? {},
    also: (handlers) => {
      const note = (sim: RocketSim, _node: number, { context, outcome }: Answered<string, unknown>) => {
        endings.push({ tag: context, how: outcome.ok ? 'ok' : outcome.error, atUs: sim.nowUs });
      };
      handlers.on(ended, note).on(written, note);
    },
  });
  const { sim, node } = cluster;
  const call = (tag: string, timeoutUs: number, mode: 'sync' | 'async' = 'sync') => {
    const then = { event: ended, context: tag };
    invoke(
      sim,
      node('p'),
      node('b'),
      sendMessage,
      { ...BODY, producerGroup: tag },
      { timeoutUs, mode, then },
    );
  };
  const write = (tag: string) => {
    const then = { event: written, context: tag };
    oneway(sim, node('p'), node('b'), sendMessage, { ...BODY, producerGroup: tag }, { then });
  };
  return { ...cluster, endings, call, write };
}

let p: ReturnType<typeof pair>;
beforeEach(() => {
  p = pair();
  p.run(2 * SECOND);
});

describe('connecting', () => {
  it('[CL-12] a dead process refuses within a round trip', () => {
    killProcess(p.sim as never, p.node('b'), 'process');
    p.run(3 * SECOND);
    p.call('x', 3 * SECOND);
    p.run(4 * SECOND);
    expect(p.endings).toEqual([{ tag: 'x', how: 'connect', atUs: 3 * SECOND + 1_000 }]);
  });

  it('[CL-12] a silent host takes the whole connect timeout, whatever the call would have waited', () => {
    killProcess(p.sim as never, p.node('b'), 'power');
    p.run(3 * SECOND);
    p.call('short', 1 * SECOND);
    p.run(4 * SECOND);
    p.call('late', 3 * SECOND);
    p.run(10 * SECOND);
    // The second caller waits for the same connect, so it fails after 2 s.
    expect(p.endings).toEqual([
      { tag: 'short', how: 'connect', atUs: 6 * SECOND },
      { tag: 'late', how: 'connect', atUs: 6 * SECOND },
    ]);
  });

  it('[CL-12] connectTimeoutMillis bounds it', () => {
    const producer = p.sim.state.product.producers.get(p.node('p'))!;
    producer.config = { ...producer.config, connectTimeoutMillis: 500 };
    killProcess(p.sim as never, p.node('b'), 'power');
    p.call('x', 3 * SECOND);
    p.run(10 * SECOND);
    expect(p.endings).toEqual([{ tag: 'x', how: 'connect', atUs: 2.5 * SECOND }]);
  });

  it('tells a oneway that it was written, or that there was no connection', () => {
    p.write('one');
    p.run(3 * SECOND);
    killProcess(p.sim as never, p.node('b'), 'process');
    p.run(4 * SECOND);
    p.write('two');
    p.run(5 * SECOND);
    expect(p.endings.map(({ tag, how }) => [tag, how])).toEqual([
      ['one', 'ok'],
      ['two', 'connect'],
    ]);
    expect(p.received).toHaveLength(1);
  });
});

describe('waiting for an answer', () => {
  it('[CL-13] a sync call ends exactly at its timeout and takes the channel down', () => {
    const silent = pair((tag) => (tag === 'quiet' ? false : {}));
    silent.run(2 * SECOND);
    silent.call('warm', 3 * SECOND);
    silent.run(3 * SECOND);
    silent.call('quiet', 1 * SECOND);
    silent.run(3.5 * SECOND);
    silent.call('other', 3 * SECOND);
    expect(hasChannel(silent.sim, silent.node('p'), silent.node('b'))).toBe(true);
    silent.run(4 * SECOND);
    expect(silent.endings.slice(-2)).toEqual([
      { tag: 'other', how: 'ok', atUs: 3.5 * SECOND + 1_002 },
      { tag: 'quiet', how: 'timeout', atUs: 4 * SECOND },
    ]);
    expect(hasChannel(silent.sim, silent.node('p'), silent.node('b'))).toBe(false);
  });

  it('[CL-13] a call that had next to no time left leaves the channel open', () => {
    linkBetween(p.sim.state.env, p.node('p'), p.node('b')).latencyUs = 465_000;
    p.call('x', 1_000_000);
    p.run(6 * SECOND);
    // The connect took 930 ms of 1000, so the wait of 70 ms was too short to blame the channel.
    expect(p.endings.map(({ how }) => how)).toEqual(['timeout']);
    expect(hasChannel(p.sim, p.node('p'), p.node('b'))).toBe(true);
  });

  it('[CL-13] clientCloseSocketIfTimeout=false leaves the channel open', () => {
    const silent = pair(() => false);
    const producer = silent.sim.state.product.producers.get(silent.node('p'))!;
    producer.config = { ...producer.config, clientCloseSocketIfTimeout: false };
    silent.call('x', 1 * SECOND);
    silent.run(3 * SECOND);
    expect(silent.endings.map(({ how }) => how)).toEqual(['timeout']);
    expect(hasChannel(silent.sim, silent.node('p'), silent.node('b'))).toBe(true);
  });

  it('[CL-14] a closing channel fails all that is in flight at once, sync and async', () => {
    const silent = pair(() => false);
    silent.run(2 * SECOND);
    silent.call('sync', 3 * SECOND);
    silent.call('async', 3 * SECOND, 'async');
    silent.run(3 * SECOND);
    killProcess(silent.sim as never, silent.node('b'), 'process');
    silent.run(4 * SECOND);
    expect(silent.endings.map(({ tag, how }) => [tag, how])).toEqual([
      ['sync', 'closed'],
      ['async', 'closed'],
    ]);
    expect(silent.endings[0]!.atUs).toBeLessThan(3 * SECOND + 1_000);
    expect(silent.seen('calls.failed-fast')[0]!.b).toBe(2);
  });

  it('[CL-14] a timeout closes the shared channel, so the calls behind it fail with it', () => {
    const silent = pair(() => false);
    silent.run(2 * SECOND);
    silent.call('first', 1 * SECOND);
    silent.run(2.5 * SECOND);
    silent.call('second', 3 * SECOND);
    silent.run(4 * SECOND);
    expect(silent.endings).toEqual([
      { tag: 'second', how: 'closed', atUs: 3 * SECOND },
      { tag: 'first', how: 'timeout', atUs: 3 * SECOND },
    ]);
  });

  it('[CL-14] a silent peer fails nothing before its time', () => {
    p.call('warm', 3 * SECOND);
    p.run(3 * SECOND);
    cutLink(p.sim as never, p.node('p'), p.node('b'));
    p.call('x', 3 * SECOND);
    p.run(5.9 * SECOND);
    expect(p.endings.map(({ tag }) => tag)).toEqual(['warm']);
    p.run(6.1 * SECOND);
    expect(p.endings.at(-1)).toEqual({ tag: 'x', how: 'timeout', atUs: 6 * SECOND });
  });

  it('[CL-15] an async answer is taken until the first scan a second behind its timeout', () => {
    const slow = pair((tag) => ({ afterUs: Number(tag) }));
    slow.run(2.5 * SECOND);
    // Timeout at 5.5 s; scans each second from 3 s on: the one at 7 s is the first after 6.5 s.
    slow.call('4400000', 3 * SECOND, 'async');
    slow.call('4600000', 3 * SECOND, 'async');
    slow.run(10 * SECOND);
    expect(slow.endings).toEqual([
      { tag: '4400000', how: 'ok', atUs: 6_902_002 },
      { tag: '4600000', how: 'timeout', atUs: 7 * SECOND },
    ]);
    expect(hasChannel(slow.sim, slow.node('p'), slow.node('b'))).toBe(true);
  });

  it('[CL-15] a sync call does not take an answer that is late', () => {
    const slow = pair(() => ({ afterUs: 3_000_001 }));
    slow.run(2.5 * SECOND);
    slow.call('x', 3 * SECOND);
    slow.run(10 * SECOND);
    expect(slow.endings).toEqual([{ tag: 'x', how: 'timeout', atUs: 5.5 * SECOND }]);
  });

  it('a frozen peer answers late, not never', () => {
    p.call('warm', 3 * SECOND);
    p.run(3 * SECOND);
    freezeProcess(p.sim as never, p.node('b'), 2 * SECOND);
    p.call('x', 3 * SECOND);
    p.run(6 * SECOND);
    expect(p.endings.at(-1)!.how).toBe('ok');
    expect(p.endings.at(-1)!.atUs).toBeGreaterThan(5 * SECOND);
  });

  it('forgets its calls when its process ends', () => {
    const silent = pair(() => false);
    silent.run(2 * SECOND);
    silent.call('x', 1 * SECOND);
    killProcess(silent.sim as never, silent.node('p'), 'process');
    silent.run(3 * SECOND);
    startProcess(silent.sim as never, silent.node('p'));
    silent.run(10 * SECOND);
    expect(silent.endings).toEqual([]);
    expect(silent.sim.state.product.producers.get(silent.node('p'))!.remoting.pending.size).toBe(0);
  });
});

describe('silence', () => {
  it('[CL-16] a client closes a channel that was idle for 120 s, not one that was used', () => {
    const producer = p.sim.state.product.producers.get(p.node('p'))!;
    producer.config = { ...producer.config, clientChannelMaxIdleTimeSeconds: 100 };
    p.call('x', 3 * SECOND);
    p.run(60 * SECOND);
    p.call('y', 3 * SECOND);
    p.run(159 * SECOND);
    expect(p.seen('channel.idle-closed')).toHaveLength(0);
    p.run(161 * SECOND);
    expect(p.seen('channel.idle-closed')).toHaveLength(1);
    expect(hasChannel(p.sim, p.node('p'), p.node('b'))).toBe(false);
    // The broker hears of a close, not of silence.
    const heard = p.closed.filter(({ node }) => node === p.node('b'));
    expect(heard.map(({ opened, idle }) => [opened, idle])).toEqual([[false, false]]);
  });

  it('[CL-16] what is only written keeps a channel, too', () => {
    p.call('x', 3 * SECOND);
    p.run(60 * SECOND);
    p.write('y');
    p.run(125 * SECOND);
    expect(p.seen('channel.idle-closed')).toHaveLength(0);
    expect(hasChannel(p.sim, p.node('p'), p.node('b'))).toBe(true);
    p.run(181 * SECOND);
    expect(p.seen('channel.idle-closed')).toHaveLength(1);
  });

  it('[CL-21] a broker closes a connection on which no byte came or went for 120 s', () => {
    p.call('x', 3 * SECOND);
    p.run(3 * SECOND);
    cutLink(p.sim as never, p.node('p'), p.node('b'));
    p.run(121 * SECOND);
    expect(p.seen('client.idle-closed')).toHaveLength(0);
    p.run(123 * SECOND);
    const [closed] = p.seen('client.idle-closed');
    expect(Math.abs(closed!.b - 120 * SECOND)).toBeLessThan(2);
    expect(p.closed.filter(({ node }) => node === p.node('b'))[0]).toMatchObject({
      opened: false,
      idle: true,
    });
  });
});
