import type { EpochEntry, Epochs } from './epochs';

/** What master and slave say on their replication connection; immutable once sent. */
export type HaMessage = HaReport | HaPiece | HaHandshake | HaEpochs;

/** Slave to master: its position, which is what it has appended (HA-6). */
export interface HaReport {
  readonly frozen: true;
  readonly kind: 'report';
  readonly phys: number;
}

/** Master to slave: raw bytes of the CommitLog from `phys` to `endPhys`. Without records it is a heartbeat. */
export interface HaPiece {
  readonly frozen: true;
  readonly kind: 'piece';
  readonly phys: number;
  readonly endPhys: number;
  /** The records that begin in it, whole. */
  readonly records: readonly number[];
  /** It begins in the middle of one of the master's records. */
  readonly torn: boolean;
  /** The master's record before the piece, −1 for none: for the trace, no real byte says it. */
  readonly before: number;
  /** Controller mode: the epoch that the piece lies in, and what the master has confirmed. */
  readonly mark: (EpochEntry & { readonly confirmPhys: number }) | undefined;
}

/** Slave to master, before anything else, in controller mode. */
export interface HaHandshake {
  readonly frozen: true;
  readonly kind: 'handshake';
  readonly slaveId: number;
}

/** Its answer: the master's epochs, and where its log ends. */
export interface HaEpochs {
  readonly frozen: true;
  readonly kind: 'epochs';
  readonly epochs: Epochs;
  readonly endPhys: number;
}

/** Purpose of the connection in `model/net`. */
export const HA = 'ha';
/** A header is a position and a size; a report is a position. */
export const HEADER_BYTES = 12;
export const REPORT_BYTES = 8;
export const HANDSHAKE_BYTES = 16;
export const EPOCH_BYTES = 12;
