// How soon the page shows itself and the first message moves, against a still page as heavy.

import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from '@playwright/test';
import { median } from './metrics';

const ROUNDS = 7;
const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

export interface FirstViewResult {
  readonly firstPaintMs: number;
  readonly stillPageFirstPaintMs: number;
  readonly ratio: number;
  /** From the first contentful paint to the first message that has moved. */
  readonly firstMoveMs: number;
  readonly firstMoveFrames: number;
}

interface Seen {
  paint: number;
  move: number;
  frames: number;
}

/** Notes the first paint, and the first frame in which a mark stands elsewhere than before. */
async function watch(page: Page): Promise<void> {
  // tsx names the functions that it compiles with a helper that no page has.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.addInitScript(() => {
    const seen = { paint: 0, move: 0, frames: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntriesByName('first-contentful-paint')) {
        seen.paint = entry.startTime;
      }
    }).observe({ type: 'paint', buffered: true });
    let places = '';
    const look = () => {
      if (seen.paint > 0) seen.frames += 1;
      const now = [...document.querySelectorAll('g.mark')]
        .map((mark) => mark.getAttribute('transform'))
        .join();
      if (places !== '' && now !== '' && now !== places) seen.move = performance.now();
      else requestAnimationFrame(look);
      places = now;
    };
    requestAnimationFrame(look);
  });
}

const seenBy = (page: Page): Promise<Seen> =>
  page.evaluate(() => (window as unknown as { seen: Seen }).seen);

async function measureOurs(browser: Browser, base: string): Promise<Seen> {
  const page = await browser.newPage({ viewport: { width: 1_440, height: 900 } });
  await watch(page);
  await page.goto(base);
  await page.waitForFunction(() => (window as unknown as { seen: Seen }).seen.move > 0);
  const seen = await seenBy(page);
  await page.close();
  return seen;
}

async function measureStill(browser: Browser, url: string): Promise<number> {
  const page = await browser.newPage({ viewport: { width: 1_440, height: 900 } });
  await watch(page);
  await page.goto(url);
  await page.waitForFunction(() => (window as unknown as { seen: Seen }).seen.paint > 0);
  const { paint } = await seenBy(page);
  await page.close();
  return paint;
}

/** A page with our style sheet and fonts, and as many bytes of script that do nothing. */
function serveStillPage(): Promise<{ readonly url: string; close(): void }> {
  const files = readdirSync(`${dist}assets`);
  const index = readFileSync(`${dist}index.html`, 'utf8');
  const styles = [...index.matchAll(/assets\/[\w.-]+\.css/g)].map(([path]) => path);
  const scripts = [...index.matchAll(/assets\/[\w.-]+\.js/g)].map(([path]) => path);
  const bytes = scripts.reduce((sum, path) => sum + readFileSync(dist + path).length, 0);
  const html = `<!doctype html><html lang="en"><head><title>Still</title>
    ${styles.map((path) => `<link rel="stylesheet" href="${path}">`).join('')}
    <script src="still.js" defer></script></head><body><h1>Both Ways</h1><p>A still page.</p></body></html>`;
  const types: Record<string, string> = { css: 'text/css', woff2: 'font/woff2' };
  const server = createServer((request, response) => {
    const name = (request.url ?? '/').slice(1);
    const asset = name.replace('assets/', '');
    if (name === '') response.setHeader('content-type', 'text/html').end(html);
    else if (name === 'still.js') {
      response.setHeader('content-type', 'text/javascript').end(`//${' '.repeat(bytes)}`);
    } else if (files.includes(asset)) {
      response.setHeader('content-type', types[asset.split('.').at(-1) ?? ''] ?? 'text/plain');
      response.end(readFileSync(`${dist}assets/${asset}`));
    } else response.writeHead(404).end();
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({ url: `http://127.0.0.1:${port}/`, close: () => server.close() });
    });
  });
}

export async function measureFirstView(browser: Browser, base: string): Promise<FirstViewResult> {
  const still = await serveStillPage();
  const ours: Seen[] = [];
  const stillPaints: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(await measureOurs(browser, base));
    stillPaints.push(await measureStill(browser, still.url));
  }
  still.close();
  const firstPaintMs = median(ours.map((seen) => seen.paint));
  const stillPageFirstPaintMs = median(stillPaints);
  return {
    firstPaintMs,
    stillPageFirstPaintMs,
    ratio: firstPaintMs / stillPageFirstPaintMs,
    firstMoveMs: median(ours.map((seen) => seen.move - seen.paint)),
    firstMoveFrames: median(ours.map((seen) => seen.frames)),
  };
}
