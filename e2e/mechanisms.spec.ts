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

/** From here on nothing is given: each mechanism is switched on by mouse and keyboard, in a cluster that has none of it. */

test('a cluster with Controllers is built on the screen, and elects another master', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.press('/');
  await playground.palette.fill('build a cluster');
  await playground.palette.press('Enter');
  await playground.button('Build a cluster').click();
  await page.getByRole('combobox', { name: 'replication' }).click();
  await page.getByRole('option', { name: 'Controller' }).click();
  await playground.button('Build and run').click();
  await expect(playground.node('controller-3')).toBeVisible();
  await playground.goTo(5);
  const before = await playground.node('controller-1').innerText();
  const master = /broker-a:\d/.exec(before)?.[0] ?? '';
  await playground.node(master).click();
  await playground.press('Shift+K');
  await expect(playground.node(master)).toContainText('PROCESS KILLED');
  await playground.goTo(20);
  const after = await playground.node('controller-1').innerText();
  expect(after).toContain('epoch 2');
  expect(after).not.toContain(`${master} ·`);
});

test('a consumer that keeps failing fills the dead letters, and they are sent again', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.goTo(2);
  await playground.node('consumer-1').click();
  await playground.button('More of the workload').click();
  const most = page.getByRole('textbox', { name: /^maxReconsumeTimes of consumer-1/ });
  await most.fill('1');
  await most.press('Enter');
  const fails = page.getByRole('slider', { name: 'fails' });
  await fails.focus();
  await fails.press('End');
  await expect(playground.button('Heal: C1 fails 100 %')).toBeVisible();
  await fails.blur();
  await playground.goTo(40);
  await playground.button('Heal: C1 fails 100 %').click();
  await expect(page.getByText('%DLQ%order-service').first()).toBeVisible();
  await playground.button(/^Send the [\d,]+ dead letters of order-service again$/).click();
  await expect(page.getByText('4 actions')).toBeVisible();
});

test('what cannot be switched on is refused beside the key, in a sentence', async ({ playground, page }) => {
  await playground.open();
  await playground.goTo(2);
  await playground.node('broker-a:0').click();
  await playground.button('All keys…').click();
  const keys = page.getByRole('dialog', { name: 'All keys of broker-a:0' });
  await keys.getByRole('textbox', { name: 'Search the keys' }).fill('enableControllerMode');
  await keys.getByRole('radio', { name: 'true' }).click();
  await expect(keys.getByRole('alert')).toContainText('This cluster has no Controller');
});
