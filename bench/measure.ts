/** Seconds that `body` takes, by the monotonic clock of the process or page. */
export function seconds(body: () => void): number {
  const startMs = performance.now();
  body();
  return (performance.now() - startMs) / 1_000;
}

/** The best of so many runs: what the machine can do when nobody disturbs it. */
export function best(runs: number, body: () => number): number {
  let result = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < runs; i++) result = Math.max(result, body());
  return result;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((x, y) => x - y);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number;
}

/** A line of the result: what was measured, the number, and against what. */
export function line(what: string, value: string, against = ''): void {
  console.log(`${what.padEnd(58)} ${value.padStart(16)}   ${against}`);
}

export const millions = (perSecond: number) => `${(perSecond / 1e6).toFixed(2)} M/s`;
export const megabytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(0)} MB`;
export const milliseconds = (ms: number) => `${ms.toFixed(2)} ms`;
