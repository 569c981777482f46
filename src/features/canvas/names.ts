import type { ClusterView, ProcessView } from '../../engine/view';

/**
 * Short names of the replica groups: what all have in common up to a hyphen is left out, so `broker-a` and `broker-b`
 * become `a` and `b`.
 */
export function shortNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const cut = commonStart(ids);
  return new Map(ids.map((id) => [id, id.slice(cut)]));
}

/**
 * A name in a width: as it is when it fits, else as much of its end as fits, at least what tells it from the others. `widthOf` measures in px.
 */
export function fittingName(
  id: string,
  ids: readonly string[],
  widthMaxPx: number,
  widthOf: (text: string) => number,
): string {
  if (widthOf(id) <= widthMaxPx) return id;
  const short = shortNames(ids).get(id) ?? id;
  if (short === id || ids.length < 2) return id;
  for (let cut = 1; cut < id.length - short.length; cut++) {
    // All alike: names that differ in their last letter alone are cut at the same place.
    if (ids.every((other) => widthOf(`…${other.slice(cut)}`) <= widthMaxPx)) return `…${id.slice(cut)}`;
  }
  return widthOf(`…${short}`) <= widthMaxPx ? `…${short}` : short;
}

/** The length of the beginning that all names share, up to a hyphen that something follows in each. */
function commonStart(ids: readonly string[]): number {
  const [first = ''] = ids;
  for (let end = first.length - 1; end > 0; end--) {
    const start = first.slice(0, end);
    if (start.endsWith('-') && ids.every((id) => id.startsWith(start) && id.length > end)) return end;
  }
  return 0;
}

/** The replica group that a process belongs to. */
export function groupOf(view: ClusterView, process: string): string | undefined {
  return view.groups.find((group) => group.replicas.some(({ id }) => id === process))?.id;
}

/** What a process is called on the graph: its label when it is a consumer, otherwise its id. */
export function labelOf(view: ClusterView, process: string): string {
  for (const { consumers } of view.consumerGroups) {
    const consumer = consumers.find(({ id }) => id === process);
    if (consumer) return consumer.label;
  }
  return process;
}

/** Every process of the cluster. */
export function processesOf(view: ClusterView): readonly ProcessView[] {
  return [
    ...view.clients,
    ...view.registries,
    ...(view.controllers ?? []),
    ...view.groups.flatMap(({ replicas }) => replicas),
    ...view.consumerGroups.flatMap(({ consumers }) => consumers),
  ];
}

export const processNumbers = (view: ClusterView): (readonly [id: string, number: number])[] =>
  processesOf(view).map(({ id, node }) => [id, node]);
