// Which row is lit for a run, and that pressing a cell's button always lights its row.
import { expect, test } from 'vitest';
import { SIDES } from '../../../content/comparisons/comparison';
import { COMPARISON_ROWS } from '../../../content/comparisons/registry';
import { runScenario } from '../../../scenarios/runScenario';
import { isShownBy, litRowOf, NOTE_NUMBERS, noteKey, specOf } from './shownScene';

const bothTalk = runScenario(specOf({ scenario: 'both-talk', atUs: 'end' }, 7));

test('the first scene lights the duplex row until another is chosen', () => {
  expect(litRowOf(bothTalk, null)?.id).toBe('duplex-type');
  expect(litRowOf(bothTalk, 'protocol')?.id).toBe('protocol');
});

test('a chosen row goes dark when its scene is left', () => {
  expect(litRowOf(bothTalk, 'message-semantics')?.id).toBe('duplex-type');
});

test.each(COMPARISON_ROWS.map((row) => [row.id, row] as const))(
  'showing any cell of %s lights that row',
  (_, row) => {
    for (const { showMe } of SIDES.map((side) => row.cells[side])) {
      if (showMe === null) continue;
      const run = runScenario(specOf(showMe, 7));
      expect(isShownBy(run, showMe)).toBe(true);
      expect(litRowOf(run, row.id)).toBe(row);
    }
  },
);

test('a run with a changed parameter or an act is not the scene any more', () => {
  const scene = { scenario: 'both-talk', atUs: 0 } as const;
  expect(isShownBy(bothTalk, scene)).toBe(true);
  const changed = specOf({ ...scene, parameters: { mode: 'threads' } }, 7);
  expect(isShownBy(runScenario(changed), scene)).toBe(false);
  const act = { at: bothTalk.horizon, kind: 'disconnect', target: 'B' } as const;
  expect(isShownBy(runScenario({ ...bothTalk.spec, interventions: [act] }), scene)).toBe(false);
});

test('every note of the page has a number of its own', () => {
  const keys = COMPARISON_ROWS.flatMap((row) =>
    SIDES.filter((side) => row.cells[side].footnote !== null).map((side) => noteKey(row, side)),
  );
  expect([...NOTE_NUMBERS.keys()]).toEqual(keys);
});
