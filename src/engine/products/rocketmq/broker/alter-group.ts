import { defineKind } from '../../../core/kinds';
import { processOf } from '../../../model/env';
import { internText } from '../../../model/world';
import type { ActResult } from '../../../product';
import { type SubscriptionGroupConfig, subscriptionGroupDefaults } from '../../../scenario/config';
import type { RocketSim } from '../state';

const groupAltered = defineKind('group.altered', 'EN-17', {
  a: 'setting:text',
  beat: 'action',
  say: {
    en: '{node} keeps of a consumer group from now on: {a}.',
    zh: '{node} 保存的消费组配置变为：{a}。',
  },
});

/**
 * `mqadmin updateSubGroup`, given all that stays as it was: every broker that runs keeps the new keys of the group, and
 * knows it from now on. Slaves copy the table of their master; here they have it at once.
 */
export function alterGroup(
  sim: RocketSim,
  group: string,
  config: Partial<SubscriptionGroupConfig>,
): ActResult {
  const { product, env, arena } = sim.state;
  const running = [...product.brokers.values()].filter(({ node }) => processOf(env, node).state === 'up');
  if (running.length === 0) {
    return { ok: false, message: { en: 'No broker is running.', zh: '没有正在运行的 Broker。' } };
  }
  const known = product.groups.get(group) ?? subscriptionGroupDefaults(product.version);
  product.groups = new Map([...product.groups, [group, { ...known, ...config }]]);
  const text = Object.entries(config).map(([key, value]) => `${key}=${value}`);
  const setting = internText(arena, [group, ...text].join(' '));
  const cause = sim.currentCause;
  for (const { node, service } of running) {
    const { subscriptionGroups } = service.disk;
    subscriptionGroups.set(group, { ...(subscriptionGroups.get(group) ?? known), ...config });
    sim.because(cause, () => sim.emit(groupAltered, node, setting));
  }
  return { ok: true };
}
