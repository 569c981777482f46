import { processOf } from '../engine/model/env';
import { messageOf, recordMessage } from '../engine/model/world';
import type { QueryAnswer } from '../engine/product';
import { queriesOf } from '../engine/products/queries';
import { counterIn, uniqueKeyOf } from '../engine/products/rocketmq/query/ids';
import type { Run } from '../engine/run';
import type { Localized } from '../engine/view';

/** What the brokers themselves would answer to a text that is searched for. */
export interface Queried {
  /** The message that the id names; undefined when it names none. */
  readonly message: number | undefined;
  readonly answer: Localized;
}

/** Asks by offsetMsgId or by UNIQ_KEY; undefined when the text is neither. */
export function* queryForId(run: Run, text: string): Generator<void, Queried | undefined> {
  const queries = queriesOf(run.product);
  const { arena } = run.sim.state;
  const byPlace = queries?.byOffsetId(run.sim, text);
  if (byPlace !== undefined) {
    const [record] = byPlace.records;
    const message = record === undefined ? undefined : recordMessage(arena, record);
    return { message, answer: answerOf(run, OFFSET_ID, byPlace) };
  }
  const counter = counterIn(text);
  if (queries === undefined || counter === undefined) return undefined;
  for (let message = counter; message < arena.messages.length; message += 0x1_0000) {
    const { producer, bornUs, topic } = messageOf(arena, message);
    const key = uniqueKeyOf(message, producer, bornUs);
    if (key !== text.toUpperCase()) continue;
    return { message, answer: answerOf(run, UNIQUE_KEY, yield* queries.byUniqueKey(run.sim, topic, key)) };
  }
  return undefined;
}

/** Asks for a key of a topic, all times. */
export function* queryForKey(run: Run, topic: string, key: string): Generator<void, Localized | undefined> {
  const queries = queriesOf(run.product);
  return queries && answerOf(run, KEY, yield* queries.byKey(run.sim, topic, key));
}

const KEY = { en: 'A query by key', zh: '按 key 查询' };
const UNIQUE_KEY = { en: 'A query by unique key', zh: '按 UNIQ_KEY 查询' };
const OFFSET_ID = { en: 'A query by offsetMsgId', zh: '按 offsetMsgId 查询' };

function answerOf({ sim }: Run, by: Localized, { asked }: QueryAnswer): Localized {
  if (asked.length === 0) {
    return { en: `${by.en} finds no route.`, zh: `${by.zh}：没有路由。` };
  }
  const said = asked.map(({ broker, answers, records }) => ({
    name: processOf(sim.state.env, broker).name,
    en: answers ? `finds ${records}` : 'gives no answer',
    zh: answers ? `查到 ${records} 条` : '不回答',
  }));
  return {
    en: `${by.en}: ${said.map(({ name, en }) => `${name} ${en}`).join(', ')}.`,
    zh: `${by.zh}：${said.map(({ name, zh }) => `${name} ${zh}`).join('，')}。`,
  };
}
