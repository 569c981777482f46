import { type Kind, kindById, unpackSlot } from './kinds';

/**
 * The trace: what happened, in order, each entry with the node, the kind (type and rule), the entry that caused
 * it and two numbers. Twenty bytes an entry in a ring of chunks: a window of the newest entries; older ones are
 * recomputed by replay. The digest rolls over every entry, kept or not.
 *
 * Columns: time relative to the chunk's base (u32 µs), node (u16), kind (u16), cause as distance back (u32),
 * a (u32), b (u32).
 */
export interface TraceEntry {
  id: number;
  timeUs: number;
  /** −1 for the environment. */
  node: number;
  kind: Kind;
  /** Id of the causing entry, or -1 for what the scenario itself began. */
  cause: number;
  a: number;
  b: number;
}

interface TraceChunk {
  baseUs: number;
  count: number;
  time: Uint32Array;
  node: Uint16Array;
  kind: Uint16Array;
  back: Uint32Array;
  a: Uint32Array;
  b: Uint32Array;
}

/** The part of the trace that a snapshot holds. */
export interface TraceState {
  /** Entries so far; the id of the next one. */
  count: number;
  digestA: number;
  digestB: number;
}

export const CHUNK_ENTRIES = 4096;
/** One million entries of 20 bytes: the window that is kept. */
const WINDOW_ENTRIES = 256 * CHUNK_ENTRIES;
const TIME_SPAN_MAX_US = 0xffff_ffff;
/** How node −1 is stored. */
const ENVIRONMENT = 0xffff;

export function createTraceState(): TraceState {
  return { count: 0, digestA: 0x811c9dc5, digestB: 0x9e3779b9 };
}

/** Rolls one entry into the digest: two independent 32-bit lanes of multiply-xor. */
export function rollDigest(
  state: TraceState,
  timeUs: number,
  node: number,
  kind: Kind,
  cause: number,
  a: number,
  b: number,
): void {
  const low = timeUs >>> 0;
  const high = Math.floor(timeUs / 0x1_0000_0000);
  let x = state.digestA;
  x = Math.imul(x ^ low, 0x01000193);
  x = Math.imul(x ^ (kind.hash + node), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 15) ^ a, 0xc2b2ae35);
  x = Math.imul(x ^ (x >>> 13) ^ b, 0x01000193);
  state.digestA = x >>> 0;
  let y = state.digestB;
  y = Math.imul(y ^ (cause | 0), 0xcc9e2d51);
  y = Math.imul(y ^ (y >>> 15) ^ (low + high), 0x1b873593);
  y = Math.imul(y ^ (y >>> 13) ^ (a + kind.hash), 0x85ebca6b);
  y = Math.imul(y ^ (y >>> 16) ^ (b + node), 0xcc9e2d51);
  state.digestB = y >>> 0;
}

export function digestText(state: TraceState): string {
  const hex = (x: number) => x.toString(16).padStart(8, '0');
  return hex(state.digestA) + hex(state.digestB);
}

/** The kept window. Lives beside the world, not in it: a restore cuts it back instead of copying it. */
export class TraceWindow {
  private chunks: TraceChunk[] = [];
  /** Id of the first entry kept. */
  firstId = 0;
  private nextId = 0;

  constructor(private readonly windowEntries = WINDOW_ENTRIES) {}

  get endId(): number {
    return this.nextId;
  }

  push(id: number, timeUs: number, node: number, kind: number, cause: number, a: number, b: number): void {
    if (id !== this.nextId) this.reset(id);
    let chunk = this.chunks[this.chunks.length - 1];
    if (chunk === undefined || chunk.count === CHUNK_ENTRIES || timeUs - chunk.baseUs > TIME_SPAN_MAX_US) {
      chunk = this.addChunk(timeUs);
    }
    const i = chunk.count++;
    chunk.time[i] = timeUs - chunk.baseUs;
    chunk.node[i] = node < 0 ? ENVIRONMENT : node;
    chunk.kind[i] = kind;
    chunk.back[i] = cause < 0 ? 0 : id - cause;
    chunk.a[i] = a;
    chunk.b[i] = b;
    this.nextId = id + 1;
  }

  /** The entry with this id; undefined when it left the window or has not happened. */
  get(id: number): TraceEntry | undefined {
    if (id < this.firstId || id >= this.nextId) return undefined;
    let at = id - this.firstId;
    for (const chunk of this.chunks) {
      if (at < chunk.count) return entryAt(chunk, at, id);
      at -= chunk.count;
    }
    return undefined;
  }

  /**
   * Calls `visit` for every kept entry with from ≤ id < to, in order, until it returns false. `wanted` (by kind id)
   * passes over entries of the kinds that are 0 there, without making an object of them.
   */
  scan(
    from: number,
    to: number,
    visit: (entry: TraceEntry) => boolean | undefined,
    wanted?: Uint8Array,
  ): void {
    let base = this.firstId;
    for (const chunk of this.chunks) {
      if (base >= to) return;
      if (base + chunk.count > from) {
        for (let i = Math.max(0, from - base); i < chunk.count && base + i < to; i++) {
          if (wanted !== undefined && wanted[chunk.kind[i] as number] === 0) continue;
          if (visit(entryAt(chunk, i, base + i)) === false) return;
        }
      }
      base += chunk.count;
    }
  }

  /** Calls `visit` for the newest kept entries, newest first, until it returns false. */
  scanBack(visit: (entry: TraceEntry) => boolean | undefined): void {
    let id = this.nextId;
    for (let at = this.chunks.length - 1; at >= 0; at--) {
      const chunk = this.chunks[at] as TraceChunk;
      for (let i = chunk.count - 1; i >= 0; i--) {
        if (visit(entryAt(chunk, i, --id)) === false) return;
      }
    }
  }

  /** Forgets everything from `id` on: the run was taken back to before it, or to where nothing before it is kept. */
  cut(id: number): void {
    if (id <= this.firstId || id > this.nextId) {
      this.reset(id);
      return;
    }
    while (this.nextId > id) {
      const chunk = this.chunks[this.chunks.length - 1] as TraceChunk;
      const drop = Math.min(chunk.count, this.nextId - id);
      chunk.count -= drop;
      this.nextId -= drop;
      if (chunk.count === 0) this.chunks.pop();
    }
  }

  private reset(id: number): void {
    this.chunks = [];
    this.firstId = id;
    this.nextId = id;
  }

  private addChunk(baseUs: number): TraceChunk {
    let chunk: TraceChunk | undefined;
    if (this.chunks.length * CHUNK_ENTRIES >= this.windowEntries) {
      chunk = this.chunks.shift() as TraceChunk;
      this.firstId += chunk.count;
      chunk.baseUs = baseUs;
      chunk.count = 0;
    } else chunk = createChunk(baseUs);
    this.chunks.push(chunk);
    return chunk;
  }
}

/** The columns of a chunk lie in one buffer: six of their own would cost another 600 bytes. */
function createChunk(baseUs: number): TraceChunk {
  const n = CHUNK_ENTRIES;
  const buffer = new ArrayBuffer(20 * n);
  return {
    baseUs,
    count: 0,
    time: new Uint32Array(buffer, 0, n),
    back: new Uint32Array(buffer, 4 * n, n),
    a: new Uint32Array(buffer, 8 * n, n),
    b: new Uint32Array(buffer, 12 * n, n),
    node: new Uint16Array(buffer, 16 * n, n),
    kind: new Uint16Array(buffer, 18 * n, n),
  };
}

function entryAt(chunk: TraceChunk, i: number, id: number): TraceEntry {
  const back = chunk.back[i] as number;
  const node = chunk.node[i] as number;
  const kind = kindById(chunk.kind[i] as number);
  return {
    id,
    timeUs: chunk.baseUs + (chunk.time[i] as number),
    node: node === ENVIRONMENT ? -1 : node,
    kind,
    cause: back === 0 ? -1 : id - back,
    a: unpackSlot(kind.a, chunk.a[i] as number),
    b: unpackSlot(kind.b, chunk.b[i] as number),
  };
}
