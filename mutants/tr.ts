import type { Mutant } from '../scripts/mutation';

const QUERY = 'src/engine/products/rocketmq/query/query.ts';
const IDS = 'src/engine/products/rocketmq/query/ids.ts';

const HOOKS = 'src/engine/products/rocketmq/trace/hooks.ts';
const DISPATCHER = 'src/engine/products/rocketmq/trace/dispatcher.ts';
const TRACE_SEND = 'src/engine/products/rocketmq/trace/trace-send.ts';
const TOPICS = 'src/engine/products/rocketmq/broker/topics.ts';
const PUT = 'src/engine/products/rocketmq/broker/put.ts';

export default [
  {
    rule: 'TR-1',
    says: 'clients trace without enableTrace',
    file: 'src/engine/products/rocketmq/trace/trace-state.ts',
    find: 'if (!enabled) return undefined;',
    replace: '',
  },
  {
    rule: 'TR-1',
    says: 'the trace queue has no end',
    file: DISPATCHER,
    find: 'trace.queue.length >= TRACE_QUEUE_MAX',
    replace: 'trace.queue.length >= TRACE_QUEUE_MAX * 4',
  },
  {
    rule: 'TR-1',
    says: 'what is dropped is not counted',
    file: DISPATCHER,
    find: 'trace.discarded++;',
    replace: '',
  },
  {
    rule: 'TR-1',
    says: 'a batch has 20 entries',
    file: DISPATCHER,
    find: 'const BATCH = 10;',
    replace: 'const BATCH = 20;',
  },
  {
    rule: 'TR-1',
    says: 'what is left waits 10 s',
    file: DISPATCHER,
    find: 'FLUSH_INTERVAL_US = 5_000_000',
    replace: 'FLUSH_INTERVAL_US = 10_000_000',
  },
  {
    rule: 'TR-1',
    says: 'the 5 s count from the first entry, not from the last flush',
    file: DISPATCHER,
    find: 'trace.queue.push(context);',
    replace: 'if (trace.queue.length === 0) trace.lastFlushUs = sim.nowUs;\n  trace.queue.push(context);',
  },
  {
    rule: 'TR-1',
    says: 'an orderly shutdown leaves the queue behind',
    file: DISPATCHER,
    find: 'while (trace.queue.length > 0) sim.because(cause, () => flush(sim, node, trace));',
    replace: '',
  },
  {
    rule: 'TR-1',
    says: 'the process goes while its trace data waits for a route',
    file: DISPATCHER,
    find: 'if (trace.routing > 0) return;',
    replace: '',
  },
  {
    rule: 'TR-1',
    says: 'a crash sends the queue first',
    file: DISPATCHER,
    find: 'const entries = clientOf(sim, node).trace?.queue.length ?? 0;',
    replace: 'const entries = clientOf(sim, node).trace?.queue.splice(0).length === -1 ? 1 : 0;',
  },
  {
    rule: 'TR-1',
    says: 'the inner producer takes messages of any size',
    file: TRACE_SEND,
    find: 'if (bytes > SIZE_MAX) {',
    replace: 'if (bytes > SIZE_MAX * 100) {',
  },
  {
    rule: 'TR-1',
    says: 'the inner producer tries once',
    file: TRACE_SEND,
    find: 'const RETRIES = 2;',
    replace: 'const RETRIES = 0;',
  },
  {
    rule: 'TR-1',
    says: 'the topic of the trace cannot be created by sending',
    file: TRACE_SEND,
    find: "else if (result === 'failed') lose(sim, node, send);",
    replace: "else if (result !== 'changed') lose(sim, node, send);",
  },
  {
    rule: 'TR-1',
    says: 'every broker has the topic of the trace',
    file: TOPICS,
    find: 'if (config.traceTopicEnable && ',
    replace: 'if (',
  },
  {
    rule: 'TR-1',
    says: 'a producer notes the message although traceOn is false',
    file: HOOKS,
    find: 'if (answer?.traceOn === false) {',
    replace: 'if (answer === undefined) {',
  },
  {
    rule: 'TR-1',
    says: 'a consumer does not see TRACE_ON',
    file: PUT,
    find: 'if (send.conn >= 0) setMessageTraced(arena, message, broker.config.traceOn);',
    replace: 'if (send.conn >= 0) setMessageTraced(arena, message, true);',
  },
  {
    rule: 'TR-1',
    says: 'any answer is a success of the Pub',
    file: 'src/engine/products/rocketmq/producer/send-answers.ts',
    find: 'notePub(sim, producer, call, body, result === Outcome.sendOk)',
    replace: 'notePub(sim, producer, call, body, true)',
  },
  {
    rule: 'TR-1',
    says: 'a failed delivery has the contextCode of a late one',
    file: HOOKS,
    find: 'late ? timeOut : failed ? refused : success',
    replace: 'late || failed ? timeOut : success',
  },
  {
    rule: 'TR-1',
    says: 'trace data counts as messages of an application',
    file: PUT,
    find: ", 'popAck', 'trace']",
    replace: ", 'popAck']",
  },
  {
    rule: 'TR-2',
    says: 'the time range has no end',
    file: QUERY,
    find: ' || storedUs > asking.endUs',
    replace: '',
  },
  {
    rule: 'TR-2',
    says: 'the client takes what has the same hash',
    file: QUERY,
    find: 'found.filter((record) => isExact(sim.state.arena, record, asking))',
    replace: 'found.filter((record) => isExact(sim.state.arena, record, asking) || true)',
  },
  {
    rule: 'TR-2',
    says: 'a broker gives entries without a limit',
    file: QUERY,
    find: ' && found.length < max;',
    replace: ';',
  },
  {
    rule: 'TR-2',
    says: 'what has left the CommitLog is found',
    file: QUERY,
    find: 'row >= log.first && ',
    replace: 'row >= 0 && ',
  },
  {
    rule: 'TR-2',
    says: 'a dead broker answers',
    file: QUERY,
    find: "processOf(state.env, node).state === 'up' && !store.memory.closed",
    replace: 'store.log.node === node',
  },
  {
    rule: 'TR-3',
    says: 'a client looks back two days',
    file: QUERY,
    find: '3 * DAY_US',
    replace: '2 * DAY_US',
  },
  {
    rule: 'TR-3',
    says: 'defaultQueryMaxNum limits nothing',
    file: QUERY,
    find: 'asking.unique ? config.defaultQueryMaxNum : KEY_MAX',
    replace: 'asking.unique ? 32 : KEY_MAX',
  },
  {
    rule: 'TR-4',
    says: 'a record behind the place is taken for the one that stands there',
    file: QUERY,
    find: 'recordPhys(sim.state.arena, record) === place.phys',
    replace: 'recordPhys(sim.state.arena, record) >= place.phys',
  },
  {
    rule: 'TR-4',
    says: 'the port has two bytes',
    file: IDS,
    find: 'hex(PORT, 8)',
    replace: 'hex(PORT, 4)',
  },
  {
    rule: 'TR-5',
    says: 'the counter goes on behind two bytes',
    file: IDS,
    find: 'message % 0x1_0000,',
    replace: 'message,',
  },
] satisfies readonly Mutant[];
