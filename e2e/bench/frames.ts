// Script time of a frame of a busy scene, against a bare D3 join that moves as many of the same.

import type { Browser, Page } from '@playwright/test';
import { bundle } from '../support/bundle';
import { countFrames, framesAsked, median, openMetrics, readWork } from './metrics';

/** About sixty messages in flight on the two stages together. */
const SCENE =
  '?v=1&scenario=many-talk&set.participants=6&set.messages=60&set.messagesPerSecond=100&t=200ms';
const FRAMES = 600;
const ROUNDS = 3;

export interface FrameResult {
  /** Messages in flight, and all that moves with them. */
  readonly messages: number;
  readonly moving: number;
  readonly frames: number;
  /** Milliseconds of script a frame, median of the rounds. */
  readonly scriptMs: number;
  readonly bareScriptMs: number;
  readonly ratio: number;
}

interface Round {
  readonly scriptMs: number;
  readonly frames: number;
}

async function measure(page: Page): Promise<Round> {
  const session = await openMetrics(page);
  const before = await readWork(session);
  const asked = await framesAsked(page);
  await page.waitForFunction(
    (enough) => (window as unknown as { framesAsked: number }).framesAsked >= enough,
    asked + FRAMES,
    { timeout: 60_000, polling: 250 },
  );
  const after = await readWork(session);
  const frames = (await framesAsked(page)) - asked;
  return { scriptMs: ((after.script - before.script) * 1_000) / frames, frames };
}

/** What moves on the page: its messages, and every moving element as text, acks and polls included. */
interface Moving {
  readonly messages: number;
  readonly elements: readonly string[];
}

async function readMoving(page: Page): Promise<Moving> {
  return page.evaluate(() => {
    const moving = [...document.querySelectorAll('g.mark, g.quiet')];
    return {
      messages: document.querySelectorAll('g.mark').length,
      elements: moving.map((element) => element.outerHTML),
    };
  });
}

async function measureOurs(browser: Browser, base: string) {
  const page = await browser.newPage({ viewport: { width: 1_440, height: 900 } });
  await countFrames(page);
  await page.goto(base + SCENE);
  await page.waitForSelector('html[data-settled]');
  const moving = await readMoving(page);
  await page.getByRole('button', { name: /^play$/i }).click();
  const round = await measure(page);
  await page.close();
  return { ...round, moving };
}

/** D3's join and nothing else: the same elements, moved by one attribute a frame. */
async function bareScript(): Promise<string> {
  return bundle(
    'bareJoin',
    `
    import { select } from 'd3-selection';
    export function start(elements) {
      const root = select(document.querySelector('svg'));
      const parsed = elements.map((text) => new DOMParser()
        .parseFromString('<svg xmlns="http://www.w3.org/2000/svg">' + text + '</svg>', 'image/svg+xml')
        .documentElement.firstElementChild);
      const marks = parsed.map((element, key) => ({ key, element, x: 0, y: 0 }));
      let frame = 0;
      const draw = () => {
        frame += 1;
        for (const mark of marks) {
          mark.x = (frame * 3 + mark.key * 17) % 1000;
          mark.y = (mark.key * 29) % 600;
        }
        root.selectAll('.bare').data(marks, (mark) => mark.key)
          .join((enter) => enter.append((mark) => mark.element.cloneNode(true)).attr('class', 'bare'))
          .attr('transform', (mark) => 'translate(' + mark.x + ',' + mark.y + ')');
        requestAnimationFrame(draw);
      };
      requestAnimationFrame(draw);
    }`,
  );
}

async function measureBare(
  browser: Browser,
  script: string,
  elements: readonly string[],
): Promise<Round> {
  const page = await browser.newPage({ viewport: { width: 1_440, height: 900 } });
  await countFrames(page);
  await page.goto('about:blank');
  await page.setContent('<svg width="1440" height="900"></svg>');
  await page.addScriptTag({ content: script });
  await page.evaluate((all) => {
    const { bareJoin } = window as unknown as {
      bareJoin: { start(elements: readonly string[]): void };
    };
    bareJoin.start(all);
  }, elements);
  const round = await measure(page);
  await page.close();
  return round;
}

export async function measureFrames(browser: Browser, base: string): Promise<FrameResult> {
  const script = await bareScript();
  const ours: Round[] = [];
  const bare: Round[] = [];
  let moving: Moving = { messages: 0, elements: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const measured = await measureOurs(browser, base);
    ours.push(measured);
    moving = measured.moving;
    bare.push(await measureBare(browser, script, moving.elements));
  }
  const scriptMs = median(ours.map((round) => round.scriptMs));
  const bareScriptMs = median(bare.map((round) => round.scriptMs));
  const frames = Math.min(...ours.map((round) => round.frames));
  const { messages, elements } = moving;
  return {
    messages,
    moving: elements.length,
    frames,
    scriptMs,
    bareScriptMs,
    ratio: scriptMs / bareScriptMs,
  };
}
