import { expect, it } from 'vitest';
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
  expect(view().controllers?.[0]?.groups[0]).toMatchObject({ master: second?.id, epoch: 2 });
  expect(view().controllers?.[0]?.groups[0]?.alive).not.toContain(first?.id);

  run.act({ do: 'restart', target: first?.id ?? '', atUs: null, afterStep: null });
  run.advance(70 * S);
  const back = replicas().find(({ id }) => id === first?.id);
  expect(back).toMatchObject({ role: 'follower', elected: { epoch: 2, fenced: false } });
  expect(back?.elected?.truncated).toBeGreaterThan(0);
  const node = view().controllers?.[0]?.node ?? -1;
  expect(inspect(run.sim as unknown as RocketSim, node)).toMatchObject({ kind: 'controller' });
});
