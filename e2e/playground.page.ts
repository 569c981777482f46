import { expect, type Locator, type Page } from '@playwright/test';

/** The playground as its reader sees it: by what things are called. English unless said otherwise. */
export class Playground {
  /** What the page complained of since it was opened. */
  readonly problems: string[] = [];

  constructor(readonly page: Page) {
    page.on('pageerror', (error) => this.problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(message.text());
    });
  }

  /** `''`, `s/<built-in scenario>` or `r/<shared run>`. */
  async open(address = ''): Promise<void> {
    await this.page.goto(`/#/${address}`);
    await expect(this.nodes.first()).toBeVisible();
    // What stands around the cluster comes after it.
    await expect(this.clock).toBeVisible();
  }

  /** Opens a built-in scenario and stops it at a moment, so that what follows does not depend on this machine. */
  async openAt(scenario: string, seconds: number): Promise<void> {
    await this.open(`s/${scenario}`);
    await this.goTo(seconds);
  }

  get nodes(): Locator {
    return this.page.locator('[data-process]');
  }

  get clock(): Locator {
    return this.page.getByTestId('clock');
  }

  get banner(): Locator {
    return this.page.getByRole('status').filter({ hasText: /\S/ }).locator('p');
  }

  get palette(): Locator {
    return this.page.getByRole('combobox', { name: 'Commands' });
  }

  get inspector(): Locator {
    return this.page.getByRole('region', { name: 'Inspector' });
  }

  verdict(name: string): Locator {
    return this.page.getByRole('region', { name: 'Verdicts' }).getByRole('button', { name });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  node(id: string): Locator {
    return this.page.locator(`[data-process="${id}"]`);
  }

  press(keys: string): Promise<void> {
    return this.page.keyboard.press(keys);
  }

  async pause(): Promise<void> {
    const pause = this.button('Pause').and(this.page.locator('[title*="Space"]'));
    if (await pause.isVisible()) await pause.click();
    await expect(this.button('Play')).toBeVisible();
  }

  /** To a moment of simulated time, paused. */
  async goTo(seconds: number): Promise<void> {
    await this.pause();
    await this.press('/');
    await this.palette.fill(`${seconds} s`);
    await this.palette.press('Enter');
    await this.isAt(seconds);
  }

  async isAt(seconds: number): Promise<void> {
    await expect(this.clock).toHaveText(seconds.toFixed(3));
  }

  /** Everything that is said about the nodes, as one text. */
  async picture(): Promise<string> {
    return (await this.nodes.allInnerTexts()).join('\n');
  }

  /** A link to this very moment. It carries the digest of everything that happened up to it. */
  async link(): Promise<string> {
    await this.button('Share this run').click();
    const link = await this.page.getByRole('textbox', { name: 'Link' }).inputValue();
    await this.press('Escape');
    await expect(this.page.getByRole('textbox', { name: 'Link' })).toBeHidden();
    return link;
  }
}
