import { expect, test } from './test';

test('the site is alive without a click', async ({ playground, page }, info) => {
  const startMs = Date.now();
  await playground.open();
  info.annotations.push({ type: 'nodes visible', description: `${Date.now() - startMs} ms` });

  await expect(page).toHaveTitle('MQ Playground');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('MQ Playground');
  await expect(page.getByRole('radio', { name: 'Story' })).toBeChecked();
  await expect(playground.node('broker-a:0')).toBeVisible();
  const early = await playground.clock.textContent();
  await expect(playground.clock).not.toHaveText(early ?? '');
});

test('a run survives a reload: its actions and its moment', async ({ playground, page }) => {
  await playground.openAt('power-loss-async', 2.2);
  await playground.press('k');
  await expect(playground.verdict('acknowledged & lost')).toBeEnabled();
  const picture = await playground.picture();
  // It is kept once a second.
  await expect
    .poll(() => page.evaluate(async () => JSON.stringify(await (await indexedDB.databases()).length)))
    .not.toBe('0');
  await page.waitForTimeout(1_500);
  await page.goto('/');
  await page.reload();
  await expect(playground.nodes.first()).toBeVisible();
  await playground.isAt(2.2);
  expect(await playground.picture()).toBe(picture);
});
