import type { Mutant } from '../scripts/mutation';

const PUT = 'src/engine/products/rocketmq/broker/put.ts';
const SEND = 'src/engine/products/rocketmq/producer/send.ts';
const WORKLOAD = 'src/engine/products/rocketmq/producer/workload.ts';

export default [
  {
    rule: 'PR-14',
    says: 'the messages of a batch share one offset',
    file: PUT,
    find: 'offset: offset + i',
    replace: 'offset: offset',
  },
  {
    rule: 'PR-14',
    says: 'the offset behind a batch counts it as one message',
    file: PUT,
    find: 'memory.nextOffsets.set(queue, offset + batch)',
    replace: 'memory.nextOffsets.set(queue, offset + 1)',
  },
  {
    rule: 'PR-14',
    says: 'a batch begins in a file that has room for its first message only',
    file: PUT,
    find: 'const size = storedBytes(sim.state.arena, send.message, send.batch ?? 1);',
    replace: 'const size = storedBytes(sim.state.arena, send.message, 1);',
  },
  {
    rule: 'PR-14',
    says: 'a broker stores a batch of any size whose messages fit one by one',
    file: PUT,
    find: 'encodedBytes(arena, topic, message, batch) > config.maxMessageSize',
    replace: 'encodedBytes(arena, topic, message, 1) > config.maxMessageSize',
  },
  {
    rule: 'PR-14',
    says: 'a producer sends a batch of any size whose messages fit one by one',
    file: SEND,
    find: 'return bytes > maxMessageSize ? bodyTooLarge(maxMessageSize) : undefined;\n}\n\nexport',
    replace: 'return bytes < 0 ? bodyTooLarge(maxMessageSize) : undefined;\n}\n\nexport',
  },
  {
    rule: 'PR-14',
    says: 'a rate counts batches',
    file: WORKLOAD,
    find: 'const callUs = 1_000_000 * batchOf(spec);',
    replace: 'const callUs = 1_000_000;',
  },
  {
    rule: 'PR-14',
    says: 'a oneway takes a batch',
    file: WORKLOAD,
    find: "mode === 'sync' || mode === 'async'",
    replace: 'mode !== undefined',
  },
] satisfies readonly Mutant[];
