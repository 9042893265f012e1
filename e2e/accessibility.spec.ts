// Axe finds nothing, nothing scrolls sideways, and everything keeps its size on small screens.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { settled } from './support/settled';

const pages = [
  ['compare', './?v=1&t=132ms'],
  ['compare, away', './?v=1&t=132ms&do=60ms~disconnect~B&do=60ms~set~durability~off'],
  ['tunnel', './?v=1&scenario=tunnel&t=15s'],
  ['many talk', './?v=1&scenario=many-talk&t=60ms'],
  ['bare channel', './?v=1&scenario=bare-channel&t=30ms'],
  ['a broker crash', './?v=1&scenario=broker-crash&t=12s'],
  ['compaction', './?v=1&scenario=compaction&t=8700ms'],
  ['polling', './?v=1&scenario=polling&t=262ms'],
  ['tables', './?v=1&page=tables'],
] as const;

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [name, address] of pages) {
    test(`axe finds nothing on ${name}, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.goto(address);
      await settled(page);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    });
  }

  test(`axe finds nothing with everything open, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto('./?v=1&t=132ms');
    await settled(page);
    await page.getByText('See every moment of this run').click();
    await page.getByRole('button', { name: /half-duplex/ }).click();
    await page.getByRole('button', { name: 'More' }).click();
    const open = await new AxeBuilder({ page }).analyze();
    expect(open.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    await page.getByRole('button', { name: 'Model card' }).click();
    await expect(page.getByRole('dialog', { name: 'Model card' })).toBeVisible();
    const dialog = await new AxeBuilder({ page }).analyze();
    expect(dialog.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
}

for (const width of [320, 375, 768, 1024]) {
  for (const [name, address] of pages) {
    test(`${name} does not scroll sideways at ${width} px`, async ({ page }) => {
      await page.setViewportSize({ width, height: 812 });
      await page.goto(address);
      await settled(page);
      const overflow = await page.evaluate(
        () => (document.scrollingElement?.scrollWidth ?? 0) - window.innerWidth,
      );
      expect(overflow).toBeLessThanOrEqual(0);
    });
  }
}

for (const [address, count] of [
  ['./?v=1&t=132ms', 2],
  ['./?v=1&scenario=polling&t=262ms', 4],
] as const) {
  test(`at 960×540 all ${count} stages and the transport are wholly in sight`, async ({ page }) => {
    await page.setViewportSize({ width: 960, height: 540 });
    await page.goto(address);
    await settled(page);
    const bottoms = await page.evaluate(() => {
      const bottomOf = (selector: string) =>
        [...document.querySelectorAll(selector)].map((element) =>
          Math.round(element.getBoundingClientRect().bottom),
        );
      const dock = document.querySelector('section[aria-label="Player"]');
      const dockTop = Math.round(dock?.getBoundingClientRect().top ?? 0);
      return { views: bottomOf('[data-view]'), dockTop };
    });
    expect(bottoms.views).toHaveLength(count);
    for (const bottom of bottoms.views) expect(bottom).toBeLessThanOrEqual(bottoms.dockTop);
  });
}

test('every control is large enough to touch on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 812 });
  await page.goto('./?v=1&t=132ms');
  await settled(page);
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('button, a[href], select, summary')]
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 24))
      .map(({ element }) => element.outerHTML.slice(0, 80)),
  );
  expect(small).toEqual([]);
});
