import { expect, test } from './test';

test('stepping back restores the picture exactly', async ({ playground }) => {
  await playground.openAt('power-loss-async', 2.2);
  const before = { picture: await playground.picture(), link: await playground.link() };
  for (let i = 0; i < 5; i++) await playground.press('ArrowRight');
  await expect(playground.clock).not.toHaveText('2.200');
  for (let i = 0; i < 5; i++) await playground.press('ArrowLeft');
  // The moment of the last event before 2.2 s, not 2.2 s itself.
  await playground.goTo(2.2);
  expect(await playground.picture()).toBe(before.picture);
  expect(await playground.link()).toBe(before.link);
});

test('an action can be undone and brought back', async ({ playground, page }) => {
  await playground.openAt('power-loss-async', 2.2);
  const healthy = await playground.picture();
  await playground.press('k');
  await expect(playground.node('broker-a:0')).toContainText('POWER LOST');
  await playground.press('Control+z');
  await expect(playground.node('broker-a:0')).not.toContainText('POWER LOST');
  await expect.poll(() => playground.picture()).toBe(healthy);
  await page.getByRole('button', { name: /^Redo the action/ }).click();
  await playground.press('ArrowRight');
  await expect(playground.node('broker-a:0')).toContainText('POWER LOST');
});

test('the line goes to any moment, and beats are found in both directions', async ({ playground, page }) => {
  await playground.openAt('power-loss-async', 2.2);
  await playground.press('k');
  await expect(playground.node('broker-a:0')).toContainText('POWER LOST');
  await playground.press('Home');
  await playground.isAt(0);
  await expect(playground.node('broker-a:0')).not.toContainText('POWER LOST');
  await playground.goTo(2.1);
  await expect
    .poll(async () => {
      await playground.press('Shift+ArrowRight');
      return playground.node('broker-a:0').innerText();
    })
    .toContain('POWER LOST');
  const line = page.getByRole('slider', { name: 'Timeline' });
  await expect(line).toHaveAttribute('aria-valuetext', '2.200 s');
});

test('a line of the event log leads to its moment, its node and its reasons', async ({
  playground,
  page,
}) => {
  await playground.openAt('power-loss-async', 2.2);
  await playground.press('k');
  await expect(playground.verdict('acknowledged & lost')).toBeEnabled();
  await playground.goTo(6);
  await playground.button('Open the event log').click();
  await page.getByRole('textbox', { name: 'Rule' }).fill('EN-3');
  await page.getByRole('list', { name: 'Entries' }).getByRole('button').click();
  await playground.isAt(2.2);
  await expect(page.getByRole('tab', { name: 'Why?' })).toHaveAttribute('aria-selected', 'true');
  await expect(playground.inspector).toContainText('EN-3');
});
