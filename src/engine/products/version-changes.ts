import type { VersionChange } from '../product';
import { versionChanges } from './rocketmq/rules/version-changes';

const changes: Readonly<Record<string, readonly VersionChange[]>> = { rocketmq: versionChanges };

/** What a product does otherwise in its versions: words that no run needs. */
export const versionChangesOf = (product: string): readonly VersionChange[] => changes[product] ?? [];
