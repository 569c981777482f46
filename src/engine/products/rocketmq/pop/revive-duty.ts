import { committedOffset } from '../broker/service-offsets';
import { runsSpecialServices } from '../broker/special-services';
import { brokerOf, consumeQueueOf, maxOffsetOf, minOffsetOf, recordAtOffset } from '../broker/store-state';
import type { RocketSim } from '../state';
import { reviveArrived } from './revive';
import { REVIVE_GROUP, REVIVE_TOPIC } from './revive-topic';

/** The broker has the duties of a master: its threads read on from where their group's offset is. */
export function resumeRevive(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  broker.service.pop.revive = [];
  if (!runsSpecialServices(broker)) return;
  for (let id = 0; id < broker.config.reviveQueueNum; id++) {
    const queue = consumeQueueOf(sim, broker, REVIVE_TOPIC, id);
    if (queue === undefined) continue;
    const from = committedOffset(broker.service, REVIVE_GROUP, REVIVE_TOPIC, id);
    for (let offset = Math.max(minOffsetOf(queue), from); offset < maxOffsetOf(queue); offset++) {
      reviveArrived(sim, node, recordAtOffset(queue, offset));
    }
  }
}
