import type { ClusterView, ProcessView } from '../../../engine/view';

/** What the controls show of a view. Counters and ages, which change all the time, are not among it. */
function signatureOf(view: ClusterView): string {
  const base = ({ id, state, failure, sinceUs, untilUs }: ProcessView) => [
    id,
    state,
    failure,
    sinceUs,
    untilUs,
  ];
  return JSON.stringify([
    view.registries.map(base),
    view.controllers?.map(base),
    view.groups.map(({ id, replicas }) => [
      id,
      replicas.map((replica) => [...base(replica), replica.role, replica.feed?.latencyUs]),
    ]),
    view.clients.map((client) => [
      ...base(client),
      client.topic,
      client.paused,
      Math.round(client.ratePerSecond),
    ]),
    view.consumerGroups.map(({ id, topics, consumers }) => [
      id,
      topics,
      consumers.map((consumer) => [...base(consumer), consumer.label, consumer.paused]),
    ]),
    view.links,
    view.lanes.flatMap(({ kind, group, ready }) => (kind === 'deadLetter' ? [[group, ready]] : [])),
  ]);
}

/** Gives the former view for one that looks the same to the controls, so that they are not drawn again. */
export function steadyView(): (view: ClusterView | null) => ClusterView | null {
  let last: { readonly view: ClusterView; readonly signature: string } | null = null;
  return (view) => {
    if (view === null) return null;
    if (last?.view === view) return view;
    const signature = signatureOf(view);
    if (last?.signature !== signature) last = { view, signature };
    return last.view;
  };
}
