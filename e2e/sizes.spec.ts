import { expect, test } from './test';

const SIZES = [
  [1920, 1080],
  [1440, 900],
  [1280, 720],
  [1100, 820],
  [800, 900],
  [390, 844],
] as const;

for (const [width, height] of SIZES) {
  test.describe(`${width} × ${height}`, () => {
    test.use({ viewport: { width, height } });

    test('nothing is cut off: the cluster, the verdicts and the transport are there', async ({
      playground,
      page,
    }) => {
      await page.goto('/');
      await expect(page.getByText('broker-a').first()).toBeVisible();
      await expect(playground.verdict('acknowledged & lost')).toBeVisible();
      await expect(playground.button('Pause').and(page.locator('[title*="Space"]'))).toBeInViewport({
        ratio: 1,
      });
      await expect(page.getByRole('slider', { name: 'Timeline' })).toBeVisible();
      const overflow = await page.evaluate(() => [
        document.documentElement.scrollWidth - innerWidth,
        document.documentElement.scrollHeight - innerHeight,
      ]);
      expect(overflow).toEqual([0, 0]);
    });
  });
}
