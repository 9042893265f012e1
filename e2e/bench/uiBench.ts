// `npm run bench:ui`: what a frame, a pause and the first view cost in a real browser, as ratios.

import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { foundLaunchOptions } from '../support/browser';
import { measureFirstView } from './firstView';
import { measureFrames } from './frames';
import { measurePause } from './pause';

const PORT = 4175;

const server = await preview({
  preview: { host: '127.0.0.1', port: PORT, strictPort: true },
  logLevel: 'error',
});
const browser = await chromium.launch(foundLaunchOptions());
try {
  const base = `http://127.0.0.1:${PORT}/`;
  const report = {
    frames: await measureFrames(browser, base),
    pause: await measurePause(browser, base),
    firstView: await measureFirstView(browser, base),
  };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
} finally {
  await browser.close();
  await server.close();
}
