import type { Mutant } from '../scripts/mutation';

const RETRY = 'src/engine/products/rocketmq/broker/retry.ts';
const TOPICS = 'src/engine/products/rocketmq/retry/retry-topics.ts';
const BACK = 'src/engine/products/rocketmq/consumer/send-back.ts';
const POOL = 'src/engine/products/rocketmq/consumer/consume-pool.ts';
const RESEND = 'src/engine/products/rocketmq/retry/resend.ts';

export default [
  {
    rule: 'CO-15',
    says: 'a message that runs for too long goes back with level 1',
    file: POOL,
    find: 'const EXPIRED_LEVEL = 3;',
    replace: 'const EXPIRED_LEVEL = 1;',
  },
  {
    rule: 'CO-15',
    says: 'a sweep looks at one message a queue',
    file: POOL,
    find: 'const EXPIRED_MAX = 16;',
    replace: 'const EXPIRED_MAX = 1;',
  },
  {
    rule: 'CO-15',
    says: 'a message that was given back by the sweep is given back again when it fails',
    file: POOL,
    find: 'if (record !== undefined && held !== undefined && !isCached(sim.state.arena, held, record)) {',
    replace: 'if (record !== undefined && held !== undefined && record < 0) {',
  },
  {
    rule: 'CO-19',
    says: 'a failed message is not given back',
    file: POOL,
    find: 'if (held !== undefined && failed && !isBroadcasting(consumer)) {',
    replace: 'if (held !== undefined && failed && isBroadcasting(consumer)) {',
  },
  {
    rule: 'CO-19',
    says: 'the level that the consumer names is ignored',
    file: RETRY,
    find: 'delayLevel === 0 ? retryLevel(reconsumeTimes) : delayLevel',
    replace: 'retryLevel(reconsumeTimes)',
  },
  {
    rule: 'CO-20',
    says: 'retries begin at level 1',
    file: TOPICS,
    find: '3 + reconsumeTimes',
    replace: '1 + reconsumeTimes',
  },
  {
    rule: 'CO-20',
    says: 'a slave takes messages back',
    file: RETRY,
    find: 'isSlave(broker) || !holds(sim, broker, record)',
    replace: '!holds(sim, broker, record)',
  },
  {
    rule: 'CO-20',
    says: 'a copy does not count its retry',
    file: RETRY,
    find: "    role: 'retry',\n    reconsumeTimes: reconsumeTimes + 1,",
    replace: "    role: 'retry',\n    reconsumeTimes,",
  },
  {
    rule: 'CO-20',
    says: 'all retries stand in queue 0',
    file: RETRY,
    find: 'queues === 1 ? 0 :',
    replace: 'queues > 0 ? 0 :',
  },
  {
    rule: 'CO-21',
    says: 'a dead letter has one retry more',
    file: RETRY,
    find: 'reconsumeTimes >= maxReconsumeTimes',
    replace: 'reconsumeTimes > maxReconsumeTimes',
  },
  {
    rule: 'CO-22',
    says: 'the fallback stays with the broker that failed',
    file: BACK,
    find: 'const from = others.length > 0 ? others : queues;',
    replace:
      'const from = queues.filter(({ brokerName }) => others.every((one) => one.brokerName !== brokerName));',
  },
  {
    rule: 'CO-22',
    says: 'what found no place is consumed again at once',
    file: POOL,
    find: 'sim.after(CONSUME_LATER_US, node, consumeAgain',
    replace: 'sim.after(1, node, consumeAgain',
  },
  {
    rule: 'CO-22',
    says: 'a local retry does not count',
    file: BACK,
    find: ' + (state.localRetries.get(record) ?? 0);',
    replace: ';',
  },
  {
    rule: 'CO-22',
    says: 'a send-back without an answer is taken for done',
    file: BACK,
    find: 'if (outcome.ok && outcome.status === Code.SUCCESS) tell(sim, node, context, true);',
    replace: 'if (!outcome.ok || outcome.status === Code.SUCCESS) tell(sim, node, context, true);',
  },
  {
    rule: 'CO-23',
    says: 'dead letters of all groups stand together',
    file: TOPICS,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of the engine
    find: '`${DEAD_LETTER_PREFIX}${group}`',
    replace: "(group === '' ? '' : DEAD_LETTER_PREFIX)",
  },
  {
    rule: 'CO-23',
    says: 'an operator begins with the first dead letter each time',
    file: RESEND,
    find: 'if (resentAs(sim, broker, group, record, offset) !== undefined) continue;',
    replace: '',
  },
] satisfies readonly Mutant[];
