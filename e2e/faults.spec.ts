// What can be broken from the page: it happens at the playhead, leaves a mark, and stands in the address.
import { expect, test } from '@playwright/test';
import { measured, settled, settledAfter } from './support/settled';

test('a broker crashes where the playhead stands, and another one leads nine seconds later', async ({
  page,
}) => {
  await page.goto('./?v=1&scenario=tunnel&t=3s');
  await settled(page);
  await page.getByRole('button', { name: 'More' }).click();
  const panel = page.getByRole('region', { name: 'Break something' });
  await panel.getByLabel('What happens').selectOption({ label: 'Crash' });
  await panel.getByLabel('To whom it happens').selectOption({ label: 'broker 1' });
  await settledAfter(page, () => panel.getByRole('button', { name: 'Do it now' }).click());
  await page.waitForURL(/do=3s~crash~broker-1/);
  const scrubber = page.getByRole('slider', { name: 'Time in the run' });
  await settledAfter(page, () => scrubber.fill('9000000'));
  // Three were sent before; what came after waits with its sender.
  expect(await measured(page, 'kafka', 'delivered')).toBe(3);
  await settledAfter(page, () => scrubber.fill('32000000'));
  expect(await measured(page, 'kafka', 'delivered')).toBe(30);
  expect(await measured(page, 'kafka', 'missed')).toBe(0);
});

test('an acknowledgement is lost, the send is tried again, and nothing is written twice', async ({
  page,
}) => {
  await page.goto('./?v=1&scenario=tunnel&t=3s');
  await settled(page);
  await page.getByRole('button', { name: 'More' }).click();
  const panel = page.getByRole('region', { name: 'Break something' });
  await panel.getByLabel('What happens').selectOption({ label: 'Lose what comes next on a line' });
  await panel.getByLabel('To whom it happens').selectOption({ label: 'Ana and broker 1' });
  const what = panel.getByLabel('How it happens');
  await what.selectOption({ label: 'an acknowledgement, and its connection' });
  await settledAfter(page, () => panel.getByRole('button', { name: 'Do it now' }).click());
  await page.waitForURL(/do=3s~drop~A-broker-1~ack/);
  const scrubber = page.getByRole('slider', { name: 'Time in the run' });
  await settledAfter(page, () => scrubber.fill('32000000'));
  expect(await measured(page, 'kafka', 'delivered')).toBe(30);
  expect(await measured(page, 'kafka', 'duplicated')).toBe(0);
});
