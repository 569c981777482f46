import { isRunning, processOf } from '../../../model/env';
import { internText } from '../../../model/world';
import type { TopicSpec } from '../../../scenario/types';
import { readMetadata, writeMetadata } from '../broker/metadata-file';
import type { RocketSim } from '../state';
import { orderConfDropped, orderConfPut } from './nameserver-kinds';
import type { OrderConfs } from './nameserver-state';

/**
 * How many queues an order topic has on which brokers: what an administration tool writes into the namespace
 * `ORDER_TOPIC_CONFIG` of each name server, and what stands whether these brokers live or not (NS-24).
 */

/** Queues by broker name. */
type Queues = ReadonlyMap<string, number>;

/** What the name servers of a cluster hold whose topics were made long ago. */
export function orderConfsOf(topics: readonly TopicSpec[]): OrderConfs {
  const entries = topics
    .filter(({ order }) => order)
    .map(({ name, brokers, config }) => {
      const queues = new Map(brokers.map((brokerName) => [brokerName, config.writeQueueNums]));
      return [name, spelt(queues)] as const;
    });
  return { frozen: true, byTopic: Object.fromEntries(entries) };
}

/** `broker-a:4;broker-b:4`, by name. */
function spelt(queues: Queues): string {
  const names = [...queues.keys()].sort();
  return names.map((brokerName) => `${brokerName}:${queues.get(brokerName)}`).join(';');
}

/** The queues of an order configuration, in its order. */
export function queuesOfConf(conf: string): { readonly brokerName: string; readonly queues: number }[] {
  return conf.split(';').map((part) => {
    const [brokerName = '', queues] = part.split(':');
    return { brokerName, queues: Number(queues) };
  });
}

/** `createOrUpdateOrderConf`: the brokers named beside those that each name server knows already. */
export function putOrderConf(sim: RocketSim, topic: string, added: Queues): void {
  writeEach(sim, topic, (known) => {
    const queues = new Map(queuesOfConf(known ?? '').map((each) => [each.brokerName, each.queues]));
    queues.delete('');
    for (const [brokerName, count] of added) queues.set(brokerName, count);
    return spelt(queues);
  });
}

/** `deleteKvConfig`. */
export function dropOrderConf(sim: RocketSim, topic: string): void {
  writeEach(sim, topic, () => undefined);
}

/** The tool asks each name server in turn; one that does not run keeps what it has. */
function writeEach(sim: RocketSim, topic: string, change: (known?: string) => string | undefined): void {
  const { product, env, arena } = sim.state;
  const cause = sim.currentCause;
  for (const { node, orderFile } of product.nameservers.values()) {
    if (!isRunning(processOf(env, node))) continue;
    const { [topic]: known, ...others } = readMetadata(orderFile).byTopic;
    const conf = change(known);
    if (conf === known) continue;
    const byTopic = conf === undefined ? others : { ...others, [topic]: conf };
    writeMetadata(orderFile, { frozen: true, byTopic }, sim.nowUs);
    sim.because(cause, () => {
      if (conf === undefined) sim.emit(orderConfDropped, node, internText(arena, topic));
      else sim.emit(orderConfPut, node, internText(arena, topic), internText(arena, conf));
    });
  }
}
