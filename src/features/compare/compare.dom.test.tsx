import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { compareVersions, type VersionsCompared } from '../../engine/comparison/versions';
import { parseScenario } from '../../engine/scenario/parse';
import { setLang } from '../../i18n/area';
import { UiRoot } from '../../ui/UiRoot';
import type { FromComparer } from '../../worker/comparing';
import { CompareSheet, type CompareSheetProps } from './CompareSheet';
import { type BeginComparison, useComparison } from './use-comparison';

const FILE = {
  format: 'mq-playground/scenario@1',
  product: 'rocketmq',
  title: { en: 'Two copies', zh: '两份副本' },
  nameservers: [{ id: 'ns-1' }],
  brokers: [
    { id: 'broker-a:0', brokerName: 'broker-a', brokerId: 0, config: { brokerRole: 'SYNC_MASTER' } },
    { id: 'broker-a:1', brokerName: 'broker-a', brokerId: 1, config: { brokerRole: 'SLAVE' } },
  ],
  topics: [{ name: 'Orders', queues: 1 }],
  producers: [{ id: 'p', group: 'senders', topic: 'Orders', ratePerSecond: 20, timerDelayMs: 1 }],
  actions: [{ at: '1s', do: 'kill', target: 'broker-a:1', failure: 'process' }],
};

let compared: VersionsCompared;
beforeAll(() => {
  const parsed = parseScenario(FILE);
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  const { scenario } = parsed;
  const { actions } = scenario;
  const timesUs = actions.map(({ atUs }) => atUs ?? undefined);
  const work = compareVersions({ scenario, actions, timesUs, version: '4.9', untilUs: 4_000_000 });
  for (let step = work.next(); ; step = work.next()) {
    if (!step.done) continue;
    compared = step.value;
    break;
  }
});

function open(props: Partial<CompareSheetProps> = {}, lang: 'en' | 'zh' = 'en') {
  act(() => setLang(lang));
  const calls = {
    onOpenChange: vi.fn(),
    onAgain: vi.fn(),
    onCancel: vi.fn(),
    copy: vi.fn(async () => undefined),
  };
  render(
    <UiRoot lang={lang}>
      <CompareSheet
        open
        compared={compared}
        progress={null}
        problem={null}
        nowUs={4_000_000}
        {...calls}
        {...props}
      />
    </UiRoot>,
  );
  return calls;
}

const table = () => within(screen.getByRole('table'));
const cells = (name: RegExp) => within(table().getByRole('row', { name })).getAllByRole('cell');

describe('two versions side by side', () => {
  it('shows what differs, by how much and which change may be behind it; the rest is folded until asked for', () => {
    open();
    const [first, second, difference, behind] = cells(/^SLAVE_NOT_AVAILABLE /);
    expect(first?.textContent).toBe('0');
    expect(Number(second?.textContent)).toBeGreaterThan(50);
    expect(difference?.textContent).toBe(`+${second?.textContent}`);
    expect(behind?.textContent?.trim()).toBe('HA-7 HA-9');
    expect(table().queryByRole('row', { name: /^ledger balanced/ })).toBeNull();
    fireEvent.click(screen.getByRole('switch', { name: 'Only differences' }));
    expect(cells(/^ledger balanced/).map(({ textContent }) => textContent)).toEqual(['yes', 'yes', '=', '']);
  });

  it('opens what both versions do, and the rules', async () => {
    open();
    const row = table().getByRole('row', { name: /^SLAVE_NOT_AVAILABLE / });
    fireEvent.click(within(row).getByRole('button', { name: 'HA-7 HA-9' }));
    const told = within(await screen.findByRole('dialog', { name: 'What a SYNC_MASTER waits for' }));
    expect(told.getByText('one slave; without any: SLAVE_NOT_AVAILABLE')).toBeTruthy();
    await waitFor(() => expect(told.getByText(/HAService#isSlaveOK/)).toBeTruthy());
  });

  it('says what was left out, and which defaults differ', () => {
    open({}, 'zh');
    expect(screen.getByText('为在 4.9 中运行而略去')).toBeTruthy();
    expect(screen.getByText('timerDelayMs')).toBeTruthy();
    const key = screen.getByText('scanNotActiveBrokerInterval').closest('li') as HTMLElement;
    expect(key.textContent).toContain('没有此项；行为相当于 10000');
  });

  it('says so when both give the same report, and shows it', () => {
    open({ compared: { ...compared, rows: compared.rows.filter(({ equal }) => equal) } });
    expect(screen.getByText('Both versions give the same report.')).toBeTruthy();
    expect(cells(/^ledger balanced/)).toHaveLength(4);
    expect(screen.getByRole<HTMLButtonElement>('switch').disabled).toBe(true);
  });

  it('copies the table as it is shown, and both reports', async () => {
    const { copy } = open();
    fireEvent.click(screen.getByRole('button', { name: 'Copy as Markdown' }));
    expect(copy).toHaveBeenLastCalledWith(expect.stringMatching(/^# Two copies\n[\s\S]*SLAVE_NOT_AVAILABLE/));
    expect(copy).not.toHaveBeenLastCalledWith(expect.stringContaining('ledger balanced'));
    fireEvent.click(screen.getByRole('button', { name: 'Copy both reports' }));
    expect(copy).toHaveBeenLastCalledWith(JSON.stringify(compared.reports, null, 2));
    await waitFor(() => expect(screen.getAllByText('Copied.').length).toBeGreaterThan(0));
  });

  it('offers to compare again once the run is elsewhere, and closes with Escape', () => {
    const { onAgain, onOpenChange } = open({ nowUs: 9_500_000 });
    fireEvent.click(screen.getByRole('button', { name: 'Compare at 9.500 s' }));
    expect(onAgain).toHaveBeenCalled();
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Escape' });
    expect(onOpenChange).toHaveBeenCalledWith(false);
  });
});

describe('a comparison under way', () => {
  afterEach(() => vi.useRealTimers());

  it('shows how far it is when it takes longer than a second, and can be cancelled', () => {
    vi.useFakeTimers();
    const { onCancel } = open({ compared: null, progress: 0.42 });
    expect(screen.queryByRole('progressbar')).toBeNull();
    act(() => void vi.advanceTimersByTime(1_100));
    expect(screen.getByRole('progressbar').getAttribute('value')).toBe('0.42');
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(onCancel).toHaveBeenCalled();
  });

  it('hears only of the one that was asked for last, and ends what it leaves', async () => {
    const begun: { hear: (update: FromComparer) => void; ended: boolean }[] = [];
    const begin: BeginComparison = async (hear) => {
      const mine = { hear, ended: false };
      begun.push(mine);
      return () => {
        mine.ended = true;
      };
    };
    const seen: { current?: ReturnType<typeof useComparison> } = {};
    function Probe() {
      seen.current = useComparison(begin);
      return null;
    }
    const { unmount } = render(<Probe />);
    await act(async () => seen.current?.start());
    act(() => begun[0]?.hear({ type: 'compared', compared }));
    expect(seen.current).toMatchObject({ compared: null, progress: 0 });
    expect(begun.map(({ ended }) => ended)).toEqual([true, false]);
    act(() => begun[1]?.hear({ type: 'progress', share: 0.5 }));
    expect(seen.current?.progress).toBe(0.5);
    act(() => seen.current?.cancel());
    expect(begun[1]?.ended).toBe(true);
    expect(seen.current).toMatchObject({ progress: null, problem: { kind: 'cancelled' } });
    await act(async () => seen.current?.start());
    act(() => begun[2]?.hear({ type: 'incomparable', reason: 'broken' }));
    expect(seen.current?.problem).toEqual({ kind: 'failed', reason: 'broken' });
    await act(async () => seen.current?.start());
    unmount();
    expect(begun[3]?.ended).toBe(true);
  });
});
