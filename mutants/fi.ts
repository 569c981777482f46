import type { Mutant } from '../scripts/mutation';

const FILTER = 'src/engine/products/rocketmq/filter/filter.ts';
const SQL = 'src/engine/products/rocketmq/filter/sql.ts';
const ANSWERS = 'src/engine/products/rocketmq/consumer/pull-answers.ts';
const READ = 'src/engine/products/rocketmq/broker/service-read.ts';
const CLIENTS = 'src/engine/products/rocketmq/broker/service-clients.ts';
const PULL = 'src/engine/products/rocketmq/broker/service-pull.ts';

export default [
  {
    rule: 'FI-1',
    says: 'a hash grows by 33 for each character',
    file: FILTER,
    find: 'Math.imul(31, hash)',
    replace: 'Math.imul(33, hash)',
  },
  {
    rule: 'FI-2',
    says: 'the client trusts the hash',
    file: ANSWERS,
    find: 'const wanted = matchesMessage(arena, filter, recordMessage(arena, record));',
    replace: 'const wanted = matchesMessage(arena, filter, recordMessage(arena, record)) || true;',
  },
  {
    rule: 'FI-2',
    says: 'the broker lets everything through',
    file: FILTER,
    find: 'return filter.codes.includes(',
    replace: 'return true || filter.codes.includes(',
  },
  {
    rule: 'FI-3',
    says: 'a waiting message has the hash of its tag',
    file: FILTER,
    find: '.topic === SCHEDULE_TOPIC) return false;',
    replace: '.topic === SCHEDULE_TOPIC) return true;',
  },
  {
    rule: 'FI-4',
    says: 'a read goes on to the end of the queue',
    file: READ,
    find: '(next - offset) * UNIT_BYTES >= scanMax',
    replace: '(next - offset) * UNIT_BYTES >= scanMax * 1000',
  },
  {
    rule: 'FI-4',
    says: 'the client keeps its progress in front of what was passed over',
    file: ANSWERS,
    find: '} else correctOffset(sim, consumer, held);',
    replace: '}',
  },
  {
    rule: 'FI-4',
    says: 'the progress goes on with messages in hand',
    file: ANSWERS,
    find: 'if (cachedCount(held) > 0) return;',
    replace: 'if (cachedCount(held) > 99) return;',
  },
  {
    rule: 'FI-5',
    says: 'every broker filters by SQL92',
    file: 'src/engine/products/rocketmq/broker/service-filter.ts',
    find: "filter.kind !== 'sql' || config.enablePropertyFilter",
    replace: "filter.kind !== 'sql' || config.enablePropertyFilter || true",
  },
  {
    rule: 'FI-5',
    says: 'a text that is no number is 0',
    file: SQL,
    find: 'if (!INTEGER.test(text)) throw new Incomparable();',
    replace: 'if (!INTEGER.test(text)) return 0;',
  },
  {
    rule: 'FI-6',
    says: 'the latest heartbeat wins, whatever its version',
    file: CLIENTS,
    find: 'if (known !== undefined && versionUs <= known.versionUs) continue;',
    replace: '',
  },
  {
    rule: 'FI-6',
    says: 'a heartbeat leaves the topics that it does not name',
    file: CLIENTS,
    find: 'info.subscriptions.delete(topic);',
    replace: '',
  },
  {
    rule: 'FI-6',
    says: 'an outdated subscription serves newer pulls',
    file: PULL,
    find: 'subscription.versionUs < body.subVersionUs',
    replace: 'subscription.versionUs < 0 * body.subVersionUs',
  },
] satisfies readonly Mutant[];
