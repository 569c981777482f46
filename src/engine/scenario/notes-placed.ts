import type { Path } from './problem';

/** A part of a file, and where it stands there. */
export interface Placed<Spec> {
  readonly spec: Spec;
  readonly path: Path;
}
