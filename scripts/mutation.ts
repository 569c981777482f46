/**
 * A rule broken on purpose: one piece of the engine's text, and what stands in its place. A test that carries the
 * tag of the rule must fail by an assertion when it is there, else nothing holds the rule.
 */
export interface Mutant {
  readonly rule: string;
  /** What is broken, in one line. */
  readonly says: string;
  /** Path from the root of the repository. */
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
}

const files = import.meta.glob<readonly Mutant[]>('../mutants/*.ts', { import: 'default', eager: true });

/** Every mutant, in the order of the sections' files. */
export const mutants: readonly Mutant[] = Object.values(files).flat();

/** The text of a file with its mutant in it. Throws unless `find` occurs exactly once. */
export function mutate(text: string, { rule, file, find, replace }: Mutant): string {
  const [before, after, ...more] = text.split(find);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`${rule}: the text to replace occurs ${text.split(find).length - 1} times in ${file}`);
  }
  return before + replace + after;
}
