import type { TestProject } from 'vitest/node';
import { catalog } from '../src/content/scenarios/catalog';
import { Run } from '../src/engine/run';
import { parseScenario } from '../src/engine/scenario/parse';
import { DIGESTED } from '../src/worker/fixtures/digested';

declare module 'vitest' {
  interface ProvidedContext {
    /** What the run of `DIGESTED` digests to in Node. */
    nodeDigest: { readonly digest: string; readonly step: number };
  }
}

/** Before the tests in a browser: the same run in this process, for comparison. */
export default function setup(project: TestProject): void {
  const parsed = parseScenario({ ...(catalog[0]?.file as object), actions: DIGESTED.actions });
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  const run = new Run(parsed.scenario);
  run.advance(DIGESTED.untilUs);
  project.provide('nodeDigest', { digest: run.sim.digest, step: run.sim.steps });
}
