// Reads the browser's own account of its work.

import type { CDPSession, Page } from '@playwright/test';

/** Seconds of main-thread work since the page began, by the browser's count. */
export interface Work {
  readonly script: number;
  readonly task: number;
}

export async function openMetrics(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  return session;
}

export async function readWork(session: CDPSession): Promise<Work> {
  const { metrics } = await session.send('Performance.getMetrics');
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
  return { script: value('ScriptDuration'), task: value('TaskDuration') };
}

/** Counts the frames that the page asks for, from the first script on. */
export async function countFrames(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const ask = window.requestAnimationFrame.bind(window);
    Object.assign(window, { framesAsked: 0 });
    window.requestAnimationFrame = (callback) => {
      (window as unknown as { framesAsked: number }).framesAsked += 1;
      return ask(callback);
    };
  });
}

export const framesAsked = (page: Page): Promise<number> =>
  page.evaluate(() => (window as unknown as { framesAsked: number }).framesAsked);

export const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
