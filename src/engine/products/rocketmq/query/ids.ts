/**
 * The two names of a message as RocketMQ spells them. Hosts and pids follow the process number.
 */

const IP_BASE = 0x0a00_0001;
const PORT = 10_911;
const CLASS_LOADER = '18B4AAC2';
const ID = /^[0-9a-f]{32}$/i;

/**
 * UNIQ_KEY as the client makes it once for each message (TR-5): ip 4 bytes, pid 2, hash of the class loader 4,
 * milliseconds since the month began 4, counter 2; 32 hexadecimal digits.
 */
export function uniqueKeyOf(message: number, producer: number, bornUs: number): string {
  const ip = IP_BASE + producer;
  const pid = 0x1000 + producer;
  const bornMs = Math.floor(Math.max(0, bornUs) / 1_000);
  return (
    hex(ip, 8) + hex(pid, 4) + CLASS_LOADER + hex(bornMs % 0x1_0000_0000, 8) + hex(message % 0x1_0000, 4)
  );
}

/** The counter in a unique key: the message's number, but for its upper bits; undefined when it is none. */
export function counterIn(text: string): number | undefined {
  return ID.test(text) && text.slice(12, 20).toUpperCase() === CLASS_LOADER
    ? Number.parseInt(text.slice(28), 16)
    : undefined;
}

/**
 * offsetMsgId (TR-4): ip 4 bytes and port 4 of the broker that appended the record first, physical offset 8; 32
 * hexadecimal digits.
 */
export function offsetIdOf(host: number, phys: number): string {
  return hex(IP_BASE + host, 8) + hex(PORT, 8) + hex(phys, 16);
}

/** What an offsetMsgId names; undefined when it is none. */
export function readOffsetId(text: string): { readonly host: number; readonly phys: number } | undefined {
  if (!ID.test(text) || Number.parseInt(text.slice(8, 16), 16) !== PORT) return undefined;
  const host = Number.parseInt(text.slice(0, 8), 16) - IP_BASE;
  return { host, phys: Number.parseInt(text.slice(16), 16) };
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0');
}
