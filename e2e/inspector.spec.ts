// The inspector: opened by mouse and by keys, its journey and bytes, closed with the focus back.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { settled, settledAfter } from './support/settled';

const inspector = (page: Page) => page.getByRole('region', { name: 'Inspector' });
const diagram = (page: Page, stage: string) =>
  page.getByRole('application', { name: `${stage}: diagram of all moments` });

async function openMoments(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await settled(page);
  await settledAfter(page, () => page.getByText('See every moment of this run').click());
  await expect(page.getByRole('application')).not.toHaveCount(0);
}

test('by keyboard alone: a message of the diagram, its bytes, and back', async ({ page }) => {
  await openMoments(page, './?v=1&t=0ms');
  await diagram(page, 'Kafka').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  const heading = inspector(page).getByRole('heading', { name: 'The journey of Ana’s message 0' });
  await expect(heading).toBeFocused();
  await expect(inspector(page).getByText('Written at offset 0')).toBeVisible();
  await expect(inspector(page).getByText('until Ben’s poll arrives')).toBeVisible();
  await expect(inspector(page).getByText(/61 \+ 73 = 134 bytes/)).toBeVisible();
  await expect(inspector(page).getByText('fits the bytes after it')).toBeVisible();
  const travel = inspector(page).getByRole('button', { name: /^Travels to broker 1/ });
  await travel.focus();
  await page.keyboard.press('Enter');
  await expect(travel).toHaveAttribute('aria-pressed', 'true');
  await expect(
    inspector(page).getByRole('heading', { name: /^Produce request from Ana to broker 1/ }),
  ).toBeVisible();
  await expect(inspector(page).getByText('not yet known; the leader writes it')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(inspector(page)).toHaveCount(0);
  await expect(diagram(page, 'Kafka')).toBeFocused();
});

/** The middle of the first brick in Kafka's log. */
const brick = (page: Page) =>
  page.evaluate(() => {
    const paths = [...document.querySelectorAll('[data-view="kafka"] svg path')];
    const found = paths.find((path) =>
      /^row \d+ \w+ \d+$/.test(
        (path as Element & { __data__?: { key: string } }).__data__?.key ?? '',
      ),
    );
    const { x, y, width, height } = (found as Element).getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  });

test('a mark on its way and a brick open it; the cross closes it', async ({ page }) => {
  await page.goto('./?v=1&t=10ms');
  await settled(page);
  await page.locator('[data-view="websocket"] [data-mark] text').last().click();
  await expect(inspector(page).getByRole('heading', { name: /^Message from/ })).toBeVisible();
  await inspector(page).getByText('The handshake that opened this connection').click();
  await expect(inspector(page).getByText(/Sec-WebSocket-Accept/)).toBeVisible();
  await inspector(page).getByRole('button', { name: 'Close the inspector' }).click();
  await expect(inspector(page)).toHaveCount(0);
  await page.goto('./?v=1&t=132ms');
  await settled(page);
  const { x, y } = await brick(page);
  await page.mouse.click(x, y);
  await expect(inspector(page).getByText(/^Written at offset/)).toBeVisible();
});

test('the log’s button opens it; with everything open axe finds nothing', async ({ page }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await openMoments(page, './?v=1&t=132ms');
    const button = page.getByRole('button', { name: /^Inspect message/ }).first();
    await button.click();
    await expect(inspector(page).getByRole('heading', { name: /^The journey of/ })).toBeFocused();
    for (const summary of await inspector(page).locator('summary').all()) await summary.click();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(button).toBeFocused();
  }
});

for (const [width, height] of [
  [1440, 900],
  [960, 540],
  [375, 812],
] as const) {
  test(`nothing scrolls sideways at ${width}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await openMoments(page, './?v=1&scenario=durability&t=700ms');
    await page
      .getByRole('button', { name: /^Inspect message/ })
      .nth(2)
      .click();
    await expect(inspector(page)).toBeVisible();
    const wide = await page.evaluate(() => document.scrollingElement?.scrollWidth ?? 0);
    expect(wide).toBeLessThanOrEqual(width);
  });
}
