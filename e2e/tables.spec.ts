// The Tables page: its numbers are the run's, "Show me" opens the scene, and few rows are lit.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { COMPARISON_ROWS } from '../src/content/comparisons/registry';
import { measuresAt } from '../src/engine/index';
import { runScenario } from '../src/scenarios/runScenario';

const scenes = ['both-talk', 'one-message', 'tunnel', 'durability'];

async function openTables(page: Page, query = ''): Promise<void> {
  await page.goto(`?v=1&page=tables${query}`);
  await settled(page);
}

async function settled(page: Page): Promise<void> {
  await page.locator('html[data-settled]').waitFor();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'Each claim, measured in this run',
  );
}

/** Every value on the page, by stage and measure. */
async function shownValues(page: Page): Promise<Map<string, string>> {
  const pairs = await page.locator('main table [data-measure]').evaluateAll((elements) =>
    elements.map((element): [string, string] => {
      const { stage, measure, value } = (element as HTMLElement).dataset;
      return [`${stage} ${measure}`, value ?? 'absent'];
    }),
  );
  return new Map(pairs);
}

/** The same values from a run of our own, at its horizon. */
function measuredValues(scenarioId: string): Map<string, string> {
  const run = runScenario({ scenarioId, parameters: {}, seed: 7, interventions: [] });
  const values = new Map<string, string>();
  for (const stage of ['websocket', 'kafka'] as const) {
    const { latencyMs, transitMs, ...others } = measuresAt(run.index, stage, run.horizon);
    const named = {
      ...others,
      latencyP50: latencyMs.p50,
      latencyP99: latencyMs.p99,
      transitP50: transitMs.p50,
    };
    for (const [measure, value] of Object.entries(named)) {
      values.set(`${stage} ${measure}`, value === null ? '' : JSON.stringify(value));
    }
  }
  return values;
}

for (const scenarioId of scenes) {
  test(`every value of ${scenarioId} is the one that the run measures`, async ({ page }) => {
    await openTables(page, `&scenario=${scenarioId}`);
    const shown = await shownValues(page);
    const measured = measuredValues(scenarioId);
    expect(shown.size).toBeGreaterThan(12);
    for (const [name, value] of shown) expect(value, name).toBe(measured.get(name));
  });
}

test('an instant in the address is the one that the values belong to', async ({ page }) => {
  await openTables(page, '&scenario=tunnel&t=15500ms');
  const missed = page.locator('[data-stage="websocket"][data-measure="missed"]').first();
  await expect(missed).toHaveAttribute('data-value', /^[1-9]$/);
});

test('"Show me" opens the scene at its instant and lights its row alone', async ({ page }) => {
  await openTables(page);
  const row = COMPARISON_ROWS.find(({ id }) => id === 'communication-flow');
  await page.getByRole('button', { name: 'Show me: Communication Flow, Kafka' }).click();
  await settled(page);
  await expect(page).toHaveURL(/scenario=one-message/);
  const { atUs } = row?.cells.kafka.showMe ?? { atUs: 0 };
  await expect(page).toHaveURL(new RegExp(`t=${Number(atUs) / 1_000}ms`));
  const lit = page.locator('tr[data-lit="true"][id^="row-"]');
  await expect(lit).toHaveCount(1);
  await expect(lit).toHaveId('row-communication-flow');
  await expect(lit.getByRole('button', { name: /^Showing:/ })).toHaveCount(1);
});

test('at most two rows are lit, whatever is shown', async ({ page }) => {
  await openTables(page);
  for (const { id } of COMPARISON_ROWS) {
    const button = page.locator(`#row-${id} button[aria-label^="Show"]`).last();
    if ((await button.count()) === 0) continue;
    await button.click();
    await settled(page);
    const lit = await page.locator('tr[data-lit="true"][id^="row-"]').count();
    expect(lit, id).toBe(1);
  }
});

test('a footnote opens under its row and closes again', async ({ page }) => {
  await openTables(page);
  const mark = page.getByRole('button', { name: /note on Kafka, Latency/ });
  const note = page.locator('#note-latency-kafka');
  await expect(note).toBeHidden();
  await mark.click();
  await expect(note).toBeVisible();
  await mark.click();
  await expect(note).toBeHidden();
});

test('a scene without WebSocket and Kafka says which scene shows the value', async ({ page }) => {
  await openTables(page, '&scenario=bare-channel');
  await expect(page.locator('#row-duplex-type')).toContainText('“Both talk” shows it');
  await expect(page.locator('main table [data-measure]')).toHaveCount(0);
});

test('what nothing measures says so', async ({ page }) => {
  await openTables(page);
  await expect(page.locator('#row-integration-patterns')).toContainText('not measured yet');
});

test('the proof opens on Compare as it stands', async ({ page }) => {
  await openTables(page);
  await page.getByRole('button', { name: 'Show me: Message Semantics, Kafka' }).click();
  await page.getByRole('link', { name: 'Open on Compare' }).click();
  await expect(page).toHaveURL(/scenario=tunnel/);
  await expect(page).not.toHaveURL(/page=tables/);
});

test('no value is lost sideways on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 812 });
  await openTables(page);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
});

const looks = [
  { colorScheme: 'light', width: 1440 },
  { colorScheme: 'dark', width: 1000 },
  { colorScheme: 'dark', width: 375 },
] as const;

for (const { colorScheme, width } of looks) {
  test(`nothing is out of reach for anyone (${colorScheme}, ${width} px)`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await openTables(page);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations).toEqual([]);
  });
}
