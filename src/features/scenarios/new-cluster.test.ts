import { describe, expect, it } from 'vitest';
import { Run } from '../../engine/run';
import { parseScenario } from '../../engine/scenario/parse';
import { type ClusterChoice, clusterFile, isIn, REPLICATIONS } from './new-cluster';

const TITLE = { en: 'Mine', zh: '我的' };
const PLAIN: ClusterChoice = {
  ...{ version: '5.3', replication: 'masterSlave', nameservers: 1, controllers: 3 },
  ...{ groups: 1, copies: 2, producers: 1, consumers: 1, disk: 'large' },
};

const BURST = { do: 'burst', target: 'producer-1', messages: 3_000 };

function scenarioOf(choice: Partial<ClusterChoice>, actions: readonly object[] = []) {
  const parsed = parseScenario({ ...clusterFile({ ...PLAIN, ...choice }, TITLE), actions });
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  return parsed.scenario;
}

describe('a cluster that was chosen', () => {
  it.each(['5.3', '4.9'] as const)('is a scenario of %s, whatever was chosen', (version) => {
    for (const replication of REPLICATIONS.filter((each) => isIn(version, each))) {
      for (const disk of ['large', 'small'] as const) {
        for (const [groups, copies, clients] of [
          [1, 1, 0],
          [4, 5, 8],
        ] as const) {
          const numbers = { groups, copies, producers: clients, consumers: clients };
          const scenario = scenarioOf({ version, replication, disk, ...numbers });
          expect(scenario.brokers).toHaveLength(groups * copies);
          expect(scenario.controllers).toHaveLength(replication === 'controller' ? 3 : 0);
        }
      }
    }
  });

  it('has no Controllers and no acting masters in 4.9', () => {
    expect(REPLICATIONS.filter((each) => isIn('4.9', each))).toEqual(['masterSlave', 'dledger']);
  });

  it('elects a master where it is chosen so, and takes messages', () => {
    for (const replication of REPLICATIONS) {
      const run = new Run(scenarioOf({ replication, copies: 3 }));
      run.advance(20_000_000);
      const [group] = run.product.view(run.sim).groups;
      const leaders = group?.replicas.filter(({ role }) => role === 'leader');
      expect(leaders).toHaveLength(1);
      expect(run.product.view(run.sim).clients[0]?.acknowledged).toBeGreaterThan(100);
    }
  });

  it('fills a small disk with one burst', () => {
    const run = new Run(scenarioOf({ disk: 'small' }, [{ at: '1s', ...BURST }]));
    run.advance(10_000_000);
    expect(run.product.view(run.sim).groups[0]?.replicas[0]?.diskFull).toBe(true);
  });
});
