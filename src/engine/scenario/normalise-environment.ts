import { ENVIRONMENT_DEFAULTS, GIGABYTE, MEGABYTE } from './defaults';
import type { Directory } from './directory';
import { expectPair, scaled } from './normalise-context';
import { both, Refusal } from './problem';
import type { ScenarioFile } from './schema';
import type { EnvironmentSpec, LinkSpec, NetworkSpec } from './types';

type EnvironmentFile = NonNullable<ScenarioFile['environment']>;

const MILLISECOND = 1_000;

/**
 * The environment with its defaults, in microseconds and bytes.
 * @throws Refusal for a link that names an unknown process, or the same two processes again
 */
export function environmentOf(file: EnvironmentFile = {}, directory: Directory): EnvironmentSpec {
  const { network: networkDefault, disk: diskDefault, memory, cpu } = ENVIRONMENT_DEFAULTS;
  const { disk = {}, links = [] } = file;
  const network = networkOf(file.network, networkDefault);
  return {
    network,
    disk: {
      fsyncUs: orDefault(disk.fsyncMs, MILLISECOND, diskDefault.fsyncUs),
      sequentialBytesPerSecond: orDefault(
        disk.sequentialMBps,
        MEGABYTE,
        diskDefault.sequentialBytesPerSecond,
      ),
      fileSwitchUs: orDefault(disk.fileSwitchMs, MILLISECOND, diskDefault.fileSwitchUs),
      dirtyBytes: orDefault(disk.dirtyMB, MEGABYTE, diskDefault.dirtyBytes),
      dirtyExpireUs: orDefault(disk.dirtyExpireMs, MILLISECOND, diskDefault.dirtyExpireUs),
      capacityBytes: orDefault(disk.capacityGB, GIGABYTE, diskDefault.capacityBytes),
    },
    memory: { pageCacheBytes: orDefault(file.memory?.pageCacheMB, MEGABYTE, memory.pageCacheBytes) },
    cpu: { cores: file.cpu?.cores ?? cpu.cores },
    hosts: file.hosts ?? [],
    links: linksOf(links, network, directory),
  };
}

function orDefault(value: number | undefined, unit: number, otherwise: number): number {
  return value === undefined ? otherwise : scaled(value, unit);
}

function networkOf(file: EnvironmentFile['network'] = {}, base: NetworkSpec): NetworkSpec {
  return {
    latencyUs: orDefault(file.latencyMs, MILLISECOND, base.latencyUs),
    jitterUs: orDefault(file.jitterMs, MILLISECOND, base.jitterUs),
    bandwidthBytesPerSecond: orDefault(file.bandwidthMBps, MEGABYTE, base.bandwidthBytesPerSecond),
  };
}

function linksOf(
  links: NonNullable<EnvironmentFile['links']>,
  network: NetworkSpec,
  directory: Directory,
): LinkSpec[] {
  const seen = new Set<string>();
  return links.map(({ between, ...own }, i) => {
    const path = ['environment', 'links', i, 'between'];
    expectPair(between, { directory }, path, 'ids only');
    // Ids hold no space, so this text names the pair in either order.
    const pair = [...between].sort().join(' ');
    if (seen.has(pair)) {
      throw new Refusal({
        path,
        found: both('a second link of the same two processes', '同一对进程的第二条链路'),
        expected: both('each pair once', '每一对只写一次'),
      });
    }
    seen.add(pair);
    return { between, ...networkOf(own, network) };
  });
}
