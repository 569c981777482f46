import { expect, test } from './test';

test('every word changes in place between English and Chinese', async ({ playground, page }) => {
  await playground.openAt('power-loss-async', 2.2);
  await playground.press('k');
  await expect(playground.verdict('acknowledged & lost')).toBeEnabled();
  await page.getByRole('radio', { name: '中文' }).check({ force: true });
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('消息队列演练场');
  await expect(page.getByRole('region', { name: '结论' })).toContainText('已确认却丢失');
  await expect(playground.node('broker-a:0')).toContainText('断电');
  await page.getByRole('region', { name: '结论' }).getByRole('button', { name: '已确认却丢失' }).click();
  await expect(page.getByRole('tab', { name: '为什么？' })).toHaveAttribute('aria-selected', 'true');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('消息队列演练场');
  await playground.press('l');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('MQ Playground');
});

test.describe('a browser that prefers Chinese', () => {
  test.use({ locale: 'zh-CN' });
  test('gets the page in Chinese at once', async ({ playground, page }) => {
    await playground.open();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('消息队列演练场');
  });
});
