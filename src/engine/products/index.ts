import type { Product } from '../product';
import { rocketmq } from './rocketmq';

const products: readonly Product<never>[] = [rocketmq as Product<never>];

/** The product with this id. The scenario's validation has made sure that there is one. */
export function productById(id: string): Product<unknown> {
  const product = products.find((known) => known.id === id);
  if (product === undefined) throw new RangeError(`no product ${id}`);
  return product as Product<unknown>;
}
