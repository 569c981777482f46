import { expect, test } from './test';

test('a power loss under ASYNC_FLUSH loses acknowledged messages, and says which and why', async ({
  playground,
  page,
}) => {
  await playground.openAt('power-loss-async', 2.2);
  await playground.press('k');
  await expect(playground.node('broker-a:0')).toContainText('POWER LOST');
  const lost = playground.verdict('acknowledged & lost');
  await expect(lost).toBeEnabled();
  expect(Number(await lost.locator('b').textContent())).toBeGreaterThan(0);

  await lost.click();
  await expect(page.getByRole('tab', { name: 'Why?' })).toHaveAttribute('aria-selected', 'true');
  await expect(playground.inspector).toContainText(/m-\d{6}/);
  await expect(playground.inspector).toContainText('SEND_OK');
  await expect(playground.inspector).toContainText('EN-3');
});

test('the same power loss under SYNC_FLUSH loses none of them', async ({ playground }) => {
  await playground.openAt('power-loss-sync', 2.2);
  await playground.press('k');
  await expect(playground.node('broker-a:0')).toContainText('POWER LOST');
  await playground.goTo(8);
  await expect(playground.verdict('acknowledged & lost').locator('b')).toHaveText('0');
});
