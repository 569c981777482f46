import { expect, test } from './test';

/** What brokers and consumers do beyond storing and reading, as a learner meets it on the screen. */

test('a message that fails waits in the retry lane, and is found there again', async ({
  playground,
  page,
}) => {
  await playground.openAt('retry-ladder', 45);
  const lane = page.getByText('%RETRY%order-service');
  await expect(lane.first()).toBeVisible();
  await expect(playground.verdict('acknowledged & lost').locator('b')).toHaveText('0');
});

test('a half message is visibly invisible to consumers', async ({ playground, page }) => {
  await playground.openAt('half-a-promise', 20);
  await expect(page.getByText('RMQ_SYS_TRANS_HALF_TOPIC').first()).toBeVisible();
});

test('a poison message stops its queue and no other', async ({ playground, page }) => {
  await playground.openAt('one-rotten-apple', 40);
  await expect(playground.node('broker-a:0')).toContainText('301');
  await playground.node('consumer-1').click();
  await expect(page.getByRole('tab', { name: 'Node' })).toHaveAttribute('aria-selected', 'true');
});

test('the controller elects another master when the master is killed', async ({ playground }) => {
  await playground.openAt('controller-elects-a-master', 5);
  const before = await playground.node('controller-1').innerText();
  const master = /broker-a:\d/.exec(before)?.[0] ?? '';
  await playground.node(master).click();
  await playground.press('Shift+K');
  await expect(playground.node(master)).toContainText('PROCESS KILLED');
  await playground.goTo(8);
  const after = await playground.node('controller-1').innerText();
  expect(after).toContain('epoch 2');
  expect(after).not.toContain(`${master} ·`);
});

test('every consumer that pops reads every queue', async ({ playground }) => {
  await playground.openAt('five-consumers-pop', 12);
  for (let n = 1; n <= 5; n++) {
    await expect(playground.node(`consumer-${n}`)).toContainText('q0–q3');
  }
});
