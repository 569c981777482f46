import { describe, expect, it } from 'vitest';
import type { Sim } from '../core/sim';
import { type EnvParams, linkBetween, processOf } from './env';
import { close, connect, connOf, isOpen, send } from './net';
import { cutLink, freezeProcess, healLink, killProcess, shutdownProcess, startProcess } from './process';
import { A, B, C, LATENCY_US, MS, SECOND, toyNetwork } from './toy-network';
import type { World } from './world';

let told: string[];
let sim: Sim<World>;

function network(params: Partial<EnvParams> = {}): Sim<World> {
  ({ sim, told } = toyNetwork(params));
  return sim;
}

/** A connection from `a` to `b` that stands. */
function connected(sim: Sim<World>): number {
  const conn = connect(sim, A, B, 'test');
  sim.runUntil(sim.nowUs + 2 * LATENCY_US);
  told.length = 0;
  return conn;
}

const rules = (sim: Sim<World>, from: number) => {
  const seen: string[] = [];
  sim.window?.scan(from, sim.traceCount, ({ kind, node }) => {
    seen.push(`${kind.type} ${node}`);
    return true;
  });
  return seen;
};

describe('connecting', () => {
  it('takes a round trip', () => {
    const sim = network();
    const conn = connect(sim, A, B, 'test');
    sim.runUntil(SECOND);
    expect(told).toEqual(['10 b accepted', '10 a opened']);
    expect([isOpen(connOf(sim, conn), A), isOpen(connOf(sim, conn), B)]).toEqual([true, true]);
  });

  it('[EN-10] is refused after a round trip where no process listens', () => {
    const sim = network();
    killProcess(sim, B, 'process');
    told.length = 0;
    connect(sim, A, B, 'test');
    sim.runUntil(SECOND);
    expect(told).toEqual(['10 a refused']);
  });

  it('[EN-10] is refused while the process starts', () => {
    const sim = network();
    processOf(sim.state.env, B).state = 'recovering';
    connect(sim, A, B, 'test');
    sim.runUntil(SECOND);
    expect(told).toEqual(['10 a refused']);
  });

  it('[EN-14] is repeated in silence after 1, 3 and 7 s, and stands when the link is healed', () => {
    const sim = network();
    cutLink(sim, A, B);
    const from = sim.traceCount;
    connect(sim, A, B, 'test');
    sim.runUntil(4 * SECOND);
    expect(told).toEqual([]);
    expect(rules(sim, from)).toEqual(['conn.unanswered 0']);
    healLink(sim, A, B);
    sim.runUntil(20 * SECOND);
    expect(told).toEqual(['7010 b accepted', '7010 a opened']);
  });

  it('[EN-14] is given up in silence after the sixth repetition', () => {
    const sim = network();
    killProcess(sim, B, 'power');
    told.length = 0;
    connect(sim, A, B, 'test');
    sim.runUntil(200 * SECOND);
    expect(told).toEqual([]);
    expect(sim.pending).toBe(0);
  });

  it('[EN-3] hears nothing when the host dies before it has answered', () => {
    const sim = network();
    connect(sim, A, B, 'test');
    sim.runUntil(LATENCY_US);
    killProcess(sim, B, 'power');
    told.length = 0;
    sim.runUntil(500 * MS);
    expect(told).toEqual([]);
  });

  it('is forgotten when the caller ends first', () => {
    const sim = network();
    const conn = connect(sim, A, B, 'test');
    killProcess(sim, A, 'process');
    sim.runUntil(SECOND);
    expect(told).toEqual(['0 a process']);
    expect(connOf(sim, conn)).toBeUndefined();
  });
});

describe('sending', () => {
  it('takes the latency, and the time on a limited link', () => {
    const sim = network({ bandwidthBytesPerSecond: 1e6 });
    const conn = connected(sim);
    send(sim, conn, A, 'first', 1_000);
    send(sim, conn, A, 'second', 1_000);
    sim.runUntil(SECOND);
    expect(told).toEqual(['16 b first', '17 b second']);
  });

  it('is as slow as the link between two processes says', () => {
    const sim = network();
    const conn = connected(sim);
    const link = linkBetween(sim.state.env, A, B);
    link.latencyUs = 100 * MS;
    link.bandwidthBytesPerSecond = 1e6;
    send(sim, conn, A, 'x', 2_000);
    sim.runUntil(SECOND);
    expect(told).toEqual(['112 b x']);
  });

  it('keeps order although each message has a jitter of its own', () => {
    const sim = network({ jitterUs: 4 * MS });
    const conn = connect(sim, A, B, 'test');
    sim.runUntil(SECOND);
    told.length = 0;
    for (let i = 0; i < 50; i++) send(sim, conn, A, i, 100);
    sim.runUntil(2 * SECOND);
    expect(told.map((line) => Number(line.split(' ')[2]))).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(new Set(told.map((line) => line.split(' ')[0])).size).toBeGreaterThan(1);
  });

  it('on a closed connection does nothing', () => {
    const sim = network();
    const conn = connected(sim);
    close(sim, conn, A);
    send(sim, conn, A, 'x', 1);
    sim.runUntil(SECOND);
    expect(told).toEqual(['15 b closed']);
  });

  it('[EN-9] loses as many messages of one direction as were asked for, and no FIN', () => {
    const sim = network();
    const conn = connected(sim);
    const link = linkBetween(sim.state.env, A, B);
    link.dropAB = 1;
    send(sim, conn, B, 'up', 1);
    send(sim, conn, A, 'first', 1);
    send(sim, conn, A, 'second', 1);
    sim.runUntil(SECOND);
    expect(told).toEqual(['15 a up', '15 b second']);
    link.dropAB = 1;
    close(sim, conn, A);
    sim.runUntil(2 * SECOND);
    expect(told[2]).toBe('1005 b closed');
    expect(link.dropAB).toBe(1);
  });

  it('[EN-7] what has left the network card before a cut still arrives', () => {
    const sim = network();
    const conn = connected(sim);
    send(sim, conn, A, 'x', 1);
    cutLink(sim, A, B);
    sim.runUntil(SECOND);
    expect(told).toHaveLength(1);
  });
});

describe('a peer that ends', () => {
  it('[EN-2] by kill -9 closes its sockets: the other side learns a latency later', () => {
    const sim = network();
    connected(sim);
    killProcess(sim, B, 'process');
    sim.runUntil(SECOND);
    expect(told).toEqual(['10 b process', '15 a closed']);
  });

  it('[EN-11] what it sent before it closed arrives first', () => {
    const sim = network({ bandwidthBytesPerSecond: 1e6 });
    const conn = connected(sim);
    send(sim, conn, B, 'last words', 3_000);
    killProcess(sim, B, 'process');
    sim.runUntil(SECOND);
    expect(told.map((line) => line.split(' ').slice(1).join(' '))).toEqual([
      'b process',
      'a last words',
      'a closed',
    ]);
  });

  it('[EN-3] by power tells nobody, whatever runs on the host, and takes what arrives with it', () => {
    const sim = network();
    const conn = connected(sim);
    send(sim, conn, A, 'too late', 1);
    killProcess(sim, B, 'power');
    sim.runUntil(100 * SECOND);
    expect(told).toEqual(['10 b power', '10 c power']);
    expect(isOpen(connOf(sim, conn), A)).toBe(true);
  });

  it('[EN-12] by power, and is started again: what is retransmitted is answered with RST', () => {
    const sim = network();
    const conn = connected(sim);
    killProcess(sim, B, 'power');
    sim.runUntil(SECOND);
    send(sim, conn, A, 'hello', 1);
    sim.runUntil(2 * SECOND);
    startProcess(sim, B);
    told.length = 0;
    const from = sim.traceCount;
    sim.runUntil(10 * SECOND);
    // Kept at 1 s; retransmissions after 0.2, 0.6, 1.4 s: the third is the first that meets a living host.
    expect(told).toEqual(['2410 a closed']);
    expect(rules(sim, from)).toEqual(['conn.resumed 0', 'conn.reset 0']);
  });

  it('[EN-4] by its disk closes its sockets as kill -9 does', () => {
    const sim = network();
    connected(sim);
    killProcess(sim, B, 'disk');
    sim.runUntil(SECOND);
    expect(told).toEqual(['10 b disk', '15 a closed']);
  });
});

describe('a cut link', () => {
  it('[EN-13] delivers late and in order when it is healed', () => {
    const sim = network();
    const conn = connected(sim);
    cutLink(sim, A, B);
    const from = sim.traceCount;
    send(sim, conn, A, 'first', 1);
    sim.runUntil(300 * MS);
    send(sim, conn, A, 'second', 1);
    sim.runUntil(SECOND);
    healLink(sim, A, B);
    send(sim, conn, A, 'third', 1);
    sim.runUntil(5 * SECOND);
    // Kept at 10 ms; the first retransmission behind the healing is the one 1.4 s later.
    expect(told).toEqual(['1415 b first', '1415 b second', '1415 b third']);
    expect(rules(sim, from)).toEqual(['conn.stalled 0', 'link.healed 0', 'conn.resumed 0']);
  });

  it('[EN-13] fails the connection after 924.6 s without an acknowledgement, and not before', () => {
    const sim = network();
    const conn = connected(sim);
    cutLink(sim, A, B);
    send(sim, conn, A, 'x', 1);
    sim.runUntil(924 * SECOND);
    expect(told).toEqual([]);
    sim.runUntil(925 * SECOND);
    expect(told).toEqual(['924610 a closed']);
    expect(rules(sim, sim.traceCount - 1)).toEqual(['conn.timed-out 0']);
  });

  it('[EN-13] keeps the FIN of a dead process too: the peer learns of the death when it is healed', () => {
    const sim = network();
    connected(sim);
    cutLink(sim, A, B);
    killProcess(sim, B, 'process');
    sim.runUntil(3 * SECOND);
    expect(told).toEqual(['10 b process']);
    healLink(sim, A, B);
    sim.runUntil(60 * SECOND);
    expect(told[1]).toMatch(/a closed$/);
  });

  it('[EN-13] tells nobody when the kernel of a dead process gives up', () => {
    const sim = network();
    const conn = connected(sim);
    cutLink(sim, A, B);
    killProcess(sim, B, 'process');
    told.length = 0;
    sim.runUntil(1_000 * SECOND);
    expect(told).toEqual([]);
    expect(connOf(sim, conn)).toBeUndefined();
  });
});

describe('a frozen process', () => {
  it('[EN-5] accepts connections and keeps messages, and hears of both when it goes on', () => {
    const sim = network();
    freezeProcess(sim, B, SECOND);
    const conn = connect(sim, A, B, 'test');
    sim.runUntil(100 * MS);
    expect(told).toEqual(['10 a opened']);
    send(sim, conn, A, 'hello', 1);
    sim.runUntil(2 * SECOND);
    expect(told.slice(1)).toEqual(['1000 b accepted', '1000 b hello']);
  });

  it('[EN-5] learns of a closed connection when it goes on', () => {
    const sim = network();
    const conn = connected(sim);
    freezeProcess(sim, B, SECOND);
    close(sim, conn, A);
    sim.runUntil(900 * MS);
    expect(told).toEqual([]);
    sim.runUntil(2 * SECOND);
    expect(told).toEqual(['1010 b closed']);
  });

  it('[EN-5] answers no signal but kill -9 before it goes on', () => {
    const sim = network();
    freezeProcess(sim, A, SECOND);
    freezeProcess(sim, B, SECOND);
    shutdownProcess(sim, A);
    killProcess(sim, B, 'process');
    expect(told).toEqual(['0 b process']);
    sim.runUntil(2 * SECOND);
    expect(told.slice(1)).toEqual(['1000 a shutdown']);
  });
});

describe('many connections', () => {
  it('leave nothing behind once both sides are gone', () => {
    const sim = network();
    for (let i = 0; i < 20; i++) {
      connect(sim, A, B, 'x');
      connect(sim, C, A, 'y');
    }
    sim.runUntil(SECOND);
    expect(sim.state.env.conns.size).toBe(40);
    killProcess(sim, B, 'power');
    killProcess(sim, A, 'process');
    sim.runUntil(1_000 * SECOND);
    expect(sim.state.env.conns.size).toBe(0);
  });
});
