import { both, type Path, plain, quote, Refusal } from './problem';

/** User properties have names of their own: the client refuses those that the system uses. [Message#putUserProperty] */
const SYSTEM_PROPERTIES = new Set(
  `KEYS TAGS WAIT DELAY RETRY_TOPIC REAL_TOPIC REAL_QID TRAN_MSG PGROUP MIN_OFFSET MAX_OFFSET BUYER_ID
  ORIGIN_MESSAGE_ID TRANSFER_FLAG CORRECTION_FLAG MQ2_FLAG RECONSUME_TIME MSG_REGION UNIQ_KEY
  EXTEND_UNIQ_INFO MAX_RECONSUME_TIMES CONSUME_START_TIME INSTANCE_ID CORRELATION_ID REPLY_TO_CLIENT TTL
  ARRIVE_TIME PUSH_REPLY_TIME CLUSTER MSG_TYPE INNER_BASE INNER_NUM POP_CK POP_CK_OFFSET __BORNHOST
  TRANSACTION_CHECK_TIMES TRAN_PREPARED_QUEUE_OFFSET TRACE_ON CHECK_IMMUNITY_TIME_IN_SECONDS
  TIMER_DELAY_SEC TIMER_DELAY_MS TIMER_DELIVER_MS TIMER_ENQUEUE_MS TIMER_DEQUEUE_MS TIMER_ROLL_TIMES
  TIMER_OUT_MS TIMER_DEL_UNIQKEY TIMER_DELAY_LEVEL BORN_TIMESTAMP DLQ_ORIGIN_TOPIC DLQ_ORIGIN_MESSAGE_ID`.split(
    /\s+/,
  ),
);

/** @throws Refusal for a property that the client does not take: one of the system's, or a blank value */
export function expectPropertyNames(properties: Readonly<Record<string, unknown>>, path: Path): void {
  for (const [name, values] of Object.entries(properties)) {
    expectValues(values, [...path, name]);
    const system = SYSTEM_PROPERTIES.has(name);
    if (!system && /^[^\s\p{C}]{1,64}$/u.test(name)) continue;
    throw new Refusal({
      path: [...path, name],
      found: plain(quote(name)),
      expected: both(
        'a property name of 1 to 64 characters without space',
        '1 到 64 个字符的属性名，不含空格',
      ),
      remedy: system ? both('The product keeps this name for itself', '产品自己保留了这个名称') : undefined,
    });
  }
}

/** `Message#putUserProperty` throws for a blank value. */
function expectValues(values: unknown, path: Path): void {
  if (Array.isArray(values)) {
    for (const [i, value] of values.entries()) expectValues(value, [...path, i]);
  } else if (typeof values === 'string' && values.trim() === '') {
    throw new Refusal({
      path,
      found: plain(quote(values)),
      expected: both('a value that is not blank', '非空白的属性值'),
    });
  }
}
