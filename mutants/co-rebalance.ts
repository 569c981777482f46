import type { Mutant } from '../scripts/mutation';

const START = 'src/engine/products/rocketmq/consumer/start-offset.ts';
const QUEUE_TABLE = 'src/engine/products/rocketmq/consumer/queue-table.ts';
const REBALANCE = 'src/engine/products/rocketmq/consumer/rebalance.ts';
const ALLOCATE = 'src/engine/products/rocketmq/consumer/allocate.ts';
const CLIENTS = 'src/engine/products/rocketmq/broker/service-clients.ts';

export default [
  {
    rule: 'CO-24',
    says: 'a 5.3 consumer rebalances as soon as it is woken',
    file: REBALANCE,
    find: "const minUs = sim.state.product.version === '4.9' ? 0 : MIN_US;",
    replace: 'const minUs = 0;',
  },
  {
    rule: 'CO-24',
    says: 'a rebalance comes every minute',
    file: REBALANCE,
    find: 'const WAIT_US = 20_000_000;',
    replace: 'const WAIT_US = 60_000_000;',
  },
  {
    rule: 'CO-24',
    says: 'a queue whose start is not known begins at 0',
    file: START,
    find: 'sim.call(startOffsetFound, node, { round, queue, offset: undefined });',
    replace: 'sim.call(startOffsetFound, node, { round, queue, offset: 0 });',
  },
  {
    rule: 'CO-25',
    says: 'a new queue is pulled at once',
    file: QUEUE_TABLE,
    find: 'const FIRST_PULL_US = 500_000;',
    replace: 'const FIRST_PULL_US = 0;',
  },
  {
    rule: 'CO-25',
    says: 'queues that are not its own are kept',
    file: QUEUE_TABLE,
    find: 'if (mine.includes(held.queue) && !expired) continue;',
    replace: 'if (!expired) continue;',
  },
  {
    rule: 'CO-25',
    says: 'without members all queues are given back',
    file: REBALANCE,
    find: '  if (members.length === 0 || queues.length === 0) {\n    keep(sim, node, run, topic);\n    return;\n  }\n',
    replace: '  if (members.length === 0) {\n    takeShare(sim, node, run, topic, []);\n    return;\n  }\n',
  },
  {
    rule: 'CO-25',
    says: 'a run leaves the missing route to the next poll',
    file: REBALANCE,
    find: '  fetchRouteNow(sim, node, topic, { event: routeFound, context: { round: state.rebalance.round } });',
    replace:
      "  sim.call(routeFound, node, { context: { round: state.rebalance.round }, topic, result: 'absent' });",
  },
  {
    rule: 'CO-25',
    says: 'the first heartbeat of a consumer comes before its first look for routes',
    file: 'src/engine/products/rocketmq/consumer/consumer.ts',
    find: 'const START_US = 50_000;',
    replace: 'const START_US = 0;',
  },
  {
    rule: 'CO-26',
    says: 'a member waits until nobody else holds the queue',
    file: QUEUE_TABLE,
    find: '  if (offset !== undefined) {',
    replace:
      '  if (offset !== undefined && ![...sim.state.product.consumers.values()].some((other) => other.state.queues.has(queue))) {',
  },
  {
    rule: 'CO-27',
    says: 'AVG gives the larger pieces to the last members',
    file: ALLOCATE,
    find: 'const larger = mod > 0 && index < mod;',
    replace: 'const larger = mod > 0 && index >= members.length - mod;',
  },
  {
    rule: 'CO-27',
    says: 'AVG_BY_CIRCLE deals one card further',
    file: ALLOCATE,
    find: 'k % members.length === index)',
    replace: '(k + 1) % members.length === index)',
  },
  {
    rule: 'CO-27',
    says: 'CONSISTENT_HASH takes the first point of the ring',
    file: ALLOCATE,
    find: '(ring.find((point) => point.hash >= hash) ?? ring[0])',
    replace: 'ring[0]',
  },
  {
    rule: 'CO-28',
    says: 'members stand in the order in which they came',
    file: REBALANCE,
    find: '[...outcome.body].sort(compareText)',
    replace: '[...outcome.body]',
  },
  {
    rule: 'CO-28',
    says: 'a consumer beyond the number of queues takes the last one',
    file: ALLOCATE,
    find: 'return queues.slice(start, start + size);',
    replace: 'return queues.slice(Math.min(start, queues.length - 1), start + size);',
  },
  {
    rule: 'CO-29',
    says: 'the others are not told when a connection closes',
    file: CLIENTS,
    find: '      notifyMembers(sim, node, group);\n    });\n  }\n  for',
    replace: '    });\n  }\n  for',
  },
] satisfies readonly Mutant[];
