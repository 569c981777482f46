import { describe, expect, it } from 'vitest';
import { rules } from '../products/rocketmq/rules';
import { versionChangesOf } from '../products/version-changes';
import { reportOf } from '../report/report';
import { runOf } from '../report/report.fixture';
import { specOf } from '../scenario/config';
import type { Scenario } from '../scenario/types';
import { changesBehind } from './behind';
import { type ComparedRow, compareReports } from './rows';
import { comparisonMarkdown, spellCell, spellDifference } from './spell';
import { compareVersions, type VersionsCompared } from './versions';

const SECOND = 1_000_000;
const SYNC_MASTER = {
  environment: { links: [{ between: ['broker-a:0', 'broker-a:1'], latencyMs: 100 }] },
  brokers: [
    { id: 'broker-a:0', brokerName: 'broker-a', brokerId: 0, config: { brokerRole: 'SYNC_MASTER' } },
    { id: 'broker-a:1', brokerName: 'broker-a', brokerId: 1, config: { brokerRole: 'SLAVE' } },
  ],
  actions: [{ at: '5s', do: 'kill', target: 'broker-a:1', failure: 'process' }],
};

function compared(more: object, untilS = 10): VersionsCompared {
  const { scenario } = runOf(more as Record<string, unknown>);
  return toEnd(scenario, untilS);
}

function toEnd(scenario: Scenario, untilS: number): VersionsCompared {
  const { actions } = scenario;
  const work = compareVersions({
    ...{ scenario, actions, timesUs: actions.map(({ atUs }) => atUs ?? undefined) },
    ...{ version: '4.9', untilUs: untilS * SECOND },
  });
  for (let last = 0; ; ) {
    const { done, value } = work.next();
    if (done) return value;
    expect(value).toBeGreaterThanOrEqual(last);
    expect(value).toBeLessThanOrEqual(1);
    last = value;
  }
}

const row = ({ rows }: VersionsCompared, id: string): ComparedRow => {
  const found = rows.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no row ${id}`);
  return found;
};

describe('comparing a scenario in both versions', () => {
  it('[VC-1] [HA-9] tells what senders hear when the slave of a SYNC_MASTER is gone, and which change is behind it', () => {
    const both = compared(SYNC_MASTER);
    expect(both.versions).toEqual(['5.3', '4.9']);
    const without = row(both, 'sends/SLAVE_NOT_AVAILABLE');
    expect(without).toMatchObject({ equal: false, section: 'sends', name: 'SLAVE_NOT_AVAILABLE' });
    expect(without.values[0]).toBe(0);
    expect(without.values[1]).toBeGreaterThan(400);
    const behind = changesBehind(without, both.changes);
    expect(behind.map((change) => change.rules)).toEqual([['HA-7', 'HA-9']]);
    expect(behind[0]?.shown.map(({ type }) => type)).toContain('slave.not-available');
    const p50 = row(both, 'latencyMs/send/p50');
    expect(Number(p50.values[1])).toBeGreaterThan(Number(p50.values[0]) + 150);
    expect(changesBehind(row(both, 'ledger/balanced'), both.changes)).toEqual([]);
  });

  it('names the defaults that differ and are in use, and the version that has no such key', () => {
    const { settings } = compared({}, 1);
    expect(settings.find(({ key }) => key === 'scanNotActiveBrokerInterval')).toEqual({
      ...{ key: 'scanNotActiveBrokerInterval', values: [5_000, 10_000] },
      ...{ lacks: 1, of: ['ns-1'] },
    });
    expect(settings.find(({ key }) => key === 'registerBrokerTimeoutMills')).toMatchObject({
      ...{ values: [24_000, 6_000], lacks: undefined, of: ['broker-a:0', 'broker-a:1'] },
    });
    const set = compared(
      { brokers: [{ id: 'b', brokerName: 'broker-a', config: { registerBrokerTimeoutMills: 9_000 } }] },
      1,
    );
    expect(set.settings.map(({ key }) => key)).not.toContain('registerBrokerTimeoutMills');
  });

  it('runs the other version without what it has not, and says what', () => {
    const both = compared({
      consumers: [{ id: 'c', group: 'g', topic: 'Orders', protocol: 'pop' }],
    });
    expect(both.leftOut).toEqual([{ of: 'c', what: 'protocol' }]);
    expect(both.reports.map(({ productVersion }) => productVersion)).toEqual(['5.3', '4.9']);
    expect(both.oneSided.some(({ type }) => type.startsWith('pop.'))).toBe(true);
  });

  it('gives the report that the run itself gives, whatever is compared with it', () => {
    const run = runOf(SYNC_MASTER);
    run.advance(10 * SECOND);
    expect(compared(SYNC_MASTER).reports[0]).toEqual(reportOf(run));
  });
});

describe('comparing reports', () => {
  const run = runOf(SYNC_MASTER);
  run.advance(10 * SECOND);
  const report = reportOf(run);

  it('finds a report equal to itself', () => {
    expect(compareReports(report, report).every(({ equal }) => equal)).toBe(true);
  });

  it('shows a difference wherever the reports differ', () => {
    const identity = new Set(['format', 'product', 'productVersion', 'model', 'seed', 'untilMs']);
    const derived = new Set(['events', 'traceDigest', 'outcomeDigest']);
    const missed: string[] = [];
    for (const [path, changed] of changes(report as never)) {
      const [top = ''] = path.split('.');
      if (identity.has(top) || derived.has(top)) continue;
      if (compareReports(report, changed as never).every(({ equal }) => equal)) missed.push(path);
    }
    expect(missed).toEqual([]);
  });

  it('counts losses by their why, and zero where nobody lost that way', () => {
    const why = ['PR-5', 'EN-4'];
    const lost = [1, 2].map((i) => ({ message: `m-${i}`, consumedBefore: false, why }));
    const found = compareReports(report, { ...report, lost }).filter(({ section }) => section === 'losses');
    expect(found).toMatchObject([{ values: [0, 2], equal: false, rules: why }]);
  });
});

describe('a comparison in words', () => {
  it('stands in aligned tables, and says when nothing differs', () => {
    const both = compared(SYNC_MASTER);
    const text = comparisonMarkdown(both, 'en');
    expect(text).toMatch(/^# Report\n\nRocketMQ 5.3 against RocketMQ 4.9 · at 10 s · seed 3\n/);
    expect(text).toMatch(
      /\| What senders were told · SLAVE_NOT_AVAILABLE +\| 0 +\| \d+ +\| \+\d+ +\| HA-7 HA-9 /,
    );
    expect(text).toContain('| `scanNotActiveBrokerInterval` ');
    const rows = text.split('\n').filter((line) => line.startsWith('| What senders were told'));
    expect(new Set(rows.map(({ length }) => length)).size).toBe(1);
    const same = { ...both, rows: both.rows.filter(({ equal }) => equal) };
    expect(comparisonMarkdown(same, 'en')).toContain('Both versions give the same report.');
    expect(comparisonMarkdown(same, 'zh')).toContain('两个版本给出相同的报告。');
  });

  it('spells values by their unit, and how far they are apart', () => {
    const of = (unit: ComparedRow['unit'], ...values: ComparedRow['values']): ComparedRow => ({
      ...{ id: '', section: 'messages', name: 'lag', of: '', unit, values, rules: [] },
      equal: values[0] === values[1],
    });
    expect(spellCell(of('ms', 4.5, 0), 4.5, 'en')).toBe('4.5 ms');
    expect(spellCell(of('share', 0.125, 0), 0.125, 'en')).toBe('12.5 %');
    expect(spellCell(of('word', 'holds', 'broken'), 'broken', 'zh')).toBe('被打破');
    expect(spellDifference(of('count', 1_500, 20), 'en')).toBe('−1,480');
    expect(spellDifference(of('word', 'holds', 'broken'), 'en')).toBe('≠');
    expect(spellDifference(of('count', undefined, 20), 'en')).toBe('≠');
    expect(spellDifference(of('count', 3, 3), 'en')).toBe('=');
  });
});

it('knows only rules and keys that there are', () => {
  for (const { rules: named, keys = [], when } of versionChangesOf('rocketmq')) {
    for (const rule of named) expect(rules[rule], rule).toBeDefined();
    const roles = ['broker', 'nameserver', 'producer', 'consumer'] as const;
    for (const key of keys)
      expect(
        roles.some((role) => specOf(role, key) !== undefined),
        key,
      ).toBe(true);
    if (when?.key !== undefined) expect(specOf(when.role, when.key), when.key).toBeDefined();
  }
});

/** Every leaf of a value changed, one at a time, by its path. */
function* changes(value: unknown, path = ''): Generator<readonly [string, unknown]> {
  if (typeof value === 'number') yield [path, value + 1];
  else if (typeof value === 'boolean') yield [path, !value];
  else if (typeof value === 'string') yield [path, `${value}!`];
  else if (Array.isArray(value)) {
    for (const [i, each] of value.entries())
      for (const [at, changed] of changes(each, `${path}[${i}]`)) yield [at, value.with(i, changed)];
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value))
      for (const [at, changed] of changes(each, path === '' ? key : `${path}.${key}`))
        yield [at, { ...value, [key]: changed }];
  }
}
