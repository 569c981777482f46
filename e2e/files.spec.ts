import { readFile } from 'node:fs/promises';
import { expect, test } from './test';

test('a broken file is refused with its place, and the cluster goes on', async ({ playground, page }) => {
  await playground.openAt('power-loss-async', 2.2);
  const picture = await playground.picture();
  await page.getByTitle('Choose a scenario').click();
  await playground.button('Paste a scenario').click();
  await page
    .getByRole('textbox', { name: 'The text of a scenario file' })
    .fill('{ "format": "mq-playground/scenario@1", "product": "rocketmq", "seed": "seven" }');
  await playground.button('Load the text').click();

  const problem = page.getByRole('alert');
  await expect(problem).toContainText('The cluster above goes on');
  await expect(problem.getByText('seed', { exact: true })).toBeVisible();
  for (const part of ['Place', 'Found', 'Expected']) await expect(problem).toContainText(part);
  expect(await playground.picture()).toBe(picture);
});

test('a downloaded scenario holds the actions and plays the same when it is opened', async ({
  playground,
  page,
}, info) => {
  await playground.openAt('power-loss-async', 2.2);
  await playground.press('k');
  await expect(playground.verdict('acknowledged & lost')).toBeEnabled();
  const lost = await playground.verdict('acknowledged & lost').locator('b').textContent();

  await page.getByTitle('Choose a scenario').click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByTitle('Download with all actions').click(),
  ]);
  const path = info.outputPath('scenario.json');
  await download.saveAs(path);
  expect(JSON.parse(await readFile(path, 'utf8')).actions).toHaveLength(1);

  await page.getByTitle('Reset to the start, without actions').click();
  await expect(playground.verdict('acknowledged & lost')).toBeDisabled();
  await page.locator('input[type="file"]').setInputFiles(path);
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await playground.goTo(2.2);
  await expect(playground.verdict('acknowledged & lost').locator('b')).toHaveText(lost ?? '');
});
