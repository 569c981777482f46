import { judgesOf } from '../checkers/judges';
import { hasConsumed, type Reader, wasDelivered } from '../checkers/readers';
import { Whereabouts, whereaboutsOf } from '../model/ledger';
import {
  type Arena,
  messageName,
  messageTopic,
  queueOf,
  recordMessage,
  recordOffset,
  recordQueue,
  type World,
} from '../model/world';
import { causesOf } from '../report/causes';
import type { Run } from '../run';
import type { ConsumerSpec } from '../scenario/types';
import { asksFor } from './subscriptions';

/** A message that is served, and that those who ask for it have not had. */
export interface Skip {
  readonly message: number;
  readonly name: string;
  /** The rules that led past it; empty when the run does not say. */
  readonly why: readonly string[];
}

/** Who should have a message once: a group, or one consumer that broadcasts. */
interface Audience {
  readonly group: string;
  readonly members: readonly ConsumerSpec[];
  readonly broadcasts: boolean;
  readonly reader: Reader | undefined;
}

/** Entries that put an offset somewhere: what lies before it is read no more. */
const JUMPS: ReadonlySet<string> = new Set(['start.by-config', 'queue.restarted', 'offset.corrected']);
const DROPPED = 'record.dropped-by-client';
const PASSED = 'message.passed-over';
/** A proxy keeps it for a client that may never have got it. */
const RENEWED = 'pop.renewed';
/** What stands in a queue that waits for such a message waits, too. */
const BLOCKED = 'pop.order-blocked';

/** Readable, and by somebody who asks for it neither consumed nor put among the dead letters. */
export function skipsOf(run: Run): Skip[] {
  const { sim, product } = run;
  const { ledger, arena } = sim.state;
  const letters = deadLetters(run);
  const found = new Set<number>();
  for (const { group, members, broadcasts, reader } of audiencesOf(run)) {
    const dead = letters.get(product.deadLetterTopicOf(group) ?? '');
    for (let message = 0; message < arena.messages.length; message++) {
      if (whereaboutsOf(ledger, message) !== Whereabouts.served || dead?.has(message)) continue;
      const topic = messageTopic(arena, message);
      if (!members.some((member) => member.topic === topic && asksFor(member.filter, arena, message)))
        continue;
      // A broadcasting consumer that fails is given nothing again.
      const had = broadcasts ? wasDelivered : hasConsumed;
      if (reader === undefined || !had(reader, message)) found.add(message);
    }
  }
  const reasons = reasonsOf(run, found);
  return [...found].map((message) => ({
    message,
    name: messageName(message),
    why: [...(reasons.get(message) ?? [])],
  }));
}

function audiencesOf({ sim, scenario }: Run): Audience[] {
  const { readers, readerOf } = judgesOf(sim.state);
  const audiences: Audience[] = [];
  for (const consumer of scenario.consumers) {
    const { group } = consumer;
    if (consumer.messageModel === 'BROADCASTING') {
      const reader = readers[readerOf[nodeOf(sim.state, consumer.id)] ?? -1];
      audiences.push({ group, members: [consumer], broadcasts: true, reader });
    } else if (!audiences.some((audience) => audience.group === group)) {
      const members = scenario.consumers.filter((other) => other.group === group);
      const reader = readers.find((each) => each.clustering && each.group === group);
      audiences.push({ group, members, broadcasts: false, reader });
    }
  }
  return audiences;
}

const nodeOf = ({ env }: World, id: string) => env.processes.findIndex(({ name }) => name === id);

/** By dead-letter topic: the messages in it. */
function deadLetters({ sim }: Run): Map<string, Set<number>> {
  const { arena } = sim.state;
  const letters = new Map<string, Set<number>>();
  for (let record = 0; record < arena.records.length; record++) {
    const { topic } = queueOf(arena, recordQueue(arena, record));
    if (!topic.startsWith('%DLQ%')) continue;
    const messages = letters.get(topic) ?? new Set();
    letters.set(topic, messages.add(recordMessage(arena, record)));
  }
  return letters;
}

/** Why each of these messages was skipped, as far as the run tells: rules by message. */
function reasonsOf({ sim, scenario }: Run, messages: ReadonlySet<number>): Map<number, Set<string>> {
  const reasons = new Map([...messages].map((message) => [message, new Set<string>()]));
  const { window } = sim;
  if (messages.size === 0 || window === undefined) return reasons;
  const { arena } = sim.state;
  const isTorn = (consumer: ConsumerSpec) =>
    scenario.consumers.some(
      ({ group, filter }) =>
        group === consumer.group && JSON.stringify(filter) !== JSON.stringify(consumer.filter),
    );
  const places = placesOf(arena, messages, reasons);
  const torn = new Set(scenario.consumers.filter(isTorn).map(({ id }) => nodeOf(sim.state, id)));
  window.scan(0, sim.traceCount, ({ id, kind, node, a, b }) => {
    if (kind.type === DROPPED || kind.type === RENEWED) reasons.get(recordMessage(arena, a))?.add(kind.rule);
    else if (kind.type === BLOCKED) {
      for (const { message } of places.get(a) ?? []) reasons.get(message)?.add(kind.rule);
    } else if (JUMPS.has(kind.type)) {
      for (const { message, offset } of places.get(a) ?? []) {
        if (offset < b) reasons.get(message)?.add(kind.rule);
      }
    } else if (kind.type === PASSED && messages.has(a)) {
      for (const cause of causesOf(sim.state, window, id).entries) {
        if (!cause.kind.rule.startsWith('EN-')) reasons.get(a)?.add(cause.kind.rule);
      }
      // Members that subscribe differently filter for each other.
      if (torn.has(node)) reasons.get(a)?.add('FI-6');
    }
    return true;
  });
  return reasons;
}

/** Where these messages stand, by queue; an offset that two messages were given is a reason by itself (BR-21). */
function placesOf(
  arena: Arena,
  messages: ReadonlySet<number>,
  reasons: ReadonlyMap<number, Set<string>>,
): Map<number, { message: number; offset: number }[]> {
  const places = new Map<number, { message: number; offset: number }[]>();
  const given = new Map<string, number[]>();
  for (let record = 0; record < arena.records.length; record++) {
    const message = recordMessage(arena, record);
    const queue = recordQueue(arena, record);
    const offset = recordOffset(arena, record);
    const place = `${queue} ${offset}`;
    const others = given.get(place) ?? [];
    given.set(place, [...others, message]);
    if (others.some((other) => other !== message)) {
      for (const each of [...others, message]) reasons.get(each)?.add('BR-21');
    }
    if (!messages.has(message)) continue;
    places.set(queue, [...(places.get(queue) ?? []), { message, offset }]);
  }
  return places;
}
