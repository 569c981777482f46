import { judgesOf } from '../checkers/judges';
import { wasDelivered } from '../checkers/readers';
import { copiesOf, isExpired, outcomeOf, sentCount, takingOf, wasSent } from '../model/ledger';
import { logLength, recordAt } from '../model/log';
import { recordMessage } from '../model/world';
import type { Run } from '../run';

/**
 * The ledger's identity, counted anew from the rows and the logs themselves:
 * sent = acknowledged + other statuses + failed + oneway + in flight;
 * stored = what still has copies + expired + taken; each copy of the ledger stands in a log.
 */
export function balance({ sim, product }: Run): { stored: number; balanced: boolean } {
  const { ledger, arena } = sim.state;
  const judges = judgesOf(sim.state);
  const outcomes = ledger.outcomes.map(() => 0);
  const copies = new Uint16Array(arena.messages.length);
  for (const { log } of product.logs(sim)) {
    for (let row = log.first; row < logLength(log); row++) {
      const message = recordMessage(arena, recordAt(log, row));
      copies[message] = (copies[message] as number) + 1;
    }
  }
  let balanced = judges.unaccounted === 0;
  const stored = new Uint8Array(arena.messages.length);
  for (let record = 0; record < arena.records.length; record++) stored[recordMessage(arena, record)] = 1;
  let storedCount = 0;
  for (let message = 0; message < arena.messages.length; message++) {
    if (wasSent(ledger, message))
      outcomes[outcomeOf(ledger, message)] = (outcomes[outcomeOf(ledger, message)] ?? 0) + 1;
    if (copies[message] !== copiesOf(ledger, message)) balanced = false;
    if (stored[message] === 0) {
      // Nothing can be delivered, expire or be taken that no log ever held.
      if (judges.readers.some((reader) => wasDelivered(reader, message))) balanced = false;
      continue;
    }
    // What a broker stores for itself nobody has sent.
    if (wasSent(ledger, message)) storedCount++;
    const gone = isExpired(ledger, message) || takingOf(ledger, message) !== undefined;
    if (copies[message] === 0 && !gone) balanced = false;
  }
  const counted = outcomes.reduce((sum, count) => sum + count, 0);
  if (counted !== sentCount(ledger)) balanced = false;
  if (outcomes.some((count, outcome) => count !== ledger.outcomes[outcome])) balanced = false;
  return { stored: storedCount, balanced };
}
