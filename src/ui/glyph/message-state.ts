import type { UiWords } from '../words/words';

/**
 * What is known of one message at one moment. Rows first: where its copies are on this machine and on the other one.
 * Then what is happening to it. Everything left out is "no".
 */
export interface MessageState {
  /** The page cache: a copy that a power failure destroys, or one that is on disk as well. */
  readonly mem?: 'none' | 'volatile' | 'calm';
  readonly disk?: boolean;
  /** On another machine; `unflushed`: in its page cache only. `true` says that it is there and no more. */
  readonly slave?: 'none' | 'unflushed' | 'disk' | boolean;
  readonly lost?: boolean;
  readonly half?: boolean;
  readonly delayed?: boolean;
  /** Which attempt, from 1. */
  readonly retry?: number;
  readonly dead?: boolean;
  readonly duplicate?: boolean;
  readonly outOfOrder?: boolean;
  readonly consumed?: boolean;
}

/** The states that have a name of their own. */
export const MESSAGE_STATES = {
  inFlight: {},
  cacheOnly: { mem: 'volatile' },
  cacheAndSlave: { mem: 'volatile', slave: true },
  onDisk: { mem: 'calm', disk: true },
  diskAndSlave: { mem: 'calm', disk: true, slave: true },
  diskOnlyCold: { disk: true },
  diskAndSlaveCold: { disk: true, slave: true },
  slaveOnly: { slave: true },
  lost: { lost: true },
} as const satisfies Record<string, MessageState>;

export const onSlave = ({ slave }: MessageState): boolean =>
  slave === true || slave === 'unflushed' || slave === 'disk';

/**
 * The glyph in words, for screen readers and for lists: `half message · disk and slave`. Where the drawing hides the
 * rows, the words leave out "in flight" as well, for nothing says so.
 */
export function describeMessage(state: MessageState, words: UiWords): string {
  if (state.lost) return words.lostState;
  const rowsHidden = state.dead || state.delayed || state.duplicate || state.outOfOrder;
  const copies = describeCopies(state, words);
  const parts = [
    state.dead && words.deadLetter,
    state.delayed && words.delayed,
    state.half && words.half,
    state.retry !== undefined && words.retry(state.retry),
    state.duplicate && words.duplicate,
    state.outOfOrder && words.outOfOrder,
    state.consumed ? words.consumed : !(rowsHidden && copies === words.inFlight) && copies,
    state.slave === 'unflushed' && !state.consumed && words.slaveUnflushed,
  ];
  return parts.filter((part) => part).join(' · ');
}

function describeCopies(state: MessageState, words: UiWords): string {
  const slave = onSlave(state);
  const cached = state.mem === 'volatile' || state.mem === 'calm';
  if (state.disk && cached) return slave ? words.diskAndSlave : words.onDisk;
  if (state.disk) return slave ? words.diskAndSlaveCold : words.diskOnlyCold;
  if (cached) return slave ? words.cacheAndSlave : words.cacheOnly;
  return slave ? words.slaveOnlyState : words.inFlight;
}
