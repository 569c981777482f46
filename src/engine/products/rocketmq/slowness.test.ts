import { expect, it } from 'vitest';
import { hostOf, linkBetween, nodeOf } from '../../model/env';
import { Run } from '../../run';
import { parseScenario } from '../../scenario/parse';

const PAIR = ['broker-a:0', 'broker-a:1'] as const;

function after(...deeds: readonly object[]) {
  const parsed = parseScenario({
    format: 'mq-playground/scenario@1',
    product: 'rocketmq',
    environment: { network: { latencyMs: 0.5 }, links: [{ between: PAIR, latencyMs: 20 }] },
    nameservers: [{ id: 'ns-1' }],
    brokers: PAIR.map((id, brokerId) => ({
      id,
      brokerName: 'broker-a',
      brokerId,
      config: brokerId === 0 ? {} : { brokerRole: 'SLAVE' },
    })),
    actions: deeds.map((deed, i) => ({ at: `${i + 1}s`, do: 'slow', ...deed })),
  });
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  const run = new Run(parsed.scenario);
  run.advance(10_000_000);
  const { env } = run.sim.state;
  const [master, slave] = PAIR.map((id) => nodeOf(env, id) ?? -1) as [number, number];
  return { link: linkBetween(env, master, slave), disk: hostOf(env, master).disk };
}

it('[EN-8] factor 1 gives a link the latency back that the scenario has for it', () => {
  const slow = { part: 'network', between: PAIR, latencyMs: 150 };
  expect(after(slow).link.latencyUs).toBe(150_000);
  expect(after(slow, { part: 'network', between: PAIR, factor: 1 }).link).toMatchObject({
    latencyUs: 20_000,
    factor: 1,
  });
  const all = { part: 'network', target: PAIR[0] };
  expect(after({ ...all, latencyMs: 90 }, { ...all, factor: 1 }).link.latencyUs).toBe(20_000);
});

it('[EN-8] factor 1 gives a disk its fsync back', () => {
  const disk = { part: 'disk', target: PAIR[0] };
  expect(after({ ...disk, fsyncMs: 400 }).disk.fsyncUs).toBe(400_000);
  expect(after({ ...disk, fsyncMs: 400 }, { ...disk, factor: 1 }).disk).toMatchObject({
    fsyncUs: 4_000,
    factor: 1,
  });
});
