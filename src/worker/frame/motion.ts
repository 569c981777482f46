import { type Flight, netArrive } from '../../engine/model/net';
import type { Run } from '../../engine/run';
import type { FlightGlyph } from '../../engine/view';
import type { Motion } from '../protocol';
import type { CurveHistory } from '../track/curves';
import { FLIGHT_GLYPHS } from './flights';
import { flowsOf } from './flows';

/** Above this the page draws bands, not glyphs. */
const FLIGHTS_MAX = 4_000;

const numberOf = new Map<FlightGlyph, number>(FLIGHT_GLYPHS.map((glyph, i) => [glyph, i]));

/** Everything that is on the wire now, and how dense the traffic of each edge has been. */
export function motionOf(run: Run, curves: CurveHistory): Motion {
  const { product, sim } = run;
  const { times, entries, size } = sim.agenda;
  const at: number[] = [];
  let leftOut = 0;
  for (let i = 0; i < size; i++) {
    if (entries[i]?.event !== netArrive) continue;
    if (at.length < FLIGHTS_MAX) at.push(i);
    else leftOut++;
  }
  const count = at.length;
  const motion = {
    count,
    leftOut,
    from: new Uint16Array(count),
    to: new Uint16Array(count),
    sentUs: new Float64Array(count),
    arriveUs: new Float64Array(count),
    glyph: new Uint8Array(count),
    message: new Int32Array(count),
    conn: new Uint32Array(count),
    moves: product.moves?.(sim) ?? [],
    flows: flowsOf(run, curves),
  };
  at.forEach((slot, i) => {
    const flight = entries[slot]?.body as Flight;
    const { glyph, message } = product.flight(sim, flight.message);
    motion.from[i] = flight.from;
    motion.to[i] = flight.to;
    motion.sentUs[i] = flight.sentUs;
    motion.arriveUs[i] = times[slot] as number;
    motion.glyph[i] = numberOf.get(glyph) as number;
    motion.message[i] = message;
    motion.conn[i] = flight.conn;
  });
  return motion;
}

/** The buffers to hand over instead of copying them. */
export function buffersOf({
  from,
  to,
  sentUs,
  arriveUs,
  glyph,
  message,
  conn,
  flows,
}: Motion): ArrayBuffer[] {
  const columns = [from, to, sentUs, arriveUs, glyph, message, conn, flows.from, flows.to, flows.perSecond];
  return columns.map(({ buffer }) => buffer as ArrayBuffer);
}
