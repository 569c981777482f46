import type { Handlers } from '../../../core/sim';
import type { World } from '../../../model/world';
import type { Rocket } from '../state';
import { registerChecks } from './check';
import { registerEndTransaction } from './end-transaction';
import { registerOps } from './ops';

/** Transactions on a broker: half messages, their ends, and the checks of those that do not end. */
export { tellOpsForgotten } from './ops';

export function registerTransactionService(handlers: Handlers<World<Rocket>>): void {
  registerEndTransaction(handlers);
  registerOps(handlers);
  registerChecks(handlers);
}
