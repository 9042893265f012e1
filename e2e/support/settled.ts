// Waits for settled pictures: the page says itself when what is seen is drawn.
import type { Page } from '@playwright/test';

/** The picture is drawn and nothing plays. */
export async function settled(page: Page): Promise<void> {
  await page.locator('html[data-settled]').waitFor({ state: 'attached' });
}

/** Does `act` and waits until the picture after it is drawn. */
export async function settledAfter(page: Page, act: () => Promise<unknown>): Promise<void> {
  const before = await settledCount(page);
  await act();
  await page.waitForFunction(
    (count) => Number(document.documentElement.dataset['settled'] ?? 0) > count,
    before,
    // The other way of polling asks the page for frames, and a test counts those.
    { polling: 20 },
  );
}

const settledCount = (page: Page): Promise<number> =>
  page.evaluate(() => Number(document.documentElement.dataset['settled'] ?? 0));

/** The raw value of a counter; null while it has no meaning. */
export async function measured(page: Page, stage: string, measure: string): Promise<number | null> {
  const counter = page.locator(`[data-stage="${stage}"][data-measure="${measure}"]`).first();
  const text = await counter.getAttribute('data-value');
  return text === null || text === '' ? null : Number(text);
}

/** The playhead in microseconds, as the scrubber holds it. */
export const playhead = async (page: Page): Promise<number> =>
  Number(await page.getByRole('slider', { name: 'Time in the run' }).inputValue());
