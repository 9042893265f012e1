// Beside a cluster WebSocket has a column of 240 pixels: what is written there stays legible.

import { expect, test } from 'vitest';
import { instant, worldAt } from '../../engine/index';
import { KAFKA_SCENARIOS } from '../../scenarios/kafka/kafkaScenarios';
import { runScenario } from '../../scenarios/runScenario';
import { boxOf, type WordBox } from '../still';
import { layoutTopology } from './topologyLayout';
import { websocketStill } from './websocketScene';

const apart = (one: WordBox, other: WordBox): boolean =>
  one.right <= other.left + 1 ||
  other.right <= one.left + 1 ||
  one.bottom <= other.top + 1 ||
  other.bottom <= one.top + 1;

const scenes = KAFKA_SCENARIOS.filter(({ stageView, stages }) => stageView && stages.length > 1);

test.each(scenes.map(({ id }) => [id]))('%s: no words overlap or lie on the relay', (id) => {
  const run = runScenario({ scenarioId: id, parameters: {}, seed: 7, interventions: [] });
  const faults = new Set<string>();
  for (const height of [300, 440, 560]) {
    const size = { width: 240, height, captions: true };
    const layout = layoutTopology(run.index, 'websocket', size);
    for (let step = 0; step < 24; step += 1) {
      const time = instant(Math.round((run.horizon * step) / 23));
      const { words } = websocketStill(layout, worldAt(run.index, time));
      words.forEach((word, at) => {
        const box = boxOf(word);
        if (box.left < 0 || box.right > 240) faults.add(`${word.text} leaves the column`);
        for (const other of words.slice(at + 1)) {
          if (!apart(box, boxOf(other))) faults.add(`${word.text} lies on ${other.text}`);
        }
        const isName = word.key.startsWith('name ') || word.key.startsWith('caption ');
        if (isName && layout.relay !== null && !apart(box, layout.relay)) {
          faults.add(`${word.text} lies on the relay`);
        }
      });
    }
  }
  expect([...faults]).toEqual([]);
});
