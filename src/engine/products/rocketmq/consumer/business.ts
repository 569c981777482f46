import { hashText } from '../../../core/rng';
import { appendRow, createTable, getCell, setCell, type Table } from '../../../core/table';
import {
  internText,
  isTextKey,
  keyText,
  messageBusiness,
  messageKey,
  recordMessage,
  textOfKey,
} from '../../../model/world';
import type { ConsumerSpec, DatabaseSpec, WorkloadPatch } from '../../../scenario/types';
import type { Consumer, Database, RocketSim } from '../state';
import { databaseSet } from './consumer-kinds';

/**
 * The business behind the listener: how long its database takes, when it fails, and whether a second delivery of a
 * message changes anything. Not RocketMQ's: the same for every product's consumer.
 */
const FAILURE = hashText('consumer.failure');

/**
 * One write for each message, in the order in which they are asked for: the database does `capacityPerSecond` of
 * them for all its clients, and each answer takes `latencyUs` more. Returns when the answer is there, µs; undefined
 * without a database.
 */
export function useDatabase(
  sim: RocketSim,
  { spec }: { readonly spec: { readonly database: string | null } },
  writes: number,
): number | undefined {
  const database = databaseOf(sim, spec);
  if (database === undefined) return undefined;
  const costNs = Math.ceil((writes * 1e9) / database.capacityPerSecond);
  database.freeNs = Math.max(sim.nowUs * 1000, database.freeNs) + costNs;
  return Math.ceil(database.freeNs / 1000) + database.latencyUs;
}

/** A database that holds nothing yet and is idle. */
export function createDatabase(spec: DatabaseSpec): Database {
  const freeNs = Number.NEGATIVE_INFINITY;
  return { ...spec, freeNs, effects: new Map(), transactions: createTable(['u8']) };
}

/** One more database, while the cluster runs. */
export function addDatabase(sim: RocketSim, spec: DatabaseSpec): void {
  sim.state.product.databases.set(spec.id, createDatabase(spec));
  sim.emit(databaseSet, -1, internText(sim.state.arena, spec.id), spec.capacityPerSecond);
}

/** Changes what a database can do from now on; false when no database has this id. */
export function setDatabaseWorkload(sim: RocketSim, id: string, patch: WorkloadPatch): boolean {
  const database = sim.state.product.databases.get(id);
  if (database === undefined) return false;
  database.capacityPerSecond = patch.capacityPerSecond ?? database.capacityPerSecond;
  database.latencyUs = patch.latencyUs ?? database.latencyUs;
  sim.emit(databaseSet, -1, internText(sim.state.arena, id), database.capacityPerSecond);
  return true;
}

/**
 * Whether a call of the listener ends in RECONSUME_LATER: a delivery that was told to fail, one with a poison key, or
 * bad luck. One message that fails fails its batch.
 */
export function fails(sim: RocketSim, { state, spec, node }: Consumer, records: readonly number[]): boolean {
  const { counts } = state;
  const { arena } = sim.state;
  const [numerator, denominator] = spec.failureRate;
  let failed = false;
  for (const record of records) {
    const ordinal = counts.finished++;
    if (counts.failNext > 0) {
      counts.failNext--;
      failed = true;
    } else if (spec.poisonKeys.length > 0) {
      failed ||= spec.poisonKeys.includes(keyText(arena, messageKey(arena, recordMessage(arena, record))));
    }
    if (numerator > 0) failed ||= sim.drawBelow(denominator, node, FAILURE, ordinal) < numerator;
  }
  return failed;
}

/**
 * What the listener decides when it begins: a business that checks first, or marks first, skips what it finds done
 * or marked. Returns these records. A mark stays where the work behind it fails or never ends; that of `expiringKey`
 * until its time is over.
 */
export function beginEffects(
  sim: RocketSim,
  consumer: Consumer,
  records: readonly number[],
): readonly number[] {
  const { idempotent } = consumer.spec;
  const marksFirst = idempotent === 'markFirst' || idempotent === 'expiringKey';
  if (idempotent !== 'checkThenAct' && !marksFirst) return NONE;
  const skips = records.filter((record) => hasEffect(sim, consumer, record));
  // What it finds marked keeps the time that it has, as `SET … NX EX` leaves it.
  if (marksFirst) for (const record of records) if (!skips.includes(record)) setEffect(sim, consumer, record);
  return skips;
}
const NONE: readonly number[] = [];

/**
 * The effect of a message is made; false when the transaction that makes it finds that it stands already: by a unique
 * key, or because `UPDATE … WHERE status = 'NEW'` finds no such row.
 */
export function endEffect(sim: RocketSim, consumer: Consumer, record: number): boolean {
  const { idempotent } = consumer.spec;
  const inOneTransaction = idempotent === 'uniqueKey' || idempotent === 'stateMachine';
  if (inOneTransaction && hasEffect(sim, consumer, record)) return false;
  if (inOneTransaction || idempotent === 'checkThenAct') setEffect(sim, consumer, record);
  return true;
}

/**
 * Where the business of a group keeps what it has done: one cell for each business. A mark that expires says when,
 * µs.
 */
function effectsOf(
  sim: RocketSim,
  { spec }: Consumer,
  record: number,
): { table: Table; row: number } | undefined {
  const database = databaseOf(sim, spec);
  if (database === undefined) return undefined;
  const { arena } = sim.state;
  const business = messageBusiness(arena, recordMessage(arena, record));
  const byText = isTextKey(business);
  const name = `${spec.group} by ${byText ? 'key' : 'message'}`;
  let table = database.effects.get(name);
  if (table === undefined) {
    table = createTable([spec.idempotent === 'expiringKey' ? 'f64' : 'u8']);
    database.effects.set(name, table);
  }
  return { table, row: byText ? textOfKey(business) : business };
}

export function databaseOf(
  sim: RocketSim,
  { database }: Pick<ConsumerSpec, 'database'>,
): Database | undefined {
  return database === null ? undefined : sim.state.product.databases.get(database);
}

function hasEffect(sim: RocketSim, consumer: Consumer, record: number): boolean {
  const effects = effectsOf(sim, consumer, record);
  if (effects === undefined || effects.row >= effects.table.length) return false;
  const mark = getCell(effects.table, effects.row, 0);
  return consumer.spec.idempotent === 'expiringKey' ? mark > sim.nowUs : mark === 1;
}

function setEffect(sim: RocketSim, consumer: Consumer, record: number): void {
  const effects = effectsOf(sim, consumer, record);
  if (effects === undefined) return;
  while (effects.table.length <= effects.row) appendRow(effects.table);
  const { idempotent, dedupeTtlUs } = consumer.spec;
  setCell(effects.table, effects.row, 0, idempotent === 'expiringKey' ? sim.nowUs + dedupeTtlUs : 1);
}
