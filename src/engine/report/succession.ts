import type { TraceEntry } from '../core/trace';
import type { Run } from '../run';
import { firstAt } from './causes';

/** Of so many faults and changes of role is told, the latest first. */
const TOLD_MAX = 12;

/**
 * What happened to the replicas of a log from a moment up to an entry, when another one came to lead them meanwhile:
 * the faults of these processes and of the links between them, and who led or followed from when on. A leader that
 * comes back meets a log which went on without it, and the causes of that lie in the life of others. Empty while the
 * leader stayed the same.
 */
export function successionOf({ sim, product }: Run, holder: number, fromUs: number, untilId: number) {
  const { window } = sim;
  const logs = product.logs(sim);
  const group = logs.find(({ node }) => node === holder)?.group;
  const nodes = new Set(logs.filter((log) => log.group === group).map(({ node }) => node));
  if (window === undefined || nodes.size < 2) return [];
  const found: TraceEntry[] = [];
  window.scan(firstAt(window, fromUs), untilId, (entry) => {
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
