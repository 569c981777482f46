import type { FromEngine, ToEngine } from './protocol';

/** Why nothing more will come over a transport. */
export type Breakdown = 'error' | 'messageerror';

/** One way to an engine and back: a worker, or the same thread. */
export interface Transport {
  send(request: ToEngine): void;
  close(): void;
}

export interface TransportEvents {
  update(update: FromEngine): void;
  broken(how: Breakdown, detail: string): void;
}

export type OpenTransport = (events: TransportEvents) => Transport;
