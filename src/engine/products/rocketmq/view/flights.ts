import { recordMessage } from '../../../model/world';
import type { FlightGlyph, FlightView } from '../../../view';
import type { HaMessage } from '../broker/ha-wire';
import { type Push, pushEntries } from '../dledger/wire';
import { SUCCESS } from '../remoting';
import type { Wire } from '../remoting-types';
import type { RocketSim } from '../state';

const GLYPHS: Readonly<Record<string, FlightGlyph>> = {
  SEND_MESSAGE: 'message',
  CONSUMER_SEND_MSG_BACK: 'message',
  PULL_MESSAGE: 'fetch',
  POP_MESSAGE: 'fetch',
  HEART_BEAT: 'heartbeat',
  REGISTER_BROKER: 'heartbeat',
  CONTROLLER_BROKER_HEARTBEAT: 'heartbeat',
  APPEND: 'heartbeat',
  APPEND_ANSWER: 'heartbeat',
  BROKER_HEARTBEAT: 'heartbeat',
  DLEDGER_HEART_BEAT: 'heartbeat',
};

/** What is on the wire, for its drawing: remoting, and the bytes of replication. */
export function flight(sim: RocketSim, sent: unknown): FlightView {
  const wired = sent as Wire | HaMessage;
  switch (wired.kind) {
    case 'piece':
      return carrying(sim, 'replica', wired.records);
    case 'report':
    case 'handshake':
    case 'epochs':
      return { glyph: 'heartbeat', message: -1 };
    case 'answer':
      return answer(sim, wired);
    default:
      // Entries of a DLedger group are the log itself.
      if (wired.type === pushEntries) return carrying(sim, 'replica', (wired.body as Push).records);
      return { glyph: GLYPHS[wired.type?.code ?? ''] ?? 'other', message: wired.message };
  }
}

/** An answer does not say what it answers: only one to a send concerns a message, only one to a pull has records. */
function answer(sim: RocketSim, { status, body, message }: Wire): FlightView {
  if (message >= 0) return { glyph: status === SUCCESS ? 'ack' : 'refusal', message };
  const records = (body as { readonly records?: readonly number[] } | undefined)?.records ?? [];
  return carrying(sim, 'delivery', records);
}

function carrying(sim: RocketSim, glyph: FlightGlyph, records: readonly number[]): FlightView {
  const [only] = records;
  if (only === undefined) return { glyph: glyph === 'replica' ? 'heartbeat' : 'other', message: -1 };
  return { glyph, message: records.length === 1 ? recordMessage(sim.state.arena, only) : -1 };
}
