import type { FlightGlyph } from '../../engine/view';

/** What a number in `Motion.glyph` stands for. */
export const FLIGHT_GLYPHS: readonly FlightGlyph[] = [
  'message',
  'ack',
  'refusal',
  'replica',
  'fetch',
  'delivery',
  'heartbeat',
  'other',
];
