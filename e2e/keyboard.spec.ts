import { expect, test } from './test';

/** From the edge of the graph to a broker. */
const TABS_MAX = 10;

test('everything needed is within reach of the keyboard alone', async ({ playground, page }) => {
  await playground.open('s/power-loss-async');
  await playground.press('Space');
  await expect(playground.button('Play')).toBeVisible();

  // To a node by Tab, into the inspector by Enter, cut its power by K.
  const broker = playground.node('broker-a:0');
  await playground.press('Tab');
  await expect(playground.button('Skip to the cluster')).toBeFocused();
  await playground.press('Enter');
  const isFocused = () => broker.evaluate((node) => node.contains(document.activeElement));
  for (let tabs = 0; tabs < TABS_MAX && !(await isFocused()); tabs++) await playground.press('Tab');
  expect(await isFocused()).toBe(true);
  await playground.press('Enter');
  await expect(page.getByRole('tab', { name: 'Node' })).toHaveAttribute('aria-selected', 'true');
  await playground.press('/');
  await playground.palette.fill('2.2');
  await playground.press('Enter');
  await playground.isAt(2.2);
  await playground.press('k');
  await expect(broker).toContainText('POWER LOST');
  await playground.press('w');
  await expect(page.getByRole('tab', { name: 'Why?' })).toHaveAttribute('aria-selected', 'true');
  await expect(playground.inspector).toContainText('SEND_OK');
  await playground.press('3');
  await playground.press('2');
  await expect(page.getByRole('tab', { name: 'Message' })).toHaveAttribute('aria-selected', 'true');

  await playground.press('?');
  await expect(page.getByRole('dialog', { name: 'Help' })).toContainText('power loss on the selected node');
  await playground.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Help' })).toBeHidden();
  await playground.press('s');
  await expect(page.getByRole('radio', { name: 'Clock' })).toBeChecked();
});

test('a button that was clicked does not keep Space and the arrows to itself', async ({
  playground,
  page,
}) => {
  await playground.openAt('power-loss-async', 2.2);
  await page.getByRole('radio', { name: 'Clock' }).click({ force: true });
  await playground.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'Clock' })).toBeChecked();
  await expect(playground.clock).not.toHaveText('2.200');
  await playground.button('Open the event log').click();
  await playground.press('Space');
  await expect(playground.button('Pause').and(page.locator('[title*="Space"]'))).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Event log' })).toBeVisible();
});

test('letters do nothing while typing, and nothing at all once they are switched off', async ({
  playground,
  page,
}) => {
  await playground.openAt('power-loss-async', 2.2);
  await playground.button('Open the event log').click();
  await page.getByRole('textbox', { name: 'Text' }).fill('k');
  await page.getByRole('textbox', { name: 'Text' }).press('k');
  await expect(playground.node('broker-a:0')).not.toContainText('POWER LOST');
  await playground.press('Escape');

  await playground.button('Help').click();
  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByRole('switch', { name: 'Single-letter keys' }).click();
  await playground.press('Escape');
  await playground.press('k');
  await playground.press('ArrowRight');
  await expect(playground.clock).not.toHaveText('2.200');
  await expect(playground.node('broker-a:0')).not.toContainText('POWER LOST');
});
