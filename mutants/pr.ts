import type { Mutant } from '../scripts/mutation';

const SEND = 'src/engine/products/rocketmq/producer/send.ts';
const ATTEMPT = 'src/engine/products/rocketmq/producer/send-attempt.ts';
const ANSWERS = 'src/engine/products/rocketmq/producer/send-answers.ts';
const CHOICE = 'src/engine/products/rocketmq/producer/queue-choice.ts';
const FAULTS = 'src/engine/products/rocketmq/producer/latency-faults.ts';
const TABLES = 'src/engine/products/rocketmq/client/route-tables.ts';
const TOPICS = 'src/engine/products/rocketmq/broker/topics.ts';
const HEARTBEATS = 'src/engine/products/rocketmq/client/heartbeats.ts';
const ROUTES = 'src/engine/products/rocketmq/client/routes.ts';

export default [
  {
    rule: 'PR-2',
    says: 'a send is tried once more than retryTimesWhenSendFailed says',
    file: SEND,
    find: '1 + config.retryTimesWhenSendFailed',
    replace: '2 + config.retryTimesWhenSendFailed',
  },
  {
    rule: 'PR-2',
    says: 'a synchronous send gives up after its first failure',
    file: ANSWERS,
    find: "return call.mode === 'sync' && call.attempts < call.attemptsMax;",
    replace: "return call.mode === 'sync' && call.attempts < 1;",
  },
  {
    rule: 'PR-2',
    says: 'an attempt begins although no time is left',
    file: ATTEMPT,
    find: 'if (leftUs < CLOCK_US) {',
    replace: 'if (leftUs < -600_000_000) {',
  },
  {
    rule: 'PR-3',
    says: 'each attempt has the whole sendMsgTimeout',
    file: ATTEMPT,
    find: 'const leftUs = made.timeoutUs - (sim.nowUs - made.beginUs);',
    replace: 'const leftUs = made.timeoutUs;',
  },
  {
    rule: 'PR-3',
    says: 'sendMsgMaxTimeoutPerRequest bounds the last attempt, too',
    file: ATTEMPT,
    find: "call.mode === 'sync' && call.attempts < call.attemptsMax;",
    replace: "call.mode === 'sync';",
  },
  {
    rule: 'PR-4',
    says: 'a producer waits 6 s by default',
    file: SEND,
    find: 'config.sendMsgTimeout * 1000',
    replace: 'config.sendMsgTimeout * 2000',
  },
  {
    rule: 'PR-5',
    says: 'FLUSH_SLAVE_TIMEOUT is taken for SEND_OK',
    file: ANSWERS,
    find: '[Code.FLUSH_SLAVE_TIMEOUT]: Outcome.flushSlaveTimeout,',
    replace: '[Code.FLUSH_SLAVE_TIMEOUT]: Outcome.sendOk,',
  },
  {
    rule: 'PR-5',
    says: 'FLUSH_DISK_TIMEOUT raises',
    file: ANSWERS,
    find: '  [Code.FLUSH_DISK_TIMEOUT]: Outcome.flushDiskTimeout,\n',
    replace: '',
  },
  {
    rule: 'PR-5',
    says: 'a status that is not SEND_OK is tried again by default',
    file: ANSWERS,
    find: 'result !== Outcome.sendOk && config.retryAnotherBrokerWhenNotStoreOK && mayTryAgain(call)',
    replace: 'result !== Outcome.sendOk && mayTryAgain(call)',
  },
  {
    rule: 'PR-6',
    says: '4.9 tries again after SYSTEM_BUSY',
    file: ANSWERS,
    find: "RETRIED.has(code) || (version !== '4.9' && RETRIED_5.has(code))",
    replace: 'RETRIED.has(code) || RETRIED_5.has(code)',
  },
  {
    rule: 'PR-6',
    says: 'TOPIC_NOT_EXIST is raised at once',
    file: ANSWERS,
    find: '  Code.TOPIC_NOT_EXIST,\n  Code.SERVICE',
    replace: '  Code.SERVICE',
  },
  {
    rule: 'PR-6',
    says: 'any error code is tried again',
    file: ANSWERS,
    find: 'const retried = !call.byKey && isRetried(sim.state.product.version, status);',
    replace: 'const retried = !call.byKey;',
  },
  {
    rule: 'PR-7',
    says: 'an attempt that timed out is not tried again',
    file: ANSWERS,
    find: '  again(sim, producer, call, remotingException(error), error',
    replace:
      "  if (error === 'timeout') endRaised(sim, producer, call, remotingException(error));\n  else again(sim, producer, call, remotingException(error), error",
  },
  {
    rule: 'PR-8',
    says: 'an asynchronous retry goes to the queue id that is next',
    file: ATTEMPT,
    find: 'attemptAt(call, target.brokerName, call.queueId, sim.nowUs)',
    replace: 'attemptAt(call, target.brokerName, target.queueId, sim.nowUs)',
  },
  {
    rule: 'PR-8',
    says: 'an asynchronous send is not tried again',
    file: ANSWERS,
    find: 'const retriesLeft = producer.config.retryTimesWhenSendAsyncFailed - (call.attempts - 1);',
    replace: 'const retriesLeft = 0;',
  },
  {
    rule: 'PR-8',
    says: 'an asynchronous send is tried again without an end',
    file: ANSWERS,
    find: 'retriesLeft <= 0 || leftUs',
    replace: 'leftUs',
  },
  {
    rule: 'PR-8',
    says: 'an error answer to an asynchronous send is tried again',
    file: ANSWERS,
    find: "  if (call.mode === 'async') {\n",
    replace:
      "  const queues = producer.client.publish.get(call.topic);\n  if (call.mode === 'async' && queues !== undefined && call.attempts < 3) {\n    attemptAsyncAgain(sim, producer, call, queues, call.timeoutUs);\n  } else if (call.mode === 'async') {\n",
  },
  {
    rule: 'PR-8',
    says: 'a oneway waits for an answer',
    file: ATTEMPT,
    find: "if (mode === 'oneway') {",
    replace: "if (mode === 'oneway' && leftUs < 0) {",
  },
  {
    rule: 'PR-9',
    says: 'a retry may go to the broker that just failed',
    file: CHOICE,
    find: "last === '' || queue.brokerName !== last",
    replace: "last === '' || queue.brokerName !== ''",
  },
  {
    rule: 'PR-9',
    says: 'the counter of a thread starts at 0',
    file: CHOICE,
    find: '(at < 0 ? draw(sim, producer) : at)',
    replace: '(at < 0 ? 0 : at)',
  },
  {
    rule: 'PR-9',
    says: 'all threads share one counter',
    file: CHOICE,
    find: 'const slot = thread < 0 ? SHARED : thread + 1;',
    replace: 'const slot = SHARED;',
  },
  {
    rule: 'PR-9',
    says: 'a skipped queue does not move the counter',
    file: CHOICE,
    find: '    const queue = pick();\n    if (!accepts(queue)) continue;',
    replace:
      '    const queue = skipped === 0 ? pick() : info.queues[skipped]!;\n    if (!accepts(queue)) continue;',
  },
  {
    rule: 'PR-10',
    says: 'slow brokers are avoided by default',
    file: FAULTS,
    find: 'if (!config.sendLatencyFaultEnable) return;',
    replace: '',
  },
  {
    rule: 'PR-10',
    says: 'a broker that failed is not avoided',
    file: FAULTS,
    find: 'const latency = isolated ? isolationMs : latencyUs / 1000;',
    replace: 'const latency = latencyUs / 1000;',
  },
  {
    rule: 'PR-10',
    says: '4.9 avoids brokers as long as 5.3',
    file: FAULTS,
    find: "version === '4.9' ? TABLE_4 : TABLE_5",
    replace: 'TABLE_5',
  },
  {
    rule: 'PR-10',
    says: 'a broker that is avoided is chosen',
    file: CHOICE,
    find: '(q) => fresh(q) && isAvailable(sim, producer, q.brokerName)',
    replace: '(q) => fresh(q)',
  },
  {
    rule: 'PR-11',
    says: 'a probe without an answer finds its broker reachable',
    file: FAULTS,
    find: 'if (item !== undefined && outcome.ok) item.reachable = true;',
    replace: 'if (item !== undefined) item.reachable = true;',
  },
  {
    rule: 'PR-11',
    says: 'a broker that failed counts as reachable although the detector runs',
    file: ANSWERS,
    find: 'true, !producer.config.startDetectorEnable);',
    replace: 'true, true);',
  },
  {
    rule: 'PR-12',
    says: 'a negative hash of a key is taken for a large one',
    file: CHOICE,
    find: 'Math.abs(hash % queues)',
    replace: '(hash >>> 0) % queues',
  },
  {
    rule: 'PR-12',
    says: 'a send with a selector is tried again',
    file: SEND,
    find: "mode === 'sync' && !byKey ?",
    replace: "mode === 'sync' ?",
  },
  {
    rule: 'PR-13',
    says: 'no body is compressed',
    file: ATTEMPT,
    find: 'if (bytes < config.compressMsgBodyOverHowmuch) {',
    replace: 'if (bytes >= 0) {',
  },
  {
    rule: 'PR-15',
    says: 'a borrowed route has all queues of TBW102',
    file: TABLES,
    find: 'const count = Math.min(queuesMax, data.readQueueNums);',
    replace: 'const count = data.readQueueNums;',
  },
  {
    rule: 'PR-15',
    says: 'a broker creates a topic with all queues of TBW102',
    file: TOPICS,
    find: 'Math.min(send.defaultTopicQueueNums, model.writeQueueNums)',
    replace: 'model.writeQueueNums',
  },
  {
    rule: 'PR-16',
    says: 'a borrowed route is kept although the topic exists now',
    file: ROUTES,
    find: 'if (old !== undefined && sameRoute(old, route) && wasBorrowed === borrowed) return false;',
    replace: 'if (old !== undefined && wasBorrowed) return false;',
  },
  {
    rule: 'PR-17',
    says: 'a producer tells its group to nobody',
    file: HEARTBEATS,
    find: 'producerGroups: producer === undefined ? [] : [producer.spec.group],',
    replace: 'producerGroups: [],',
  },
] satisfies readonly Mutant[];
