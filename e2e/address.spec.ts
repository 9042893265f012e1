// The address names the instant: reopened it is the same, malformed it says what it did not understand.
import { expect, test } from '@playwright/test';
import { measured, playhead, settled, settledAfter } from './support/settled';

test('an address that is reopened shows the same instant of the same run', async ({ page }) => {
  await page.goto('./?v=1&scenario=tunnel&seed=8&t=12s');
  await settled(page);
  await settledAfter(page, () => page.getByRole('switch', { name: /Reconnect Ben/ }).click());
  await settledAfter(page, () => page.getByRole('button', { name: 'Step forward' }).click());
  await expect(page).toHaveURL(/do=12s~reconnect~B/);
  await expect(page).toHaveURL(/h=[0-9a-f]{16}/);
  await expect(page).not.toHaveURL(/[?&]t=12s/);
  const seen = {
    time: await playhead(page),
    websocket: await measured(page, 'websocket', 'delivered'),
    kafka: await measured(page, 'kafka', 'delivered'),
    hash: new URL(page.url()).searchParams.get('h'),
  };
  const reopened = await page.context().newPage();
  await reopened.goto(page.url());
  await settled(reopened);
  expect({
    time: await playhead(reopened),
    websocket: await measured(reopened, 'websocket', 'delivered'),
    kafka: await measured(reopened, 'kafka', 'delivered'),
    hash: new URL(reopened.url()).searchParams.get('h'),
  }).toEqual(seen);
  await expect(reopened.getByText(/another version/)).toHaveCount(0);
});

test('copy link gives the whole address', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('./?v=1&t=60ms');
  await settled(page);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText('Copied: this very moment.')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/\?v=1&t=60ms&h=[0-9a-f]{16}$/);
});

const faults = [
  '?scenario=nowhere',
  '?v=1&set.nothing=1',
  '?v=1&set.durability=perhaps',
  '?v=1&seed=many',
  '?v=1&t=noon',
  '?v=1&t=99s',
  '?v=1&do=12s~fly~B',
  '?v=1&do=nonsense',
  '?v=1&page=attic',
  '?v=1&s=%00',
  '?v=1&s=abc',
  '?v=1&t=60ms&h=0000000000000000',
  '?v=77',
  '?%E0%A4%A',
  '?v=1&t=60ms&set.mode=%3Cscript%3E',
];

for (const query of faults) {
  test(`${query} says in a sentence what was wrong, and the page works`, async ({ page }) => {
    await page.goto(`./${query}`);
    const notice = page.locator('div[role="status"] li').first();
    await expect(notice).toHaveText(/\.$/);
    await settled(page);
    await settledAfter(page, () => page.getByRole('button', { name: 'Step back' }).click());
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect(notice).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  });
}

test('a very long address is packed, and opens again', async ({ page }) => {
  const acts = Array.from(
    { length: 140 },
    (_, place) => `do=${place}ms~set~durability~${place % 2 === 0 ? 'off' : 'on'}`,
  );
  await page.goto(`./?v=1&t=20ms&${acts.join('&')}`);
  await settled(page);
  await settledAfter(page, () => page.keyboard.press('ArrowLeft'));
  await expect(page).toHaveURL(/\?v=1&s=[\w-]+$/);
  const time = await playhead(page);
  await page.reload();
  await settled(page);
  expect(await playhead(page)).toBe(time);
  await expect(page.locator('div[role="status"] li')).toHaveCount(0);
});

test('settings that cannot be read give a sentence and the defaults', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('both-ways.settings', '{"theme":"pink"'));
  await page.goto('./?v=1&t=20ms');
  await settled(page);
  await expect(page.getByText(/could not be read/)).toBeVisible();
});

test('without JavaScript the tables and a still picture remain', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(baseURL ?? '');
  await expect(page.getByText(/animation needs JavaScript/)).toBeVisible();
  await expect(page.getByRole('table')).toHaveCount(3);
  const width = await page.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth);
  expect(width).toBeGreaterThan(0);
  await context.close();
});
