import './LaneNode';
import './LeadEdge';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LaneView, ParkedView } from '../../../engine/view';
import { setLang } from '../../../i18n/area';
import { usePlayground } from '../../../state/store';
import { UiRoot } from '../../../ui/UiRoot';
import { laneOf, sampleView } from '../fixture';
import { GraphCallsContext } from '../graph-calls';
import { LaneNode } from './LaneNode';

const parked = (message: number, parts: Partial<ParkedView> = {}): ParkedView => ({
  ...{ message, key: `order-${message}`, dueUs: 0, level: 0, attempt: 1 },
  copies: { mem: 2, disk: true, replica: 0, lost: false },
  ...parts,
});

const RETRY = laneOf('retry', 'order-billing', {
  waiting: 3,
  ready: 1,
  levels: [
    { level: 3, delayUs: 10_000_000, count: 2, nextUs: 79_600_000 },
    { level: 4, delayUs: 30_000_000, count: 1, nextUs: 100_500_000 },
  ],
  parked: [
    parked(11),
    parked(21, { dueUs: 79_600_000, level: 3 }),
    parked(22, { dueUs: 79_700_000, level: 3 }),
    parked(31, { dueUs: 100_500_000, level: 4, attempt: 2 }),
  ],
});

function show(lane: LaneView) {
  const onPickMessage = vi.fn((selectedMessage: number) => usePlayground.setState({ selectedMessage }));
  usePlayground.setState({ view: { ...sampleView(), lanes: [lane] } });
  const box = {
    id: `lane:${lane.id}`,
    kind: 'lane',
    x: 0,
    y: 0,
    width: 372,
    height: 78,
    cards: [],
    lanes: [],
  } as const;
  render(
    <UiRoot lang="en">
      <GraphCallsContext value={{ onCommand: vi.fn(), onInspect: vi.fn(), onPickMessage }}>
        <LaneNode id={lane.id} box={box} />
      </GraphCallsContext>
    </UiRoot>,
  );
  return onPickMessage;
}

beforeEach(() => setLang('en'));
afterEach(() => {
  cleanup();
  usePlayground.setState(usePlayground.getInitialState(), true);
});

it('says how many wait for a retry, when the next one is due, and each level', () => {
  show(RETRY);
  const lane = screen.getByRole('region', {
    name: /^Retries of order-billing · 3 waiting · 1 ready · next in 4\.1 s/,
  });
  expect(within(lane).getByRole('heading', { name: '%RETRY%order-billing' })).toBeTruthy();
  expect(
    within(lane).getByText(/^level 3 \(10 s\): 2, next in 4\.1 s · level 4 \(30 s\): 1, next in 25 s$/),
  ).toBeTruthy();
});

it('writes the number of a retry once, and keeps apart a message that stands in the lane twice', () => {
  const complained = vi.spyOn(console, 'error').mockImplementation(() => {});
  const twice = [parked(11, { attempt: 2 }), parked(11, { attempt: 3, dueUs: 79_600_000, level: 5 })];
  show(laneOf('retry', 'order-billing', { waiting: 1, ready: 1, parked: twice }));
  const options = screen.getAllByRole('option');
  expect(options.map((option) => option.textContent)).toEqual(['#2', '#3']);
  expect(complained).not.toHaveBeenCalled();
  complained.mockRestore();
});

it('says it in Chinese', () => {
  setLang('zh');
  show(RETRY);
  expect(screen.getByText(/^级别 3（10 s）：2 条，最近 4\.1 s 后到期/)).toBeTruthy();
  expect(screen.getByText('3 条等待 · 1 条可读 · 4.1 s 后到期')).toBeTruthy();
});

it('picks its messages with the keys, one after the other where several stand together', () => {
  const onPick = show(RETRY);
  const list = screen.getByRole('listbox', { name: 'Retries of order-billing' });
  expect(
    within(list)
      .getAllByRole('option')
      .map((option) => option.getAttribute('aria-label')),
  ).toEqual([
    'order-11 · retry 1 · on disk · ready',
    'order-21 · retry 1 · on disk · due in 4.1 s, and 1 more',
    'order-31 · retry 2 · on disk · due in 25 s',
  ]);
  fireEvent.keyDown(list, { key: 'ArrowRight' });
  fireEvent.keyDown(list, { key: 'Enter' });
  expect(onPick).toHaveBeenLastCalledWith(21);
  fireEvent.keyDown(list, { key: 'Enter' });
  expect(onPick).toHaveBeenLastCalledWith(22);
  expect(screen.getByRole('option', { selected: true }).getAttribute('aria-label')).toMatch(/^order-22/);
});

it('names the newest dead letter and how often it failed, and marks the picked one', () => {
  const lane = laneOf('deadLetter', 'order-billing', {
    ready: 2,
    parked: [parked(8, { attempt: 17 }), parked(7, { attempt: 17 })],
  });
  show(lane);
  expect(screen.getByText('order-8 failed 17 times')).toBeTruthy();
  fireEvent.click(screen.getByRole('option', { name: /^order-7/ }));
  expect(screen.getByRole('option', { name: /^order-7/, selected: true })).toBeTruthy();
});

it('says of dead letters that were sent again when and where they went, and that they stay', () => {
  const resent = { atUs: 70_500_000, topic: 'Orders', replicaGroup: 'broker-a', queueId: 2 };
  show(laneOf('deadLetter', 'order-billing', { ready: 1, resent: 1, parked: [parked(8, { resent })] }));
  expect(screen.getByText('1 parked · 1 sent again')).toBeTruthy();
  expect(screen.getByText('order-8 was sent again at 70.5 s to Orders q2 of broker-a')).toBeTruthy();
  expect(screen.getByText('The dead letter itself stays here.')).toBeTruthy();
  expect(screen.getByRole('option').getAttribute('aria-label')).toMatch(
    /sent again at 70\.5 s to Orders q2 of broker-a$/,
  );
});

it('says that consumers cannot see half messages, and when the next one is asked about', () => {
  show(laneOf('half', '', { waiting: 1, parked: [parked(5, { dueUs: 87_500_000, attempt: 0 })] }));
  expect(screen.getByRole('region', { name: 'Half messages · 1 undecided · asked in 12 s' })).toBeTruthy();
  expect(screen.getByText('Consumers cannot see them: they stand in another topic.')).toBeTruthy();
  expect(screen.getByRole('option').getAttribute('aria-label')).toBe(
    'order-5 · half message · on disk · asked in 12 s',
  );
});

it('says how many timer messages wait in the wheel, and how many it has not read yet', () => {
  const timed = [parked(5, { dueUs: 87_500_000, attempt: 0 }), parked(6, { dueUs: 88_500_000, attempt: 0 })];
  show(laneOf('timer', '', { waiting: 2, ready: 1, parked: timed }));
  expect(screen.getByRole('region', { name: 'Timer messages · 2 waiting · next in 12 s' })).toBeTruthy();
  expect(screen.getByRole('heading', { name: 'rmq_sys_wheel_timer' })).toBeTruthy();
  expect(screen.getByText(/^1 not in the wheel yet · each in its slot of the wheel/)).toBeTruthy();
  expect(screen.getAllByRole('option')[0]?.getAttribute('aria-label')).toMatch(
    /^order-5 · delayed · .*due in 12 s/,
  );
});
