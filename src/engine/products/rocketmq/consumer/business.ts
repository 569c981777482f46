import { hashText } from '../../../core/rng';
import { appendRow, createTable, getCell, setCell } from '../../../core/table';
import { internText, keyText, messageKey, recordMessage } from '../../../model/world';
import type { WorkloadPatch } from '../../../scenario/types';
import type { Consumer, Database, RocketSim } from '../state';
import { databaseSet } from './consumer-kinds';

/**
 * The business behind the listener: how long its database takes, when it fails, and whether a second delivery of a
 * message changes anything. Not RocketMQ's: the same for every product's consumer.
 */
const FAILURE = hashText('consumer.failure');
const NO_DATABASE = '';
/** Keys from here on are texts, of which several messages may mean the same business (see `world.ts`). */
const TEXT_KEY = 0x8000_0000;

/**
 * One write for each message, in the order in which they are asked for: the database does `capacityPerSecond` of
 * them for all its clients, and each answer takes `latencyUs` more. Returns when the answer is there, µs; undefined
 * without a database.
 */
export function useDatabase(sim: RocketSim, { spec }: Consumer, writes: number): number | undefined {
  const database = spec.database === null ? undefined : sim.state.product.databases.get(spec.database);
  if (database === undefined) return undefined;
  const costNs = Math.ceil((writes * 1e9) / database.capacityPerSecond);
  database.freeNs = Math.max(sim.nowUs * 1000, database.freeNs) + costNs;
  return Math.ceil(database.freeNs / 1000) + database.latencyUs;
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
 * or marked. Returns these records.
 */
export function beginEffects(
  sim: RocketSim,
  consumer: Consumer,
  records: readonly number[],
): readonly number[] {
  const { idempotent } = consumer.spec;
  if (idempotent !== 'checkThenAct' && idempotent !== 'markFirst') return NONE;
  const skips = records.filter((record) => hasEffect(sim, consumer, record));
  if (idempotent === 'markFirst') for (const record of records) setEffect(sim, consumer, record);
  return skips;
}
const NONE: readonly number[] = [];

/** The effect of a message is made; false when a unique key says that it stands already. */
export function endEffect(sim: RocketSim, consumer: Consumer, record: number): boolean {
  const { idempotent } = consumer.spec;
  if (idempotent === 'uniqueKey' && hasEffect(sim, consumer, record)) return false;
  if (idempotent === 'uniqueKey' || idempotent === 'checkThenAct') setEffect(sim, consumer, record);
  return true;
}

/** Where the business of a group keeps what it has done; without a database in the scenario, one of its own. */
function databaseOf(sim: RocketSim, { spec }: Consumer): Database {
  const { databases } = sim.state.product;
  const id = spec.database ?? NO_DATABASE;
  let database = databases.get(id);
  if (database === undefined) {
    database = {
      id,
      capacityPerSecond: Number.POSITIVE_INFINITY,
      latencyUs: 0,
      freeNs: Number.NEGATIVE_INFINITY,
      effects: new Map(),
    };
    databases.set(id, database);
  }
  return database;
}

/** One cell a message of a generated key, or a text key. */
function effectsOf(sim: RocketSim, consumer: Consumer, record: number) {
  const { arena } = sim.state;
  const message = recordMessage(arena, record);
  const key = messageKey(arena, message);
  const byText = key >= TEXT_KEY;
  const { effects } = databaseOf(sim, consumer);
  const name = `${consumer.spec.group} by ${byText ? 'key' : 'message'}`;
  let table = effects.get(name);
  if (table === undefined) {
    table = createTable(['u8']);
    effects.set(name, table);
  }
  return { table, row: byText ? key - TEXT_KEY : message };
}

function hasEffect(sim: RocketSim, consumer: Consumer, record: number): boolean {
  const { table, row } = effectsOf(sim, consumer, record);
  return row < table.length && getCell(table, row, 0) === 1;
}

function setEffect(sim: RocketSim, consumer: Consumer, record: number): void {
  const { table, row } = effectsOf(sim, consumer, record);
  while (table.length <= row) appendRow(table);
  setCell(table, row, 0, 1);
}
