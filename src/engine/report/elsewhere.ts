import { judgesOf } from '../checkers/judges';
import type { TraceEntry } from '../core/trace';
import { takingOf } from '../model/ledger';
import type { Run } from '../run';

/** What happened to others, and explains what became of a message: no chain of causes leads there. */

/** Of so many entries is told, the latest. */
const TOLD_MAX = 12;

type Life = readonly TraceEntry[];

/**
 * What happened to the replicas of a log since they stored a message and up to its loss, when another one came to lead
 * them: the faults of these processes and of the links between them, and who led or followed from when on. A leader
 * that comes back meets a log which went on without it, and the causes of that lie in the life of others. Empty while
 * the leader stayed the same.
 */
export function successionOf({ sim, product }: Run, message: number, life: Life): Life {
  const { window } = sim;
  const stored = life.find(({ kind }) => kind.role === 'stored');
  const taken = takingOf(sim.state.ledger, message);
  if (window === undefined || stored === undefined || taken === undefined) return [];
  const logs = product.logs(sim);
  const group = logs.find(({ node }) => node === stored.node)?.group;
  const nodes = new Set(logs.filter((log) => log.group === group).map(({ node }) => node));
  const found: TraceEntry[] = [];
  window.scan(stored.id, taken.entry, (entry) => {
    if (isOfReplicas(entry, nodes)) found.push(entry);
    return true;
  });
  return found.some(({ kind }) => kind.beat === 'role') ? found.slice(-TOLD_MAX) : [];
}

const isOfReplicas = ({ kind, node, a, b }: TraceEntry, nodes: ReadonlySet<number>): boolean =>
  (kind.beat === 'fault' || kind.beat === 'role') &&
  nodes.has(node) &&
  (kind.a !== 'node' || nodes.has(a)) &&
  (kind.b !== 'node' || nodes.has(b));

/**
 * What ended the first deliveries of a message that came again: the faults of those who had been given it, and what
 * they had done or in hand without a broker knowing. Empty for a message that came once.
 */
export function endedBefore({ sim }: Run, life: Life): Life {
  const { readerOf } = judgesOf(sim.state);
  const again = life.findLast(({ kind }) => kind.type === 'message.delivered-twice');
  if (sim.window === undefined || again === undefined) return [];
  const given = life.filter(
    ({ kind, node, id }) =>
      kind.role === 'delivered' && id < again.cause && readerOf[node] === readerOf[again.node],
  );
  const [first] = given;
  if (first === undefined) return [];
  const nodes = new Set(given.map(({ node }) => node));
  const found: TraceEntry[] = [];
  sim.window.scan(first.id, again.id, (entry) => {
    if (nodes.has(entry.node) && (entry.kind.beat === 'fault' || isLeftUndone(entry))) found.push(entry);
    return true;
  });
  return found.slice(-TOLD_MAX);
}

/** What a judge finds names its message; what a process leaves behind concerns many. */
const isLeftUndone = ({ kind }: TraceEntry): boolean =>
  kind.beat === 'duplicate' && ![kind.a, kind.b].some((slot) => slot === 'message' || slot === 'record');
