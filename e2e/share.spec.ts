import { Playground } from './playground.page';
import { expect, test } from './test';

test('a link restores the run on another machine', async ({ playground, browser }) => {
  await playground.openAt('power-loss-async', 2.2);
  await playground.press('k');
  await expect(playground.verdict('acknowledged & lost')).toBeEnabled();
  await playground.goTo(6);
  const [picture, link] = [await playground.picture(), await playground.link()];

  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US' });
  const other = new Playground(await context.newPage());
  await other.page.goto(link);
  await other.isAt(6);
  await expect(other.node('broker-a:0')).toContainText('POWER LOST');
  expect(await other.picture()).toBe(picture);
  expect(other.problems).toEqual([]);
  await context.close();
});

test('a broken link says so, and there is a cluster all the same', async ({ playground, page }) => {
  await playground.open('r/notALink');
  await expect(playground.banner).toContainText('This link cannot be read: It is damaged');
  const early = await playground.clock.textContent();
  await expect(playground.clock).not.toHaveText(early ?? '');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByText('It is damaged')).toBeHidden();
});

test('a built-in scenario that does not exist is said, and there is a cluster all the same', async ({
  playground,
}) => {
  await playground.open('s/no-such-thing');
  await expect(playground.banner).toContainText('There is no built-in scenario "no-such-thing".');
});
