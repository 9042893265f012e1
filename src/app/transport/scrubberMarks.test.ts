// The scrubber’s marks come from the run: acts are flagged, labels do not lie over each other.

import { expect, test } from 'vitest';
import { instant, milliseconds } from '../../engine/index';
import type { Intervention } from '../../scenarios/run';
import { runScenario } from '../../scenarios/runScenario';
import { scrubberMarks } from './scrubberMarks';

const at = (count: number) => instant(milliseconds(count));
const runWith = (interventions: readonly Intervention[]) =>
  runScenario({ scenarioId: 'both-talk', parameters: {}, seed: 7, interventions });

test('a run that nobody touched has ticks and no flag', () => {
  const { tickPath, flags, absences } = scrubberMarks(runWith([]));
  expect(tickPath.startsWith('M0 0V1')).toBe(true);
  expect(flags).toEqual([]);
  expect(absences).toEqual([]);
});

test('an absence is one flag at either end and one span, though both stages have it', () => {
  const run = runWith([
    { at: at(60), kind: 'disconnect', target: 'B' },
    { at: at(180), kind: 'reconnect', target: 'B' },
  ]);
  const { flags, absences } = scrubberMarks(run);
  expect(flags.map(({ label, share, isByUser }) => ({ label, share, isByUser }))).toEqual([
    { label: 'Ben away', share: 0.2, isByUser: true },
    { label: 'Ben back', share: 0.6, isByUser: true },
  ]);
  expect(absences).toHaveLength(1);
  expect(absences[0]).toMatchObject({ fromShare: 0.2, toShare: 0.6, label: 'Ben away' });
});

test('of two flags that stand close only the first is labelled', () => {
  const run = runWith([
    { at: at(60), kind: 'set', target: 'durability', value: 'off' },
    { at: at(62), kind: 'disconnect', target: 'B' },
  ]);
  const { flags } = scrubberMarks(run);
  expect(flags.map(({ label, isLabelHidden }) => [label, isLabelHidden])).toEqual([
    ['durability off', false],
    ['Ben away', true],
  ]);
});

test('what happens to two at one instant is one flag, and a stall is one as well', () => {
  const flagsOf = (scenarioId: string) =>
    scrubberMarks(runScenario({ scenarioId, parameters: {}, seed: 7, interventions: [] })).flags;
  const crash = flagsOf('broker-crash');
  expect(crash.map(({ label, isLabelHidden }) => [label, isLabelHidden])).toEqual([
    ['relay, broker 2 stopped', false],
    ['relay, broker 2 started', false],
  ]);
  expect(flagsOf('rebalance').map(({ label }) => label)).toContain('Dee stalls');
});
