import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type ReactElement, useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { MessageGlyph } from './glyph/MessageGlyph';
import { NumberField } from './kit/NumberField';
import { Segmented } from './kit/Segmented';
import { Slider } from './kit/Slider';
import { VerdictChip } from './kit/VerdictChip';
import { CommitLogStrip, type CommitLogStripProps } from './log-strip/CommitLogStrip';
import { QueueLane } from './queue-lane/QueueLane';
import { Timeline, type TimelineProps } from './timeline/Timeline';
import { UiRoot } from './UiRoot';

afterEach(cleanup);

const show = (part: ReactElement, lang: 'en' | 'zh' = 'en') => render(<UiRoot lang={lang}>{part}</UiRoot>);

describe('Segmented', () => {
  function Flush() {
    const [value, setValue] = useState<'ASYNC' | 'SYNC' | 'NONE'>('ASYNC');
    const options = (['ASYNC', 'SYNC', 'NONE'] as const).map((name) => ({
      value: name,
      label: name,
      disabled: name === 'NONE',
    }));
    return <Segmented label="flushDiskType" options={options} value={value} onChange={setValue} />;
  }

  it('is one tab stop, and the arrows choose and pass over what is disabled', async () => {
    const user = userEvent.setup();
    show(<Flush />);
    await user.tab();
    expect(document.activeElement).toBe(screen.getByRole('radio', { name: 'ASYNC' }));
    await user.keyboard('{ArrowRight}');
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'SYNC' }).checked).toBe(true);
    await user.keyboard('{ArrowRight}');
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'ASYNC' }).checked).toBe(true);
    await user.tab();
    expect(screen.getByRole('radiogroup').contains(document.activeElement)).toBe(false);
  });
});

describe('Slider', () => {
  it('goes a step with the arrows and says the value with its unit', async () => {
    const user = userEvent.setup();
    const onChange = vi.fn();
    show(
      <Slider
        label="rate"
        min={0}
        max={100}
        step={5}
        value={40}
        onChange={onChange}
        format={(value) => `${value} msg/s`}
      />,
    );
    const thumb = screen.getByRole('slider', { name: 'rate' });
    expect(thumb.getAttribute('aria-valuetext')).toBe('40 msg/s');
    thumb.focus();
    await user.keyboard('{ArrowRight}');
    expect(onChange).toHaveBeenLastCalledWith(45);
    await user.keyboard('{End}');
    expect(onChange).toHaveBeenLastCalledWith(100);
  });
});

describe('NumberField', () => {
  const field = (onChange: (value: number) => void) =>
    show(<NumberField label="delay" unit="ms" value={150} min={0} max={1000} onChange={onChange} />);

  it('takes a number on Enter, within its bounds', async () => {
    const user = userEvent.setup();
    const onChange = vi.fn();
    field(onChange);
    const input = screen.getByRole('textbox', { name: 'delay (ms)' });
    await user.clear(input);
    await user.type(input, '1,200{Enter}');
    expect(onChange.mock.calls).toEqual([[1000]]);
  });

  it('does not take what is no number, and Esc puts the old one back', async () => {
    const user = userEvent.setup();
    const onChange = vi.fn();
    field(onChange);
    const input = screen.getByRole<HTMLInputElement>('textbox');
    await user.clear(input);
    await user.type(input, '12x');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    await user.keyboard('{Escape}');
    expect(input.value).toBe('150');
    await user.type(input, 'abc');
    await user.tab();
    expect(input.value).toBe('150');
    expect(onChange).not.toHaveBeenCalled();
  });

  it('counts up with the arrow, ten at a time with Shift', async () => {
    const user = userEvent.setup();
    const onChange = vi.fn();
    field(onChange);
    screen.getByRole('textbox').focus();
    await user.keyboard('{ArrowUp}{Shift>}{ArrowDown}{/Shift}');
    expect(onChange.mock.calls).toEqual([[151], [140]]);
  });
});

const STRIP: CommitLogStripProps = {
  columns: Array.from({ length: 26 }, (_, i) => ({
    mem: i < 19 ? 'calm' : 'volatile',
    disk: i < 19,
    slave: i < 25,
  })),
  appendedBytes: 1_832_488,
  flushedBytes: 1_824_060,
  replicatedBytes: 1_831_284,
  undurableCount: 7,
  slaveOnlyCount: 0,
  lostCount: 0,
};

describe('CommitLogStrip', () => {
  it('writes the numbers it was given, and says the same to screen readers', () => {
    show(<CommitLogStrip {...STRIP} />);
    for (const text of ['1,832,488', '1,824,060', '1,831,284', '7 not flushed']) screen.getByText(text);
    const name = screen.getByRole('img').getAttribute('aria-label');
    expect(name).toBe(
      'CommitLog: page cache 1,832,488 bytes · disk 1,824,060 bytes · slave 1,831,284 bytes · 7 not flushed',
    );
  });

  it('fills what comes about, and nothing when its columns come to stand for something else', () => {
    const strip = (parts: Partial<CommitLogStripProps>) => (
      <UiRoot lang="en">
        <CommitLogStrip {...STRIP} {...parts} />
      </UiRoot>
    );
    const { rerender } = render(strip({ columns: STRIP.columns.slice(0, 20) }));
    const drawing = screen.getByRole('img');
    const seen = new MutationObserver(() => {});
    seen.observe(drawing, { attributes: true, attributeFilter: ['data-live'] });
    expect(drawing.hasAttribute('data-live')).toBe(true);
    rerender(strip({}));
    expect(seen.takeRecords()).toEqual([]);
    rerender(strip({ messagesPerColumn: 2, columns: STRIP.columns.slice(0, 13) }));
    // It was off while the columns of the new scale were put in.
    expect(seen.takeRecords().length).toBeGreaterThan(1);
    expect(drawing.hasAttribute('data-live')).toBe(true);
  });

  it('after a power loss shows the page cache as wiped and names what is left and what is lost', () => {
    const columns = STRIP.columns.map((_, i) => ({ disk: i < 15, slave: i < 23, lost: i >= 23 }));
    show(
      <CommitLogStrip
        {...STRIP}
        columns={columns}
        undurableCount={0}
        slaveOnlyCount={8}
        lostCount={3}
        dead="power"
      />,
      'zh',
    );
    screen.getByText('已清空');
    screen.getByText('8 条仅在从节点');
    screen.getByText('丢失 3 条');
    expect(screen.queryByText('1,832,488')).toBeNull();
  });

  it('says what a column stands for when it is more than one message', () => {
    show(<CommitLogStrip {...STRIP} messagesPerColumn={8} undurableCount={56} />);
    screen.getByText('1 column = 8 messages');
    screen.getByText('56 not flushed');
  });

  it('lets the keyboard pick a column', async () => {
    const user = userEvent.setup();
    const onPick = vi.fn();
    show(<CommitLogStrip {...STRIP} onPickColumn={onPick} />);
    await user.tab();
    await user.keyboard('{ArrowLeft}{Enter}{Home}{Enter}');
    expect(onPick.mock.calls).toEqual([[24], [0]]);
  });
});

describe('QueueLane', () => {
  it('says who has the lock of an ordered queue and for how long, or that nobody has', () => {
    const lane = (lock: { holder?: string; leftUs: number; limitUs: number }) => (
      <QueueLane name="q0" min={0} max={9} groups={[{ label: 'C1', ordinal: 1, committed: 9, lock }]} />
    );
    show(lane({ holder: 'C2', leftUs: 42_000_000, limitUs: 60_000_000 }));
    expect(screen.getByRole('img', { name: /locked by C2, 42 s left/ })).toBeTruthy();
    cleanup();
    show(lane({ leftUs: 0, limitUs: 60_000_000 }));
    expect(screen.getByRole('img', { name: /not locked/ })).toBeTruthy();
  });

  it('shows an empty queue as a line with words', () => {
    show(<QueueLane name="q0" min={0} max={0} groups={[{ label: 'C1', ordinal: 1, committed: 0 }]} />);
    screen.getByText('no messages yet');
  });

  it('has a row for each group that reads it, however many', () => {
    const groups = ['C1', 'C2', 'C3'].map((label, i) => ({ label, ordinal: i + 1, committed: 90 + i }));
    show(<QueueLane name="q0" min={0} max={100} groups={groups} />);
    const lane = screen.getByRole('img', { name: /^q0 · C1 .* · C2 .* · C3 .*/ });
    expect(lane.getAttribute('height')).toBe('39');
    const heights = ['C1', 'C2', 'C3'].map((label) => Number(screen.getByText(label).getAttribute('y')));
    expect(heights).toEqual([9.6, 22.6, 35.6]);
    expect(['10', '9', '8'].map((lag) => screen.getByText(lag).textContent)).toEqual(['10', '9', '8']);
  });

  it('gives each unread message a place that can be picked by its offset', async () => {
    const user = userEvent.setup();
    const onPick = vi.fn();
    show(
      <QueueLane
        name="q0"
        min={0}
        max={352}
        groups={[{ label: 'C2', ordinal: 2, committed: 341 }]}
        lostOffsets={[351]}
        onPickOffset={onPick}
      />,
    );
    await user.click(screen.getByRole('option', { name: 'q0 351 · lost' }));
    expect(onPick).toHaveBeenCalledWith(351);
    expect(screen.getAllByRole('option')).toHaveLength(11);
    screen.getByText('11');
  });
});

describe('Timeline', () => {
  const onScrub = vi.fn();
  const onStep = vi.fn();
  const onPickMark = vi.fn();
  const timeline = (more: Partial<TimelineProps> = {}) =>
    show(
      <Timeline
        marks={[{ id: 'kill', kind: 'kill', label: '71.900 power loss', atUs: 71_900_000, x: 0.5 }]}
        folds={[{ id: 'fold', fromX: 0.7, toX: 0.8, durationUs: 118_000_000 }]}
        playheadX={0.6}
        atUs={75_500_000}
        range={{ fromUs: 0, toUs: 182_500_000 }}
        widthPx={1000}
        onScrub={onScrub}
        onStep={onStep}
        onPickMark={onPickMark}
        {...more}
      />,
    );
  afterEach(() => vi.clearAllMocks());

  it('scrubs while the pointer is down, and only then', () => {
    timeline();
    const slider = screen.getByRole('slider');
    fireEvent.pointerMove(slider, { clientX: 100 });
    fireEvent.pointerDown(slider, { clientX: 200, button: 0 });
    fireEvent.pointerMove(slider, { clientX: 300 });
    fireEvent.pointerUp(slider, { clientX: 1300 });
    fireEvent.pointerMove(slider, { clientX: 400 });
    expect(onScrub.mock.calls).toEqual([
      [0.2, 'start'],
      [0.3, 'move'],
      [1, 'end'],
    ]);
  });

  it('goes to the exact moment of a mark that is clicked', () => {
    timeline();
    fireEvent.pointerDown(screen.getByRole('slider'), { clientX: 505, button: 0 });
    expect(onPickMark).toHaveBeenCalledWith('kill');
    expect(onScrub).not.toHaveBeenCalled();
  });

  it('steps with the keys and keeps them from the rest of the page', async () => {
    const user = userEvent.setup();
    const onWindowKey = vi.fn();
    window.addEventListener('keydown', onWindowKey);
    timeline();
    await user.tab();
    await user.keyboard('{ArrowRight}{Shift>}{ArrowLeft}{/Shift}{Home}');
    expect(onStep.mock.calls.flat()).toEqual(['event', 'beat-back', 'start']);
    const heard = onWindowKey.mock.calls.map(([event]) => (event as KeyboardEvent).key);
    expect(heard.filter((key) => key.startsWith('Arrow'))).toEqual([]);
    window.removeEventListener('keydown', onWindowKey);
  });

  it('says the time and the fold in the language of the page', () => {
    timeline();
    expect(screen.getByRole('slider').getAttribute('aria-valuetext')).toBe('75.500 s');
    screen.getByText('75.500');
    cleanup();
    show(
      <Timeline
        marks={[]}
        folds={[{ id: 'fold', fromX: 0.2, toX: 0.4, durationUs: 118_000_000 }]}
        playheadX={0.1}
        atUs={0}
        range={{ fromUs: 0, toUs: 1 }}
        widthPx={1000}
        onScrub={onScrub}
        onStep={onStep}
      />,
      'zh',
    );
    screen.getAllByText('⋯ 118 s 后');
  });
});

it('names a glyph in words, unless a word beside it does', () => {
  const { rerender } = show(<MessageGlyph state={{ mem: 'volatile', retry: 2 }} />);
  expect(screen.getByRole('img').getAttribute('aria-label')).toBe('retry 2 · page cache only');
  screen.getByText('#2');
  rerender(
    <UiRoot lang="en">
      <MessageGlyph state={{ lost: true }} label={null} />
    </UiRoot>,
  );
  expect(screen.queryByRole('img')).toBeNull();
});

it('leads from a verdict to what it counted', async () => {
  const user = userEvent.setup();
  const onClick = vi.fn();
  show(<VerdictChip icon="lost" label="acknowledged & lost" count={3} tone="lost" onClick={onClick} />);
  await user.click(screen.getByRole('button', { name: 'acknowledged & lost 3' }));
  expect(onClick).toHaveBeenCalledOnce();
});
