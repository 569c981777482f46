import { processOf } from '../../../model/env';
import type { ActResult } from '../../../product';
import { startingBrokerId } from '../../../scenario/broker-role';
import type { BrokerConfig, ConfigPatch } from '../../../scenario/config';
import { inGroup } from '../dledger/dledger-state';
import type { Broker, RocketSim } from '../state';
import { announceDispatch, announceFlush } from './announcements';
import { armDispatch } from './dispatch';
import { armFlush } from './flush';
import { switchMemberGroup } from './member-group';
import { commitPool } from './pool';
import { registrationPeriodUs, registrationTimer } from './registration';
import { cleanerTimer } from './retention';
import { announceAcks, takeRole } from './roles';
import { brokerOf } from './store-state';
import { permissionMoved } from './topics';

/**
 * The `set` action on a broker. Keys that the real broker reads only at its start take effect as after an instant
 * restart of the service that reads them; a role change is the operator's edit of the file and restart (HA-1).
 * `announce` tells of the change once it is known to be allowed, before what it causes.
 */
export function setBrokerConfig(
  sim: RocketSim,
  node: number,
  patch: ConfigPatch,
  announce: () => void = () => undefined,
): ActResult {
  const broker = brokerOf(sim, node);
  const before = broker.config;
  const after = { ...before, ...patch } as BrokerConfig;
  const { log } = broker.store;
  if (after.mappedFileSizeCommitLog !== before.mappedFileSizeCommitLog && log.records.length > 0) {
    return refuse(
      'The CommitLog has files of another size: the broker would refuse to load them.',
      'CommitLog 已有其他大小的文件：Broker 会拒绝加载。',
    );
  }
  if (after.enableDLegerCommitLog !== before.enableDLegerCommitLog) {
    return refuse(
      'A CommitLog of one node and one of a DLedger group have different formats.',
      '单机的 CommitLog 与 DLedger 组的 CommitLog 格式不同。',
    );
  }
  if (
    after.enableControllerMode &&
    !before.enableControllerMode &&
    sim.state.product.controllers.size === 0
  ) {
    return refuse(
      'This cluster has no Controller: a broker with enableControllerMode would wait for one and register nowhere.',
      '这个集群没有 Controller：开启 enableControllerMode 的 Broker 会一直等待它，不向任何地方注册。',
    );
  }
  if (startingBrokerId(after.brokerRole, broker.configuredId) === null) {
    return refuse(
      'A SLAVE needs a brokerId above 0: it would refuse to start.',
      'SLAVE 的 brokerId 必须大于 0：否则拒绝启动。',
    );
  }
  announce();
  // A running pool is emptied before what reads it changes.
  if (isUp(sim, node)) commitPool(sim, node);
  broker.config = after;
  if (isUp(sim, node)) apply(sim, broker, before);
  return { ok: true };
}

function apply(sim: RocketSim, broker: Broker, before: BrokerConfig): void {
  const { node, config } = broker;
  const cause = sim.currentCause;
  const tell = (body: () => void) => sim.because(cause, body);
  const changed = (key: keyof BrokerConfig) => config[key] !== before[key];
  // Where roles are elected the configured one counts for nothing (HA-23, HA-24).
  const roleElected = inGroup(broker) || broker.controlled !== undefined;
  if (changed('brokerRole') && !roleElected) tell(() => changeRole(sim, broker));
  if (changed('flushDiskType')) tell(() => announceFlush(sim, node));
  if (changed('flushDiskType') || changed('readUnCommitted')) tell(() => announceDispatch(sim, node));
  if (changed('inSyncReplicas')) tell(() => announceAcks(sim, broker));
  if (changed('brokerPermission')) tell(() => permissionMoved(sim, node));
  if (changed('enableSlaveActingMaster')) tell(() => switchMemberGroup(sim, node));
  if (changed('registerNameServerPeriod'))
    setPeriod(sim, node, registrationTimer.name, registrationPeriodUs(broker));
  if (changed('cleanResourceInterval'))
    setPeriod(sim, node, cleanerTimer.name, config.cleanResourceInterval * 1000);
  tell(() => armFlush(sim, node));
  tell(() => armDispatch(sim, node));
}

/** The operator's edit of the file and restart (HA-1). */
function changeRole(sim: RocketSim, { node, config, configuredId }: Broker): void {
  const { brokerRole } = config;
  takeRole(sim, node, brokerRole, startingBrokerId(brokerRole, configuredId) ?? configuredId);
}

function setPeriod(sim: RocketSim, node: number, name: string, periodUs: number): void {
  const { activeTimers } = sim.state.product;
  activeTimers[node] = (activeTimers[node] ?? []).map((timer) =>
    timer.name === name ? { name, periodUs } : timer,
  );
}

const isUp = (sim: RocketSim, node: number) => processOf(sim.state.env, node).state === 'up';

function refuse(en: string, zh: string): ActResult {
  return { ok: false, message: { en, zh } };
}
