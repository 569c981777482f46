import type { Mutant } from '../scripts/mutation';

const LEVELS = 'src/engine/products/rocketmq/schedule/levels.ts';
const REDIRECT = 'src/engine/products/rocketmq/broker/put-redirect.ts';
const SCHEDULE = 'src/engine/products/rocketmq/schedule/schedule.ts';
const LEVEL_QUEUE = 'src/engine/products/rocketmq/schedule/level-queue.ts';
const DELIVERY = 'src/engine/products/rocketmq/schedule/delivery.ts';
const DUTIES = 'src/engine/products/rocketmq/broker/special-services.ts';
const TIMES = 'src/engine/products/rocketmq/schedule/timer-times.ts';
const WHEEL = 'src/engine/products/rocketmq/schedule/timer-wheel.ts';
const OPS = 'src/engine/products/rocketmq/transaction/ops.ts';
const SEND = 'src/engine/products/rocketmq/producer/send-attempt.ts';

export default [
  {
    rule: 'SC-4',
    says: 'a level stops at a message that retention takes while it is delivered',
    file: 'src/engine/products/rocketmq/schedule/delivery.ts',
    find: 'delete(level);\n    goOn(sim, broker, level);',
    replace: 'delete(level);',
  },
  {
    rule: 'SC-1',
    says: 'a level beyond the last one is the first',
    file: REDIRECT,
    find: 'const level = Math.min(asked, levels.length);',
    replace: 'const level = asked > levels.length ? 1 : asked;',
  },
  {
    rule: 'SC-1',
    says: 'minutes are taken for seconds',
    file: LEVELS,
    find: 'm: 60_000_000,',
    replace: 'm: 1_000_000,',
  },
  {
    rule: 'SC-2',
    says: 'a producer forgets to say the level',
    file: SEND,
    find: 'delay.level > 0 ?',
    replace: 'delay.level > 99 ?',
  },
  {
    rule: 'SC-2',
    says: 'level n waits in queue n',
    file: REDIRECT,
    find: 'queueId: level - 1,',
    replace: 'queueId: level,',
  },
  {
    rule: 'SC-3',
    says: 'a message waits the delay of the next level',
    file: LEVEL_QUEUE,
    find: '[level - 1] ?? 0);',
    replace: '[level] ?? 0);',
  },
  {
    rule: 'SC-4',
    says: 'a level looks once a second',
    file: DELIVERY,
    find: 'periodUs: 100_000 }',
    replace: 'periodUs: 1_000_000 }',
  },
  {
    rule: 'SC-4',
    says: 'a look goes on behind a message that could not be stored',
    file: DELIVERY,
    find: 'if (status === Code.SUCCESS) {\n    moveOffset(',
    replace: 'if (status >= Code.SUCCESS) {\n    moveOffset(',
  },
  {
    rule: 'SC-5',
    says: 'a slave delivers what it has',
    file: DUTIES,
    find: '(!isSlave(broker) || actsAsMaster(broker))',
    replace: 'true',
  },
  {
    rule: 'SC-5',
    says: 'a master that starts does not look for what is overdue',
    file: SCHEDULE,
    find: '  resumeSchedule(sim, node);\n}',
    replace: '}',
  },
  {
    rule: 'SC-6',
    says: 'a starting broker begins at 0',
    file: SCHEDULE,
    find: 'new Map(readMetadata(brokerOf(sim, node).store.disk.delayFile).offsets)',
    replace: 'new Map()',
  },
  {
    rule: 'SC-6',
    says: 'the interval of the file is fixed',
    file: SCHEDULE,
    find: ', brokerOf(sim, node).config.flushDelayOffsetInterval * 1000)',
    replace: ')',
  },
  {
    rule: 'SC-6',
    says: 'an offset behind the end of its queue stays there',
    file: SCHEDULE,
    find: '> max) offsets.set(level, max)',
    replace: '> max) offsets.set(level, max + 1)',
  },
  {
    rule: 'SC-7',
    says: 'the beat begins when the message is stored',
    file: DELIVERY,
    find: 'tickAtOrAfter(sim, broker.node, RUN, Math.max(sim.nowUs, dueUs))',
    replace: 'Math.max(sim.nowUs, dueUs)',
  },
  {
    rule: 'SC-8',
    says: 'a timer further ahead than timerMaxDelaySec is taken',
    file: REDIRECT,
    find: 'if (delayUs > config.timerMaxDelaySec * 1_000_000) {',
    replace: 'if (delayUs > config.timerMaxDelaySec * 1_000_000_000) {',
  },
  {
    rule: 'SC-8',
    says: 'a timer goes before a delay level',
    file: REDIRECT,
    find: 'if (level > 0) sim.emit(timerIgnored, broker.node, message);',
    replace: 'if (level > 99) sim.emit(timerIgnored, broker.node, message);',
  },
  {
    rule: 'SC-8',
    says: 'a batch goes into the wheel',
    file: REDIRECT,
    find: 'else if (batch > 1) sim.emit',
    replace: 'else if (batch > 1000) sim.emit',
  },
  {
    rule: 'SC-8',
    says: 'the timer of a half message is not looked at',
    file: REDIRECT,
    find: 'if (timerDelayUs !== undefined) {',
    replace: "if (timerDelayUs !== undefined && props?.role !== 'half') {",
  },
  {
    rule: 'SC-8',
    says: 'a half message in the wheel keeps its real topic and queue',
    file: REDIRECT,
    find: 'const deliverUs = outUs(broker, sim.nowUs + delayUs);\n  const realQueue = queueNumberOf(sim, broker, topic, queueId);',
    replace:
      'const deliverUs = outUs(broker, sim.nowUs + delayUs);\n  const realQueue = topic === HALF_TOPIC && props?.realQueue !== undefined ? props.realQueue : queueNumberOf(sim, broker, topic, queueId);',
  },
  {
    rule: 'SC-8',
    says: 'the end of a half message in the wheel names no half by its offset',
    file: OPS,
    find: 'transactions.ops.push(offset);',
    replace:
      'if (queueOf(arena, recordQueue(arena, half)).topic === HALF_TOPIC) transactions.ops.push(offset);',
  },
  {
    rule: 'SC-8',
    says: 'an op message that names an offset twice waits for a second half',
    file: 'src/engine/products/rocketmq/transaction/op-reader.ts',
    find: 'if (pass.removed.get(half) === op) continue;',
    replace: '',
  },
  {
    rule: 'SC-9',
    says: 'a whole second keeps its slot',
    file: TIMES,
    find: 'slotUs === wholeUs ? slotUs - precisionUs(broker) : slotUs',
    replace: 'slotUs',
  },
  {
    rule: 'SC-9',
    says: 'a slot is delivered a second late',
    file: WHEEL,
    find: 'Math.max(sim.nowUs, slotUs + precisionUs(broker))',
    replace: 'Math.max(sim.nowUs, slotUs + 2 * precisionUs(broker))',
  },
  {
    rule: 'SC-9',
    says: 'a slot that was over before its message came waits for ever',
    file: WHEEL,
    find: 'nextSlot(broker) < passedUs(sim, broker) ? turn(sim, broker) : armDequeue(sim, broker)',
    replace: 'nextSlot(broker) < passedUs(sim, broker) ? undefined : armDequeue(sim, broker)',
  },
  {
    rule: 'SC-10',
    says: 'a message beyond the roll window is delivered when its part is over',
    file: WHEEL,
    find: 'if (props.deliverUs > slot.atUs) {',
    replace: 'if (props.deliverUs < slot.atUs) {',
  },
  {
    rule: 'SC-10',
    says: 'a last short rest is not avoided',
    file: TIMES,
    find: 'near ? Math.floor(slots / 2) * precisionUs(broker) : windowUs',
    replace: 'near ? windowUs : windowUs',
  },
  {
    rule: 'SC-10',
    says: 'a restart begins with an empty wheel',
    file: WHEEL,
    find: 'if (slotUs >= readUs) hang(broker, record, slotUs);',
    replace: 'if (slotUs < readUs - 1e15) hang(broker, record, slotUs);',
  },
  {
    rule: 'SC-10',
    says: 'a shutdown leaves no checkpoint',
    file: WHEEL,
    find: 'if (!wheel.running) return;\n  const readUs',
    replace: 'if (wheel.running) return;\n  const readUs',
  },
] satisfies readonly Mutant[];
