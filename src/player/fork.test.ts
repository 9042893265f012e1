// A fork keeps what was done, drops what would have come later, and never says a thing twice.

import { expect, test } from 'vitest';
import { instant, milliseconds } from '../engine/index';
import type { RunSpec } from '../scenarios/run';
import { forkAt } from './fork';

const at = (count: number) => instant(milliseconds(count));
const away = (count: number) => ({ at: at(count), kind: 'disconnect', target: 'B' }) as const;

const specWith = (interventions: RunSpec['interventions']): RunSpec => ({
  scenarioId: 'both-talk',
  parameters: {},
  seed: 7,
  interventions,
});

test('what lay after the playhead is gone, what lay before it stays', () => {
  const spec = specWith([away(20), away(90)]);
  const forked = forkAt(spec, at(50), { kind: 'reconnect', target: 'B' });
  expect(forked.interventions).toEqual([away(20), { at: at(50), kind: 'reconnect', target: 'B' }]);
});

test('a toggle pressed twice at one instant leaves nothing', () => {
  const once = forkAt(specWith([]), at(50), { kind: 'disconnect', target: 'B' });
  const twice = forkAt(once, at(50), { kind: 'reconnect', target: 'B' });
  expect(twice.interventions).toEqual([]);
});

test('a parameter set twice at one instant keeps the last value', () => {
  const once = forkAt(specWith([]), at(50), { kind: 'set', target: 'durability', value: 'off' });
  const twice = forkAt(once, at(50), { kind: 'set', target: 'durability', value: 'on' });
  expect(twice.interventions).toEqual([
    { at: at(50), kind: 'set', target: 'durability', value: 'on' },
  ]);
});
