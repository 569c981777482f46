import type { Mutant } from '../scripts/mutation';

const LOCKS = 'src/engine/products/rocketmq/orderly/broker-locks.ts';
const TABLE = 'src/engine/products/rocketmq/orderly/lock-table.ts';
const CONSUMER = 'src/engine/products/rocketmq/consumer/consumer-of.ts';
const CLIENT = 'src/engine/products/rocketmq/orderly/client-locks.ts';
const CONSUME = 'src/engine/products/rocketmq/orderly/consume-orderly.ts';
const TURNS = 'src/engine/products/rocketmq/consumer/pull-turns.ts';
const RELEASE = 'src/engine/products/rocketmq/consumer/release.ts';
const RETRY = 'src/engine/products/rocketmq/broker/retry.ts';

export default [
  {
    rule: 'OR-1',
    says: 'a message is taken while the one before it is with the listener',
    file: CONSUME,
    find: 'if (held.consuming || cachedCount(held) === 0) return;',
    replace: 'if (cachedCount(held) === 0) return;',
  },
  {
    rule: 'OR-2',
    says: 'a lock is given to whoever asks',
    file: LOCKS,
    find: 'if (ageUs <= LOCK_LIVES_US) {',
    replace: 'if (ageUs < 0) {',
  },
  {
    rule: 'OR-9',
    says: 'the lock of a dead client lives for 10 s',
    file: TABLE,
    find: 'LOCK_LIVES_US = 60_000_000',
    replace: 'LOCK_LIVES_US = 10_000_000',
  },
  {
    rule: 'OR-3',
    says: 'a consumer goes on without renewing its lock',
    file: CLIENT,
    find: 'if (ageUs <= LOCK_LIVES_US) return true;',
    replace: 'if (ageUs >= 0) return true;',
  },
  {
    rule: 'OR-3',
    says: 'what waits for its time has a thread of its own',
    file: 'src/engine/products/rocketmq/orderly/scheduled-thread.ts',
    find: '  if (scheduled.busy) scheduled',
    replace: "  if (scheduled.busy && task.kind !== 'submit') scheduled",
  },
  {
    rule: 'OR-3',
    says: 'locks are renewed every 40 s',
    file: CLIENT,
    find: "defineTimer('consumer.lock-all', 1_000_000, 20_000_000",
    replace: "defineTimer('consumer.lock-all', 1_000_000, 40_000_000",
  },
  {
    rule: 'OR-4',
    says: 'a request never makes room for others',
    file: CONSUME,
    find: 'sim.nowUs - held.requestUs > CONTINUOUSLY_US',
    replace: 'sim.nowUs - held.requestUs > 10 * CONTINUOUSLY_US',
  },
  {
    rule: 'OR-5',
    says: 'a new owner begins where the rebalance looked, before the lock',
    file: TURNS,
    find: 'held.nextOffset = offset;\n  sim.emit(offsetReadAgain',
    replace: 'sim.emit(offsetReadAgain',
  },
  {
    rule: 'OR-6',
    says: 'a failed message is left behind',
    file: CONSUME,
    find: 'if (!failed) conclude(',
    replace: 'if (failed || !failed) conclude(',
  },
  {
    rule: 'OR-6',
    says: 'a suspended queue waits 5 s',
    file: CONSUME,
    find: 'sim.after(waitUs, node, requestDue, refOf(held));\n  freeThread',
    replace: 'sim.after(waitUs * 5, node, requestDue, refOf(held));\n  freeThread',
  },
  {
    rule: 'OR-7',
    says: 'a queue that comes back goes on with its former count of deliveries',
    file: RELEASE,
    find: 'state.localRetries.delete(record);',
    replace: '{ if (record < 0) state.localRetries.delete(record); }',
  },
  {
    rule: 'OR-7',
    says: 'an ordered message has 16 retries by default',
    file: CONSUME,
    find: 'config.maxReconsumeTimes === -1 ? Number.POSITIVE_INFINITY',
    replace: 'config.maxReconsumeTimes === -1 ? 16',
  },
  {
    rule: 'OR-7',
    says: 'a message that was given up climbs the retry ladder first',
    file: RETRY,
    find: 'const ordered = holdsLocks(broker.service, group, sim.nowUs);',
    replace: 'const ordered = holdsLocks(broker.service, group, sim.nowUs) && sim.nowUs < 0;',
  },
  {
    rule: 'OR-8',
    says: 'a queue is unlocked while its listener runs',
    file: RELEASE,
    find: 'if (held.inListener && ',
    replace: 'if (!held.inListener && ',
  },
  {
    rule: 'OR-10',
    says: 'a message that was given up stops its queue',
    file: CONSUME,
    find: 'conclude(sim, consumer, held, leaving.task, task.records);',
    replace: 'suspend(sim, consumer, held, leaving.task, task.records[0] as number);',
  },
  {
    rule: 'OR-11',
    says: 'a broadcasting consumer goes past a message that failed',
    file: CONSUME,
    find: 'if (!failed) conclude(',
    replace: "if (!failed || consumer.spec.messageModel === 'BROADCASTING') conclude(",
  },
  {
    rule: 'OR-11',
    says: 'a broadcasting consumer waits for locks',
    file: CONSUMER,
    find: 'isOrderly(consumer) && !isBroadcasting(consumer) && ',
    replace: 'isOrderly(consumer) && ',
  },
] satisfies readonly Mutant[];
