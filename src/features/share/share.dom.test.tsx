import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { UiRoot } from '../../ui/UiRoot';
import { ShareButton, type SharedRun } from './SharePanel';

const RUN: SharedRun = {
  link: 'https://example.org/#/r/abc',
  title: { en: 'Power loss', zh: '断电' },
  seed: 4217,
  actions: 1,
  timeUs: 75_500_000,
  step: 18_204,
};

function open(run: SharedRun) {
  const onDownload = vi.fn();
  const make = async () => run;
  render(
    <UiRoot lang="en">
      <ShareButton make={make} onDownload={onDownload} disabled={false} open onOpenChange={() => {}} />
    </UiRoot>,
  );
  return onDownload;
}

it('gives a link, its length and what it holds', async () => {
  const user = userEvent.setup();
  open(RUN);
  expect((await screen.findByRole<HTMLInputElement>('textbox', { name: 'Link' })).value).toBe(RUN.link);
  expect(screen.getByText('27 characters')).toBeTruthy();
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
    'the scenario “Power loss”',
    'seed 4217',
    '1 action',
    'the moment 75.500 s, event 18,204',
  ]);
  await user.click(screen.getByRole('button', { name: 'Copy' }));
  expect(await navigator.clipboard.readText()).toBe(RUN.link);
  expect(screen.getByRole('button', { name: 'Copied' })).toBeTruthy();
});

it('offers a file where the run is too long for a link', async () => {
  const onDownload = open({ ...RUN, link: undefined });
  await userEvent.click(await screen.findByRole('button', { name: 'Download' }));
  expect(onDownload).toHaveBeenCalledOnce();
  expect(screen.queryByRole('textbox')).toBeNull();
});
