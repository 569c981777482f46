/**
 * UNIQ_KEY as the client makes it once for each message (TR-5): ip 4 bytes, pid 2, hash of the class loader 4,
 * milliseconds since the month began 4, counter 2; 32 hexadecimal digits. Hosts and pids follow the process number.
 */
export function uniqueKeyOf(message: number, producer: number, bornUs: number): string {
  const ip = 0x0a000001 + producer;
  const pid = 0x1000 + producer;
  const bornMs = Math.floor(Math.max(0, bornUs) / 1_000);
  return (
    hex(ip, 8) + hex(pid, 4) + CLASS_LOADER + hex(bornMs % 0x1_0000_0000, 8) + hex(message % 0x1_0000, 4)
  );
}

const CLASS_LOADER = '18B4AAC2';

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0');
}
