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
