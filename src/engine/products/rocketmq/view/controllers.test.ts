import { expect, it } from 'vitest';
import { isLost } from '../../../model/ledger';
import { controllerCluster } from '../controller/controller.fixture';
import type { RocketSim } from '../state';
import { inspect } from './inspect';

const S = 1_000_000;

it('shows who leads the controllers, and of each group its master, epoch and set', () => {
  const run = controllerCluster();
  run.advance(10 * S);
  const view = () => run.product.view(run.sim);
  const replicas = () => view().groups[0]?.replicas ?? [];
  const first = replicas().find(({ role }) => role === 'leader');
  expect(view().controllers).toMatchObject([
    { id: 'controller-1', role: 'leader', leader: 'controller-1', groups: [{ master: first?.id, epoch: 1 }] },
  ]);
  expect(view().controllers?.[0]?.groups[0]?.inSync).toHaveLength(3);
  expect(first?.elected).toMatchObject({ epoch: 1, fenced: false, alone: false });
  expect(first?.elected?.inSync).toHaveLength(3);

  run.act({ do: 'kill', target: first?.id ?? '', failure: 'process', atUs: null, afterStep: null });
  run.advance(60 * S);
  const second = replicas().find(({ role }) => role === 'leader');
  expect(second?.id).not.toBe(first?.id);
  expect(second?.replica).toBe(0);
  expect(replicas().filter(({ replaced }) => replaced)).toMatchObject([{ id: first?.id, state: 'down' }]);
  expect(view().controllers?.[0]?.groups[0]).toMatchObject({ master: second?.id, epoch: 2 });
  expect(view().controllers?.[0]?.groups[0]?.alive).not.toContain(first?.id);

  run.act({ do: 'restart', target: first?.id ?? '', atUs: null, afterStep: null });
  const old = () => replicas().find(({ id }) => id === first?.id);
  expect(old()?.cut).toBeUndefined();
  for (let us = 60 * S; us < 70 * S && old()?.cut === undefined; us += S / 10) run.advance(us);
  const { cut } = old()!;
  expect(cut).toMatchObject({ epoch: 1, messages: old()?.elected?.truncated });
  expect(cut!.bytes).toBeGreaterThan(cut!.messages * 100);
  expect(cut!.columns).toHaveLength(Math.min(8, cut!.messages));
  // What was acknowledged by the old master alone is lost, and its columns lead to such messages.
  const { ledger } = run.sim.state;
  expect(cut!.lost).toBeGreaterThan(0);
  expect(cut!.lost).toBe(ledger.whereabouts[4]);
  for (const { message, lost } of cut!.columns) if (lost) expect(isLost(ledger, message)).toBe(true);
  expect(cut!.columns.some(({ lost }) => lost)).toBe(true);
  run.advance(cut!.atUs + 10 * S);
  expect(old()?.cut).toEqual(cut);
  run.advance(cut!.atUs + 11 * S);
  expect(old()?.cut).toBeUndefined();

  run.advance(80 * S);
  const back = old();
  expect(back).toMatchObject({ role: 'follower', elected: { epoch: 2, fenced: false } });
  expect(back?.replaced).toBeUndefined();
  expect(back?.elected?.truncated).toBeGreaterThan(0);
  const node = view().controllers?.[0]?.node ?? -1;
  expect(inspect(run.sim as unknown as RocketSim, node)).toMatchObject({ kind: 'controller' });
});

it('shows whom each controller votes for while nobody leads', () => {
  const run = controllerCluster({ controllers: 3 });
  const seen = () => run.product.view(run.sim).controllers!;
  run.advance(5 * S);
  const leader = seen().find(({ role }) => role === 'leader')!.id;
  expect(seen().every(({ votedFor }) => votedFor === undefined || votedFor === leader)).toBe(true);
  run.act({ do: 'kill', target: leader, failure: 'process', atUs: null, afterStep: null });
  const others = () => seen().filter(({ id }) => id !== leader);
  let us = 5 * S;
  for (; us < 30 * S && !others().some(({ role }) => role === 'candidate'); us += S / 50) run.advance(us);
  expect(others().find(({ role }) => role === 'candidate')?.leader).toBeUndefined();
  for (; us < 30 * S && !others().some(({ role }) => role === 'leader'); us += S / 50) run.advance(us);
  const elected = others().find(({ role }) => role === 'leader')!;
  expect(others().map(({ votedFor }) => votedFor)).toEqual([elected.id, elected.id]);
});
