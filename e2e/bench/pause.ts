// What the page does while it is paused: nothing.

import type { Browser } from '@playwright/test';
import { countFrames, framesAsked, openMetrics, readWork } from './metrics';

const SECONDS = 5;

export interface PauseResult {
  readonly seconds: number;
  readonly framesAsked: number;
  /** Share of the time in which the main thread was busy. */
  readonly busyShare: number;
}

export async function measurePause(browser: Browser, base: string): Promise<PauseResult> {
  const page = await browser.newPage({ viewport: { width: 1_440, height: 900 } });
  await countFrames(page);
  await page.goto(`${base}?v=1&scenario=many-talk&t=100ms`);
  await page.waitForSelector('html[data-settled]');
  const session = await openMetrics(page);
  const idle = new Promise((resolve) => setTimeout(resolve, SECONDS * 1_000));
  const before = await readWork(session);
  const asked = await framesAsked(page);
  await idle;
  const after = await readWork(session);
  const frames = (await framesAsked(page)) - asked;
  await page.close();
  return {
    seconds: SECONDS,
    framesAsked: frames,
    busyShare: (after.task - before.task) / SECONDS,
  };
}
