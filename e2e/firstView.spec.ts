// What is fetched when: the first view brings the first scenes alone, the others come when wanted.
import { expect, type Page, test } from '@playwright/test';
import { firstViewOf } from '../.ci/firstView';
import { SCENARIOS } from '../src/scenarios/registry';
import { settled, settledAfter } from './support/settled';

/** The first view is what is seen before anybody acts, in milliseconds. */
const FIRST_VIEW = 3_500;
const CLUSTER_CHUNK = /\/(clusterScenarios|ClusterView)-/;
const clusterScene = SCENARIOS.filter(({ stageView }) => stageView === 'cluster')[0];
if (clusterScene === undefined) throw new Error('There is no scene of the cluster.');
const { id, title, question } = clusterScene;

const scenePicker = (page: Page) => page.getByRole('combobox', { name: /[Ss]cene/ });

/** Notes every headline that the page has shown, however short. */
async function noteHeadlines(page: Page): Promise<() => Promise<string[]>> {
  // The runner names the functions that it compiles with a helper that no page has.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.addInitScript(() => {
    const seen = new Set<string>();
    Object.assign(window, { seen });
    new MutationObserver(() => {
      const text = document.querySelector('main h1')?.textContent;
      if (text) seen.add(text);
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  return () => page.evaluate(() => [...(window as unknown as { seen: Set<string> }).seen]);
}

test('the first view asks for what the budget counts, and for nothing else', async ({
  page,
  baseURL,
}) => {
  await page.goto('./');
  // The opening has come to rest by then.
  await settled(page);
  await page.waitForFunction((end) => performance.now() > end, FIRST_VIEW, { polling: 50 });
  // Whatever came later came unasked as well: nobody has acted.
  const asked = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => name),
  );
  expect(asked.filter((url) => !url.startsWith(String(baseURL)))).toEqual([]);
  const scripts = asked.filter((url) => url.endsWith('.js'));
  expect(scripts.map((url) => url.slice(String(baseURL).length)).sort()).toEqual(
    [...firstViewOf().scripts].sort(),
  );
  expect(scripts.filter((url) => CLUSTER_CHUNK.test(url))).toEqual([]);
});

test('an address of a scene of the cluster opens it at once, and nothing before it', async ({
  page,
}) => {
  const headlines = await noteHeadlines(page);
  await page.goto(`./?v=1&scenario=${id}`);
  await settled(page);
  expect(await headlines()).toEqual([question]);
  await expect(page.locator('[data-frame="kafka"] [data-part="picture"] svg > *')).not.toHaveCount(
    0,
  );
  await expect(page.locator('div[role="status"] li')).toHaveCount(0);
});

test('the picker lists every scene, and brings the one that is chosen with its picture', async ({
  page,
}) => {
  await page.goto('./?v=1&t=60ms');
  await settled(page);
  const tabs = await page
    .getByRole('group', { name: 'Scene' })
    .getByRole('button')
    .allTextContents();
  const options = await scenePicker(page).getByRole('option').allTextContents();
  expect([...tabs, ...options.filter((text) => text !== 'More scenes')]).toEqual(
    SCENARIOS.map((scenario) => scenario.title),
  );
  await settledAfter(page, () => scenePicker(page).selectOption(title));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(question);
  await expect(scenePicker(page)).toHaveValue(id);
  expect(
    await page.locator('[data-frame="kafka"] [data-part="picture"] svg > *').count(),
  ).toBeGreaterThan(0);
});

test.describe('without a connection to the cluster’s scenes', () => {
  test.beforeEach(({ page }) => page.route(CLUSTER_CHUNK, (route) => route.abort()));

  test('their address opens the first scene and says so', async ({ page }) => {
    await page.goto(`./?v=1&scenario=${id}`);
    await settled(page);
    await expect(page.locator('div[role="status"] li')).toHaveText(/could not be fetched.*\.$/);
    await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  });

  test('the scene before stays and the page says so', async ({ page }) => {
    await page.goto('./?v=1&t=60ms');
    await settled(page);
    const before = await page.getByRole('heading', { level: 1 }).textContent();
    await settledAfter(page, () => scenePicker(page).selectOption(title));
    await expect(page.locator('div[role="status"] li')).toHaveText(/could not be fetched.*\.$/);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(String(before));
    await expect(scenePicker(page)).not.toHaveValue(id);
  });
});
