/** `TransactionalMessageServiceImpl` and its two threads: plain data, in the memory of the process. */
export interface Transactions {
  /** `MessageQueueOpContext`: offsets of ended halves that no op message names yet, and their bytes as text (5.x). */
  ops: number[];
  opBytes: number;
  /** When an op message was last written; before that, when the first of these offsets came. */
  opWrittenUs: number | undefined;
  /** What the op thread's waits count from; undefined: the start of the process. */
  opBaseUs: number | undefined;
  /** When that thread writes next; Infinity while there is nothing to write. */
  opAtUs: number;
  /** What the check thread's waits count from; undefined: the start of the process. */
  checkBaseUs: number | undefined;
  /** When it checks next; Infinity while there is nothing to look at. */
  checkAtUs: number;
  pass: CheckPass | undefined;
  /** `ProducerManager.positiveAtomicCounter`. */
  asked: number;
  /** Halves at or behind the check service's offset that have ended. */
  ended: number;
  /** Op messages may name offsets twice, or of halves that do not exist yet: `ended` is counted anew by each pass. */
  crossed: boolean;
}

/** One run of `TransactionalMessageServiceImpl#check`. */
export interface CheckPass {
  readonly startUs: number;
  /** The stored offsets that it began with. */
  readonly halfOffset: number;
  readonly opOffset: number;
  /** Where it is. */
  at: number;
  nextOp: number;
  /** When the last of the op messages that were read latest was made; undefined: none were found. */
  lastOpUs: number | undefined;
  /** `removeMap`: half offset → offset of the op message that names it. */
  removed: Map<number, number>;
  /** `opMsgMap`: op offset → how many of its halves the pass has not met. */
  openOps: Map<number, number>;
  /** `doneOpOffset`. */
  doneOps: number[];
  /** Ended halves that it has passed. */
  passed: number;
  /** Failures in a row to hand a half to another master. */
  escapeFailures: number;
}

export function createTransactions(): Transactions {
  return {
    ops: [],
    opBytes: 0,
    opWrittenUs: undefined,
    opBaseUs: undefined,
    opAtUs: Number.POSITIVE_INFINITY,
    checkBaseUs: undefined,
    checkAtUs: Number.POSITIVE_INFINITY,
    pass: undefined,
    asked: 0,
    ended: 0,
    crossed: false,
  };
}
