import { judgesOf } from '../checkers/judges';
import { deliveriesOf, hasConsumed } from '../checkers/readers';
import { attemptsOf, exceptionOf } from '../checkers/sends';
import type { CopyView, MessageDetails } from '../details';
import { processOf } from '../model/env';
import { copiesOf, isExpired, isLost, Outcome, outcomeOf } from '../model/ledger';
import { logLength, recordAt, rowAtPhys } from '../model/log';
import {
  type Arena,
  messageName,
  messageOf,
  queueName,
  queueOf,
  recordHost,
  recordMessage,
  recordOf,
  recordPropsOf,
  type StoredRecord,
  textOf,
  type World,
} from '../model/world';
import type { LogAccess } from '../product';
import { offsetIdOf, uniqueKeyOf } from '../products/rocketmq/query/ids';
import { spellSysFlag, sysFlagOf } from '../products/rocketmq/query/sys-flag';
import type { Run } from '../run';
import type { KeptView } from '../view';
import { nodeName } from './spell';

/** What a sender was told, spelled as the product spells it. By `Outcome`. */
const OUTCOMES = [
  'in flight',
  'SEND_OK',
  'FLUSH_DISK_TIMEOUT',
  'FLUSH_SLAVE_TIMEOUT',
  'SLAVE_NOT_AVAILABLE',
  'failed',
  'oneway',
] as const;

/** Everything about one message, for the inspector; undefined when there is no such message. */
export function messageDetails(run: Run, message: number): MessageDetails | undefined {
  const world = run.sim.state;
  if (message < 0 || message >= world.arena.messages.length) return undefined;
  const { topic, key, tag, body, bytes, bornUs, producer, properties } = messageOf(world.arena, message);
  const { readers, sends } = judgesOf(world);
  const groups = run.product.groupsOf(run.sim, topic);
  return {
    message,
    name: messageName(message),
    uniqueKey: uniqueKeyOf(message, producer, bornUs),
    topic,
    key,
    tag,
    body: body ?? '',
    properties,
    bytes,
    bornUs,
    producer: nodeName(world, producer),
    result: resultOf(world, message),
    attempts: attemptsOf(sends, message),
    copies: copiesOfMessage(run, message).map(({ view }) => view),
    deliveries: groups.map((group) => {
      const members = readers.filter((reader) => reader.group === group);
      return {
        group,
        count: members.reduce((sum, reader) => sum + deliveriesOf(reader, message), 0),
        wanted: run.product.wants(run.sim, group, message),
        done: members.length > 0 && members.every((reader) => hasConsumed(reader, message)),
      };
    }),
    trace: run.product.messageTrace?.(run.sim, message),
    verdict: verdictOnMessage(run, message),
  };
}

function resultOf(world: World, message: number): string {
  const exception = exceptionOf(judgesOf(world).sends, message);
  if (outcomeOf(world.ledger, message) === Outcome.failed && exception !== undefined) {
    return textOf(world.arena, exception);
  }
  return OUTCOMES[outcomeOf(world.ledger, message)] ?? '';
}

/** Where one message stands, whatever its sender was told. */
export function verdictOnMessage(run: Run, message: number): MessageDetails['verdict'] {
  const { ledger } = run.sim.state;
  if (isLost(ledger, message)) return 'lost';
  if (copiesOf(ledger, message) === 0) {
    if (isExpired(ledger, message)) return 'expired';
    return outcomeOf(ledger, message) === Outcome.inFlight ? 'in flight' : 'not stored';
  }
  const copies = copiesOfMessage(run, message);
  const servable = copies.filter(({ access }) => access.servable);
  if (servable.length === 0) return 'stranded';
  if (servable.every(({ access }) => processOf(run.sim.state.env, access.node).state === 'down'))
    return 'unavailable';
  return copies.some(({ view }) => view.where === 'disk') ? 'safe' : 'volatile';
}

const KEPT: ReadonlySet<string> = new Set(['retry', 'deadLetter', 'delayed', 'timed', 'half', 'discarded']);

function keptOf(arena: Arena, record: number): Pick<CopyView, 'kept'> {
  const props = recordPropsOf(arena, record);
  if (props === undefined || !KEPT.has(props.role)) return {};
  const { role, reconsumeTimes, checkTimes, delayLevel: level } = props;
  return { kept: { as: role as KeptView['as'], attempt: checkTimes || reconsumeTimes, level } };
}

function copiesOfMessage(run: Run, message: number): { access: LogAccess; view: CopyView }[] {
  const { arena, env } = run.sim.state;
  const records: StoredRecord[] = [];
  for (let id = 0; id < arena.records.length; id++) {
    if (recordMessage(arena, id) === message) records.push(recordOf(arena, id));
  }
  const halved = records.some(({ id }) => recordPropsOf(arena, id)?.role === 'half');
  return run.product.logs(run.sim).flatMap((access) => {
    const { log } = access;
    return records.flatMap((record) => {
      const row = rowAtPhys(run.sim.state, log, record.phys);
      if (row >= logLength(log) || recordAt(log, row) !== record.id) return [];
      const process = processOf(env, access.node);
      const view: CopyView = {
        process: process.name,
        where: row < log.flushed ? 'disk' : row < log.cached ? 'page cache' : 'transient pool',
        queue: queueName(queueOf(arena, record.queue)),
        offset: record.offset,
        physicalOffset: record.phys,
        offsetMsgId: offsetIdOf(recordHost(arena, record.id), record.phys),
        sysFlag: spellSysFlag(sysFlagOf(arena, record.id, halved)),
        ...keptOf(arena, record.id),
        reachable: access.servable && process.state === 'up',
      };
      return [{ access, view }];
    });
  });
}
