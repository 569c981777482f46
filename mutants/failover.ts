import type { Mutant } from '../scripts/mutation';

const SPECIAL = 'src/engine/products/rocketmq/broker/special-services.ts';
const PRE_ONLINE = 'src/engine/products/rocketmq/broker/pre-online.ts';
const NAMESERVER = 'src/engine/products/rocketmq/nameserver/nameserver.ts';
const ELECTION = 'src/engine/products/rocketmq/dledger/election.ts';
const QUORUM = 'src/engine/products/rocketmq/dledger/quorum.ts';
const GROUP = 'src/engine/products/rocketmq/dledger/group.ts';
const ROLE = 'src/engine/products/rocketmq/dledger/broker-role.ts';

/** Slave acting master, and DLedger groups. */
export default [
  {
    rule: 'NS-22',
    says: 'a group without a master shows its smallest id as it is',
    file: NAMESERVER,
    find: 'return [[MASTER_ID, first[1]], ...others];',
    replace: 'return addresses;',
  },
  {
    rule: 'HA-19',
    says: 'every slave of a group without a master acts as one',
    file: SPECIAL,
    find: 'memory.members.minBrokerId === brokerId;',
    replace: 'memory.members.minBrokerId > MASTER_ID;',
  },
  {
    rule: 'HA-19',
    says: 'the first escape of a topic fails instead of waiting for the route',
    file: 'src/engine/products/rocketmq/broker/put-escape.ts',
    find: "if (target === 'unknown') awaitRoute(sim, node, escaping);",
    replace:
      "if (target === 'unknown') {\n    askRoute(sim, node, put.topic);\n    putTo(sim, node, undefined, escaping);\n  }",
  },
  {
    rule: 'HA-20',
    says: 'delay offsets of an older version are taken, too',
    file: PRE_ONLINE,
    find: 'if (newer) takeDelays(sim, broker, delays);',
    replace: 'takeDelays(sim, broker, delays);',
  },
  {
    rule: 'SC-6',
    says: 'offsets of another member never go back',
    file: 'src/engine/products/rocketmq/schedule/schedule.ts',
    find: 'if (schedule.offsets.get(level) === offset) continue;',
    replace: 'if ((schedule.offsets.get(level) ?? 0) >= offset) continue;',
  },
  {
    rule: 'HA-20',
    says: 'a returning master does not take the offsets of the one that acted for it',
    file: PRE_ONLINE,
    find: 'offsetsVersion >= broker.service.offsetsVersion',
    replace: 'offsetsVersion > broker.service.offsetsVersion',
  },
  {
    rule: 'HA-21',
    says: 'a follower stands for leader after two missed beats',
    file: ELECTION,
    find: 'const LEAK_US = 3 * BEAT_US;',
    replace: 'const LEAK_US = 2 * BEAT_US;',
  },
  {
    rule: 'HA-21',
    says: 'what the leader alone has is committed',
    file: QUORUM,
    find: 'marks[Math.floor(marks.length / 2)] ?? 0',
    replace: 'marks[0] ?? 0',
  },
  {
    rule: 'HA-21',
    says: 'a deposed leader keeps what no majority had',
    file: GROUP,
    find: 'if (entries <= 0) return;',
    replace: 'if (entries > 0) return;',
  },
  {
    rule: 'HA-22',
    says: 'a put waits 5 s for a majority',
    file: QUORUM,
    find: 'const WAIT_US = 2_500_000;',
    replace: 'const WAIT_US = 5_000_000;',
  },
  {
    rule: 'HA-23',
    says: 'a follower has its node number as id',
    file: ROLE,
    find: 'selfNumber(sim, broker) + 1;',
    replace: 'selfNumber(sim, broker) + 2;',
  },
] satisfies readonly Mutant[];
