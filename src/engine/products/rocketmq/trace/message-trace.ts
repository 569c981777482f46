import type { MessageTraceView, TraceLineView } from '../../../details';
import { processOf } from '../../../model/env';
import { logLength, recordAt, rowAtPhys } from '../../../model/log';
import { eachOfRole } from '../../../model/record-props';
import {
  listAt,
  messageProducer,
  messageTopic,
  messageTraced,
  recordHost,
  recordMessage,
  recordPhys,
} from '../../../model/world';
import { clientOf } from '../client/client-of';
import { LOCAL_STATES } from '../protocol';
import { offsetIdOf } from '../query/ids';
import type { RocketSim } from '../state';
import { CONTEXT_CODES, decodeLines, linesName, type TraceLine } from './trace-lines';
import { TRACE_TOPIC } from './trace-state';

/**
 * What the message trace of the dashboard shows: the records of RMQ_SYS_TRACE_TOPIC that the index of a running
 * broker finds by the id of the message, decoded. Nothing else is looked at for `lines`. [TR-1]
 */
export function messageTrace(sim: RocketSim, message: number): MessageTraceView {
  const { arena, product } = sim.state;
  const lines: TraceLineView[] = [];
  eachOfRole(arena.recordProps, 'trace', (record, list) => {
    if (!linesName(arena, list, message) || !isFound(sim, record)) return;
    const client = messageProducer(arena, recordMessage(arena, record));
    for (const line of decodeLines(listAt(arena, list))) {
      // A Pub of a batch has all ids in one, which none of them equals.
      if (line.message === message && line.batch === 1) lines.push(viewOf(sim, line, client));
    }
  });
  return {
    lines: lines.sort((x, y) => x.timeUs - y.timeUs),
    clients: clientsOf(sim, message),
    topicExists: [...product.brokers.values()].some(
      ({ node, store }) => isUp(sim, node) && store.memory.topics.has(TRACE_TOPIC),
    ),
    switchedOff: !messageTraced(arena, message),
  };
}

const isUp = ({ state }: RocketSim, node: number) => processOf(state.env, node).state === 'up';
const nameOf = ({ state }: RocketSim, node: number) => processOf(state.env, node).name;

/** A running broker has it in its log, and has dispatched it. */
function isFound(sim: RocketSim, record: number): boolean {
  const phys = recordPhys(sim.state.arena, record);
  return [...sim.state.product.brokers.values()].some(({ node, store: { log, memory } }) => {
    if (!isUp(sim, node)) return false;
    const row = rowAtPhys(sim.state, log, phys);
    return row < Math.min(memory.dispatchedRows, logLength(log)) && recordAt(log, row) === record;
  });
}

const CODE_NAMES: readonly (readonly [number, string])[] = [
  [CONTEXT_CODES.success, 'SUCCESS'],
  [CONTEXT_CODES.timeOut, 'TIME_OUT'],
  [CONTEXT_CODES.failed, 'FAILED'],
];

function viewOf(sim: RocketSim, line: TraceLine, client: number): TraceLineView {
  const { arena } = sim.state;
  const { type, value, request } = line;
  const view = {
    type,
    client: nameOf(sim, client),
    group: clientOf(sim, client).spec.group,
    timeUs: line.timeMs * 1_000,
    costUs: line.costMs * 1_000,
    success: line.success,
    request: type === 'EndTransaction' ? -1 : request,
    fromCheck: type === 'EndTransaction' && request === 1,
  };
  if (type === 'SubBefore') return { ...view, retryTimes: value };
  if (type === 'EndTransaction') return { ...view, code: LOCAL_STATES[value] };
  if (type === 'SubAfter') {
    const [code, name] = CODE_NAMES.find(([each]) => each === value) ?? [value, ''];
    return { ...view, code: `${name} (${code})` };
  }
  if (value < 0) return view;
  return { ...view, offsetMsgId: offsetIdOf(recordHost(arena, value), recordPhys(arena, value)) };
}

/** Its producer, and the consumers of its topic. */
function clientsOf(sim: RocketSim, message: number): MessageTraceView['clients'] {
  const { arena, product } = sim.state;
  const topic = messageTopic(arena, message);
  const producer = product.producers.get(messageProducer(arena, message));
  const readers = [...product.consumers.values()].filter(({ spec }) => spec.topic === topic);
  return [...(producer === undefined ? [] : [producer]), ...readers].map(({ node, trace, config }) => ({
    id: nameOf(sim, node),
    // The key is read at the start: what runs goes by what it has read.
    traced: trace !== undefined || (processOf(sim.state.env, node).state === 'down' && config.enableTrace),
    waiting: (trace?.queue ?? []).filter(({ lines }) => lines.some((line) => line.message === message))
      .length,
  }));
}
