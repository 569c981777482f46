import { createTable, type Table } from '../core/table';

/**
 * What the judges note of transactions, one byte a message: the local transaction is committed exactly when the
 * message is seen, that is when some record of it stands in its own topic.
 */
export interface Transactions {
  flags: Table;
  /** Stored halves of which the brokers know neither that they are committed nor that they are rolled back. */
  unresolved: number;
  /** Messages of which the business and the queue say different things, and nothing is left to put it right. */
  broken: number;
}

export function createTransactions(): Transactions {
  return { flags: createTable(['u8']), unresolved: 0, broken: 0 };
}
