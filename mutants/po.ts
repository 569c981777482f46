import type { Mutant } from '../scripts/mutation';

const BROKER = 'src/engine/products/rocketmq/pop/pop-broker.ts';
const HOLD = 'src/engine/products/rocketmq/pop/pop-hold.ts';
const REVIVE = 'src/engine/products/rocketmq/pop/revive.ts';
const DUTY = 'src/engine/products/rocketmq/pop/revive-duty.ts';
const LOOP = 'src/engine/products/rocketmq/pop/pop-loop.ts';
const CONSUME = 'src/engine/products/rocketmq/pop/consume-pop.ts';

const ORDER = 'src/engine/products/rocketmq/pop/order-info.ts';
const PROXY = 'src/engine/products/rocketmq/pop/receipts.ts';
const CLIENTS = 'src/engine/products/rocketmq/broker/service-clients.ts';
const ORDERS = 'src/engine/products/rocketmq/pop/orders-file.ts';
const GRPC = 'src/engine/products/rocketmq/pop/consume-grpc.ts';
const CONSUMER = 'src/engine/products/rocketmq/consumer/consumer-of.ts';

export default [
  {
    rule: 'PO-1',
    says: 'a consumer pops from one broker and one queue only when it is the first of its group',
    file: LOOP,
    find: '    if (state.pops.has(brokerName)) continue;',
    replace: '    if (state.pops.has(brokerName) || node % 2 === 0) continue;',
  },
  {
    rule: 'PO-2',
    says: 'a request takes as much as it likes of each queue',
    file: BROKER,
    find: 'reviveQueue, left());',
    replace: 'reviveQueue, maxMessages);',
  },
  {
    rule: 'PO-2',
    says: 'a group that may not consume pops',
    file: BROKER,
    find: 'if (!groupConfigOf(sim, node, group).consumeEnable) {',
    replace: 'if (maxMessages < 0) {',
  },
  {
    rule: 'PO-2',
    says: 'what a pop leaves behind waits for the next message',
    file: BROKER,
    find: '  if (rest > 0) popUnblocked(sim, node, request.body.topic, request.body.group);\n',
    replace: '',
  },
  {
    rule: 'PO-2',
    says: 'who passed a locked queue by waits for the next message',
    file: BROKER,
    find: 'if (pop.passedBy.delete(key)) sim',
    replace: 'if (pop.passedBy.delete(asked)) sim',
  },
  {
    rule: 'PO-2',
    says: 'a pop ends at what its filter does not want',
    file: BROKER,
    find: 'if (rest > 0) useCpu(',
    replace: 'if (rest < 0) useCpu(',
  },
  {
    rule: 'PO-3',
    says: 'the offset stays where it was until somebody confirms',
    file: BROKER,
    find: 'commitOffset(sim, node, { group, topic, queueId, offset: nextOffset });',
    replace: '',
  },
  {
    rule: 'PO-3',
    says: 'messages go out before their checkpoint is flushed',
    file: BROKER,
    find: 'queueId: reviveQueue, props, waits: true }',
    replace: 'queueId: reviveQueue, props }',
  },
  {
    rule: 'PO-3',
    says: 'what was popped is kept back while its checkpoint is not replicated',
    file: BROKER,
    find: 'const stored = isStored(status);',
    replace: 'const stored = status === Code.SUCCESS;',
  },
  {
    rule: 'PO-4',
    says: 'acks settle nothing',
    file: REVIVE,
    find: 'checkpoint.acked |= 1 << props.reconsumeTimes;',
    replace: 'checkpoint.acked |= 0;',
  },
  {
    rule: 'PO-5',
    says: 'what nobody confirmed is forgotten',
    file: REVIVE,
    find: '    sim.because(cause, () => reviveAll(sim, broker, checkpoint));',
    replace: '',
  },
  {
    rule: 'PO-5',
    says: 'a restarted broker forgets its revive queues',
    file: DUTY,
    find: 'for (let id = 0; id < broker.config.reviveQueueNum; id++) {',
    replace: 'for (let id = 0; id < 0; id++) {',
  },
  {
    rule: 'PO-5',
    says: 'a checkpoint takes what a filter left out for popped',
    file: 'src/engine/products/rocketmq/pop/pop-records.ts',
    find: 'every((diff, i) => diff === i)',
    replace: 'every((diff) => diff >= 0)',
  },
  {
    rule: 'PO-6',
    says: 'the invisible time ends 20 s late',
    file: REVIVE,
    find: 'SETTLED_US = 2_000_000',
    replace: 'SETTLED_US = 22_000_000',
  },
  {
    rule: 'PO-6',
    says: 'a checkpoint counts as read at its own revive time',
    file: REVIVE,
    find: 'props.deliverUs - (isCheckpoint ? AHEAD_US : 0));',
    replace: 'props.deliverUs);',
  },
  {
    rule: 'PO-6',
    says: 'a late result counts',
    file: CONSUME,
    find: 'sim.nowUs - popUs >= invisibleUs',
    replace: 'sim.nowUs - popUs >= 2 * invisibleUs',
  },
  {
    rule: 'PO-7',
    says: 'each failure waits 10 s',
    file: CONSUME,
    find: 'let level = retried;',
    replace: 'let level = 0;',
  },
  {
    rule: 'PO-7',
    says: 'a message is never dropped',
    file: CONSUME,
    find: 'if (ageUs > 2 * LAST_SECONDS * 1_000_000) {',
    replace: 'if (ageUs < 0) {',
  },
  {
    rule: 'PO-8',
    says: 'the listener of a client of version 5 decides',
    file: 'src/engine/products/rocketmq/consumer/consumer.ts',
    find: 'if (isGrpc(consumer)) {',
    replace: 'if (node < 0) {',
  },
  {
    rule: 'PO-8',
    says: 'the proxy pops as the listener of its client was made',
    file: 'src/engine/products/rocketmq/pop/pop-loop.ts',
    find: 'order: isGrpc(consumer) && isFifo(sim.state.product, consumer),',
    replace: "order: isGrpc(consumer) && spec.listener === 'orderly',",
  },
  {
    rule: 'PO-8',
    says: 'a queue gives out the next batch once the first message of the last one is confirmed',
    file: ORDER,
    find: '!isAcked(info, i) && nowUs < us',
    replace: '!isAcked(info, 0) && nowUs < us',
  },
  {
    rule: 'CO-18',
    says: 'a reset does not end the block of a queue that is popped in order',
    file: BROKER,
    find: '    broker.service.pop.orders.delete(orderKey(group, queue));\n',
    replace: '',
  },
  {
    rule: 'PO-8',
    says: 'a killed consumer blocks a queue for ever',
    file: ORDER,
    find: '!isAcked(info, i) && nowUs < us',
    replace: '!isAcked(info, i) && us > 0',
  },
  {
    rule: 'PO-8',
    says: 'the first ack moves the offset past the whole batch',
    file: ORDER,
    find: 'next = open ?? ',
    replace: 'next = ',
  },
  {
    rule: 'PO-8',
    says: 'a restarted broker forgets what is out',
    file: ORDERS,
    find: 'pop.orders = new Map(readMetadata(disk.ordersFile).orders);',
    replace: 'pop.orders = new Map();',
  },
  {
    rule: 'PO-8',
    says: 'an ack does not wake who waits for the queue',
    file: ORDER,
    find: 'if (now === undefined || blockedUntilUs(now, sim.nowUs) === 0) popUnblocked',
    replace: 'if (now === undefined) popUnblocked',
  },
  {
    rule: 'PO-8',
    says: 'a client goes past a failed message',
    file: GRPC,
    find: 'else if (chain === undefined) tell(',
    replace: 'else if (attempt > 0) tell(',
  },
  {
    rule: 'PO-8',
    says: 'an orderly listener of the remoting protocol pops',
    file: CONSUMER,
    find: "    consumer.spec.listener === 'concurrently' &&\n",
    replace: '',
  },
  {
    rule: 'PO-9',
    says: 'parked requests wait for their time to end',
    file: HOLD,
    find: 'if (own !== topic && topic !== popRetryTopic(group, own, true)) continue;',
    replace: 'if (topic !== popRetryTopic(group, own, true)) continue;',
  },
  {
    rule: 'PO-9',
    says: 'the list of parked requests ends at popPollingSize',
    file: HOLD,
    find: 'parked.length > config.popPollingSize',
    replace: 'parked.length >= config.popPollingSize',
  },
  {
    rule: 'PO-9',
    says: 'a message that nobody wants wakes a parked request',
    file: HOLD,
    find: 'const head = first !== undefined && wanted(first) ? first : undefined;',
    replace: 'const head = first;',
  },
  {
    rule: 'PO-9',
    says: 'any retry wakes a parked request',
    file: HOLD,
    find: 'popRetryTopic(group, own, true)) continue;',
    replace: 'popRetryTopic(group, own, topic.includes("+"))) continue;',
  },
  {
    rule: 'PO-10',
    says: 'a new group begins at the last message',
    file: BROKER,
    find: 'offset = young ? 0 :',
    replace: 'offset = young && min > 0 ? 0 :',
  },
  {
    rule: 'PO-11',
    says: 'the proxy renews nothing',
    file: PROXY,
    find: '    change(sim, node, handle, minutes * 60_000_000, key);',
    replace: '    renewalDone(sim, node, key, { popUs: sim.nowUs });',
  },
  {
    rule: 'PO-11',
    says: 'each renewal is for a minute',
    file: PROXY,
    find: 'renewals: known.renewals + 1',
    replace: 'renewals: known.renewals',
  },
  {
    rule: 'PO-11',
    says: 'a renewal that failed is tried again',
    file: PROXY,
    find: '    pop.receipts.delete(key);\n    sim.because(cause, () => sim.emit(renewalFailed, node, known.handle.record));',
    replace: '    pop.receipts.set(key, { ...known, renewing: false });',
  },
  {
    rule: 'PO-11',
    says: 'the proxy renews for ever',
    file: PROXY,
    find: 'sim.nowUs - sinceUs < RENEW_MAX_US',
    replace: 'sim.nowUs >= sinceUs',
  },
  {
    rule: 'PO-11',
    says: 'an ack settles the first handle, not the renewed one',
    file: PROXY,
    find: '{ ...request.body, ...receipt.handle }',
    replace: 'request.body',
  },
  {
    rule: 'PO-11',
    says: 'what a client has in hand when it goes stays invisible',
    file: PROXY,
    find: '    sim.because(cause, () => change(sim, node, handle, CLEAR_US));',
    replace: '    sim.because(cause, () => change(sim, node, handle, 60 * CLEAR_US));',
  },
  {
    rule: 'PO-11',
    says: 'a broken stream is a client that goes',
    file: CLIENTS,
    find: 'sim.because(cause, () => sim.emit(clientLingers, node, channel.peer, limitUs));',
    replace:
      'sim.because(cause, () => clearReceipts(sim, node, channel.clientId, limitUs > 0 ? channel.peer : 0));',
  },
] satisfies readonly Mutant[];
