import { act, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { KEY_MAP } from '../../i18n/areas/keys';
import { defaultSettings } from '../../state/settings';
import { UiRoot } from '../../ui/UiRoot';
import HelpDrawer, { type HelpTab } from './HelpDrawer';
import { Hint } from './Hint';
import { useHiddenHints } from './hidden-hints';
import Palette, { type PaletteProps } from './Palette';

function openHelp(tab: HelpTab, settings = defaultSettings(['en'])) {
  const calls = { onTab: vi.fn(), onSettings: vi.fn(), onHintsAgain: vi.fn() };
  render(
    <UiRoot lang="en">
      <HelpDrawer tab={tab} keyRows={KEY_MAP.inPlayground} settings={settings} {...calls} />
    </UiRoot>,
  );
  return calls;
}

const keysOf = (row: HTMLElement) => within(row).queryAllByText(/./, { selector: 'kbd' });

describe('the list of keys', () => {
  it('has a row for each, with what it does', () => {
    openHelp('keys');
    const row = screen.getByRole('row', { name: /kill -9 on the selected node/ });
    expect(keysOf(row).map((key) => key.textContent)).toEqual(['Shift', 'K']);
  });

  it('leaves out the keys that are switched off', () => {
    openHelp('keys', { ...defaultSettings(['en']), singleKeys: false });
    const caps = screen.getAllByRole('row').flatMap((row) => keysOf(row).map((key) => key.textContent));
    expect(caps).toContain('Space');
    expect(caps).toContain('Ctrl');
    expect(caps.filter((cap) => ['K', '?', '[', '0', '1'].includes(cap ?? ''))).toEqual([]);
  });
});

describe('the settings', () => {
  it('change one thing at a time, at once', () => {
    const { onSettings, onHintsAgain } = openHelp('settings');
    fireEvent.click(screen.getByRole('radio', { name: 'dark' }));
    fireEvent.click(screen.getByRole('radio', { name: 'reduced' }));
    fireEvent.click(screen.getByRole('radio', { name: '中文' }));
    fireEvent.click(screen.getByRole('switch', { name: 'Single-letter keys' }));
    expect(onSettings.mock.calls).toEqual([
      [{ theme: 'dark' }],
      [{ motion: 'reduced' }],
      [{ lang: 'zh' }],
      [{ singleKeys: false }],
    ]);
    fireEvent.click(screen.getByRole('button', { name: 'Show the hints again' }));
    expect(onHintsAgain).toHaveBeenCalledOnce();
  });
});

it('explains the terms where they are asked for', () => {
  openHelp('glossary');
  const [term] = screen.getAllByRole('term').filter((each) => each.textContent === 'page cache');
  expect(term?.nextElementSibling?.textContent).toContain('not a power loss');
});

it('names every state of a message beside its drawing', () => {
  openHelp('legend');
  for (const state of ['in flight', 'page cache only', 'disk and slave', 'slave only']) {
    expect(screen.getByText(state)).toBeTruthy();
  }
});

describe('the hints', () => {
  it('are gone for good once they are hidden, until they are asked for again', () => {
    const { hide, forget } = useHiddenHints.getState();
    act(() => hide('kill'));
    expect(useHiddenHints.getState().hidden).toEqual(['kill']);
    expect(JSON.parse(localStorage.getItem('mq-playground/hints') ?? '')).toEqual(['kill']);
    act(() => forget());
    expect(useHiddenHints.getState().hidden).toEqual([]);
  });

  it('can be hidden with one click', () => {
    const onHide = vi.fn();
    render(
      <UiRoot lang="en">
        <Hint onHide={onHide}>Press K</Hint>
      </UiRoot>,
    );
    fireEvent.click(screen.getByRole('button', { name: 'Hide this hint' }));
    expect(onHide).toHaveBeenCalledOnce();
  });
});

describe('the palette', () => {
  function open() {
    const calls = {
      onOpenChange: vi.fn(),
      onMessage: vi.fn(),
      onMoment: vi.fn(),
      restart: vi.fn(),
      inspect: vi.fn(),
    };
    const props: PaletteProps = {
      ...calls,
      open: true,
      commands: [
        {
          id: 'heal',
          label: '重启或恢复选中项',
          also: ['restart or heal the selection'],
          run: calls.restart,
        },
      ],
      scenarios: [],
      nodes: [{ id: 'broker-a:0', label: 'broker-a:0', run: calls.inspect }],
      find: async () => [{ message: 12, name: 'm-000012', key: 'order-7' }],
    };
    render(
      <UiRoot lang="en">
        <Palette {...props} />
      </UiRoot>,
    );
    return calls;
  }
  const type = (text: string) => userEvent.type(screen.getByRole('combobox'), text);

  it('finds a command by its name in either language, does it and closes', async () => {
    const calls = open();
    await type('restart{Enter}');
    expect(calls.restart).toHaveBeenCalledOnce();
    expect(calls.onOpenChange).toHaveBeenCalledWith(false);
  });

  it('goes to a moment that is typed', async () => {
    const calls = open();
    await type('71.9 s');
    await userEvent.click(await screen.findByText('go to 71.900 s'));
    expect(calls.onMoment).toHaveBeenCalledWith(71_900_000);
  });

  it('takes a moment for a moment, whatever else has the same figures in its name', async () => {
    const calls = open();
    await type('0');
    await type('{Enter}');
    expect(calls.onMoment).toHaveBeenCalledWith(0);
  });

  it('takes a moment with its unit, or as the list spells it, for nothing else', async () => {
    const calls = open();
    await type('7');
    await type('1');
    await screen.findByText(/m-000012/);
    await type(' s{Enter}');
    expect(calls.onMoment).toHaveBeenLastCalledWith(71_000_000);
    expect(calls.onMessage).not.toHaveBeenCalled();
    await type('go to 350 ms{Enter}');
    expect(calls.onMoment).toHaveBeenLastCalledWith(350_000);
    await type('6 min{Enter}');
    expect(calls.onMoment).toHaveBeenLastCalledWith(360_000_000);
    await type('1.5 小时{Enter}');
    expect(calls.onMoment).toHaveBeenLastCalledWith(5_400_000_000);
  });

  it('finds nodes, and messages by their keys', async () => {
    const calls = open();
    await type('broker');
    await userEvent.click(await screen.findByText('broker-a:0'));
    expect(calls.inspect).toHaveBeenCalledOnce();
    await type('order-7');
    await userEvent.click(await screen.findByText('m-000012 · key order-7'));
    expect(calls.onMessage).toHaveBeenCalledWith(12);
  });
});
