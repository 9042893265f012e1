// Pointing at a diagram: the nearest mark is meant, its outline is found, its name is the
// message's.

import { expect, test } from 'vitest';
import { runScenario } from '../../scenarios/runScenario';
import { diagramHeight, layoutDiagram } from './diagramLayout';
import { markAt, markOutline, marksInOrder, messageNameOf, messageOutlines } from './diagramMarks';
import { type SpacetimeScene, spacetimeScene } from './spacetimeScene';

function sceneOf(scenarioId: string, stage: 'websocket' | 'kafka', length: number): SpacetimeScene {
  const run = runScenario({ scenarioId, parameters: {}, seed: 7, interventions: [] });
  const { stages } = run.scenario;
  const size = { width: 646, height: diagramHeight(run.index, stages, 646) };
  const layout = layoutDiagram(run.index, { stage, stages }, size);
  const window = { from: 0, to: length };
  return spacetimeScene(layout, { window, lens: 'conversation', bookmarks: [] });
}

test('every line is found at its own middle, unless another crosses it there', () => {
  const scene = sceneOf('both-talk', 'websocket', 180_000);
  for (const line of scene.lines) {
    const at = (share: number) => ({
      x: line.x1 + share * (line.x2 - line.x1),
      y: line.y1 + share * (line.y2 - line.y1),
    });
    const mark = markAt(scene, at(0.25));
    expect(mark?.kind).toBe('line');
    expect(scene.layout.story.messages.transfers[mark?.place ?? -1]).toBe(line.transfer);
  }
});

test('a bar is found inside it, and nothing far from everything', () => {
  const scene = sceneOf('both-talk', 'kafka', 180_000);
  const bar = scene.bars[0];
  const middle = {
    x: ((bar?.left ?? 0) + (bar?.right ?? 0)) / 2,
    y: ((bar?.top ?? 0) + (bar?.bottom ?? 0)) / 2,
  };
  expect(markAt(scene, middle)).toEqual({ kind: 'bar', place: 0, time: 10_000 });
  expect(markAt(scene, { x: 2, y: 2 })).toBeNull();
});

test('a lost message and an absence can be pointed at', () => {
  const scene = sceneOf('tunnel', 'websocket', 32_000_000);
  const [loss] = scene.losses;
  const [fault] = scene.faults;
  expect(markAt(scene, { x: loss?.x ?? 0, y: loss?.y ?? 0 })?.kind).toBe('loss');
  const inFault = { x: (fault?.left ?? 0) + 20, y: ((fault?.top ?? 0) + (fault?.bottom ?? 0)) / 2 };
  expect(markAt(scene, inFault)?.kind).toBe('fault');
});

test('every mark of the window has an outline and most have the name of a message', () => {
  for (const [id, stage, length] of [
    ['both-talk', 'kafka', 300_000],
    ['tunnel', 'websocket', 32_000_000],
  ] as const) {
    const scene = sceneOf(id, stage, length);
    const { story } = scene.layout;
    for (const mark of marksInOrder(scene.layout)) {
      expect(markOutline(scene, mark), `${mark.kind} at ${mark.time}`).not.toBe('');
      const name = messageNameOf(story, mark);
      expect(name === '').toBe(mark.kind === 'fault');
      if (mark.kind === 'line')
        expect(messageOutlines(scene, name).lines.length).toBeGreaterThan(0);
    }
  }
});
