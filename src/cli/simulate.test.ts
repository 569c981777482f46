import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { simulate } from './simulate';

const folder = mkdtempSync(join(tmpdir(), 'sim-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SCENARIO = {
  format: 'mq-playground/scenario@1',
  model: 1,
  title: { en: 'A small cluster', zh: '小集群' },
  product: 'rocketmq',
  seed: 5,
  nameservers: [{ id: 'ns-1' }],
  brokers: [{ id: 'broker-a:0', brokerName: 'broker-a', brokerId: 0 }],
  topics: [{ name: 'Orders', queues: 2, brokers: ['broker-a'] }],
  producers: [{ id: 'producer-1', group: 'p', topic: 'Orders', ratePerSecond: 20 }],
  consumers: [{ id: 'consumer-1', group: 'g', topic: 'Orders' }],
  actions: [{ at: '3s', do: 'kill', target: 'broker-a:0', failure: 'power' }],
};

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function sim(...args: string[]) {
  const text = { out: '', err: '' };
  const stream = (name: 'out' | 'err') =>
    new Writable({
      write(chunk, _, done) {
        text[name] += chunk;
        done();
      },
    });
  const status = await simulate(args, { out: stream('out'), err: stream('err') });
  return { status, ...text };
}

const good = file('good.json', SCENARIO);

describe('the headless runner', () => {
  it('sums a run up for a person', async () => {
    const { status, out, err } = await sim(good, '--until', '10s');
    expect([status, err]).toEqual([0, '']);
    expect(out).toContain('A small cluster (rocketmq 5.3, seed 5)');
    expect(out).toMatch(/10 s of virtual time, [\d,]+ events, trace [0-9a-f]{16}/);
    expect(out).toMatch(/acknowledgedLost \d+/);
    expect(out).toMatch(/lost m-\d{6}: PR-5 → EN-3 →/);
  });

  it('puts the reports of both versions side by side with --compare-versions', async () => {
    const { status, out, err } = await sim(good, '--until', '10s', '--compare-versions');
    expect([status, err]).toEqual([0, '']);
    expect(out).toMatch(/^# A small cluster\n\nRocketMQ 5.3 against RocketMQ 4.9 · at 10 s · seed 5\n/);
    expect(out).toContain('| `scanNotActiveBrokerInterval` ');
    expect(out).not.toMatch(/\| = +\|/);
    const all = await sim(good, '--until', '10s', '--compare-versions', '--all');
    expect(all.out).toMatch(/\| Messages · sent +\| \d+ +\| \d+ +\| = +\|/);
    const json = await sim(good, '--until', '10s', '--compare-versions', '--report', '-');
    const versions = JSON.parse(json.out).map((report: { productVersion: string }) => report.productVersion);
    expect(versions).toEqual(['5.3', '4.9']);
  });

  it.each([
    [['--compare-versions', '--trace', '-'], /--trace would be of neither/],
    [['--all'], /--all goes with --compare-versions/],
  ])('refuses %j, which asks for what there is not', async (flags, message) => {
    const { status, err } = await sim(good, ...flags);
    expect(status).toBe(2);
    expect(err).toMatch(message);
  });

  it('gives with --report - the report on standard output, and nothing else', async () => {
    const { status, out } = await sim(good, '--until', '10s', '--report', '-');
    const report = JSON.parse(out);
    expect(status).toBe(0);
    expect(report).toMatchObject({ format: 'mq-playground/report@1', seed: 5, untilMs: 10_000 });
  });

  it('streams the whole trace as JSON Lines, in order, whose digest the report names', async () => {
    const [trace, report] = [join(folder, 'trace.jsonl'), join(folder, 'report.json')];
    const { status } = await sim(good, '--until', '5s', '--trace', trace, '--report', report);
    const lines = readFileSync(trace, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(status).toBe(0);
    expect(lines.map(({ id }) => id)).toEqual(lines.map((_, at) => at));
    expect(lines.every(({ t, cause, id }, at) => cause < id && (at === 0 || t >= lines[at - 1].t))).toBe(
      true,
    );
    expect(Object.keys(lines[0])).toEqual(['id', 't', 'node', 'type', 'rule', 'cause', 'data']);
    expect(lines.some(({ type, node }) => type === 'host.power-lost' && node === 'broker-a:0')).toBe(true);
    expect(JSON.parse(readFileSync(report, 'utf8')).traceDigest).toMatch(/^[0-9a-f]{16}$/);
  });

  it('plays the same seed to the same report, and another seed to another', async () => {
    const play = async (...args: string[]) =>
      (await sim(good, '--until', '5s', '--report', '-', ...args)).out;
    const first = await play();
    expect(await play()).toBe(first);
    const other = await play('--seed', '6');
    expect(JSON.parse(other).seed).toBe(6);
    expect(JSON.parse(other).traceDigest).not.toBe(JSON.parse(first).traceDigest);
  });

  it('runs to a minute behind the last action when it is not told how long', async () => {
    const late = file('late.json', {
      ...SCENARIO,
      producers: [],
      actions: [{ at: '100s', do: 'kill', target: 'broker-a:0', failure: 'process' }],
    });
    expect(JSON.parse((await sim(late, '--report', '-')).out).untilMs).toBe(160_000);
    expect(
      JSON.parse((await sim(file('none.json', { ...SCENARIO, actions: [] }), '--report', '-')).out).untilMs,
    ).toBe(120_000);
  });

  it.each([
    ['no file', [], /^usage: /],
    ['two files', [good, good], /^usage: /],
    ['a file that is not there', [join(folder, 'nowhere.json')], /nowhere\.json: ENOENT/],
    ['an unknown flag', [good, '--fast'], /--fast/],
    ['a seed that is none', [good, '--seed', '-1'], /seed/],
    ['a seed that is too large', [good, '--seed', '4294967296'], /4294967296: expected 0 to 4294967295/],
    ['a time that is none', [good, '--until', 'soon'], /--until soon: expected a time/],
    ['two users of standard output', [good, '--report', '-', '--trace', '-'], /cannot share/],
    [
      'a report that cannot be written',
      [good, '--until', '1s', '--report', join(folder, 'no', 'r.json')],
      /ENOENT/,
    ],
  ])('refuses %s with one line and status 2', async (_, args, message) => {
    const { status, out, err } = await sim(...args);
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  it.each([
    ['no JSON', '{ "format": '],
    [
      'a wrong field',
      { ...SCENARIO, brokers: [{ id: 'broker-a:0', brokerName: 'broker-a', brokerId: 'zero' }] },
    ],
    ['too many bytes', `${JSON.stringify(SCENARIO)}${' '.repeat(1_048_576)}`],
  ])('refuses a file with %s with one line and status 2', async (what, content) => {
    const path = file(`${what.replaceAll(' ', '-')}.json`, content);
    const { status, err } = await sim(path);
    expect(status).toBe(2);
    expect(err.startsWith(`${path}: `)).toBe(true);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  it('gives its status to the shell', { timeout: 60_000 }, () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['scripts/run.mjs', 'src/cli/sim.ts', 'nowhere.json'],
      {
        encoding: 'utf8',
      },
    );
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^nowhere\.json: ENOENT[^\n]*\n$/);
  });
});
