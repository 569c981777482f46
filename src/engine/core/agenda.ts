/**
 * The list of what is still to happen: a 4-ary heap ordered by (time, sequence number).
 * Equal times leave in the order in which they were scheduled, which no published heap promises.
 * Plain data: two number columns and the entries beside them.
 */
export interface Agenda<E> {
  times: Float64Array;
  seqs: Float64Array;
  entries: (E | undefined)[];
  size: number;
  /** Sequence number of the next entry; never reused, so an entry can be told from its equals. */
  nextSeq: number;
}

export function createAgenda<E>(capacity = 256): Agenda<E> {
  return {
    times: new Float64Array(capacity),
    seqs: new Float64Array(capacity),
    entries: new Array<E | undefined>(capacity).fill(undefined),
    size: 0,
    nextSeq: 0,
  };
}

/** Adds an entry due at `timeUs` (integer microseconds) behind all entries of the same time. */
export function pushAgenda<E>(agenda: Agenda<E>, timeUs: number, entry: E): number {
  if (agenda.size === agenda.times.length) grow(agenda);
  const { times, seqs, entries } = agenda;
  const seq = agenda.nextSeq++;
  let i = agenda.size++;
  while (i > 0) {
    const parent = (i - 1) >> 2;
    // A new entry has the highest sequence number of all, so only an earlier time moves it up.
    if ((times[parent] as number) <= timeUs) break;
    times[i] = times[parent] as number;
    seqs[i] = seqs[parent] as number;
    entries[i] = entries[parent];
    i = parent;
  }
  times[i] = timeUs;
  seqs[i] = seq;
  entries[i] = entry;
  return seq;
}

/** Time of the earliest entry, or Infinity. */
export function nextDueUs<E>(agenda: Agenda<E>): number {
  return agenda.size === 0 ? Number.POSITIVE_INFINITY : (agenda.times[0] as number);
}

/** Takes the earliest entry; undefined when nothing is left. */
export function popAgenda<E>(agenda: Agenda<E>): E | undefined {
  if (agenda.size === 0) return undefined;
  const { times, seqs, entries } = agenda;
  const top = entries[0];
  const last = --agenda.size;
  const time = times[last] as number;
  const seq = seqs[last] as number;
  const entry = entries[last];
  entries[last] = undefined;
  if (last === 0) return top;
  let i = 0;
  for (;;) {
    const first = 4 * i + 1;
    if (first >= last) break;
    let child = first;
    let childTime = times[first] as number;
    const end = first + 4 < last ? first + 4 : last;
    for (let k = first + 1; k < end; k++) {
      const t = times[k] as number;
      if (t < childTime || (t === childTime && (seqs[k] as number) < (seqs[child] as number))) {
        child = k;
        childTime = t;
      }
    }
    if (childTime > time || (childTime === time && (seqs[child] as number) > seq)) break;
    times[i] = childTime;
    seqs[i] = seqs[child] as number;
    entries[i] = entries[child];
    i = child;
  }
  times[i] = time;
  seqs[i] = seq;
  entries[i] = entry;
  return top;
}

/** A copy that shares the entries, which are immutable. */
export function copyAgenda<E>(agenda: Agenda<E>): Agenda<E> {
  const capacity = Math.max(agenda.size, 64);
  const copy = createAgenda<E>(capacity);
  copy.times.set(agenda.times.subarray(0, agenda.size));
  copy.seqs.set(agenda.seqs.subarray(0, agenda.size));
  for (let i = 0; i < agenda.size; i++) copy.entries[i] = agenda.entries[i];
  copy.size = agenda.size;
  copy.nextSeq = agenda.nextSeq;
  return copy;
}

/** The earliest entries in order, at most `max`: what the screen lists as "next". */
export function peekAgenda<E>(agenda: Agenda<E>, max: number): { timeUs: number; entry: E }[] {
  const copy = copyAgenda(agenda);
  const out: { timeUs: number; entry: E }[] = [];
  while (out.length < max && copy.size > 0) {
    const timeUs = nextDueUs(copy);
    out.push({ timeUs, entry: popAgenda(copy) as E });
  }
  return out;
}

function grow<E>(agenda: Agenda<E>): void {
  const capacity = agenda.times.length * 2;
  const times = new Float64Array(capacity);
  times.set(agenda.times);
  const seqs = new Float64Array(capacity);
  seqs.set(agenda.seqs);
  agenda.times = times;
  agenda.seqs = seqs;
  while (agenda.entries.length < capacity) agenda.entries.push(undefined);
}
