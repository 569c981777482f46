import { type Histogram, quantileUs } from '../checkers/histogram';
import { judgesOf, workedNs } from '../checkers/judges';
import { waitedUs } from '../checkers/readers';
import { longestUs } from '../checkers/sends';
import type { Run } from '../run';
import type { OutageReport, Quantiles, Report, ResourceReport } from './report';

/** A resource that is busy for more than this share of the time is what limits. */
const BINDING_SHARE = 0.8;

export function latencies({ sim }: Run): Report['latencyMs'] {
  const { sends, endToEnd } = judgesOf(sim.state);
  return { send: quantiles(sends.latency), endToEnd: quantiles(endToEnd) };
}

function quantiles(histogram: Histogram): Quantiles {
  return { p50: quantileUs(histogram, 0.5) / 1_000, p99: quantileUs(histogram, 0.99) / 1_000 };
}

/** Per queue, from the first attempt that fails or waits to the next success. */
export function outages({ sim }: Run): Report['unavailableMs'] {
  const { sends, readers } = judgesOf(sim.state);
  const written = sends.queues.filter(({ used }) => used).map((outage) => longestUs(outage, sim.nowUs));
  const read = readers.flatMap(({ queues }) => [...queues.values()].map((queue) => waitedUs(sim, queue)));
  return { send: outageReport(written), receive: outageReport(read) };
}

function outageReport(outagesUs: readonly number[]): OutageReport {
  if (outagesUs.length === 0) return { max: 0, share: 0 };
  const concerned = outagesUs.filter((us) => us > 0).length;
  return { max: Math.max(...outagesUs) / 1_000, share: rounded(concerned / outagesUs.length) };
}

/** How busy the hosts of the processes that hold logs were. */
export function resources({ sim, product }: Run): Record<string, ResourceReport> {
  const elapsedNs = (sim.nowUs - judgesOf(sim.state).beganUs) * 1_000;
  return Object.fromEntries(
    product.logs(sim).map(({ node }) => {
      const worked = workedNs(sim, node);
      const share = (ns: number, servers: number) =>
        elapsedNs <= 0 ? 0 : Math.min(1, ns / servers / elapsedNs);
      const cpu = share(worked.cpu, sim.state.env.params.cores);
      const disk = share(worked.disk, 1);
      const binding = Math.max(cpu, disk) < BINDING_SHARE ? 'none' : cpu > disk ? 'cpu' : 'disk';
      return [sim.state.env.processes[node]?.name ?? '', { cpu: rounded(cpu), disk: rounded(disk), binding }];
    }),
  );
}

function rounded(share: number): number {
  return Math.round(share * 10_000) / 10_000;
}
