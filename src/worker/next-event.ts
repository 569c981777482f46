import type { Due } from '../engine/core/sim';
import { connOf, type Flight, netArrive } from '../engine/model/net';
import type { Run } from '../engine/run';
import type { NextEvent } from './protocol';

/** What bodies of events may tell of what they are about. */
interface Told {
  readonly node?: number;
  readonly broker?: number;
  readonly timer?: string;
  readonly conn?: number;
  readonly end?: 0 | 1;
  readonly untilUs?: number;
}

/** An event of the agenda as the page tells it: whom it is about, and who is at the other end. */
export function viewNextEvent(run: Run, timeUs: number, { event, node, body }: Due): NextEvent {
  const { name: type } = event;
  const told = (body ?? {}) as Told;
  if (event === netArrive) {
    const { from, to, message } = body as Flight;
    return { timeUs, node: to, peer: from, type, what: run.product.flight(run.sim, message).glyph };
  }
  const what = told.timer ?? '';
  if (node >= 0) return { timeUs, node, peer: -1, type, what };
  const [about, peer] = endsOf(run, type, told) ?? [told.node ?? told.broker ?? pausedUntil(run, told), -1];
  return { timeUs, node: about, peer, type, what };
}

/** Who acts or learns at an event of a connection, and who is at its other end. */
function endsOf({ sim }: Run, type: string, { conn, end }: Told): readonly [number, number] | undefined {
  const found = conn === undefined ? undefined : connOf(sim, conn);
  if (found === undefined) return undefined;
  const [opener, acceptor] = found.ends;
  const tells = end === 1 ? acceptor : opener;
  const other = end === 1 ? opener : acceptor;
  // The end of a connection is learned by the side that did not close it.
  return type === 'net.fin' ? [other.node, tells.node] : [tells.node, other.node];
}

/** The process whose pause ends then; -1 none. */
function pausedUntil({ sim }: Run, { untilUs }: Told): number {
  return sim.state.env.processes.findIndex((each) => each.state === 'frozen' && each.untilUs === untilUs);
}
