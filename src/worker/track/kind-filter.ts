import { allKinds, type Kind } from '../../engine/core/kinds';

/** Which kinds of entries a reader of the trace wants, as `TraceWindow.scan` takes it. */
export class KindFilter {
  private wanted = new Uint8Array(0);

  constructor(private readonly wants: (kind: Kind) => boolean) {}

  /** By kind id. Kinds are defined while modules load, so the list is made when it is first used. */
  get byId(): Uint8Array {
    const kinds = allKinds();
    if (kinds.length !== this.wanted.length)
      this.wanted = Uint8Array.from(kinds, (kind) => (this.wants(kind) ? 1 : 0));
    return this.wanted;
  }
}
