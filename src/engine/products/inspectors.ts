import type { Product } from '../product';
import { inspect } from './rocketmq/view/inspect';

type Inspect<P> = NonNullable<Product<P>['inspect']>;

const inspectors: Readonly<Record<string, Inspect<never>>> = { rocketmq: inspect };

/** What inspects the processes of a product: code, and every configuration key, that no run needs. */
export function inspectorOf({ id, inspect: own }: Product<unknown>): Inspect<unknown> {
  const found = own ?? inspectors[id];
  if (found === undefined) throw new RangeError(`no inspector of product ${id}`);
  return found as Inspect<unknown>;
}
