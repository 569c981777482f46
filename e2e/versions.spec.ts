import { expect, test } from './test';

test('the versions of a run stand side by side, and the run itself stays as it is', async ({
  playground,
  page,
}) => {
  await playground.openAt('sync-master-trap', 8);
  await page.getByRole('button', { name: 'RocketMQ 5.3' }).click();
  const sheet = page.getByRole('dialog', { name: 'Compare versions' });
  const row = sheet.getByRole('row', { name: /^send, p50/ });
  await expect(row.getByRole('cell').nth(0)).toHaveText(/^1\.\d+ ms$/);
  await expect(row.getByRole('cell').nth(1)).toHaveText(/^20\d\.\d+ ms$/);
  await expect(row.getByRole('cell').nth(2)).toContainText('+200');
  await expect(sheet.getByRole('row', { name: /^ledger balanced/ })).toBeHidden();
  await sheet.getByText('Only differences').click();
  await expect(sheet.getByRole('row', { name: /^ledger balanced/ })).toContainText('=');

  await row.getByRole('button', { name: 'HA-7 HA-9' }).click();
  const told = page.getByRole('dialog', { name: 'What a SYNC_MASTER waits for' });
  await expect(told).toContainText('CommitLog');
  await playground.press('Escape');
  await expect(told).toBeHidden();
  await playground.press('Escape');
  await expect(sheet).toBeHidden();
  await playground.isAt(8);
});

test('the other version and back: nothing is lost, and what was done can be undone', async ({
  playground,
  page,
}) => {
  await playground.openAt('five-consumers-pop', 3);
  await playground.press('k');
  const choose = page.getByTitle('Choose a scenario');
  await expect(choose).toContainText('1 action');
  await choose.click();
  const drawer = page.getByRole('dialog', { name: 'Scenarios' });
  await drawer.getByText('RocketMQ 4.9', { exact: true }).click();
  await expect(drawer.getByText('protocol').first()).toBeVisible();
  await drawer.getByText('RocketMQ 5.3', { exact: true }).click();
  await expect(drawer.getByText('protocol')).toHaveCount(0);
  await expect(choose).toContainText('1 action');
  await drawer.getByRole('button', { name: 'Undo' }).click();
  await expect(choose).toContainText('no action yet');
});
