import type { TraceEntry } from '../core/trace';
import type { VersionChange } from '../product';
import { versionChangesOf } from '../products/version-changes';
import { type Report, reportOf } from '../report/report';
import { Run } from '../run';
import { inVersion, type LeftOut } from '../scenario/in-version';
import type { LocalizedText } from '../scenario/localized-text';
import { parseScenario } from '../scenario/parse';
import type { ProductVersion } from '../scenario/rocketmq-key-spec';
import type { Action, Scenario } from '../scenario/types';
import { type ComparedRow, compareReports } from './rows';
import { type DifferingSetting, differingDefaults } from './settings';

/** A run, and the other version that it is to be compared with. */
export interface VersionsAsked {
  readonly scenario: Scenario;
  /** What was done, those of the file included. */
  readonly actions: readonly Action[];
  /** When each action was done; undefined: between two events that lie ahead. */
  readonly timesUs: readonly (number | undefined)[];
  readonly version: ProductVersion;
  /** The moment at which both are reported. */
  readonly untilUs: number;
}

/** Something that the trace of one version tells so many times, and that of the other never. */
export interface OneSided {
  readonly type: string;
  readonly rule: string;
  readonly counts: readonly [number, number];
}

/** A change between the versions that was at work in these two runs, and what shows it. */
export interface ChangeAtWork extends Pick<VersionChange, 'what' | 'four' | 'five' | 'rules' | 'touches'> {
  readonly shown: readonly OneSided[];
}

/** One scenario in two versions of its product, with the same seed and the same actions, at the same moment. */
export interface VersionsCompared {
  readonly title: LocalizedText;
  readonly seed: number;
  readonly untilUs: number;
  /** Done until then. */
  readonly actions: number;
  /** The version of the run, and the other one. All pairs are in this order. */
  readonly versions: readonly [ProductVersion, ProductVersion];
  readonly reports: readonly [Report, Report];
  readonly rows: readonly ComparedRow[];
  /** What the other version has not, and what was therefore left out there. */
  readonly leftOut: readonly LeftOut[];
  readonly settings: readonly DifferingSetting[];
  readonly changes: readonly ChangeAtWork[];
  /** What only one of them tells, beyond what `changes` show. */
  readonly oneSided: readonly OneSided[];
}

/** Share of the work that is done, 0 to 1. */
export type Progress = number;

const EVENTS_A_SLICE = 5_000;

/**
 * Plays a scenario in both versions from its beginning and compares what came of it. Yields how far it is; stopping to
 * ask ends it.
 * @throws RangeError when the other version cannot play it at all
 */
export function* compareVersions(asked: VersionsAsked): Generator<Progress, VersionsCompared> {
  const { actions, timesUs, version, untilUs } = asked;
  const own: Scenario = { ...asked.scenario, actions };
  const { source, leftOut } = inVersion(asked.scenario, actions, timesUs, version);
  const parsed = parseScenario(source);
  if (!parsed.ok) throw new RangeError(parsed.problem.message.en);
  const first = yield* played(own, untilUs, 0);
  const second = yield* played(parsed.scenario, untilUs, 0.5);
  const rows = compareReports(first.report, second.report);
  const settings = differingDefaults(own, parsed.scenario);
  const told = new Tellings(first.counts, second.counts);
  const changes = changesAtWork(own, settings, told);
  const shown = new Set(changes.flatMap((change) => change.shown));
  return {
    title: own.title,
    seed: own.seed,
    untilUs,
    actions: timesUs.filter((us) => us !== undefined && us <= untilUs).length,
    versions: [own.productVersion, version],
    reports: [first.report, second.report],
    rows,
    leftOut,
    settings,
    changes,
    oneSided: told.oneSided.filter((each) => !shown.has(each)),
  };
}

type Counts = ReadonlyMap<TraceEntry['kind'], number>;

function* played(
  scenario: Scenario,
  untilUs: number,
  base: Progress,
): Generator<Progress, { readonly report: Report; readonly counts: Counts }> {
  const run = new Run(scenario);
  const { sim } = run;
  const startUs = sim.nowUs;
  const counts = new Map<TraceEntry['kind'], number>();
  let next = sim.traceCount;
  for (let reached = false; !reached; ) {
    reached = run.advance(untilUs, EVENTS_A_SLICE);
    sim.window?.scan(next, sim.traceCount, ({ kind, timeUs }) => {
      // What happens while the cluster starts is no part of the story.
      if (timeUs >= 0) counts.set(kind, (counts.get(kind) ?? 0) + 1);
      return true;
    });
    next = sim.traceCount;
    yield base + ((sim.nowUs - startUs) / Math.max(1, untilUs - startUs)) * 0.5;
  }
  return { report: reportOf(run), counts };
}

/** What both traces tell, counted by kind. */
class Tellings {
  readonly oneSided: readonly OneSided[];
  private readonly rules: ReadonlySet<string>;

  constructor(first: Counts, second: Counts) {
    const kinds = [...new Set([...first.keys(), ...second.keys()])];
    this.rules = new Set(kinds.map(({ rule }) => rule));
    this.oneSided = kinds
      .map((kind): OneSided => {
        const { type, rule } = kind;
        return { type, rule, counts: [first.get(kind) ?? 0, second.get(kind) ?? 0] };
      })
      .filter(({ counts }) => counts.includes(0))
      .sort((x, y) => Math.max(...y.counts) - Math.max(...x.counts) || (x.type < y.type ? -1 : 1));
  }

  tells(rules: readonly string[]): boolean {
    return rules.some((rule) => this.rules.has(rule));
  }
}

function changesAtWork(
  scenario: Scenario,
  settings: readonly DifferingSetting[],
  told: Tellings,
): readonly ChangeAtWork[] {
  return versionChangesOf(scenario.product).flatMap((change): ChangeAtWork[] => {
    const { what, four, five, rules, touches, keys = [] } = change;
    const shown = told.oneSided.filter(({ rule }) => rules.includes(rule));
    const byKey = keys.some((key) => settings.some((setting) => setting.key === key)) && told.tells(rules);
    if (shown.length === 0 && !byKey && !applies(change, scenario)) return [];
    return [{ what, four, five, rules, touches, shown }];
  });
}

function applies({ when }: VersionChange, { brokers, producers, consumers }: Scenario): boolean {
  if (when === undefined) return false;
  const { role, key, value } = when;
  return { broker: brokers, producer: producers, consumer: consumers }[role].some(
    ({ config }) => key === undefined || (config as Readonly<Record<string, unknown>>)[key] === value,
  );
}
