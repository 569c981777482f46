import { expect, test } from './test';

test('an engine that dies is started again at the same moment', async ({ playground, page }) => {
  await playground.openAt('power-loss-async', 2.2);
  await playground.press('k');
  await expect(playground.verdict('acknowledged & lost')).toBeEnabled();
  const picture = await playground.picture();
  const [worker] = page.workers();
  await worker?.evaluate(() => self.close());
  await playground.press('ArrowRight');

  await expect(playground.banner).toContainText('was started again at the same moment', { timeout: 15_000 });
  await playground.isAt(2.2);
  expect(await playground.picture()).toBe(picture);
  await playground.press('ArrowRight');
  await expect(playground.clock).not.toHaveText('2.200');
});

test('the cluster plays on while the rest of the engine cannot be fetched, and the next try fetches it', async ({
  playground,
  page,
}) => {
  await page.route('**/assets/late-*.js', (route) => route.abort());
  await playground.open();
  await playground.pause();
  await playground.press('k');
  await expect(page.getByTitle('A part of the simulation could not be fetched.')).toBeVisible();
  const early = await playground.clock.textContent();
  await playground.button('Play').click();
  await expect(playground.clock).not.toHaveText(early ?? '');

  await page.unroute('**/assets/late-*.js');
  await playground.press('k');
  await expect(playground.node('broker-a:0')).toContainText('POWER LOST');
  // The browser has complained of each fetch that failed.
  playground.problems.length = 0;
});
