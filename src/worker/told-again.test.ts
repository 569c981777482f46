import { expect, it } from 'vitest';
import uncleanElection from '../content/scenarios/unclean-election.json';
import { takingOf } from '../engine/model/ledger';
import { reportOf, takingsHalfTold } from '../engine/report/report';
import { Run } from '../engine/run';
import { accepted } from '../engine/scenario/scenario.fixture';
import type { Answer, Question } from './protocol';
import { Questions } from './questions';
import { takeSnapshot } from './travel/snapshots';
import { Travel } from './travel/travel';

const SECOND = 1_000_000;
const END_US = 120 * SECOND;

/** A follower throws records away because of an election that began a second before: a snapshot falls between the two. */
it('tells of a loss the same after going back and coming to it from the middle of its causes', () => {
  const { scenario } = accepted(uncleanElection);
  const straight = new Run(scenario);
  straight.advance(END_US);
  const [taking] = straight.sim.state.ledger.takings;
  const message = Number(reportOf(straight).lost[0]?.message.slice(2));
  expect(takingOf(straight.sim.state.ledger, message)).toBe(taking);
  const beforeUs = (taking?.atUs ?? 0) - 1;

  const travel = new Travel(scenario);
  const questions = new Questions(travel);
  const ask = (question: Question): Answer | undefined => {
    questions.ask(1, question);
    return questions.work(() => false)[0]?.answer;
  };
  const go = (timeUs: number) => {
    travel.seek({ timeUs });
    while (!travel.work(10_000));
  };
  const tell = () => [ask({ kind: 'report' }), ask({ kind: 'why', message })];

  travel.advance(beforeUs, Number.POSITIVE_INFINITY);
  travel.timeline.snapshots.push(takeSnapshot(travel.run, travel.timeline.tracker.state));
  travel.advance(END_US, Number.POSITIVE_INFINITY);
  const first = tell();
  expect(first[0]).toEqual({ kind: 'report', report: reportOf(straight) });

  go(SECOND);
  go(beforeUs);
  travel.advance(END_US, Number.POSITIVE_INFINITY);
  expect(takingsHalfTold(travel.run)).toHaveLength(1);
  expect(JSON.stringify(tell())).toBe(JSON.stringify(first));
});
