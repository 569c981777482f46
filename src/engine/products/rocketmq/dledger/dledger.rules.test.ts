import { describe, expect, it } from 'vitest';
import { verdictOf } from '../../../checkers/verdict';
import { recordAt } from '../../../model/log';
import { reportOf } from '../../../report/report';
import { Code } from '../protocol';
import { type Group, group, NODES } from './dledger.fixture';

const STEADY = { producer: { ratePerSecond: 20 } };

const kill = (run: Group, target: string, failure = 'process') => run.act({ do: 'kill', target, failure });
const cut = (run: Group, x: string, y: string) => run.act({ do: 'cut', between: [x, y] });
const heal = (run: Group, x: string, y: string) => run.act({ do: 'heal', between: [x, y] });
/** Cuts a node off from the others of its group, or joins them again; clients and name servers reach all. */
const cutOff = (run: Group, node: string) => {
  for (const other of NODES) if (other !== node) cut(run, node, other);
};
const join = (run: Group, node: string) => {
  for (const other of NODES) if (other !== node) heal(run, node, other);
};
const records = (run: Group, name: string) => {
  const { log } = run.broker(name).store;
  return Array.from({ length: log.records.length }, (_, row) => recordAt(log, row));
};
const term = (run: Group, name: string) => run.broker(name).store.disk.raft.term;

describe('election', () => {
  it.each([1, 2, 3, 4])('[HA-21] a new group has one leader soon (seed %i)', (seed) => {
    const run = group({ start: 'cold', seed }).until(8_000);
    expect(run.entries('raft.elected').length).toBeGreaterThan(0);
    const { leader, followers } = run;
    expect(followers).toHaveLength(2);
    for (const follower of followers) {
      expect(run.broker(follower).store.memory.raft).toMatchObject({
        role: 'follower',
        leader: run.node(leader),
      });
      expect(term(run, follower)).toBe(term(run, leader));
      expect(run.broker(follower).store.disk.raft.votedFor).toBe(run.node(leader));
    }
  });

  it.each([1, 2, 3, 4, 5, 6])(
    '[HA-21] [CM-47] a follower stands for leader when it has heard nothing for more than 6 s (seed %i)',
    (seed) => {
      const run = group({ ...STEADY, seed }).until(20_000);
      const { leader: old, followers } = run;
      const before = term(run, old);
      const heardMs = Math.max(...followers.map((name) => run.broker(name).store.memory.raft.heardUs / 1000));
      kill(run, old);
      run.until(45_000);
      const stood = run.entries('raft.candidate', 20_000);
      for (const { atMs, b } of stood.slice(0, 2)) {
        expect(b).toBeGreaterThan(6_000_000);
        expect(b).toBeLessThanOrEqual(6_011_000);
        expect(atMs).toBeLessThanOrEqual(heardMs + 6_011);
      }
      const elected = run.first('raft.elected', 20_000)!;
      expect(elected.a).toBeGreaterThan(before);
      expect(elected.atMs - heardMs).toBeGreaterThan(6_300);
      expect(elected.atMs - heardMs).toBeLessThan(11_000);
      expect(followers).toContain(elected.node);
    },
  );

  it('[HA-21] nobody stands while the leader beats each 2 s', () => {
    const run = group().until(60_000);
    expect(run.count('raft.candidate')).toBe(0);
    const { heardUs } = run.broker(run.followers[0]!).store.memory.raft;
    expect(run.sim.nowUs - heardUs).toBeLessThan(2_030_000);
  });

  it('[HA-21] a node whose log is shorter gets no vote', () => {
    const run = group(STEADY).until(20_000);
    const [behind, other] = run.followers as [string, string];
    const { leader } = run;
    cutOff(run, behind);
    run.until(25_000);
    expect(run.rows(behind)).toBeLessThan(run.rows(other));
    kill(run, leader);
    heal(run, behind, other);
    run.until(60_000);
    expect(run.leader).toBe(other);
    const refused = run.entries('raft.vote-refused', 25_000, other).filter(({ a }) => a === run.node(behind));
    expect(refused.length).toBeGreaterThan(0);
    expect(run.rows(behind)).toBe(run.rows(other));
  });

  it('[HA-21] a leader without a majority gives up after 6 s', () => {
    const run = group(STEADY).until(20_000);
    const { leader } = run;
    for (const follower of run.followers) kill(run, follower, 'power');
    run.until(35_000);
    const down = run.first('raft.stepped-down', 20_000, leader)!;
    expect(down.b).toBeGreaterThan(6_000_000);
    expect(down.atMs - 20_000).toBeLessThan(11_000);
    expect(run.leader).toBe('');
    expect(run.broker(leader).role).toBe('SLAVE');
  });
});

describe('what a majority has', () => {
  it('[HA-21] is answered SEND_OK from memory, before any disk has it', () => {
    const run = group({ config: { flushDiskType: 'SYNC_FLUSH' } }).until(10_000);
    run.act({
      do: 'slow',
      part: 'disk',
      target: run.leader,
      between: null,
      factor: null,
      fsyncUs: 900_000,
      latencyUs: null,
    });
    run.act({ do: 'burst', target: 'p', messages: 1 });
    run.until(10_100);
    expect(run.count('put.answered', 10_000)).toBe(1);
    const { log } = run.broker(run.leader).store;
    expect(log.flushed).toBeLessThan(log.records.length);
  });

  it('[HA-21] is reached without one of three nodes, and not without two', () => {
    const run = group(STEADY).until(10_000);
    kill(run, run.followers[0]!);
    run.until(15_000);
    expect(run.committedRows(run.leader)).toBeGreaterThanOrEqual(run.rows(run.leader) - 1);
    expect(run.count('raft.no-quorum')).toBe(0);
    const mark = run.committedRows(run.leader);
    const { leader, followers } = run;
    kill(run, followers[1]!);
    run.until(18_000);
    expect(run.rows(leader)).toBeGreaterThan(mark + 10);
    expect(run.committedRows(leader)).toBeLessThanOrEqual(mark + 1);
  });

  it('[HA-21] of five nodes are three', () => {
    const run = group({ ...STEADY, nodes: 5 }).until(10_000);
    const { leader } = run;
    const [one, two, ...others] = run.followers as [string, string, ...string[]];
    for (const other of others) kill(run, other);
    run.until(12_000);
    expect(run.committedRows(leader)).toBeGreaterThanOrEqual(run.rows(leader) - 1);
    kill(run, two);
    run.until(12_100);
    const mark = run.committedRows(leader);
    run.until(15_000);
    expect(run.rows(one)).toBeGreaterThan(mark + 20);
    expect(run.committedRows(leader)).toBe(mark);
  });

  it('[HA-21] is all that consumers see', () => {
    const run = group({ ...STEADY, consumers: 1 }).until(20_000);
    const { leader } = run;
    cutOff(run, leader);
    run.until(24_000);
    expect(run.rows(leader)).toBeGreaterThan(run.committedRows(leader) + 20);
    const delivered = run.entries('record.delivered').map(({ a }) => a);
    const committed = new Set(records(run, leader).slice(0, run.committedRows(leader)));
    expect(delivered.every((record) => committed.has(record))).toBe(true);
  });

  it('[HA-21] a follower that was away is brought up to date', () => {
    const run = group(STEADY).until(10_000);
    const [away] = run.followers as [string];
    kill(run, away);
    run.until(20_000);
    run.act({ do: 'restart', target: away });
    run.until(30_000);
    expect(records(run, away)).toEqual(records(run, run.leader).slice(0, run.rows(away)));
    expect(run.rows(away)).toBeGreaterThanOrEqual(run.rows(run.leader) - 1);
    expect(run.committedRows(away)).toBeGreaterThan(run.committedRows(run.leader) - 30);
  });

  it('[HA-21] a lost disk is filled again from the leader', () => {
    const run = group(STEADY).until(10_000);
    const [wiped] = run.followers as [string];
    kill(run, wiped, 'disk');
    run.until(12_000);
    run.act({ do: 'restart', target: wiped });
    run.until(20_000);
    expect(records(run, wiped).slice(0, 200)).toEqual(records(run, run.leader).slice(0, 200));
    expect(run.rows(wiped)).toBeGreaterThan(200);
  });
});

describe('puts without a majority', () => {
  it.each(['5.3', '4.9'] as const)('[HA-22] end after 2.5 s, in %s with another code', (version) => {
    const run = group({ version, producer: { ratePerSecond: 5, config: { sendMsgTimeout: 10_000 } } }).until(
      20_000,
    );
    const { leader } = run;
    cutOff(run, leader);
    run.until(23_500);
    const timedOut = run.entries('raft.no-quorum', 20_000, leader);
    expect(timedOut.length).toBeGreaterThan(2);
    const storedMs = new Map(run.entries('message.stored').map(({ a, atMs }) => [a, atMs]));
    for (const { b, atMs } of timedOut) expect(atMs - storedMs.get(b)!).toBeCloseTo(2_500, 0);
    const codes = run.entries(['send.code-retried', 'send.code-final'], 20_000).map(({ b }) => b);
    expect(codes.length).toBeGreaterThan(2);
    expect(codes.every((code) => code === (version === '4.9' ? Code.SYSTEM_BUSY : Code.SYSTEM_ERROR))).toBe(
      true,
    );
  });

  it('[HA-22] an entry that was given up may be committed later: its retry is a duplicate', () => {
    const run = group({
      producer: { ratePerSecond: 20, config: { sendMsgTimeout: 10_000 } },
      consumers: 1,
    }).until(20_000);
    const { leader } = run;
    const { raft } = run.broker(leader).store.memory;
    run.untilTrue(() => raft.round === undefined && run.sim.nowUs - raft.sentUs < 100_000, 3_000);
    const cutMs = run.nowMs;
    cutOff(run, leader);
    // What TCP sends again 3 s after the cut comes before the followers miss their leader.
    run.until(cutMs + 2_950);
    join(run, leader);
    run.until(60_000);
    expect(run.leader).toBe(leader);
    expect(run.count('raft.committed-late')).toBeGreaterThan(2);
    expect(verdictOf(run.run).duplicates).toBeGreaterThan(2);
    expect(verdictOf(run.run).acknowledgedLost).toBe(0);
  });

  it('[HA-22] are refused when more than 10 000 wait', () => {
    const run = group().until(20_000);
    cutOff(run, run.leader);
    run.act({ do: 'burst', target: 'p', messages: 11_000 });
    run.until(21_500);
    expect(run.count('raft.pending-full', 20_000)).toBeGreaterThan(900);
    expect(run.broker(run.leader).store.memory.raft.pending.length).toBe(10_001);
  });

  it('[HA-22] [HA-17] a follower takes no sends', () => {
    const run = group(STEADY).until(20_000);
    const { leader } = run;
    kill(run, leader);
    run.until(26_000);
    const stored = run.entries('message.stored', 20_100);
    expect(stored).toEqual([]);
  });
});

describe('a deposed leader', () => {
  /** The leader is cut off from its group, but not from its clients, until another one leads. */
  const deposed = () => {
    const run = group({ ...STEADY, consumers: 1 }).until(20_000);
    const { leader: old } = run;
    cutOff(run, old);
    run.until(35_000);
    return { run, old };
  };

  it('[HA-21] its entries that no majority had are cut off, and its log becomes that of the new one', () => {
    const { run, old } = deposed();
    expect(run.leader).not.toBe(old);
    const kept = run.committedRows(old);
    expect(run.rows(old)).toBeGreaterThan(kept + 20);
    join(run, old);
    run.until(60_000);
    expect(run.entries('raft.truncated', 35_000, old).some(({ a }) => a > 20)).toBe(true);
    expect(run.broker(old).store.memory.raft.truncated).toBeGreaterThan(20);
    const length = run.rows(old);
    expect(length).toBeGreaterThanOrEqual(run.committedRows(run.leader) - 1);
    expect(records(run, old)).toEqual(records(run, run.leader).slice(0, length));
  });

  it('[HA-21] [CM-47] nothing that was acknowledged is lost', () => {
    const { run, old } = deposed();
    join(run, old);
    run.until(90_000);
    expect(verdictOf(run.run)).toMatchObject({ acknowledgedLost: 0, stranded: 0, unavailable: 0 });
    expect(reportOf(run.run).judges['safe-commit']).toBe('holds');
    expect(run.count('raft.puts-forgotten')).toBe(1);
  });
});

describe('what the broker makes of it', () => {
  const ids = (run: Group) => {
    const [nameserver] = run.sim.state.product.nameservers.values();
    return [...nameserver!.tables.brokerAddrTable.get('broker-a')!.addrs].sort((x, y) => x[0] - y[0]);
  };

  it('[HA-23] the leader is broker id 0, a follower its own number and one', () => {
    const run = group().until(40_000);
    const expected = NODES.flatMap((name, i) => (name === run.leader ? [] : [[i + 1, run.node(name)]]));
    expect(ids(run)).toEqual([[0, run.node(run.leader)], ...expected]);
  });

  it('[HA-23] [HA-11] a role is registered oneway: a follower learns its master by a registration 10 s later', () => {
    const run = group(STEADY).until(20_000);
    const [name = ''] = run.followers;
    kill(run, name);
    run.until(21_000).act({ do: 'restart', target: name });
    run.until(27_000);
    expect(run.first('raft.slave', 21_000, name)!.atMs).toBeLessThan(26_000);
    const { feed } = run.broker(name).store.memory;
    expect(feed.metadataFrom).toBeUndefined();
    run.until(32_000);
    expect(feed.metadataFrom).toBe(run.node(run.leader));
  });

  it('[HA-23] a new leader registers when its log is committed and dispatched, looking each 100 ms', () => {
    const run = group(STEADY).until(20_000);
    kill(run, run.leader);
    run.until(40_000);
    const elected = run.first('raft.elected', 20_000)!;
    const master = run.first('raft.master', 20_000)!;
    expect(master.node).toBe(elected.node);
    expect(master.atMs - elected.atMs).toBeGreaterThan(99);
    expect(master.atMs - elected.atMs).toBeLessThan(1_200);
    expect(ids(run)[0]).toEqual([0, run.node(elected.node)]);
  });

  it('[HA-23] [CM-47] sends fail from the loss of the leader to the route poll behind its registration', () => {
    const run = group(STEADY).until(20_000);
    kill(run, run.leader);
    run.until(65_000);
    const master = run.first('raft.master', 20_000)!;
    const stored = run.entries('message.stored', 20_100)[0]!;
    expect(stored.atMs).toBeGreaterThan(master.atMs);
    expect(stored.atMs - master.atMs).toBeLessThan(30_100);
    expect(verdictOf(run.run).acknowledgedLost).toBe(0);
  });
});

it('an election is the same after a jump back', () => {
  const group3 = group({ ...STEADY, consumers: 1 }).until(20_000);
  const { run } = group3;
  const snapshot = run.snapshot();
  kill(group3, group3.leader);
  const [killed] = run.actions;
  group3.until(50_000);
  const { digest } = run.sim;
  run.restore(snapshot);
  run.act(killed!);
  group3.until(50_000);
  expect(run.sim.digest).toBe(digest);
});
