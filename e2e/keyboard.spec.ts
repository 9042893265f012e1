// The keyboard alone does everything, and no key is taken from a control that needs it.
import { expect, test } from '@playwright/test';
import { playhead, settled, settledAfter } from './support/settled';

test.beforeEach(async ({ page }) => {
  await page.goto('./?v=1&t=20ms');
  await settled(page);
});

test('single keys step, seek, restart and toggle', async ({ page }) => {
  const press = (key: string) => settledAfter(page, () => page.keyboard.press(key));
  await press('ArrowRight');
  expect(await playhead(page)).toBeGreaterThan(20_000);
  await press('ArrowLeft');
  expect(await playhead(page)).toBe(20_000);
  await press('End');
  expect(await playhead(page)).toBe(300_000);
  await press('Home');
  expect(await playhead(page)).toBe(0);
  await press('x');
  await expect(page.getByRole('switch', { name: /Reconnect Ben/ })).toBeChecked();
  await press('d');
  await expect(page.getByRole('switch', { name: 'Durability' })).not.toBeChecked();
  await press('r');
  expect(await playhead(page)).toBe(0);
});

test('Space plays and pauses, and presses a focused button instead', async ({ page }) => {
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await settledAfter(page, () => page.keyboard.press('Space'));
  await page.getByRole('button', { name: 'Step forward' }).focus();
  const before = await playhead(page);
  await settledAfter(page, () => page.keyboard.press('Space'));
  expect(await playhead(page)).toBeGreaterThan(before);
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
});

test('the arrow keys on the scrubber go from event to event', async ({ page }) => {
  const scrubber = page.getByRole('slider', { name: 'Time in the run' });
  await scrubber.focus();
  await settledAfter(page, () => page.keyboard.press('ArrowRight'));
  const after = await playhead(page);
  expect(after).toBeGreaterThan(20_000);
  expect(await scrubber.getAttribute('aria-valuetext')).toMatch(/^\d+ ms\. \S+/);
  await settledAfter(page, () => page.keyboard.press('ArrowLeft'));
  expect(await playhead(page)).toBe(20_000);
});

test('Tab reaches every control in the order in which they stand', async ({ page }) => {
  const seen: string[] = [];
  for (let stop = 0; stop < 60; stop += 1) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(() => {
      const focused = document.activeElement;
      return focused === null || focused === document.body
        ? ''
        : (focused.getAttribute('aria-label') ?? focused.textContent ?? '').trim();
    });
    if (name === '') break;
    seen.push(name);
  }
  const places = [
    'Compare',
    'Tables',
    'Restart',
    'Step back',
    'Play',
    'Step forward',
    'Time in the run',
    'Durability',
    'Disconnect Ben',
    'More',
  ].map((name) => seen.indexOf(name));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
});

test('what has the focus is never under the dock', async ({ page }) => {
  await page.setViewportSize({ width: 960, height: 540 });
  for (let stop = 0; stop < 14; stop += 1) {
    await page.keyboard.press('Tab');
    const isHidden = await page.evaluate(() => {
      const focused = document.activeElement;
      const dock = document.querySelector('section[aria-label="Player"]');
      if (focused === null || dock === null || dock.contains(focused)) return false;
      return focused.getBoundingClientRect().bottom > dock.getBoundingClientRect().top + 1;
    });
    expect(isHidden).toBe(false);
  }
});

test('the letters can be switched off, and stay off', async ({ page }) => {
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await dialog.getByRole('switch', { name: /Single-letter keys/ }).click();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.keyboard.press('x');
  await page.reload();
  await settled(page);
  await page.keyboard.press('x');
  await settledAfter(page, () => page.keyboard.press('ArrowRight'));
  await expect(page.getByRole('switch', { name: 'Disconnect Ben' })).not.toBeChecked();
});

test('typing in a field moves nothing', async ({ page }) => {
  await page.getByRole('button', { name: 'More' }).press('Enter');
  const seed = page.getByRole('textbox', { name: 'Seed' });
  await seed.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Home');
  expect(await playhead(page)).toBe(20_000);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'More' })).toBeFocused();
});
