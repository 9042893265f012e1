// Runs the browser tests against the built site, in the browser that findBrowser.ts recorded.
import { defineConfig } from '@playwright/test';
import { foundLaunchOptions } from './support/browser';

const port = 4174;
const baseURL = `http://localhost:${port}/`;
const reportFolder = process.env['TEST_REPORTS'];

export default defineConfig({
  testDir: '.',
  outputDir: '../node_modules/.cache/both-ways/test-results',
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  workers: 2,
  retries: 0,
  reporter: reportFolder
    ? [['list'], ['json', { outputFile: `${reportFolder}/playwright.json` }]]
    : [['list']],
  use: {
    browserName: 'chromium',
    baseURL,
    launchOptions: foundLaunchOptions(),
  },
  webServer: {
    command: `npm run -s preview -- --port ${port} --strictPort`,
    cwd: '..',
    url: baseURL,
    reuseExistingServer: false,
  },
});
