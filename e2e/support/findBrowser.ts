// Finds a browser that really launches and renders, installing one if none does, and records it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { chromium } from '@playwright/test';
import { type BrowserRecord, browserRecordPath, launchOptionsFor } from './browser';

const playwrightCli = createRequire(import.meta.url).resolve('@playwright/test/cli');
const launchTimeoutMs = 30_000;

/** A stub on PATH starts and exits; only a page that lays out and paints counts as a browser. */
async function renders(record: BrowserRecord): Promise<boolean> {
  if (record.executablePath !== undefined && !existsSync(record.executablePath)) return false;
  try {
    const browser = await chromium.launch({
      ...launchOptionsFor(record),
      timeout: launchTimeoutMs,
    });
    try {
      const page = await browser.newPage();
      await page.setContent('<div id="box" style="width:40px;height:40px;background:red"></div>');
      const box = page.locator('#box');
      const widthPixels = await box.evaluate((element) => element.getBoundingClientRect().width);
      const picture = await box.screenshot({ timeout: launchTimeoutMs });
      return widthPixels === 40 && picture.length > 0;
    } finally {
      await browser.close();
    }
  } catch {
    return false;
  }
}

function installedBrowserPaths(): string[] {
  const names = [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'microsoft-edge-stable',
    'chrome.exe',
    'msedge.exe',
  ];
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...usualMacPaths(), ...usualWindowsPaths()].filter((path) => existsSync(path));
}

function usualMacPaths(): string[] {
  if (process.platform !== 'darwin') return [];
  const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
  const folders = ['/Applications', join(process.env['HOME'] ?? '', 'Applications')];
  return folders.flatMap((folder) =>
    apps.map((app) => join(folder, `${app}.app`, 'Contents', 'MacOS', app)),
  );
}

function usualWindowsPaths(): string[] {
  if (process.platform !== 'win32') return [];
  const folders = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap(
    (name) => process.env[name] ?? [],
  );
  const apps = [
    ['Google', 'Chrome', 'Application', 'chrome.exe'],
    ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ];
  return folders.flatMap((folder) => apps.map((app) => join(folder, ...app)));
}

function run(command: string, ...parameters: string[]): boolean {
  console.log(`> ${[command, ...parameters].join(' ')}`);
  return spawnSync(command, parameters, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

/** The prefix that makes a command root's without asking for a password; none if there is no way. */
function rootPrefix(): string[] | undefined {
  if (process.platform !== 'linux') return undefined;
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : undefined;
}

function installPlaywrightBrowser(): boolean {
  // The download goes first: behind a closed network it fails at once, system packages do not.
  if (!run(process.execPath, playwrightCli, 'install', 'chromium')) return false;
  if (rootPrefix() !== undefined) run(process.execPath, playwrightCli, 'install-deps', 'chromium');
  return true;
}

function installWithApt(): boolean {
  const prefix = rootPrefix();
  if (prefix === undefined || spawnSync('apt-get', ['--version']).status !== 0) return false;
  const apt = (...parameters: string[]) => {
    const [command = 'apt-get', ...rest] = [...prefix, 'apt-get', ...parameters];
    return run(command, ...rest);
  };
  apt('update', '-q');
  const packages = ['chromium', 'chromium-sandbox', 'fonts-liberation'];
  return apt('install', '-y', '-q', '--no-install-recommends', ...packages);
}

async function firstThatRenders(paths: readonly string[]): Promise<BrowserRecord | undefined> {
  for (const executablePath of paths) {
    if (await renders({ executablePath })) return { executablePath };
  }
  return undefined;
}

async function findBrowser(): Promise<BrowserRecord | undefined> {
  const named = process.env['PLAYWRIGHT_CHROMIUM_EXECUTABLE'];
  if (named) {
    if (await renders({ executablePath: named })) return { executablePath: named };
    console.warn(`PLAYWRIGHT_CHROMIUM_EXECUTABLE=${named} does not launch; looking for another.`);
  }
  if (await renders({})) return {};
  const installed = await firstThatRenders(installedBrowserPaths());
  if (installed) return installed;
  if (installPlaywrightBrowser() && (await renders({}))) return {};
  if (installWithApt()) return firstThatRenders(installedBrowserPaths());
  return undefined;
}

const found = await findBrowser();
if (found === undefined) {
  console.error(
    'No Chromium that launches was found, and none could be installed.\n' +
      'Install Chrome, Chromium or Edge, or name one: PLAYWRIGHT_CHROMIUM_EXECUTABLE=<path>',
  );
  process.exit(1);
}
mkdirSync(dirname(browserRecordPath), { recursive: true });
writeFileSync(browserRecordPath, `${JSON.stringify(found)}\n`);
console.log(`browser: ${found.executablePath ?? "Playwright's own Chromium"}`);
