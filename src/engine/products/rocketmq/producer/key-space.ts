import { hashText } from '../../../core/rng';
import type { KeySpace } from '../../../scenario/types';
import type { Producer, RocketSim } from '../state';
import type { KeyWeights } from './producer-state';

/** Keys of generated messages: `order-1` to `order-n`, the weight of key k is 1 / k^skew. */

const KEY = hashText('producer.key');
const DRAW_BOUND = 0x1_0000_0000;

/** The number of the key of the ordinal-th message, from 1. */
export function drawKey(sim: RocketSim, producer: Producer, keys: KeySpace, ordinal: number): number {
  if (keys.skew === 0) return 1 + sim.drawBelow(keys.distinct, producer.node, KEY, ordinal);
  const { sums } = weightsOf(producer, keys);
  const total = sums[sums.length - 1] as number;
  const at = (sim.drawBelow(DRAW_BOUND, producer.node, KEY, ordinal) / DRAW_BOUND) * total;
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] as number) > at) high = middle;
    else low = middle + 1;
  }
  return low + 1;
}

function weightsOf({ state }: Producer, { distinct, skew }: KeySpace): KeyWeights {
  const known = state.weights;
  if (known?.distinct === distinct && known.skew === skew) return known;
  const sums = new Float64Array(distinct);
  let sum = 0;
  for (let i = 0; i < distinct; i++) {
    let weight = 1;
    for (let k = 0; k < skew; k++) weight /= i + 1;
    sum += weight;
    sums[i] = sum;
  }
  const weights: KeyWeights = { frozen: true, distinct, skew, sums };
  state.weights = weights;
  return weights;
}
