import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyFile } from './any-file.fixture';
import { SAMPLE } from './sample.fixture';
import { accepted, file } from './scenario.fixture';
import { serializeScenario } from './serialize';

const written = (source: unknown) => serializeScenario(accepted(source).scenario);

describe('a written file', () => {
  it('leaves out what is default', () => {
    expect(written(file())).toEqual({
      ...file({ databases: [{ id: 'orders-db' }] }),
      model: 1,
      brokers: [
        { id: 'broker-a:0', brokerName: 'broker-a', brokerId: 0 },
        { id: 'broker-a:1', brokerName: 'broker-a', brokerId: 1, config: { brokerRole: 'SLAVE' } },
      ],
    });
  });

  it('writes times with the largest exact unit', () => {
    const actions = [{ at: '60000ms', do: 'freeze', target: 'ns-1', for: '1500us' }];
    expect(written(file({ actions })).actions).toEqual([
      { at: '1m', do: 'freeze', target: 'ns-1', for: '1500us' },
    ]);
  });

  it('keeps an empty list in a change, where it says "none from now on"', () => {
    const actions = [{ at: '1s', do: 'set', target: 'producer-1', workload: { tags: [] } }];
    expect(written(file({ actions })).actions).toEqual(actions);
  });

  it('of the example says the same again', () => {
    const { scenario } = accepted(SAMPLE);
    expect(accepted(JSON.stringify(serializeScenario(scenario))).scenario).toEqual(scenario);
  });

  it('measures the pool sizes of a broker by the cores of the file', () => {
    const brokers = [{ id: 'b', brokerName: 'b', config: { sendMessageThreadPoolNums: 2 } }];
    const two = written(file({ brokers, environment: { cpu: { cores: 2 } } }));
    expect(two.brokers).toEqual([{ id: 'b', brokerName: 'b', brokerId: 0 }]);
    expect(written(file({ brokers })).brokers).toMatchObject([{ config: { sendMessageThreadPoolNums: 2 } }]);
  });
});

describe('reading what was written', () => {
  it('gives the same scenario, for any file', () => {
    fc.assert(
      fc.property(anyFile, (source) => {
        const { scenario, notes } = accepted(source);
        const text = JSON.stringify(serializeScenario(scenario));
        const again = accepted(text);
        expect(again.scenario).toEqual(scenario);
        expect(again.notes.length).toBeLessThanOrEqual(notes.length);
        expect(JSON.stringify(serializeScenario(again.scenario))).toBe(text);
      }),
      { numRuns: 300 },
    );
  });
});
