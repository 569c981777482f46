import type { ProductVersion } from '../scenario/rocketmq-key-spec';
import type { ComparedRow } from './rows';
import type { ChangeAtWork } from './versions';

export const otherVersion = (version: ProductVersion): ProductVersion => (version === '5.3' ? '4.9' : '5.3');

/** Changes that may stand behind a row of the comparison. */
export const changesBehind = (row: ComparedRow, changes: readonly ChangeAtWork[]): readonly ChangeAtWork[] =>
  row.equal ? [] : changes.filter(({ touches }) => touches.some((path) => row.id.startsWith(path)));

/** What a version does of a change. */
export const sideOf = (change: ChangeAtWork, version: string): ChangeAtWork['four'] =>
  version === '4.9' ? change.four : change.five;
