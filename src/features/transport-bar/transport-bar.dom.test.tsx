import { fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { UiRoot } from '../../ui/UiRoot';
import type { EntryView, Mark } from '../../worker/protocol';
import type { TransportCalls } from './calls';
import { TransportBar, type TransportData } from './TransportBar';

const SECOND = 1_000_000;

const kill: Mark = {
  id: 7,
  timeUs: 71.9 * SECOND,
  untilUs: 71.9 * SECOND,
  count: 1,
  beat: 'fault',
  type: 'host.power-lost',
  rule: 'EN-3',
  node: 2,
  message: -1,
  text: { en: 'broker-b:0 loses power.', zh: 'broker-b:0 断电。' },
};

const entry: EntryView = {
  id: 9,
  timeUs: 75.5 * SECOND,
  node: 3,
  type: 'send.attempt-avoiding',
  rule: 'PR-10',
  cause: 8,
  beat: 'hop',
  message: 1466,
  text: { en: 'P2 retries m-001466 on broker-a.', zh: 'P2 在 broker-a 上重试 m-001466。' },
};

const PAUSED: TransportData = {
  step: 18_204,
  nowUs: 75.5 * SECOND,
  over: false,
  playing: false,
  entry,
  next: [
    { timeUs: 75.5 * SECOND + 200, node: 4, peer: -1, type: 'consumer.pull-turn', what: '' },
    { timeUs: 75.6 * SECOND, node: 4, peer: 7, type: 'net.arrive', what: 'delivery' },
  ],
  nameOf: (node) => (node === 4 ? 'consumer-3' : undefined),
  pacing: 'story',
  rate: 1,
  rateReached: 0,
  headUs: 182.5 * SECOND,
  seed: 4217,
  marks: [kill],
  pending: false,
  undo: 1,
  redo: 0,
  disabled: false,
};

function show(data: Partial<TransportData> = {}) {
  const calls = {
    play: vi.fn(),
    pause: vi.fn(),
    step: vi.fn(),
    toStart: vi.fn(),
    toEnd: vi.fn(),
    seek: vi.fn(),
    setPacing: vi.fn(),
    setRate: vi.fn(),
    undo: vi.fn(),
    redo: vi.fn(),
    why: vi.fn(),
    openLog: vi.fn(),
  } satisfies TransportCalls;
  const bar = (changes: Partial<TransportData>) => (
    <UiRoot lang="en">
      <TransportBar data={{ ...PAUSED, ...data, ...changes }} calls={calls} />
    </UiRoot>
  );
  const { rerender } = render(bar({}));
  return { calls, change: (changes: Partial<TransportData>) => rerender(bar(changes)) };
}

const button = (name: string | RegExp) => screen.getByRole('button', { name });

describe('the buttons', () => {
  it('move the playhead by an event, by a beat, and to the start', () => {
    const { calls } = show();
    fireEvent.click(button('Step one event'));
    fireEvent.click(button('Step back one event'));
    fireEvent.click(button('Next beat'));
    fireEvent.click(button('Previous beat'));
    fireEvent.click(button('To the start'));
    expect(calls.step.mock.calls).toEqual([
      ['event', 1],
      ['event', -1],
      ['beat', 1],
      ['beat', -1],
    ]);
    expect(calls.toStart).toHaveBeenCalledOnce();
  });

  it('play what stands and pause what plays', () => {
    const { calls, change } = show();
    fireEvent.click(button('Play'));
    change({ playing: true });
    fireEvent.click(button('Pause'));
    expect([calls.play, calls.pause].map((call) => call.mock.calls.length)).toEqual([1, 1]);
  });

  it('take back only what was done', () => {
    const { calls } = show();
    fireEvent.click(button(/^Undo the last action/));
    expect(calls.undo).toHaveBeenCalledOnce();
    expect((button('No action to redo') as HTMLButtonElement).disabled).toBe(true);
  });
});

describe('the words', () => {
  it('tell the moment, what happened last and what comes next', async () => {
    show();
    expect(screen.getByTestId('clock').textContent).toBe('75.500');
    expect(screen.getByText('Event 18,204: P2 retries m-001466 on broker-a.')).toBeTruthy();
    expect(await screen.findByText('next in 0.2 ms: consumer-3 pulls again')).toBeTruthy();
    expect(screen.getByText('seed 4217')).toBeTruthy();
  });

  it('lead from what happened last to what led to it', () => {
    const { calls } = show();
    fireEvent.click(button(/^What led to this/));
    expect(calls.why).toHaveBeenCalledWith(9);
  });

  it('list the next events while the run stands, with their exact times', async () => {
    const { change } = show();
    await userEvent.click(await screen.findByRole('button', { name: 'Next events' }));
    const rows = within(screen.getByRole('table')).getAllByRole('row');
    expect(rows.map((row) => row.textContent)).toEqual([
      '75.500200 sin 0.2 msconsumer-3 pulls again',
      '75.600000 sin 100 msconsumer-3 receives pulled messages from another process',
    ]);
    change({ playing: true });
    expect(screen.queryByRole('button', { name: 'Next events' })).toBeNull();
  });

  it('give way to what the engine has to say', () => {
    show({ notice: 'broker-b:0 is down already.' });
    expect(screen.getByText('broker-b:0 is down already.')).toBeTruthy();
    expect(screen.queryByText(/^Event/)).toBeNull();
  });

  it('say when nothing is left to happen', () => {
    show({ over: true, next: [] });
    expect(screen.getByText('Nothing is left to happen in this run.')).toBeTruthy();
  });
});

describe('the speed', () => {
  it('is chosen on a scale of its own for each pacing', () => {
    const { calls, change } = show();
    const slider = screen.getByRole('slider', { name: 'Speed' });
    expect(slider.getAttribute('aria-valuetext')).toBe('1×');
    fireEvent.keyDown(slider, { key: 'End' });
    expect(calls.setRate).toHaveBeenLastCalledWith(4);
    change({ pacing: 'clock', rate: 10 });
    fireEvent.keyDown(screen.getByRole('slider', { name: 'Speed' }), { key: 'End' });
    expect(calls.setRate).toHaveBeenLastCalledWith(1000);
    fireEvent.click(screen.getByRole('radio', { name: 'Story' }));
    expect(calls.setPacing).toHaveBeenCalledWith('story');
  });

  it('says what is reached when that is less', () => {
    const { change } = show({ pacing: 'clock', rate: 1000, rateReached: 240, playing: true });
    expect(screen.getByText('reached 240×')).toBeTruthy();
    change({ rateReached: 980 });
    expect(screen.queryByText(/reached/)).toBeNull();
  });
});

describe('the line', () => {
  it('names what happened and when', () => {
    show();
    expect(screen.getAllByText('71.900 power loss').length).toBeGreaterThan(0);
  });

  it('goes where it is dragged, and holds still meanwhile', () => {
    const { calls, change } = show({ pacing: 'clock', headUs: 100 * SECOND, nowUs: 10 * SECOND, marks: [] });
    const line = screen.getByRole('slider', { name: 'Timeline' });
    fireEvent.pointerDown(line, { button: 0, clientX: 708 });
    expect(calls.seek).toHaveBeenLastCalledWith(50 * SECOND);
    // The run is known further now: the line would be another one, were it not held.
    change({ pacing: 'clock', headUs: 200 * SECOND, nowUs: 50 * SECOND, marks: [] });
    fireEvent.pointerMove(line, { clientX: 354 });
    expect(calls.seek).toHaveBeenLastCalledWith(25 * SECOND);
    fireEvent.pointerUp(line, { clientX: 354 });
    fireEvent.pointerDown(line, { button: 0, clientX: 354 });
    expect(calls.seek).toHaveBeenLastCalledWith(50 * SECOND);
  });

  it('goes to the exact moment of a mark that is picked, and tells what led to it', () => {
    const { calls } = show({ pacing: 'clock', headUs: 143.8 * SECOND, nowUs: 0 });
    fireEvent.pointerDown(screen.getByRole('slider', { name: 'Timeline' }), { button: 0, clientX: 711 });
    expect(calls.seek).toHaveBeenCalledWith(71.9 * SECOND);
    expect(calls.why).toHaveBeenCalledWith(7);
  });

  it('steps with the arrows', () => {
    const { calls } = show();
    const line = screen.getByRole('slider', { name: 'Timeline' });
    fireEvent.keyDown(line, { key: 'ArrowLeft', shiftKey: true });
    fireEvent.keyDown(line, { key: 'End' });
    expect(calls.step).toHaveBeenCalledWith('beat', -1);
    expect(calls.toEnd).toHaveBeenCalledOnce();
  });
});
