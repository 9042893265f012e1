// The diagram of all moments: walked by keys, sought by clicks, zoomed, linked with the stages.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { playhead, settled, settledAfter } from './support/settled';

/** The page with its diagrams open and in sight. */
async function openDiagrams(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await settled(page);
  await settledAfter(page, () => page.getByText('See every moment of this run').click());
  await expect(page.getByRole('application')).not.toHaveCount(0);
  await page.getByRole('heading', { name: 'Every moment of the run' }).scrollIntoViewIfNeeded();
}

const diagram = (page: Page, stage: string) =>
  page.getByRole('application', { name: `${stage}: diagram of all moments` });

/** The one sentence that the diagrams say. */
const said = (page: Page) => page.locator('[data-panel="moments"] [role="status"]');

/** The times under a diagram, as they stand. */
const axisOf = (page: Page, stage: string) =>
  page
    .locator(`[data-diagram="${stage}"] [data-layer="frontWords"] text`)
    .allTextContents()
    .then((texts) => texts.filter((text) => /^\d/.test(text)));

test('the arrow keys walk the marks in the order of time, Enter goes to one', async ({ page }) => {
  await openDiagrams(page, './?v=1&t=0ms');
  await diagram(page, 'Kafka').focus();
  await page.keyboard.press('ArrowRight');
  await expect(said(page)).toHaveText(/^Ana’s message 0, from Ana to the log, 0.ms to 10.ms\.$/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(said(page)).toHaveText(
    /^Ana’s message 0 is record 0 .* after 23.ms: append \+ copy 3.ms, waiting for a poll 20.ms\.$/,
  );
  expect(await playhead(page)).toBe(0);
  await settledAfter(page, () => page.keyboard.press('Enter'));
  expect(await playhead(page)).toBe(10_000);
  await expect(diagram(page, 'Kafka')).toBeFocused();
  await page.keyboard.press('End');
  await expect(said(page)).toHaveText(/message 5/);
  await expect(
    page.locator('[data-diagram="kafka"] [data-layer="ringed"] [data-shape="ring"]'),
  ).not.toHaveAttribute('d', '');
  await page.keyboard.press('Home');
  await expect(said(page)).toHaveText(/^Ana’s message 0, from Ana to the log/);
  await page.keyboard.press('ArrowLeft');
  await expect(said(page)).toHaveText(/^Ana’s message 0, from Ana to the log/);
});

test('a click on a line goes to its beginning', async ({ page }) => {
  await openDiagrams(page, './?v=1&t=132ms');
  const sheet = page.locator('[data-diagram="websocket"]');
  const grid = await sheet.locator('[data-shape="grid"]').getAttribute('d');
  const heads = await sheet
    .locator('[data-layer="past"] [data-shape="lines left"]')
    .getAttribute('d');
  expect(grid).not.toBeNull();
  const [, x1, y1, x2, y2] = /^M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)M/.exec(heads ?? '') ?? [];
  const place = {
    x: Number(x1) * 0.75 + Number(x2) * 0.25,
    y: Number(y1) * 0.75 + Number(y2) * 0.25,
  };
  await settledAfter(page, () => sheet.click({ position: place }));
  expect(await playhead(page)).toBe(0);
  await expect(said(page)).toHaveText(/^Ana’s message 0, from Ana to Ben, 0.ms to 20.ms\.$/);
});

test('buttons, keys, the wheel and the strip change the stretch of time for all stages', async ({
  page,
}) => {
  await openDiagrams(page, './?v=1&t=20ms');
  const first = await axisOf(page, 'websocket');
  expect(first).toEqual(await axisOf(page, 'kafka'));
  await settledAfter(page, () => page.getByRole('button', { name: 'Zoom in' }).click());
  const near = await axisOf(page, 'websocket');
  expect(near).not.toEqual(first);
  expect(near).toEqual(await axisOf(page, 'kafka'));
  await settledAfter(page, () => page.getByRole('button', { name: 'Whole run' }).click());
  expect((await axisOf(page, 'kafka')).at(-1)).toMatch(/^300/);
  await diagram(page, 'WebSocket').focus();
  await settledAfter(page, () => page.keyboard.press('+'));
  expect((await axisOf(page, 'kafka')).at(-1)).not.toMatch(/^300/);
  const box = await diagram(page, 'WebSocket').boundingBox();
  await page.mouse.move((box?.x ?? 0) + 300, (box?.y ?? 0) + 120);
  const before = await axisOf(page, 'kafka');
  await page.keyboard.down('Control');
  await settledAfter(page, () => page.mouse.wheel(0, 600));
  await page.keyboard.up('Control');
  expect(await axisOf(page, 'kafka')).not.toEqual(before);
  await settledAfter(page, () => page.getByRole('button', { name: 'Zoom in' }).click());
  // In the middle the dock does not lie on it.
  await page.locator('[data-overview]').evaluate((one) => one.scrollIntoView({ block: 'center' }));
  const strip = await page.locator('[data-overview]').boundingBox();
  const [x, y] = [strip?.x ?? 0, (strip?.y ?? 0) + 16];
  const wide = strip?.width ?? 0;
  await page.mouse.move(x + wide * 0.9, y);
  await page.mouse.down();
  await settledAfter(page, () => page.mouse.move(x + wide * 0.98, y, { steps: 3 }));
  await page.mouse.up();
  expect((await axisOf(page, 'kafka')).every((text) => Number.parseFloat(text) > 200)).toBe(true);
});

test('the diagrams follow the time until told not to', async ({ page }) => {
  await openDiagrams(page, './?v=1&t=20ms');
  const early = await axisOf(page, 'kafka');
  const seek = (us: number) =>
    settledAfter(page, () =>
      page.getByRole('slider', { name: 'Time in the run' }).fill(String(us)),
    );
  await seek(280_000);
  const late = await axisOf(page, 'kafka');
  expect(late).not.toEqual(early);
  await page.getByRole('switch', { name: 'Follow the time' }).click();
  await seek(20_000);
  expect(await axisOf(page, 'kafka')).toEqual(late);
});

test('while the time runs inside the window nothing is built anew', async ({ page }) => {
  await openDiagrams(page, './?v=1&t=0ms');
  await page.evaluate(() => {
    const counter = window as unknown as { rebuilt: number };
    counter.rebuilt = 0;
    const observer = new MutationObserver((changes) => {
      counter.rebuilt += changes.length;
    });
    for (const name of ['ground', 'future', 'past', 'front', 'frontWords']) {
      for (const layer of document.querySelectorAll(`[data-diagram] [data-layer="${name}"]`)) {
        observer.observe(layer, { childList: true, subtree: true, attributeFilter: ['d'] });
      }
    }
  });
  const past = page.locator('[data-diagram="kafka"] [data-layer="past"]');
  const before = Number(await past.getAttribute('width'));
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(() => playhead(page), { intervals: [50] }).toBeGreaterThan(10_000);
  await settledAfter(page, () => page.getByRole('button', { name: 'Pause' }).click());
  expect(await playhead(page)).toBeLessThan(170_000);
  expect(Number(await past.getAttribute('width'))).toBeGreaterThan(before);
  const rebuilt = await page.evaluate(() => (window as unknown as { rebuilt: number }).rebuilt);
  expect(rebuilt).toBe(0);
});

test('a message is stressed on the stages, in both diagrams and in the list at once', async ({
  page,
}) => {
  await openDiagrams(page, './?v=1&t=5ms');
  const ringed = page.locator('[data-view] [data-mark] [data-ring]');
  await expect(ringed).toHaveCount(0);
  await diagram(page, 'WebSocket').focus();
  await page.keyboard.press('Home');
  await expect(ringed).toHaveCount(2);
  for (const stage of ['websocket', 'kafka']) {
    const chosen = page.locator(`[data-diagram="${stage}"] [data-layer="ringed"] path`);
    await expect(chosen).not.toHaveCount(0);
  }
  await expect(page.locator('li[data-chosen]')).not.toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(ringed).toHaveCount(0);
  await page.locator('[data-view="kafka"] [data-mark]').first().hover();
  await expect(ringed).toHaveCount(2);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the diagrams, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    for (const scenario of ['both-talk', 'tunnel']) {
      await openDiagrams(page, `./?v=1&scenario=${scenario}&t=132ms`);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    }
  });
}

test('on a phone the diagrams stand under each other and nothing scrolls sideways', async ({
  page,
}) => {
  await page.setViewportSize({ width: 375, height: 812 });
  await openDiagrams(page, './?v=1&t=132ms');
  const tops = await page
    .locator('[data-diagram]')
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
  expect((tops[1] ?? 0) - (tops[0] ?? 0)).toBeGreaterThan(200);
  const overflow = await page.evaluate(
    () => (document.scrollingElement?.scrollWidth ?? 0) - window.innerWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
});

/** Words of the diagrams that lie on each other or leave their picture, as the browser draws them. */
const misplacedWords = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('[data-diagram] svg')].flatMap((svg) => {
      const box = svg.getBoundingClientRect();
      const words = [...svg.querySelectorAll('[data-layer$="ords"] text')].map((word) => ({
        text: `${word.textContent}`,
        size: Number.parseFloat(getComputedStyle(word).fontSize),
        at: word.getBoundingClientRect(),
      }));
      return words.flatMap(({ text, size, at }, place) => [
        ...(size < 14 ? [`${text} is small`] : []),
        ...(at.left < box.left - 1 || at.right > box.right + 1 ? [`${text} leaves sideways`] : []),
        ...words
          .slice(place + 1)
          .filter(({ at: other }) => {
            const wide = Math.min(at.right, other.right) - Math.max(at.left, other.left);
            const high = Math.min(at.bottom, other.bottom) - Math.max(at.top, other.top);
            return wide > 2 && high > 4;
          })
          .map((other) => `${text} lies on ${other.text}`),
      ]);
    }),
  );

for (const width of [1440, 375]) {
  test(`no words of the diagrams touch in the real page at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    for (const scenario of ['both-talk', 'tunnel', 'groups', 'hub']) {
      await openDiagrams(page, `./?v=1&scenario=${scenario}&t=100ms`);
      expect(await misplacedWords(page), scenario).toEqual([]);
    }
  });
}
