import type { Report } from '../engine/report/report';
import { spellCount } from '../engine/report/spell';
import type { Scenario } from '../engine/scenario/types';

/** What a person reads in a terminal after a run. */
export function summaryOf(scenario: Scenario, report: Report): string {
  const { sends, verdict, judges, lost } = report;
  const broken = Object.entries(judges).flatMap(([name, said]) => (said === 'broken' ? [name] : []));
  const lines = [
    `${scenario.title.en} (${report.product} ${report.productVersion}, seed ${report.seed})`,
    `  ${report.untilMs / 1_000} s of virtual time, ${spellCount(report.events)} events, trace ${report.traceDigest}`,
    `  sent ${counts({ ...sends, attempts: 0 })}; ${spellCount(sends.attempts)} attempts`,
    `  verdict ${counts(verdict) || 'nothing was acknowledged'}`,
    ...Object.entries(report.groups).map(
      ([id, group]) =>
        `  group ${id}: ${spellCount(group.deliveries)} deliveries of ${spellCount(group.distinct)} messages, ` +
        `${spellCount(group.retries)} retries, lag ${spellCount(group.lag)}`,
    ),
    `  judges: ${broken.length === 0 ? 'all hold' : `broken ${broken.join(', ')}`}; ledger ${report.ledger.balanced ? 'balanced' : 'NOT balanced'}`,
    ...lost.slice(0, 3).map(({ message, why }) => `  lost ${message}: ${why.join(' → ')}`),
    ...(verdict.acknowledgedLost > 3 ? [`  … ${spellCount(verdict.acknowledgedLost - 3)} more lost`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function counts(numbers: object): string {
  return Object.entries(numbers as Record<string, number>)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} ${spellCount(count)}`)
    .join(', ');
}
