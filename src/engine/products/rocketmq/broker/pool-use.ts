import { inGroup } from '../dledger/dledger-state';
import type { Broker } from '../state';
import { isSlave } from './store-state';

/** `MessageStoreConfig#isTransientStorePoolEnable`: only with ASYNC_FLUSH, never on a slave. */
export function usesPool(broker: Broker): boolean {
  const { transientStorePoolEnable, flushDiskType } = broker.config;
  return transientStorePoolEnable && flushDiskType === 'ASYNC_FLUSH' && !isSlave(broker) && !inGroup(broker);
}
