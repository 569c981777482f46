import { startingBrokerId } from './broker-role';
import type { Placed } from './notes-placed';
import { both, formatPath } from './problem';
import type { BrokerSpec, Note, Scenario } from './types';

const MODE_KEYS = [
  'minInSyncReplicas',
  'totalReplicas',
  'allAckInSyncStateSet',
  'enableAutoInSyncReplicas',
  'haMaxGapNotInSync',
] as const;
const DLEDGER_MIN = 3;

/** What the product makes of replicas and elections where one may expect otherwise. */
export function replicaNotes(
  { controllers, productVersion }: Scenario,
  brokers: readonly Placed<BrokerSpec>[],
  defaults: BrokerSpec['config'],
): Note[] {
  const elected = brokers.filter(({ spec }) => spec.config.enableControllerMode);
  return [
    ...controllerNotes(controllers.length, elected),
    ...dledgerNotes(brokers),
    ...masterlessNotes(brokers),
    ...(productVersion === '5.3' ? brokers.flatMap((broker) => countNotes(broker, defaults)) : []),
  ];
}

function controllerNotes(controllers: number, elected: readonly Placed<BrokerSpec>[]): Note[] {
  const first = elected[0];
  if (first === undefined) return [];
  if (controllers === 0) {
    return [
      {
        path: formatPath([...first.path, 'config', 'enableControllerMode']),
        rule: 'HA-24',
        message: both(
          'Controller mode without a controller: nobody elects a master, and these brokers serve nothing.',
          'Controller 模式却没有 Controller：没有谁来选主，这些 Broker 不提供服务。',
        ),
      },
    ];
  }
  if (controllers % 2 === 1) return [];
  return [
    {
      path: 'controllers',
      rule: 'HA-24',
      message: both(
        `Of ${controllers} controllers a majority is ${controllers / 2 + 1}: they bear the loss of no more than ${controllers - 1} would.`,
        `${controllers} 个 Controller 的多数派是 ${controllers / 2 + 1} 个：能容忍的故障数与 ${controllers - 1} 个时相同。`,
      ),
    },
  ];
}

function dledgerNotes(brokers: readonly Placed<BrokerSpec>[]): Note[] {
  const groups = new Map<string, Placed<BrokerSpec>[]>();
  for (const broker of brokers) {
    if (!broker.spec.config.enableDLegerCommitLog) continue;
    const { brokerName } = broker.spec;
    groups.set(brokerName, [...(groups.get(brokerName) ?? []), broker]);
  }
  return [...groups].flatMap(([brokerName, members]) => {
    const first = members[0];
    if (first === undefined || members.length >= DLEDGER_MIN) return [];
    return {
      path: formatPath([...first.path, 'config', 'enableDLegerCommitLog']),
      rule: 'HA-21',
      message: both(
        `The DLedger group ${brokerName} has ${members.length} of at least ${DLEDGER_MIN} nodes: it bears no failure.`,
        `DLedger 组 ${brokerName} 只有 ${members.length} 个节点，至少应有 ${DLEDGER_MIN} 个：任何一个故障都会让它停止服务。`,
      ),
    };
  });
}

/** A slave whose group has no master, now or later. */
function masterlessNotes(brokers: readonly Placed<BrokerSpec>[]): Note[] {
  const elects = ({ spec: { config } }: Placed<BrokerSpec>) =>
    config.enableControllerMode || config.enableDLegerCommitLog;
  const masters = new Set(
    brokers
      .filter(({ spec }) => startingBrokerId(spec.config.brokerRole, spec.brokerId) === 0)
      .map(({ spec }) => spec.brokerName),
  );
  return brokers
    .filter(
      (broker) => !elects(broker) && (broker.spec.brokerId > 0 || broker.spec.config.brokerRole === 'SLAVE'),
    )
    .filter(({ spec }) => !masters.has(spec.brokerName))
    .map(({ spec, path }) => ({
      path: formatPath([...path, 'brokerName']),
      rule: 'HA-1',
      message: both(
        `No broker is the master of ${spec.brokerName}: nothing can be sent there, and this slave has nothing to copy.`,
        `${spec.brokerName} 没有主节点：无法写入，这个从节点也没有可复制的数据。`,
      ),
    }));
}

function countNotes({ spec, path }: Placed<BrokerSpec>, defaults: BrokerSpec['config']): Note[] {
  const { config } = spec;
  const at = (key: string) => formatPath([...path, 'config', key]);
  if (!config.enableControllerMode && !config.enableSlaveActingMaster) {
    return MODE_KEYS.filter((key) => config[key] !== defaults[key]).map((key) => ({
      path: at(key),
      rule: 'HA-7',
      message: both(
        `${key} counts in controller mode or with enableSlaveActingMaster: here it changes nothing.`,
        `${key} 只在 Controller 模式或 enableSlaveActingMaster 下起作用：在这里没有影响。`,
      ),
    }));
  }
  const notes: Note[] = [];
  if (config.enableSlaveActingMaster && config.inSyncReplicas > config.totalReplicas) {
    notes.push({
      path: at('inSyncReplicas'),
      rule: 'HA-7',
      message: both(
        `inSyncReplicas ${config.inSyncReplicas} is above totalReplicas ${config.totalReplicas}: sends wait for more copies than the group is said to have.`,
        `inSyncReplicas ${config.inSyncReplicas} 大于 totalReplicas ${config.totalReplicas}：发送等待的副本数超过了这个组声明的副本数。`,
      ),
    });
  }
  if (config.enableControllerMode && config.minInSyncReplicas > config.inSyncReplicas) {
    notes.push({
      path: at('minInSyncReplicas'),
      rule: 'HA-7',
      message: both(
        `minInSyncReplicas ${config.minInSyncReplicas} is above inSyncReplicas ${config.inSyncReplicas}: writes are refused for want of replicas that a send would not wait for.`,
        `minInSyncReplicas ${config.minInSyncReplicas} 大于 inSyncReplicas ${config.inSyncReplicas}：会因为副本不足而拒绝写入，而发送本来并不等待这些副本。`,
      ),
    });
  }
  return notes;
}
