// The browser that e2e tests and benchmarks drive; finding one is findBrowser.ts's work.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LaunchOptions } from '@playwright/test';

/** Where findBrowser.ts leaves its result: `{executablePath?}`; no path means Playwright's own. */
export const browserRecordPath = fileURLToPath(
  new URL('../../node_modules/.cache/both-ways/browser.json', import.meta.url),
);

export interface BrowserRecord {
  readonly executablePath?: string;
}

/** Chromium keeps quiet on the network; its sandbox cannot start for root. */
function browserArguments(): string[] {
  const isRoot = process.getuid?.() === 0;
  return [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    ...(isRoot ? ['--no-sandbox'] : []),
  ];
}

export function launchOptionsFor(record: BrowserRecord): LaunchOptions {
  return { ...record, args: browserArguments() };
}

/** Launch options for the browser that was found, or for Playwright's own before any search. */
export function foundLaunchOptions(): LaunchOptions {
  return launchOptionsFor(readBrowserRecord());
}

function readBrowserRecord(): BrowserRecord {
  try {
    return JSON.parse(readFileSync(browserRecordPath, 'utf8')) as BrowserRecord;
  } catch {
    return {};
  }
}
