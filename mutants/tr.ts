import type { Mutant } from '../scripts/mutation';

const QUERY = 'src/engine/products/rocketmq/query/query.ts';
const IDS = 'src/engine/products/rocketmq/query/ids.ts';

export default [
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
