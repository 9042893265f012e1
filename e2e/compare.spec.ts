// The compare page: the opening, the player, the toggles, and what an error in one view leaves standing.
import { expect, test } from '@playwright/test';
import { measured, playhead, settled, settledAfter } from './support/settled';

test('the first pair moves by itself, rests at 43 ms and asks what differs', async ({ page }) => {
  await page.goto('./');
  await page.waitForFunction(() => {
    const scrubber = document.querySelector<HTMLInputElement>('input[type="range"]');
    return scrubber !== null && Number(scrubber.value) > 0;
  });
  expect(await page.locator('html').getAttribute('data-settled')).toBeNull();
  await settled(page);
  expect(await playhead(page)).toBe(43_000);
  await expect(page.getByText('Same two messages. What differs?')).toBeVisible();
  expect(await measured(page, 'websocket', 'transitP50')).toBe(20);
  expect(await measured(page, 'kafka', 'transitP50')).toBe(43);
});

test('with reduced motion nothing starts by itself', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('./');
  await settled(page);
  expect(await playhead(page)).toBe(0);
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
});

test('both sides are measured from the run that is seen', async ({ page }) => {
  await page.goto('./?v=1&t=300ms');
  await settled(page);
  expect(await measured(page, 'websocket', 'overlapParticipant')).toBeGreaterThanOrEqual(0.95);
  expect(await measured(page, 'kafka', 'overlapParticipant')).toBe(0);
});

test('step and step back come to the same instant, with one sentence a step', async ({ page }) => {
  await page.goto('./?v=1&t=20ms');
  await settled(page);
  await settledAfter(page, () => page.getByRole('button', { name: 'Step forward' }).click());
  const after = await playhead(page);
  expect(after).toBeGreaterThan(20_000);
  await expect(page.locator('main p[role="status"]')).not.toBeEmpty();
  await settledAfter(page, () => page.getByRole('button', { name: 'Step back' }).click());
  expect(await playhead(page)).toBe(20_000);
});

test('seeking and restarting choose a time', async ({ page }) => {
  await page.goto('./?v=1&t=20ms');
  await settled(page);
  const scrubber = page.getByRole('slider', { name: 'Time in the run' });
  await settledAfter(page, () => scrubber.fill('132000'));
  expect(await playhead(page)).toBe(132_000);
  await expect(page.getByText('132 ms', { exact: true })).toBeVisible();
  await settledAfter(page, () => page.getByRole('button', { name: 'Restart' }).click());
  expect(await playhead(page)).toBe(0);
});

test('playing to the end of a run ends it', async ({ page }) => {
  await page.goto('./?v=1&t=290ms');
  await settled(page);
  await settledAfter(page, () => page.getByRole('button', { name: 'Play' }).click());
  expect(await playhead(page)).toBe(300_000);
});

test('disconnecting in the middle marks the timeline and changes what arrives', async ({
  page,
}) => {
  await page.goto('./?v=1&t=60ms');
  await settled(page);
  const toggle = page.getByRole('switch', { name: 'Disconnect Ben' });
  await settledAfter(page, () => toggle.click());
  await expect(page.getByRole('switch', { name: /Reconnect Ben · away/ })).toBeChecked();
  await expect(page.locator('[data-mark="user"]')).toHaveCount(1);
  await expect(page).toHaveURL(/do=60ms~disconnect~B/);
  await settledAfter(page, () => page.keyboard.press('End'));
  expect(await measured(page, 'websocket', 'missed')).toBeGreaterThan(0);
  expect(await measured(page, 'kafka', 'missed')).toBe(0);
});

test('a toggle at the playhead can be taken back', async ({ page }) => {
  await page.goto('./?v=1&t=60ms');
  await settled(page);
  await settledAfter(page, () => page.getByRole('switch', { name: 'Disconnect Ben' }).click());
  await settledAfter(page, () => page.getByRole('switch', { name: /Reconnect Ben/ }).click());
  await expect(page.getByRole('switch', { name: 'Disconnect Ben' })).not.toBeChecked();
  await expect(page.locator('[data-mark="user"]')).toHaveCount(0);
});

test('durability reaches all four corners of the tunnel', async ({ page }) => {
  await page.goto('./?v=1&scenario=tunnel&t=32s');
  await settled(page);
  expect(await measured(page, 'websocket', 'missed')).toBe(10);
  expect(await measured(page, 'kafka', 'missed')).toBe(0);
  await page.getByRole('button', { name: 'Restart' }).click();
  await page.getByRole('switch', { name: 'Durability' }).click();
  await settledAfter(page, () => page.keyboard.press('End'));
  expect(await measured(page, 'websocket', 'missed')).toBe(10);
  expect(await measured(page, 'kafka', 'missed')).toBe(10);
  await expect(page.getByText('not built in')).toBeVisible();
  await page.getByRole('button', { name: 'Restart' }).click();
  await settledAfter(page, () => page.getByRole('button', { name: /add your own buffer/ }).click());
  await settledAfter(page, () => page.keyboard.press('End'));
  await expect(page.getByText('your buffer: 60 s')).toBeVisible();
  expect(await measured(page, 'websocket', 'missed')).toBe(0);
  expect(await measured(page, 'kafka', 'missed')).toBe(10);
});

test('threads raise the overlap of the person, and the footnote says why', async ({ page }) => {
  await page.goto('./?v=1&t=300ms&set.mode=threads');
  await settled(page);
  expect(await measured(page, 'kafka', 'overlapParticipant')).toBeGreaterThan(0);
  expect(await measured(page, 'kafka', 'overlapConnection')).toBe(0);
  await page.getByRole('button', { name: /half-duplex/ }).click();
  await expect(page.getByText(/stays one way/)).toBeVisible();
});

test('more changes the run at the same moment', async ({ page }) => {
  await page.goto('./?v=1&t=60ms');
  await settled(page);
  await page.getByRole('button', { name: 'More' }).click();
  const seed = page.getByRole('textbox', { name: 'Seed' });
  await seed.fill('8');
  await settledAfter(page, () => seed.press('Enter'));
  await expect(page.getByText('run 8')).toBeVisible();
  expect(await playhead(page)).toBe(60_000);
});

test('while paused no frame is requested', async ({ page }) => {
  await page.addInitScript(() => {
    const original = window.requestAnimationFrame.bind(window);
    const counted = { requests: 0 };
    Object.assign(window, { counted });
    window.requestAnimationFrame = (callback) => {
      counted.requests += 1;
      return original(callback);
    };
  });
  await page.goto('./?v=1&t=60ms');
  await settled(page);
  const count = () =>
    page.evaluate(() => (window as unknown as { counted: { requests: number } }).counted.requests);
  expect(await count()).toBe(0);
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(count).toBeGreaterThan(5);
  await settledAfter(page, () => page.getByRole('button', { name: 'Pause' }).click());
  const paused = await count();
  // Two settled pictures later, none has been asked for.
  await settledAfter(page, () => page.getByRole('button', { name: 'Step forward' }).click());
  await settledAfter(page, () => page.getByRole('button', { name: 'Step back' }).click());
  expect(await count()).toBe(paused);
});

test('an error in one view leaves the others working', async ({ page }) => {
  await page.addInitScript(() => {
    const original = Element.prototype.setAttribute;
    Element.prototype.setAttribute = function setAttribute(name: string, value: string): void {
      if (document.documentElement.dataset['breaks'] === 'kafka' && isInKafka(this)) {
        throw new Error('a broken drawing');
      }
      original.call(this, name, value);
    };
    const isInKafka = (element: Element): boolean =>
      element.closest('svg')?.closest('[data-view="kafka"]') != null;
  });
  await page.goto('./?v=1&t=60ms');
  await settled(page);
  await page.evaluate(() => {
    document.documentElement.dataset['breaks'] = 'kafka';
  });
  await page.getByRole('button', { name: 'Step forward' }).click();
  await expect(page.getByText('Kafka stopped.')).toBeVisible();
  await settledAfter(page, () => page.getByRole('button', { name: 'Step forward' }).click());
  expect(await measured(page, 'websocket', 'delivered')).not.toBeNull();
  await page.evaluate(() => {
    delete document.documentElement.dataset['breaks'];
  });
  await page.getByRole('button', { name: 'Reload this view' }).click();
  await expect(page.getByText('Kafka stopped.')).toBeHidden();
});
