import type { Sim } from '../core/sim';
import { Outcome, Whereabouts } from '../model/ledger';
import type { World } from '../model/world';
import { type Judged, judgesOf, updateJudges } from './judges';

/** What became of the messages so far; the words are those of the run report. */
export interface Verdict {
  readonly acknowledged: number;
  readonly acknowledgedLost: number;
  readonly consumedBefore: number;
  readonly stranded: number;
  readonly unavailable: number;
  readonly duplicates: number;
  readonly orderViolations: number;
  readonly unresolvedTransactions: number;
}

/** Counted as the run goes on, so that asking costs next to nothing. */
export function verdictOf({ sim, product }: { sim: Sim<World>; product: Judged }): Verdict {
  updateJudges(sim, product);
  const { outcomes, whereabouts } = sim.state.ledger;
  const { readers, lostButConsumed, transactions } = judgesOf(sim.state);
  let duplicates = 0;
  let orderViolations = 0;
  for (const reader of readers) {
    duplicates += reader.duplicates;
    orderViolations += reader.orderViolations;
  }
  return {
    acknowledged: outcomes[Outcome.sendOk] as number,
    acknowledgedLost: whereabouts[Whereabouts.lost] as number,
    consumedBefore: lostButConsumed,
    stranded: whereabouts[Whereabouts.stranded] as number,
    unavailable: whereabouts[Whereabouts.unavailable] as number,
    duplicates,
    orderViolations,
    unresolvedTransactions: transactions.unresolved,
  };
}
