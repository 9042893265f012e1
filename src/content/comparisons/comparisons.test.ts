// Checks the comparisons against the documents, the list of claims and the scenes they point to.
import { describe, expect, test } from 'vitest';
import { findScenario } from '../../scenarios/registry';
import { runScenario } from '../../scenarios/runScenario';
import { findClaim } from '../claims/registry';
import { SIDES } from './comparison';
import { duplexRows, pointRows, summaryRows } from './documents';
import { COMPARISON_ROWS, COMPARISONS } from './registry';

const documents = { summary: summaryRows, duplex: duplexRows, points: pointRows };

const cells = COMPARISON_ROWS.flatMap((row) =>
  SIDES.map((side) => ({ name: `${row.id}, ${side}`, row, side, cell: row.cells[side] })),
);

describe('the comparisons', () => {
  test.each(Object.entries(documents))('carry every row of the document: %s', (id, rows) => {
    const comparison = COMPARISONS.find((candidate) => candidate.id === id);
    const carried = comparison?.rows.map(({ feature, cells: { websocket, kafka } }) => ({
      feature,
      websocket: websocket.words,
      kafka: kafka.words,
    }));
    expect(carried).toEqual(rows);
  });

  test('have rows with ids of their own and a sentence each', () => {
    const ids = COMPARISON_ROWS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { sentence } of COMPARISON_ROWS) expect(sentence).toMatch(/^[A-Z].+\.$/);
  });
});

describe.each(cells.map((one) => [one.name, one] as const))('cell %s', (_, { cell }) => {
  test('rests on claims that exist', () => {
    expect(cell.claims.length).toBeGreaterThan(0);
    for (const id of cell.claims) expect(findClaim(id), id).toBeDefined();
  });

  test('either measures something and shows its scene, or does neither', () => {
    if (cell.measured !== null) expect(cell.measured.length).toBeGreaterThan(0);
    expect(cell.showMe === null).toBe(cell.measured === null);
  });

  test('has a footnote to open if it names one', () => {
    if (cell.footnote === null) return;
    expect(findClaim(cell.footnote)?.footnote).toEqual(expect.any(String));
  });

  const scenes = [cell.showMe, cell.tryIt?.scene].filter((scene) => scene != null);
  test.each(scenes)('points to an instant of a scene that runs: $scenario', (scene) => {
    const { scenario: scenarioId, parameters, atUs } = scene;
    const known = findScenario(scenarioId)?.parameters.map(({ name }) => name);
    expect(known).toEqual(expect.arrayContaining(Object.keys(parameters ?? {})));
    const run = runScenario({
      scenarioId,
      parameters: { ...parameters },
      seed: 7,
      interventions: [],
    });
    if (atUs !== 'end') expect(atUs).toBeLessThan(run.horizon);
  });
});
