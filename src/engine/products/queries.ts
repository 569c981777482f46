import type { SimOf } from '../model/world';
import type { Product, Queries } from '../product';
import { queries } from './rocketmq/query/query';

type Own<P> = Queries<SimOf<P>>;

const known: Readonly<Record<string, Own<never>>> = { rocketmq: queries };

/** What answers queries as a product's tools would: code that no run needs. Undefined for a product without such. */
export function queriesOf({ id, queries: own }: Product<unknown>): Own<unknown> | undefined {
  return own === undefined ? (known[id] as Own<unknown> | undefined) : (own ?? undefined);
}
