import type { FlightGlyph } from '../../../view';
import type { Wire } from '../remoting';

/** How what is on the wire is drawn: requests by their code, answers by what they carry. */
export function flight(message: unknown): { glyph: FlightGlyph; message: number } {
  const wire = message as Partial<Wire>;
  const about = typeof wire.message === 'number' ? wire.message : -1;
  return { glyph: glyphOf(wire), message: about };
}

function glyphOf({ kind, code, status, message = -1 }: Partial<Wire>): FlightGlyph {
  // What is no remoting frame is the replication stream.
  if (kind === undefined) return 'replica';
  if (kind === 'answer') {
    if (message < 0) return 'other';
    return status === 0 ? 'ack' : 'refusal';
  }
  switch (code) {
    case 'SEND_MESSAGE':
      return 'message';
    case 'PULL_MESSAGE':
      return 'fetch';
    case 'HEART_BEAT':
    case 'REGISTER_BROKER':
      return 'heartbeat';
    default:
      return 'other';
  }
}
