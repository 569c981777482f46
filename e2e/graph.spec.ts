import type { Locator } from '@playwright/test';
import { expect, test } from './test';

/** The graph under a pointer: the built site has only the parts of React Flow and d3 that this needs. */

/** Where something is drawn, in whole pixels of the window. */
async function placeOf(drawn: Locator) {
  const box = await drawn.boundingBox();
  if (box === null) throw new Error('it is not drawn');
  const { x, y, width } = box;
  return { x: Math.round(x), y: Math.round(y), width: Math.round(width) };
}

test('nodes are dragged, the pane is moved and zoomed, and F and 0 put them back', async ({
  playground,
  page,
}) => {
  await playground.openAt('architecture-tour', 5);
  const broker = playground.node('broker-a:0');
  const producer = page.locator('[data-process^="producer"]').first();
  const first = await placeOf(producer);
  const firstBroker = await placeOf(broker);

  await page.mouse.move(first.x + 8, first.y + 8);
  await page.mouse.down();
  await page.mouse.move(first.x + 30, first.y + 40, { steps: 4 });
  await page.mouse.move(first.x + 38, first.y + 68, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => (await placeOf(producer)).y).toBeGreaterThan(first.y + 40);
  expect(await placeOf(broker)).toEqual(firstBroker);
  await playground.press('0');
  await expect.poll(() => placeOf(producer)).toEqual(first);

  const graph = await placeOf(page.getByRole('region', { name: 'Live cluster' }));
  await page.mouse.move(graph.x + 6, graph.y + 6);
  await page.mouse.down();
  await page.mouse.move(graph.x + 56, graph.y + 36, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => (await placeOf(producer)).x).toBe(first.x + 50);
  await page.mouse.wheel(0, -200);
  await expect.poll(async () => (await placeOf(producer)).width).toBeGreaterThan(first.width);
  await playground.press('f');
  await expect.poll(() => placeOf(producer)).toEqual(first);
  expect(await placeOf(broker)).toEqual(firstBroker);

  await broker.click();
  await expect(page.getByRole('tab', { name: 'Node' })).toHaveAttribute('aria-selected', 'true');
});
