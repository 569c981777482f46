/** Raw deflate by the browser's own streams. */
export async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const all = await readAll(new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw')));
  return all as Uint8Array;
}

/**
 * The bytes that were deflated. `too large` beyond `bytesMax`: a small text may unfold to gigabytes, so reading stops
 * there.
 */
export async function inflate(
  bytes: Uint8Array<ArrayBuffer>,
  bytesMax: number,
): Promise<Uint8Array | 'broken' | 'too large'> {
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return (await readAll(stream, bytesMax)) ?? 'too large';
  } catch {
    return 'broken';
  }
}

async function readAll(
  stream: ReadableStream<Uint8Array>,
  bytesMax = Number.POSITIVE_INFINITY,
): Promise<Uint8Array | undefined> {
  const reader = stream.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > bytesMax) {
      await reader.cancel();
      return undefined;
    }
    parts.push(value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
