import { readMetadata, writeMetadata } from '../broker/metadata-file';
import { brokerOf } from '../broker/store-state';
import type { RocketSim } from '../state';
import { armLook } from './order-info';
import type { OrdersFile } from './pop-state';

export const NO_ORDERS: OrdersFile = { frozen: true, orders: new Map() };

/** With the consumer offsets: `consumerOrderInfo.json`. */
export function persistOrders(sim: RocketSim, node: number): void {
  const { pop, disk } = brokerOf(sim, node).service;
  const { orders } = readMetadata(disk.ordersFile);
  const same =
    orders.size === pop.orders.size && [...pop.orders].every(([key, info]) => orders.get(key) === info);
  if (!same) writeMetadata(disk.ordersFile, { frozen: true, orders: new Map(pop.orders) }, sim.nowUs);
}

export function loadOrders(sim: RocketSim, node: number): void {
  const { pop, disk } = brokerOf(sim, node).service;
  pop.orders = new Map(readMetadata(disk.ordersFile).orders);
  for (const [key, info] of pop.orders) armLook(sim, node, key, info);
}
