import { isRunning, processOf } from '../../../model/env';
import type { ActResult } from '../../../product';
import { Code } from '../protocol';
import type { RocketSim } from '../state';
import { masterAskedFor } from './controller-kinds';
import { groupIn } from './controller-state';
import { holdElection } from './live-brokers';
import { decides } from './raft';

/**
 * `mqadmin electMaster`: the controllers are to elect one broker, though the master lives. It is elected only from
 * the living members of the SyncStateSet, and what it lacks of its predecessor's log is cut off there (HA-26, HA-29).
 */
export function electMasterByHand(sim: RocketSim, node: number): ActResult {
  const { env, product } = sim.state;
  const { name } = processOf(env, node);
  const broker = product.brokers.get(node);
  if (broker?.config.enableControllerMode !== true) {
    return refuse(`${name} is not in controller mode.`, `${name} 不在 Controller 模式。`);
  }
  const controller = [...product.controllers.values()].find(
    (one) => isRunning(processOf(env, one.node)) && decides(one),
  );
  if (controller === undefined) return refuse('No controller leads.', '没有 Controller 担任 leader。');
  const { brokerName } = broker;
  const replicas = groupIn(controller.memory.applied, brokerName)?.replicas ?? [];
  const id = replicas.find(({ address }) => address === node)?.id;
  if (id === undefined) {
    return refuse(`The controllers have given ${name} no id yet.`, `Controller 还没有给 ${name} 分配 id。`);
  }
  sim.emit(masterAskedFor, controller.node, node, id);
  const status = holdElection(sim, controller, brokerName, id, undefined, true);
  if (status === Code.SUCCESS) return { ok: true };
  return status === Code.CONTROLLER_MASTER_STILL_EXIST
    ? refuse(`${name} is the master of ${brokerName} already.`, `${name} 已经是 ${brokerName} 的主节点。`)
    : refuse(
        `${name} is not alive or not in the SyncStateSet: it can not be elected.`,
        `${name} 不在线或不在 SyncStateSet 中，不能当选。`,
      );
}

function refuse(en: string, zh: string): ActResult {
  return { ok: false, message: { en, zh } };
}
