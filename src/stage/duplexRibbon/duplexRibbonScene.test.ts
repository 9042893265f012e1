// The ribbon of real runs: spans lie on the axis, labels apart, each lens has its own rows.

import { expect, test } from 'vitest';
import { runScenario } from '../../scenarios/runScenario';
import { LEAST_TEXT, textWidth } from '../encoding';
import { duplexRibbonScene, playheadX, rowNames, toPixels } from './duplexRibbonScene';

const runOf = (scenarioId: string) =>
  runScenario({ scenarioId, parameters: {}, seed: 7, interventions: [] });

const SIZES = [
  { width: 540, height: 86 },
  { width: 343, height: 52 },
  { width: 320, height: 92 },
  { width: 430, height: 52 },
];

/** Every x that a path names with an upper-case command. */
const xsOf = (d: string): number[] => [...d.matchAll(/[MLH](-?[\d.]+)/g)].map(([, x]) => Number(x));

test('everything lies between the ends of the axis, at every size', () => {
  for (const scenario of ['both-talk', 'tunnel', 'many-talk', 'durability']) {
    for (const size of SIZES) {
      const { index } = runOf(scenario);
      const scene = duplexRibbonScene({ index, stage: 'kafka', lens: 'wire' }, size);
      const xs = [scene.hatch, scene.rows, ...scene.paths.map(({ d }) => d)].flatMap(xsOf);
      expect(Math.min(...xs)).toBeGreaterThanOrEqual(scene.left - 0.1);
      expect(Math.max(...xs)).toBeLessThanOrEqual(scene.right + 2.1);
      expect(scene.bottom).toBeLessThanOrEqual(size.height);
    }
  }
});

test('labels on the axis keep apart and inside', () => {
  for (const scenario of ['both-talk', 'one-message', 'tunnel', 'bare-channel']) {
    for (const size of SIZES) {
      const run = runOf(scenario);
      const stage = run.scenario.stages[0] ?? 'websocket';
      const { texts } = duplexRibbonScene({ index: run.index, stage, lens: 'wire' }, size);
      const boxes = texts.map(({ text, x, anchor, y }) => {
        const width = textWidth(text, LEAST_TEXT);
        const left = { start: x, middle: x - width / 2, end: x - width }[anchor];
        return { left, right: left + width, y, text };
      });
      for (const [at, box] of boxes.entries()) {
        expect(box.left, box.text).toBeGreaterThanOrEqual(0);
        expect(box.right, box.text).toBeLessThanOrEqual(size.width + 2);
        for (const other of boxes.slice(at + 1)) {
          const isApart = box.right < other.left || other.right < box.left;
          expect(isApart || Math.abs(box.y - other.y) > 12, `${box.text} ${other.text}`).toBe(true);
        }
      }
    }
  }
});

test('in the loop both rows fill under WebSocket and alternate under Kafka', () => {
  const { index } = runOf('both-talk');
  const size = { width: 540, height: 86 };
  const bandOf = (stage: 'websocket' | 'kafka') =>
    duplexRibbonScene({ index, stage, lens: 'conversation' }, size).paths[0]?.d;
  expect(bandOf('websocket')).not.toBe('');
  expect(bandOf('kafka')).toBe('');
});

test('an absence is hatched', () => {
  const size = { width: 540, height: 86 };
  const request = { stage: 'websocket', lens: 'conversation' } as const;
  expect(duplexRibbonScene({ index: runOf('tunnel').index, ...request }, size).hatch).not.toBe('');
  expect(duplexRibbonScene({ index: runOf('both-talk').index, ...request }, size).hatch).toBe('');
});

test('the playhead runs from the left end to the right and stays there', () => {
  const { index, horizon } = runOf('both-talk');
  const request = { index, stage: 'kafka', lens: 'conversation' } as const;
  const scene = duplexRibbonScene(request, { width: 540, height: 86 });
  expect(playheadX(scene, 0)).toBe(scene.left);
  expect(playheadX(scene, horizon / 2)).toBeCloseTo((scene.left + scene.right) / 2, 0);
  expect(playheadX(scene, 2 * horizon)).toBe(scene.right);
});

test('spans less than a pixel apart are one, and what lies before the start is left out', () => {
  const spans = toPixels(
    [
      { from: -80, to: -60 },
      { from: 0, to: 4 },
      { from: 4.5, to: 7 },
      { from: 20, to: 20.1 },
    ],
    (value) => value,
  );
  expect(spans).toEqual([
    { from: 0, to: 7 },
    { from: 20, to: 22 },
  ]);
});

test('the rows are a person’s under the conversation lens and bytes under the wire lens', () => {
  expect(rowNames('conversation', 'Ana')).toEqual(['Ana sends', 'Ana gets']);
  expect(rowNames('wire', 'Ana')).toEqual(['bytes out', 'bytes in']);
});
