import { compareVersions, type VersionsAsked, type VersionsCompared } from '../engine/comparison/versions';

/** Asks a worker of its own to play a scenario in two versions. It is stopped by ending the worker. */
export type ToComparer = { readonly type: 'compare'; readonly asked: VersionsAsked };

export type FromComparer =
  /** 0 to 1. */
  | { readonly type: 'progress'; readonly share: number }
  | { readonly type: 'compared'; readonly compared: VersionsCompared }
  | { readonly type: 'incomparable'; readonly reason: string };

/** Progress is told for each hundredth. */
const STEPS = 100;

/** Plays both versions to the end, and tells how far it is. */
export function comparing({ asked }: ToComparer, tell: (update: FromComparer) => void): void {
  try {
    const work = compareVersions(asked);
    for (let told = 0; ; ) {
      const { done, value } = work.next();
      if (done) {
        tell({ type: 'compared', compared: value });
        return;
      }
      if (Math.floor(value * STEPS) <= told) continue;
      told = Math.floor(value * STEPS);
      tell({ type: 'progress', share: told / STEPS });
    }
  } catch (error) {
    tell({ type: 'incomparable', reason: error instanceof Error ? error.message : String(error) });
  }
}
