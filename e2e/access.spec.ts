import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { Playground } from './playground.page';
import { expect, test } from './test';

/** What a screen reader, a keyboard or weak eyes would stumble over. */
async function faults(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`),
    );
}

const SCREENS: Readonly<Record<string, (playground: Playground, page: Page) => Promise<void>>> = {
  'a loss and its reasons': async (playground) => {
    await playground.press('k');
    await expect(playground.verdict('acknowledged & lost')).toBeEnabled();
    await playground.press('w');
    await expect(playground.inspector).toContainText('SEND_OK');
  },
  'the event log': async (playground, page) => {
    await playground.button('Open the event log').click();
    await expect(page.getByRole('list', { name: 'Entries' })).toBeVisible();
  },
  'the large charts': async (playground, page) => {
    await playground.button('Enlarge: Throughput').click();
    await expect(page.getByRole('radio', { name: 'whole run' })).toBeVisible();
  },
  'the scenarios': async (_, page) => {
    await page.getByTitle('Choose a scenario').click();
    await expect(page.getByRole('dialog', { name: 'Scenarios' })).toBeVisible();
  },
  'the command palette': async (playground) => {
    await playground.press('/');
    await expect(playground.palette).toBeVisible();
  },
  'the share panel': async (playground, page) => {
    await playground.button('Share this run').click();
    await expect(page.getByRole('textbox', { name: 'Link' })).toBeVisible();
  },
};

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    for (const [name, show] of Object.entries(SCREENS)) {
      test(`${name} can be read and operated by everybody`, async ({ playground, page }) => {
        await playground.openAt('power-loss-async', 2.2);
        await show(playground, page);
        expect(await faults(page)).toEqual([]);
      });
    }

    for (const tab of ['Keys', 'Legend', 'Terms', 'Settings']) {
      test(`the help, ${tab}, can be read and operated by everybody`, async ({ playground, page }) => {
        await playground.openAt('power-loss-async', 2.2);
        await playground.button('Help').click();
        await page.getByRole('tab', { name: tab }).click();
        await expect(page.getByRole('tabpanel', { name: tab })).toBeVisible();
        expect(await faults(page)).toEqual([]);
      });
    }
  });
}
