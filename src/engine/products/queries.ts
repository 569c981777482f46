import type { Sim } from '../core/sim';
import type { World } from '../model/world';
import type { Product } from '../product';
import type { Queries } from '../product-queries';
import { queries } from './rocketmq/query/query';

type Own<P> = Queries<Sim<World<P>>>;

const known: Readonly<Record<string, Own<never>>> = { rocketmq: queries };

/** What answers queries as a product's tools would; undefined for a product without such. */
export function queriesOf({ id }: Product<unknown>): Own<unknown> | undefined {
  return known[id] as Own<unknown> | undefined;
}
