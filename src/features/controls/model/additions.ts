import type { Action, Scenario } from '../../../engine/scenario/types';
import type { ActionRequest } from '../../../worker/protocol';
import type { Settings } from './settings';
import { filterFile, filterText } from './texts-of';

/** Every id that a run has used or will use: a process that was removed keeps its own. */
export function idsOf(scenario: Scenario, actions: readonly Action[]): ReadonlySet<string> {
  const { environment, nameservers, controllers, brokers, producers, consumers, databases } = scenario;
  const listed = [
    environment.hosts,
    nameservers,
    controllers,
    brokers,
    producers,
    consumers,
    databases,
  ].flat();
  const added = actions.flatMap((action) => (action.do === 'add' ? [action.spec] : []));
  return new Set([...listed, ...added].map(({ id }) => id));
}

/** The next id in the manner of the last one: after `P2` comes `P3`. */
export function nextId(like: string, taken: ReadonlySet<string>): string {
  const stem = /\d+$/.test(like) ? like.replace(/\d+$/, '') : `${like}-`;
  for (let number = 1; ; number++) if (!taken.has(`${stem}${number}`)) return `${stem}${number}`;
}

/** After `broker-a` and `broker-b` comes `broker-c`; names of another manner are numbered. */
export function nextBrokerName(names: readonly string[]): string {
  const last = names.at(-1) ?? 'broker-';
  const stem = last.replace(/[a-z]$/, '');
  const letter = [...'abcdefghijklmnopqrstuvwxyz'].find((each) => !names.includes(`${stem}${each}`));
  return last !== stem || last === 'broker-' ? `${stem}${letter}` : nextId(last, new Set(names));
}

type Role = 'producer' | 'consumer' | 'nameserver';

/** One more of a role, set as the process `like` is, or as the first one; undefined where there is nothing to go by. */
export function addLike(
  role: Role,
  settings: Settings,
  taken: ReadonlySet<string>,
  like: string | null,
  sending: { readonly mode?: string; readonly topic?: string } = {},
): ActionRequest | undefined {
  const peers = [...settings.processes.values()].filter((process) => process.role === role);
  const model = peers.find(({ spec }) => spec.id === like) ?? peers[0];
  const id = nextId(peers.at(-1)?.spec.id ?? `${role === 'nameserver' ? 'ns' : role}-1`, taken);
  if (role === 'nameserver') return { do: 'add', nameserver: { id } };
  if (model?.role === 'producer') {
    const { group, load, bodyBytes, keys, queueSelector } = model.spec;
    const { mode = model.spec.mode, topic = model.spec.topic } = sending;
    const rate = load.kind === 'rate' ? { ratePerSecond: load.ratePerSecond } : {};
    const producer = { id, group, topic, mode, ...rate, bodyBytes, queueSelector };
    return { do: 'add', producer: keys === null ? producer : { ...producer, keys } };
  }
  if (model?.role === 'consumer') {
    const { group, topic, messageModel, processingUs, filter, listener, protocol } = model.spec;
    const { idempotent, dedupeTtlUs, database } = model.spec;
    // Members of one group that differ in these are a fault of its own (FI-6).
    const alike = {
      ...(filterText(filter) !== '*' && { filter: filterFile(filter) }),
      ...(listener !== 'concurrently' && { listener }),
      ...(protocol !== 'remoting' && { protocol }),
      ...(idempotent !== 'none' && { idempotent }),
      ...(idempotent === 'expiringKey' && { dedupeTtl: `${dedupeTtlUs}us` }),
      ...(database !== null && { database }),
    };
    const consumer = { id, group, topic, messageModel, processingMs: processingUs / 1_000, ...alike };
    return { do: 'add', consumer };
  }
  const topic = sending.topic ?? settings.topics.keys().next().value;
  if (topic === undefined) return undefined;
  if (role === 'producer')
    return { do: 'add', producer: { id, group: 'producers', topic, ratePerSecond: 20 } };
  return { do: 'add', consumer: { id, group: 'consumers', topic } };
}

/** A master with its slave, without a topic. */
export function addPair(settings: Settings): readonly ActionRequest[] {
  const names = [...settings.processes.values()].flatMap((process) =>
    process.role === 'broker' ? [process.spec.brokerName] : [],
  );
  const brokerName = nextBrokerName([...new Set(names)].sort());
  return [
    { do: 'add', broker: { id: `${brokerName}:0`, brokerName, brokerId: 0 } },
    {
      do: 'add',
      broker: { id: `${brokerName}:1`, brokerName, brokerId: 1, config: { brokerRole: 'SLAVE' } },
    },
  ];
}
