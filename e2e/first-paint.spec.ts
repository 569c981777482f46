import type { Page } from '@playwright/test';
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
  // It is kept once a second, as text; the new action is in it.
  await expect.poll(() => savedRun(page)).toContain('"do":"kill"');
  await page.goto('/');
  await page.reload();
  await expect(playground.nodes.first()).toBeVisible();
  await playground.isAt(2.2);
  expect(await playground.picture()).toBe(picture);
});

/** What this device keeps of the run, as it lies in IndexedDB; empty before it is kept. */
function savedRun(page: Page): Promise<string> {
  return page.evaluate(async () => {
    // To open what is not there would make it.
    const databases = await indexedDB.databases();
    if (!databases.some(({ name }) => name === 'keyval-store')) return '';
    return new Promise<string>((resolve, reject) => {
      const opening = indexedDB.open('keyval-store');
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const database = opening.result;
        const asking = database.transaction('keyval').objectStore('keyval').get('run');
        asking.onerror = () => reject(asking.error);
        asking.onsuccess = () => {
          database.close();
          resolve(String(asking.result ?? ''));
        };
      };
    });
  });
}
