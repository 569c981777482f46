import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { catalog } from '../../content/scenarios/catalog';
import type { Problem } from '../../engine/scenario/problem';
import { setLang } from '../../i18n/area';
import { UiRoot } from '../../ui/UiRoot';
import { ScenarioDrawer, type ScenarioDrawerProps } from './ScenarioDrawer';
import { ScenarioHead } from './ScenarioHead';

const PROBLEM: Problem = {
  path: 'brokers[1].config.flushDiskType',
  found: '"SYNC"',
  expected: '"ASYNC_FLUSH", "SYNC_FLUSH"',
  remedy: 'Did you mean "SYNC_FLUSH"?',
  zh: { found: '"SYNC"', expected: '"ASYNC_FLUSH"、"SYNC_FLUSH"', remedy: '是不是 "SYNC_FLUSH"？' },
  message: { en: 'At brokers[1] …', zh: 'brokers[1] …' },
};

function open(props: Partial<ScenarioDrawerProps> = {}, lang: 'en' | 'zh' = 'en') {
  const calls = {
    onOpenChange: vi.fn(),
    onBuiltIn: vi.fn(),
    onFile: vi.fn(),
    onBuild: vi.fn(),
    onExport: vi.fn(),
    onUndo: vi.fn(),
    onReset: vi.fn(),
    onVersion: vi.fn(),
    onCompare: vi.fn(),
  };
  render(
    <UiRoot lang={lang}>
      <ScenarioDrawer
        open
        current="slow-disk"
        undo={0}
        bytesMax={100}
        problem={null}
        notes={[]}
        version="5.3"
        leftOut={[]}
        {...calls}
        {...props}
      />
    </UiRoot>,
  );
  return calls;
}

const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });

describe('the list of scenarios', () => {
  it('has every built-in one with its sentence and what to do first, and loads it', () => {
    const { onBuiltIn } = open();
    const items = screen.getAllByRole('listitem');
    expect(items).toHaveLength(catalog.length);
    const first = within(items[catalog.findIndex(({ id }) => id === 'power-loss-async')] as HTMLElement);
    expect(first.getByText(/shows how much was only in the page cache/)).toBeTruthy();
    expect(first.getByText(/Cut the power of broker-a/)).toBeTruthy();
    fireEvent.click(first.getByRole('button', { name: 'Load: Power loss under ASYNC_FLUSH' }));
    expect(onBuiltIn).toHaveBeenCalledWith('power-loss-async');
  });

  it('stands by chapters, in the order of the lessons', () => {
    open();
    const chapter = screen.getByRole('region', { name: 'Storage and flush' });
    expect(within(chapter).getByRole('button', { name: 'Load: Power loss under SYNC_FLUSH' })).toBeTruthy();
    const numbers = screen
      .getAllByRole('heading', { level: 4 })
      .map((heading) => heading.textContent?.slice(0, 2));
    expect(numbers).toEqual(catalog.map((_, i) => String(i + 1).padStart(2, '0')));
  });

  it('says which one runs', () => {
    open();
    const running = screen.getAllByRole('listitem').filter((item) => item.dataset.running);
    expect(running).toHaveLength(1);
    expect(running[0]?.textContent).toContain('running');
  });
});

describe('the version', () => {
  it('is switched for the whole scenario', async () => {
    const { onVersion } = open();
    const choice = within(screen.getByRole('radiogroup', { name: 'Version' }));
    expect(choice.getByRole('radio', { name: 'RocketMQ 5.3', checked: true })).toBeTruthy();
    await userEvent.click(choice.getByRole('radio', { name: 'RocketMQ 4.9' }));
    expect(onVersion).toHaveBeenCalledWith('4.9');
  });

  it('says what it has not, in both languages', () => {
    const pop = { of: 'billing-1', what: 'protocol' };
    open({ version: '4.9', leftOut: [pop] });
    expect(screen.getByText('4.9 has not 1 part of it:')).toBeTruthy();
    expect(screen.getByText('protocol').parentElement?.textContent).toBe('billing-1 protocol');
    cleanup();
    setLang('zh');
    open({ version: '4.9', leftOut: [pop] }, 'zh');
    expect(screen.getByText('4.9 没有以下 1 项：')).toBeTruthy();
    cleanup();
    setLang('en');
  });
});

describe('a new cluster', () => {
  async function choose(label: string, option: string) {
    await userEvent.click(screen.getByRole('combobox', { name: label }));
    await userEvent.click(screen.getByRole('option', { name: option }));
  }

  it('is built of what is chosen, with Controllers where they are wanted', async () => {
    const { onBuild } = open();
    await userEvent.click(button('Build a cluster'));
    expect(screen.queryByRole('combobox', { name: 'Controllers' })).toBeNull();
    await choose('replication', 'Controller');
    expect(screen.getByText(/elect another master out of the SyncStateSet/)).toBeTruthy();
    await choose('Controllers', '1');
    await choose('consumers', '0');
    await userEvent.click(button('Build and run'));
    const file = JSON.parse(onBuild.mock.calls[0]?.[0]);
    expect(file.controllers).toEqual([{ id: 'controller-1' }]);
    expect(file.brokers).toHaveLength(3);
    expect(file.consumers).toEqual([]);
    expect(file.title.en).toBe('My cluster: Controller');
  });

  it('of 4.9 offers no Controller', async () => {
    open({ version: '4.9' });
    await userEvent.click(button('Build a cluster'));
    await userEvent.click(screen.getByRole('combobox', { name: 'replication' }));
    expect(screen.getByRole('option', { name: /^Controller/ }).hasAttribute('data-disabled')).toBe(true);
  });
});

describe('a file of one’s own', () => {
  it('is taken as pasted text or from the disk', async () => {
    const { onFile } = open();
    await userEvent.click(button('Paste a scenario'));
    expect(button('Load the text').disabled).toBe(true);
    await userEvent.click(screen.getByRole('textbox', { name: 'The text of a scenario file' }));
    await userEvent.paste('{"seed": 7}');
    await userEvent.click(button('Load the text'));
    expect(onFile).toHaveBeenLastCalledWith('{"seed": 7}');
    const input = document.querySelector<HTMLInputElement>('input[type="file"]') as HTMLInputElement;
    await userEvent.upload(input, new File(['{"seed": 8}'], 'run.json', { type: 'application/json' }));
    expect(onFile).toHaveBeenLastCalledWith('{"seed": 8}');
  });

  it('is not even read when it is too large', async () => {
    const { onFile } = open();
    const input = document.querySelector<HTMLInputElement>('input[type="file"]') as HTMLInputElement;
    await userEvent.upload(input, new File(['x'.repeat(101)], 'run.json', { type: 'application/json' }));
    expect(screen.getByRole('status').textContent).toBe('The file has 101 B; at most 100 B are read.');
    expect(onFile).not.toHaveBeenCalled();
  });

  it('that was refused is told part by part', () => {
    open({ problem: PROBLEM });
    const parts = within(screen.getByRole('alert')).getAllByRole('definition');
    expect(parts.map((part) => part.textContent)).toEqual([
      'brokers[1].config.flushDiskType',
      '"SYNC"',
      '"ASYNC_FLUSH", "SYNC_FLUSH"',
      'Did you mean "SYNC_FLUSH"?',
    ]);
  });

  it('that was refused is told in the language of the page alone', () => {
    setLang('zh');
    open({ problem: PROBLEM }, 'zh');
    const parts = within(screen.getByRole('alert')).getAllByRole('definition');
    expect(parts.map((part) => part.textContent)).toEqual([
      'brokers[1].config.flushDiskType',
      '"SYNC"',
      '"ASYNC_FLUSH"、"SYNC_FLUSH"',
      '是不是 "SYNC_FLUSH"？',
    ]);
    cleanup();
    setLang('en');
  });
});

it('tells what the real product makes of the scenario', () => {
  const message = { en: 'SYNC_MASTER waits for nobody.', zh: 'SYNC_MASTER 谁也不等。' };
  open({ notes: [{ path: 'brokers[0].config', rule: 'HA-7', message }] });
  expect(screen.getByText(/^SYNC_MASTER waits/).textContent).toBe('SYNC_MASTER waits for nobody. HA-7');
});

describe('the run', () => {
  it('can be taken out and begun again; undone only what was done', () => {
    const { onExport, onReset } = open();
    fireEvent.click(button('Download'));
    fireEvent.click(button('Reset'));
    expect([onExport, onReset].map((call) => call.mock.calls.length)).toEqual([1, 1]);
    expect(button('Undo').disabled).toBe(true);
  });
});

describe('the head', () => {
  const title = { en: 'Power loss', zh: '断电' };
  const head = (props: Partial<Parameters<typeof ScenarioHead>[0]>) =>
    render(
      <UiRoot lang="en">
        <ScenarioHead title={title} preset={2} actions={0} first={null} onChoose={() => {}} {...props} />
      </UiRoot>,
    );

  it('says where the scenario comes from and how much was done to it', () => {
    head({ actions: 3 });
    expect(screen.getByText('built-in 02 · 3 actions')).toBeTruthy();
  });

  it('does the first action at a click, or hides it', () => {
    const first = { text: { en: 'Cut it.', zh: '断。' }, run: vi.fn(), hide: vi.fn() };
    head({ first, preset: null });
    expect(screen.getByText('own scenario · no action yet')).toBeTruthy();
    fireEvent.click(button('Do it'));
    fireEvent.click(button('Hide this suggestion'));
    expect([first.run, first.hide].map((call) => call.mock.calls.length)).toEqual([1, 1]);
  });
});
