import { test as base } from '@playwright/test';
import { Playground } from './playground.page';

/** Each test has a playground of its own, and fails on anything that the page complains of. */
export const test = base.extend<{ playground: Playground }>({
  playground: async ({ page }, use) => {
    const playground = new Playground(page);
    await use(playground);
    base.expect(playground.problems).toEqual([]);
  },
});

export { expect } from '@playwright/test';
