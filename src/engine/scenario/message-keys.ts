/** How the keys of generated messages are spelt, so that `poisonKeys` can name them. */

/** The key of the n-th message of a producer without `keys`; n counts from 1. */
export function ownKey(producerId: string, n: number): string {
  return `${producerId}-${n}`;
}

/** Key number k of a producer with `keys`; k counts from 1, and is the k of the weight 1 / k^skew. */
export function sharedKey(k: number): string {
  return `key-${k}`;
}
