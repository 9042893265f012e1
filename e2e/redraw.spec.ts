// A picture depends on the scene alone: drawn after any other, it is the same as drawn afresh.

import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { SCENARIOS } from '../src/scenarios/registry';
import { bundle } from './support/bundle';

const source = fileURLToPath(new URL('../src/', import.meta.url));

/** Shares of the run at which pictures are compared, forwards and backwards. */
const SHARES = [0, 0.03, 0.11, 0.35, 0.34, 0.6, 0.05, 1, 0.5];

test('a picture drawn after another equals one drawn afresh', async ({ page }) => {
  const script = await bundle(
    'pictures',
    `import { runScenario } from '${source}scenarios/runScenario';
     import { drawnStillKey, drawTopology } from '${source}stage/topology/drawTopology';
     import { layoutTopology } from '${source}stage/topology/topologyLayout';
     import { topologyScene } from '${source}stage/topology/topologyScene';
     import { clusterScene } from '${source}stage/cluster/clusterScene';
     import { layoutCluster } from '${source}stage/cluster/clusterLayout';
     import { drawCluster, drawnClusterKey } from '${source}stage/cluster/drawCluster';
     import { isClusterStage } from '${source}stage/cluster/isClusterStage';
     const sheet = () => document.createElementNS('http://www.w3.org/2000/svg', 'svg');
     const draw = (svg, layout, time) => {
       const instant = { time, motion: 'flight', drawnKey: drawnStillKey(svg) };
       drawTopology(svg, topologyScene(layout, instant));
       return svg.innerHTML;
     };
     const drawAll = (svg, layout, time) => {
       const moment = { time, motion: 'flight', drawnKey: drawnClusterKey(svg) };
       drawCluster(svg, clusterScene(layout, moment));
       return svg.innerHTML;
     };
     const pictureOf = (run, stage, size) => {
       const isCluster =
         run.scenario.stageView === 'cluster' || isClusterStage(run.index.trace, stage);
       return stage === 'kafka' && isCluster
         ? { paint: drawAll, layout: layoutCluster(run.index, stage, size) }
         : { paint: draw, layout: layoutTopology(run.index, stage, { ...size, captions: true }) };
     };
     export function unequal(scenarioId, shares) {
       const run = runScenario({ scenarioId, parameters: {}, seed: 7, interventions: [] });
       const found = [];
       let pictures = 0;
       for (const stage of run.scenario.stages) {
         for (const size of [{ width: 687, height: 380 }, { width: 343, height: 160 }]) {
           const { paint, layout } = pictureOf(run, stage, size);
           const used = sheet();
           for (const share of shares) {
             const time = Math.round(share * run.horizon);
             pictures += 1;
             const after = paint(used, layout, time);
             if (after !== paint(sheet(), layout, time)) found.push(stage + ' at ' + time);
           }
         }
       }
       return { found, pictures };
     }`,
  );
  await page.goto('about:blank');
  await page.addScriptTag({ content: script });
  for (const { id, stages } of SCENARIOS) {
    const { found, pictures } = await page.evaluate(
      ([scenarioId, shares]) => {
        const { pictures: drawn } = window as unknown as {
          pictures: {
            unequal(id: string, at: number[]): { found: string[]; pictures: number };
          };
        };
        return drawn.unequal(scenarioId, shares);
      },
      [id, SHARES] as [string, number[]],
    );
    expect(found, id).toEqual([]);
    expect(pictures).toBe(stages.length * 2 * SHARES.length);
  }
});

test('a diagram drawn after another equals one drawn afresh', async ({ page }) => {
  const script = await bundle(
    'diagrams',
    `import { runScenario } from '${source}scenarios/runScenario';
     import { diagramHeight, layoutDiagram } from '${source}stage/spacetime/diagramLayout';
     import { drawPlayhead, drawSpacetime, drawStress } from '${source}stage/spacetime/drawSpacetime';
     import { spacetimeScene } from '${source}stage/spacetime/spacetimeScene';
     const sheet = () => document.createElementNS('http://www.w3.org/2000/svg', 'svg');
     const draw = (svg, scene, time) => {
       drawSpacetime(svg, scene);
       drawPlayhead(svg, scene, time);
       drawStress(svg, scene, { message: time > scene.window.from ? 'A#1' : null, mark: null });
       return svg.innerHTML;
     };
     export function unequal(scenarioId, shares) {
       const run = runScenario({ scenarioId, parameters: {}, seed: 7, interventions: [] });
       const { stages } = run.scenario;
       const found = [];
       for (const stage of stages) {
         const used = sheet();
         const height = diagramHeight(run.index, stages, 646);
         const layout = layoutDiagram(run.index, { stage, stages }, { width: 646, height });
         for (const share of shares) {
           const from = Math.round(share * 0.7 * run.horizon);
           const window = { from, to: Math.round(from + 0.2 * run.horizon) };
           const scene = spacetimeScene(layout, { window, lens: 'conversation', bookmarks: [] });
           const time = Math.round(share * run.horizon);
           if (draw(used, scene, time) !== draw(sheet(), scene, time)) found.push(stage + share);
         }
       }
       return found;
     }`,
  );
  await page.goto('about:blank');
  await page.addScriptTag({ content: script });
  for (const { id } of SCENARIOS) {
    const found = await page.evaluate(
      ([scenarioId, shares]) => {
        const { diagrams: drawn } = window as unknown as {
          diagrams: { unequal(id: string, at: number[]): string[] };
        };
        return drawn.unequal(scenarioId, shares);
      },
      [id, SHARES] as [string, number[]],
    );
    expect(found, id).toEqual([]);
  }
});
