import { describe, expect, it } from 'vitest';
import type { ClusterView } from '../../../engine/view';
import { sampleView } from '../fixture';
import { busState, feedState, linkBetween, ribbonState, sendState } from './edge-state';

const withLink = (view: ClusterView, a: string, b: string, cut: boolean, latencyUs = 250): ClusterView => ({
  ...view,
  links: [{ between: [a, b], cut, latencyUs }],
});

describe('the way from a producer', () => {
  it('is live to a broker that answers and a dead end to one without power', () => {
    expect(sendState(sampleView(), 'P1', 'broker-a:0')).toMatchObject({ look: 'live', waiting: 0 });
    expect(sendState(sampleView(), 'P1', 'broker-b:0')).toMatchObject({ look: 'dead-end', waiting: 30 });
  });

  it('is a dead end over a cut link, whichever end the cut names first', () => {
    const view = withLink(sampleView(), 'broker-a:0', 'P1', true);
    expect(sendState(view, 'P1', 'broker-a:0')).toMatchObject({ look: 'dead-end', cut: true });
    expect(sendState(view, 'P2', 'broker-a:0')).toMatchObject({ look: 'live', cut: false });
  });

  it('says the delay of a slow link, and none of a link that is cut', () => {
    expect(
      sendState(withLink(sampleView(), 'P1', 'broker-a:0', false, 150_000), 'P1', 'broker-a:0').slowUs,
    ).toBe(150_000);
    expect(
      sendState(withLink(sampleView(), 'P1', 'broker-a:0', true, 150_000), 'P1', 'broker-a:0').slowUs,
    ).toBe(0);
  });

  it('is not drawn to a broker that the producer would not send to and does not wait for', () => {
    const view = sampleView();
    const clients = view.clients.map((client) => ({ ...client, targets: ['broker-a:0'], waiting: [] }));
    expect(sendState({ ...view, clients }, 'P1', 'broker-b:0').look).toBe('none');
    const waiting = clients.map((client) => ({ ...client, waiting: [{ on: 'broker-b:0', count: 2 }] }));
    expect(sendState({ ...view, clients: waiting }, 'P1', 'broker-b:0').look).toBe('dead-end');
  });
});

describe('a ribbon', () => {
  it('fails when pulls fail, when its link is cut and when its consumer is gone', () => {
    expect(ribbonState(sampleView(), 0, 'C1', 'broker-a:0')?.look).toBe('assigned');
    expect(ribbonState(sampleView(), 4, 'C2', 'broker-b:0')?.look).toBe('failing');
    expect(ribbonState(withLink(sampleView(), 'C1', 'broker-a:0', true), 0, 'C1', 'broker-a:0')?.look).toBe(
      'failing',
    );
    const view = sampleView();
    const consumerGroups = view.consumerGroups.map((group) => ({
      ...group,
      consumers: group.consumers.map((consumer) => ({ ...consumer, state: 'down' as const })),
    }));
    expect(ribbonState({ ...view, consumerGroups }, 0, 'C1', 'broker-a:0')?.look).toBe('failing');
  });

  it('changes hands while two consumers of the group hold the queue', () => {
    const view = sampleView();
    const consumerGroups = view.consumerGroups.map((group) => ({
      ...group,
      consumers: group.consumers.map((consumer) =>
        consumer.id === 'C2'
          ? { ...consumer, queues: [...consumer.queues, group.consumers[0]!.queues[0]!] }
          : consumer,
      ),
    }));
    expect(ribbonState({ ...view, consumerGroups }, 0, 'C1', 'broker-a:0')?.look).toBe('changing');
    expect(ribbonState({ ...view, consumerGroups }, 1, 'C1', 'broker-a:0')?.look).toBe('assigned');
  });
});

describe('replication and the bus', () => {
  it('are broken by the death of either end', () => {
    expect(feedState(sampleView(), 'broker-a:0', 'broker-a:1').connected).toBe(true);
    expect(feedState(sampleView(), 'broker-b:0', 'broker-b:1').connected).toBe(false);
    expect(busState(sampleView(), 'broker-b:0')).toEqual({ dead: true, cut: [], slow: [] });
  });

  it('name the registries that cannot be reached and those that are slow', () => {
    const view = {
      ...sampleView(),
      links: [
        { between: ['ns-2', 'broker-a:0'] as const, cut: true, latencyUs: 250 },
        { between: ['broker-a:0', 'ns-1'] as const, cut: false, latencyUs: 90_000 },
      ],
    };
    expect(busState(view, 'broker-a:0')).toEqual({
      dead: false,
      cut: ['ns-2'],
      slow: [{ registry: 'ns-1', latencyUs: 90_000 }],
    });
    expect(linkBetween(view, 'broker-a:0', 'ns-2')?.cut).toBe(true);
    expect(linkBetween(view, 'broker-a:1', 'ns-2')).toBeUndefined();
  });
});
