import { type Arena, isCompressed, recordMessage, recordPropsOf } from '../../../model/world';

/**
 * SYSFLAG of a stored record (`MessageSysFlag`): the client's bits, and what became of its transaction. A half message
 * is stored as no transaction, a rolled back one never; hosts are IPv4 and topics have single tags here. [BR-4]
 */

/** The default `compressType`, ZLIB, as its number in bits 8 to 10. */
const BITS = { COMPRESSED: 1, TRANSACTION_COMMIT: 8, COMPRESSION_ZLIB: 0x300 } as const;
const NO_TRANSACTION: ReadonlySet<string> = new Set(['half', 'timed', 'discarded', 'op']);

/** `halved`: a half message stands somewhere for the message of the record. */
export function sysFlagOf(arena: Arena, record: number, halved: boolean): number {
  const role = recordPropsOf(arena, record)?.role ?? 'plain';
  const compressed = isCompressed(arena, recordMessage(arena, record))
    ? BITS.COMPRESSED | BITS.COMPRESSION_ZLIB
    : 0;
  return compressed | (halved && !NO_TRANSACTION.has(role) ? BITS.TRANSACTION_COMMIT : 0);
}

/** `769 COMPRESSED COMPRESSION_ZLIB`: a flag with its bits named. */
export function spellSysFlag(flag: number): string {
  const names = Object.entries(BITS).flatMap(([name, bits]) => ((flag & bits) === bits ? [name] : []));
  return [flag, ...names].join(' ');
}
