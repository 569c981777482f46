import '../../ui/kit/Menu';
import './PairPager';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { userEvent as anyUser, PointerEventsCheckLevel } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ClusterView, MoveView, ReplicaView } from '../../engine/view';
import { setLang } from '../../i18n/area';
import { publishMoving } from '../../state/motion';
import { usePlayground } from '../../state/store';
import { UiRoot } from '../../ui/UiRoot';
import { ClusterGraph, type ClusterGraphProps } from './ClusterGraph';
import { laneOf, motionOf, SAMPLE_FLIGHTS, sampleView } from './fixture';

/** Style sheets are not read here, so what takes the pointer is not known. */
const userEvent = anyUser.setup({ pointerEventsCheck: PointerEventsCheckLevel.Never });

function show(view: ClusterView = sampleView(), props: Partial<ClusterGraphProps> = {}) {
  usePlayground.setState({ view, nowUs: view.nowUs });
  publish(SAMPLE_FLIGHTS, view);
  const calls = { onCommand: vi.fn(), onInspect: vi.fn(), onPickMessage: vi.fn() };
  const lang = document.documentElement.lang.startsWith('zh') ? 'zh' : 'en';
  render(
    <UiRoot lang={lang}>
      <div style={{ width: 860, height: 656 }}>
        <ClusterGraph {...calls} {...props} />
      </div>
    </UiRoot>,
  );
  return calls;
}

function publish(
  flights: readonly string[],
  view: ClusterView = sampleView(),
  moves: readonly MoveView[] = [],
) {
  publishMoving({
    ...{
      nowUs: view.nowUs,
      step: 0,
      playing: false,
      pacing: 'story',
      rateReached: 0,
      followed: null,
      followedKey: null,
      story: null,
    },
    motion: { ...motionOf(view, flights), moves },
  });
}

const process = (name: RegExp) => screen.getByRole('button', { name });
const withReplica = (view: ClusterView, id: string, parts: Partial<ReplicaView>): ClusterView => ({
  ...view,
  groups: view.groups.map((group) => ({
    ...group,
    replicas: group.replicas.map((replica) => (replica.id === id ? { ...replica, ...parts } : replica)),
  })),
});

let phone = false;
beforeEach(() => {
  setLang('en');
  phone = false;
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(860);
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(656);
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: phone && query.includes('max-width'),
    addEventListener: () => {},
    removeEventListener: () => {},
  }));
});
afterEach(() => {
  cleanup();
  usePlayground.setState(usePlayground.getInitialState(), true);
  publishMoving(null);
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it('selects the message of a square of a queue that is picked, and marks the one that is selected', () => {
  const { onPickMessage } = show();
  act(() => usePlayground.setState({ selectedProcess: 'broker-b:0' }));
  fireEvent.click(screen.getByRole('option', { name: 'q0 351 · lost' }));
  expect(onPickMessage).toHaveBeenLastCalledWith(410);
  act(() => usePlayground.setState({ selectedMessage: 405 }));
  expect(screen.getByRole('option', { name: 'q0 346', selected: true })).toBeTruthy();
});

describe('each process', () => {
  it('is a tab stop in reading order', async () => {
    show();
    const order: string[] = [];
    for (let i = 0; i < 11; i++) {
      await userEvent.tab();
      order.push(document.activeElement?.closest('[data-process]')?.getAttribute('data-process') ?? 'none');
    }
    expect(order).toEqual([
      'P1',
      'P2',
      'ns-1',
      'ns-2',
      'broker-a:0',
      'broker-a:1',
      'broker-b:0',
      'broker-b:1',
      'C1',
      'C2',
      'C3',
    ]);
  });

  it('says its state in words', () => {
    show();
    expect(
      process(
        /^broker-b, master brokerId 0, power lost at 71\.9 s, believed alive by ns-1 ns-2, 87 s left, 8 on the slave only, 3 lost/,
      ),
    ).toBeTruthy();
    expect(
      process(/^P1 producer, up, 20 messages a second, route 13\.0 s old, 30 sends wait for broker-b:0/),
    ).toBeTruthy();
    expect(process(/^C3 consumer C3, up, .* pull from broker-b fails/)).toBeTruthy();
    expect(process(/^ns-1 NameServer, up, .*broker-b 0 heard 33\.0 s ago, a belief/)).toBeTruthy();
  });

  it('says its state in Chinese', () => {
    setLang('zh');
    show();
    expect(process(/^broker-b，主 brokerId 0，71\.9 s 断电，仍被 ns-1 ns-2 认为存活，剩 87 s/)).toBeTruthy();
    expect(screen.getByText('断电 71.9 s')).toBeTruthy();
    expect(screen.getByText('HA 链路 0.6 ms · 落后 1 条')).toBeTruthy();
  });

  it('is selected by a click, and opened by Enter', async () => {
    const { onInspect } = show();
    fireEvent.click(process(/^broker-a, slave/));
    expect(process(/^broker-a, slave/).getAttribute('aria-pressed')).toBe('true');
    expect(onInspect).not.toHaveBeenCalled();
    process(/^C1/).focus();
    await userEvent.keyboard('{Enter}');
    expect(onInspect).toHaveBeenCalledWith('C1');
    expect(process(/^C1/).getAttribute('aria-pressed')).toBe('true');
    expect(process(/^broker-a, slave/).getAttribute('aria-pressed')).toBe('false');
  });
});

it('draws queues that no number has been given to yet once each, and so when they get theirs', () => {
  const view = sampleView();
  const withQueues = (of: (queue: number, i: number) => { queue: number; max: number }): ClusterView => ({
    ...view,
    groups: view.groups.map((group) => ({
      ...group,
      queues: group.queues.map((each, i) => ({
        ...each,
        ...of(each.queue, i),
        min: 0,
        positions: [],
        lostOffsets: [],
        tail: [],
      })),
    })),
  });
  show(withQueues(() => ({ queue: -1, max: 0 })));
  const empty = () => screen.queryAllByText('no messages yet').length;
  expect(empty()).toBe(view.groups.reduce((sum, { queues }) => sum + queues.length, 0));
  // The first queues get theirs first.
  for (let first = 1; first <= 4; first++) {
    const some = withQueues((queue, i) => (i < first ? { queue, max: 10 } : { queue: -1, max: 0 }));
    act(() => usePlayground.setState({ view: some }));
    expect(empty()).toBe((4 - first) * view.groups.length);
  }
});

it('says the epoch of an elected leader, who is in sync, and what a follower had to cut off', () => {
  const elected = {
    id: 1,
    epoch: 3,
    fenced: false,
    inSync: ['broker-a:0', 'broker-a:1'],
    alone: true,
    truncated: 0,
  };
  const leader = withReplica(sampleView(), 'broker-a:0', { elected });
  const follower = { ...elected, id: 2, inSync: [], alone: false, truncated: 4 };
  show(withReplica(leader, 'broker-a:1', { elected: follower }));
  expect(process(/^broker-a:0, master.* epoch 3, no quorum, SyncStateSet: 2$/)).toBeTruthy();
  expect(process(/^broker-a:1, slave.* epoch 3, 4 cut off$/)).toBeTruthy();
  expect(screen.getByText('SyncStateSet: 2')).toBeTruthy();
  const replaced = (state: 'up' | 'down') =>
    withReplica(leader, 'broker-a:1', { elected: follower, replaced: true, state });
  act(() => usePlayground.setState({ view: replaced('down') }));
  expect(process(/^broker-a:1, was master brokerId 1/)).toBeTruthy();
  act(() => usePlayground.setState({ view: replaced('up') }));
  expect(process(/^broker-a:1, still takes itself for master brokerId 1/)).toBeTruthy();
});

it('draws what a follower has just cut off, and a lost column leads to its message', async () => {
  const cut = {
    ...{ atUs: 70_000_000, messages: 12, bytes: 14_172, epoch: 2, lost: 1 },
    columns: [
      { message: 41, lost: false },
      { message: 42, lost: true },
    ],
  };
  const { onPickMessage } = show(withReplica(sampleView(), 'broker-a:1', { cut }));
  const name = /^12 messages of epoch 2 cut off, 14,172 bytes\. .* 1 of them was acknowledged and is lost/;
  const list = await screen.findByRole('listbox', { name }, { timeout: 10_000 });
  expect(process(/^broker-a, slave/).parentElement?.contains(list)).toBe(true);
  expect(within(list).getAllByRole('option')).toHaveLength(2);
  fireEvent.click(within(list).getByRole('option', { name: 'Cut off 2 of 2, lost' }));
  expect(onPickMessage).toHaveBeenLastCalledWith(42);
});

it('says whom a candidate has voted for, and a controller while nobody leads', () => {
  const election = { role: 'candidate', term: 4, entries: 9, committed: 9, truncated: 0 } as const;
  const view = withReplica(sampleView(), 'broker-a:1', { election: { ...election, votedFor: 'broker-a:0' } });
  const controller = { ...view.registries[0]!, groups: [], leader: undefined, term: 7 };
  show({
    ...view,
    controllers: [
      { ...controller, id: 'controller-1', role: 'candidate', votedFor: 'controller-1' },
      { ...controller, id: 'controller-2', role: 'follower', votedFor: 'controller-1' },
      {
        ...controller,
        id: 'controller-3',
        role: 'follower',
        votedFor: 'controller-1',
        leader: 'controller-1',
      },
    ],
  });
  expect(process(/^broker-a:1, slave.*, voted for broker-a:0$/)).toBeTruthy();
  expect(process(/^controller-1, Controller, candidate, term 7, voted for itself$/)).toBeTruthy();
  expect(process(/^controller-2, Controller, follower, term 7, voted for controller-1$/)).toBeTruthy();
  expect(process(/^controller-3, Controller, follower, term 7$/)).toBeTruthy();
});

it('says that a disk is full and that writes are refused', () => {
  show(withReplica(sampleView(), 'broker-a:0', { diskFull: true }));
  expect(process(/^broker-a, master.*, disk full, writes are refused/)).toBeTruthy();
  expect(screen.getByText('DISK FULL')).toBeTruthy();
  expect(screen.getByRole('img', { name: /^CommitLog: .* disk full/ })).toBeTruthy();
});

it('names the holder of a lock that outlives it', () => {
  const view = sampleView();
  const [queue, ...queues] = view.groups[1]!.queues;
  const lock = { holder: 'C3', leftUs: 42_000_000, limitUs: 60_000_000 };
  const positions = [{ ...queue!.positions[0]!, owners: [], lock }];
  const groups = [view.groups[0]!, { ...view.groups[1]!, queues: [{ ...queue!, positions }, ...queues] }];
  show({ ...view, groups });
  expect(screen.getByRole('img', { name: /^q0 · C3 committed .* locked by C3, 42 s left/ })).toBeTruthy();
});

describe('what has happened to a broker', () => {
  const card = (id: string) => within(document.querySelector<HTMLElement>(`[data-process="${id}"]`)!);

  it('is a solid stamp with its moment; what others believe is a box with its time left', () => {
    show();
    expect(card('broker-b:0').getByText('POWER LOST 71.9 s')).toBeTruthy();
    expect(card('broker-b:0').getByText('87 s').parentElement?.textContent).toBe(
      'believed alive · 87 s left',
    );
    expect(card('broker-b:0').getByText('wiped')).toBeTruthy();
    expect(card('broker-a:0').queryByText(/POWER LOST/)).toBeNull();
  });

  it('leaves its page cache to a process that was killed', () => {
    const view = withReplica(sampleView(), 'broker-a:0', {
      state: 'down',
      failure: 'process',
      sinceUs: 70_000_000,
    });
    show(view);
    expect(card('broker-a:0').getByText('PROCESS KILLED 70.0 s')).toBeTruthy();
    expect(card('broker-a:0').queryByText('wiped')).toBeNull();
    expect(card('broker-a:0').getByText('1,832,488')).toBeTruthy();
    expect(
      process(/^broker-a, master .* process killed at 70\.0 s, the page cache is still there/),
    ).toBeTruthy();
  });

  it('is told apart: paused, recovering, disk lost', () => {
    let view = withReplica(sampleView(), 'broker-a:0', { state: 'frozen', sinceUs: 74_300_000 });
    view = withReplica(view, 'broker-a:1', { state: 'recovering', sinceUs: 74_000_000, untilUs: 78_000_000 });
    view = withReplica(view, 'broker-b:1', { state: 'down', failure: 'disk', sinceUs: 72_000_000 });
    show(view);
    expect(card('broker-a:0').getByText('PAUSED 1.2 s')).toBeTruthy();
    expect(card('broker-a:1').getByText('RECOVERING')).toBeTruthy();
    expect(card('broker-b:1').getByText('DISK LOST 72.0 s')).toBeTruthy();
  });

  it('goes on with the clock while it lasts', () => {
    const view = withReplica(sampleView(), 'broker-a:0', { state: 'frozen', sinceUs: 74_300_000 });
    show(view);
    act(() => usePlayground.setState({ view: { ...view, nowUs: 76_300_000 } }));
    expect(card('broker-a:0').getByText('PAUSED 2.0 s')).toBeTruthy();
  });
});

describe('seen from far', () => {
  const zoomedTo = (zoom: number) => {
    vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(860 * zoom);
    show();
  };

  it('shows bars instead of numerals', () => {
    zoomedTo(0.5);
    expect(screen.queryByText('1,832,488')).toBeNull();
    expect(screen.getByText('POWER LOST 71.9 s')).toBeTruthy();
  });

  it('shows name, state and verdict from still farther', () => {
    zoomedTo(0.32);
    const broker = document.querySelector<HTMLElement>('[data-process="broker-b:0"]')!;
    expect(within(broker).getByText('broker-b')).toBeTruthy();
    expect(within(broker).getByText('POWER LOST')).toBeTruthy();
    expect(within(broker).getByText('3 lost')).toBeTruthy();
    expect(within(broker).queryByText('CommitLog')).toBeNull();
  });
});

describe('the menu', () => {
  const open = async (element: Element) => {
    fireEvent.contextMenu(element);
    await screen.findByRole('menu');
  };
  const item = (name: string | RegExp) => screen.getByRole('menuitem', { name });

  it('offers faults of a process that is up and asks for the one chosen', async () => {
    const { onCommand } = show();
    await open(process(/^broker-a, master/));
    await userEvent.click(item(/^Power loss/));
    expect(onCommand).toHaveBeenLastCalledWith({ do: 'kill', target: 'broker-a:0', failure: 'power' });
    await open(process(/^broker-a, slave/));
    await userEvent.click(item(/^Pause 3 s/));
    expect(onCommand).toHaveBeenLastCalledWith({ do: 'freeze', target: 'broker-a:1', for: '3s' });
    await open(process(/^P2/));
    await userEvent.click(item('Stop sending'));
    expect(onCommand).toHaveBeenLastCalledWith({ do: 'pause', target: 'P2' });
  });

  it('offers only the restart of a process that is down', async () => {
    const { onCommand } = show();
    await open(process(/^broker-b, master/));
    expect(screen.queryByRole('menuitem', { name: /^Power loss/ })).toBeNull();
    await userEvent.click(item(/^Restart/));
    expect(onCommand).toHaveBeenLastCalledWith({ do: 'restart', target: 'broker-b:0' });
  });

  it('cuts, restores and slows the links of a process without a pointer', async () => {
    const view = {
      ...sampleView(),
      links: [{ between: ['ns-1', 'broker-a:0'] as const, cut: true, latencyUs: 250 }],
    };
    const { onCommand } = show(view);
    await open(process(/^broker-a, master/));
    await userEvent.click(item('Restore link to ns-1'));
    expect(onCommand).toHaveBeenLastCalledWith({ do: 'heal', between: ['broker-a:0', 'ns-1'] });
    await open(process(/^broker-a, master/));
    await userEvent.click(item('Cut link to broker-a:1'));
    expect(onCommand).toHaveBeenLastCalledWith({ do: 'cut', between: ['broker-a:0', 'broker-a:1'] });
    await open(process(/^broker-a, master/));
    await userEvent.click(item('Slow link to P1 to 150 ms'));
    expect(onCommand).toHaveBeenLastCalledWith({
      do: 'slow',
      part: 'network',
      between: ['broker-a:0', 'P1'],
      latencyMs: 150,
    });
  });

  it('gives a slowed link its ordinary speed back', async () => {
    const { onCommand } = show();
    await open(process(/^broker-b, slave/));
    await userEvent.click(item('Ordinary speed to broker-b:0'));
    expect(onCommand).toHaveBeenLastCalledWith({
      do: 'slow',
      part: 'network',
      between: ['broker-b:1', 'broker-b:0'],
      factor: 1,
    });
  });
});

describe('what is on the wire', () => {
  const list = () => within(screen.getByRole('list', { name: 'On the wire' })).getAllByRole('listitem');

  it('has a twin in words', () => {
    show();
    expect(list().map(({ textContent }) => textContent)).toEqual([
      'message 1,466 from P1 to broker-a:0',
      'message 1,465 from P2 to broker-a:0',
      'SEND_OK for message 1,464 from broker-a:0 to P2',
      'delivery of message 1,460 from broker-a:0 to C1',
      'heartbeat from broker-a:0 to ns-2',
      'heartbeat from broker-b:1 to ns-1',
    ]);
  });

  it('tells also what moves inside a broker: from a lane to a queue', () => {
    const view = { ...sampleView(), lanes: [laneOf('delay', '')] };
    show(view);
    const queue = view.groups[0]!.queues[1]!;
    const move = { message: 7, node: 2, from: 'delay:', to: queue.queue, as: 'delayed' } as const;
    act(() => {
      publish([], view, [{ ...move, sinceUs: view.nowUs, untilUs: view.nowUs + 500 }]);
      usePlayground.setState({ step: 1 });
    });
    expect(list().map(({ textContent }) => textContent)).toEqual([
      `message 7 from SCHEDULE_TOPIC_XXXX to ${queue.topic} q1`,
    ]);
  });

  it('is cut off after twenty, and the rest is counted', () => {
    show();
    const flights = Array.from({ length: 31 }, () => 'P1 broker-a:0 message 0.5 7');
    act(() => {
      publish(flights);
      usePlayground.setState({ step: 1 });
    });
    expect(list()).toHaveLength(21);
    expect(list().at(-1)?.textContent).toBe('and 11 more');
  });
});

it('is read only on a phone: one pair at a time, the rest in words, no menu', async () => {
  phone = true;
  show();
  await screen.findByText('1 of 2', {}, { timeout: 4_000 });
  expect(screen.getByText(/^P1 producer, up/)).toBeTruthy();
  fireEvent.contextMenu(process(/^broker-a, master/));
  expect(screen.queryByRole('menu')).toBeNull();
});
