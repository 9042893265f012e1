// Which scene a cell points to, whether the player holds it, and which row that lights.

import type { ComparisonRow, ShowMe, Side } from '../../../content/comparisons/comparison';
import { SIDES } from '../../../content/comparisons/comparison';
import { COMPARISON_ROWS } from '../../../content/comparisons/registry';
import type { Run, RunSpec } from '../../../scenarios/run';

/** The row that is lit when the page opens on a scene that it can show. */
const OPENING_ROW = 'duplex-type';

/** The run of the scene; the seed is the visitor's, so that the same run goes on. */
export const specOf = (scene: ShowMe, seed: number): RunSpec => ({
  scenarioId: scene.scenario,
  parameters: { ...scene.parameters },
  seed,
  interventions: [],
});

/** The playhead's place for the scene within a run of that length. */
export const instantOf = (scene: ShowMe): number =>
  scene.atUs === 'end' ? Number.POSITIVE_INFINITY : scene.atUs;

/** Whether `run` is the scene's: same scenario, same parameters, nothing done in between. */
export function isShownBy(run: Run, scene: ShowMe | null): boolean {
  if (scene === null || run.spec.scenarioId !== scene.scenario) return false;
  const asked = Object.entries(scene.parameters ?? {});
  const defaults = new Map(
    run.scenario.parameters.map((definition) => [definition.name, definition.default]),
  );
  const changed = Object.keys(run.parameters).filter(
    (name) => run.parameters[name] !== defaults.get(name),
  );
  const isAsked = asked.every(([name, value]) => run.parameters[name] === value);
  const isOnlyAsked = changed.every((name) => asked.some(([askedName]) => askedName === name));
  return isAsked && isOnlyAsked && run.spec.interventions.length === 0;
}

const isShownIn = (row: ComparisonRow, run: Run): boolean =>
  SIDES.some((side) => isShownBy(run, row.cells[side].showMe));

/** The one row that is lit: the chosen one while its scene is shown, else one that fits, or none. */
export function litRowOf(run: Run, chosen: string | null): ComparisonRow | null {
  const fitting = COMPARISON_ROWS.filter((row) => isShownIn(row, run));
  const byId = (id: string | null): ComparisonRow | undefined =>
    fitting.find((row) => row.id === id);
  return byId(chosen) ?? byId(OPENING_ROW) ?? fitting[0] ?? null;
}

/** The name of a note, unique on the page. */
export const noteKey = (row: ComparisonRow, side: Side): string => `${row.id}-${side}`;

/** The number of each note: counted down the page, WebSocket's before Kafka's. */
export const NOTE_NUMBERS: ReadonlyMap<string, number> = new Map(
  COMPARISON_ROWS.flatMap((row) =>
    SIDES.filter((side) => row.cells[side].footnote !== null).map((side) => noteKey(row, side)),
  ).map((key, place) => [key, place + 1]),
);
