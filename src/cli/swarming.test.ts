import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { parseScenario } from '../engine/scenario/parse';
import { type Oracle, swarm } from './swarming';

const folder = mkdtempSync(join(tmpdir(), 'swarm-'));
afterAll(() => rmSync(folder, { recursive: true }));

function play(args: string[], oracle?: Oracle) {
  const text = { out: '', err: '' };
  const stream = (name: 'out' | 'err') =>
    new Writable({
      write(chunk, _, done) {
        text[name] += chunk;
        done();
      },
    });
  const status = swarm([...args, '--out', folder], { out: stream('out'), err: stream('err') }, oracle);
  return { status, ...text };
}

/** Says that no broker may ever be killed, whatever else is in the scenario. */
const noKilling: Oracle = ({ scenario }) =>
  scenario.actions.some((action) => action.do === 'kill' && action.target === 'broker-a:0')
    ? [{ what: 'lost', text: 'a broker was killed' }]
    : [];

describe('the swarm', () => {
  it('plays seeds and sums them up in one line', () => {
    const { status, out } = play(['--seeds', '3', '--from', '10']);
    expect(status).toBe(0);
    expect(out).toMatch(
      /^3 seeds, \d of \d+ rows, the rarest 1 times \(.+\): every promise held, [\d.]+ s\n$/,
    );
  });

  it('tells of a broken promise how to see it again, and leaves the smallest scenario that shows it', () => {
    const { status, out } = play(['--row', 'CM-12 CM-22 with a slave', '--seed', '7'], noKilling);
    expect(status).toBe(1);
    expect(out).toContain('✗ CM-12 CM-22 with a slave, seed 7: a broker was killed');
    expect(out).toContain('npm run -s swarm -- --row "CM-12 CM-22 with a slave" --seed 7');
    const [file] = readdirSync(folder);
    const parsed = parseScenario(readFileSync(join(folder, file!), 'utf8'));
    if (!parsed.ok) throw new Error(parsed.problem.message.en);
    const { scenario } = parsed;
    expect(scenario.actions).toMatchObject([{ do: 'kill', target: 'broker-a:0', failure: 'disk' }]);
    expect(scenario.actions[0]!.atUs).toBeLessThan(3_000_000);
    expect([scenario.consumers, scenario.brokers.length]).toEqual([[], 1]);
    expect(scenario.topics[0]!.queues).toBe(1);
  });

  it.each([
    [['--seeds', 'many'], /--seeds many: expected 0 to/],
    [['--row', 'CM-99'], /--row CM-99: no row/],
    [['--fast'], /--fast/],
  ])('refuses %j with one line and status 2', (args, message) => {
    const { status, err } = play(args);
    expect(status).toBe(2);
    expect(err).toMatch(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});
