/** How fast simulated time has passed lately: seconds a second over the last second of wall time. */
export class RateMeter {
  private samples: { readonly wallMs: number; readonly timeUs: number }[] = [];

  /** The playhead was moved, or playing began: what was measured before says nothing now. */
  reset(): void {
    this.samples = [];
  }

  sample(wallMs: number, timeUs: number): void {
    this.samples.push({ wallMs, timeUs });
    while (this.samples.length > 2 && wallMs - (this.samples[1]?.wallMs ?? 0) >= SPAN_MS)
      this.samples.shift();
  }

  get rate(): number {
    const first = this.samples[0];
    const last = this.samples.at(-1);
    if (first === undefined || last === undefined || last.wallMs <= first.wallMs) return 0;
    return (last.timeUs - first.timeUs) / 1_000 / (last.wallMs - first.wallMs);
  }
}

const SPAN_MS = 1_000;
