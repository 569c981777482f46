/** Queues of a group in few letters: `q0 q1 q2`, `q0–q7`. */
export function queueNames(ids: readonly number[]): string {
  const runs: number[][] = [];
  for (const id of ids.toSorted((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && run.at(-1) === id - 1) run.push(id);
    else runs.push([id]);
  }
  return runs
    .flatMap((run) => (run.length > 3 ? [`q${run[0]}–q${run.at(-1)}`] : run.map((id) => `q${id}`)))
    .join(' ');
}
