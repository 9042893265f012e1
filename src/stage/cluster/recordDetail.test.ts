// What the picture says of single records: keys, what was cleaned away, transactions, the order in
// which readers got them.

import { describe, expect, test } from 'vitest';
import type { ParameterValues } from '../../scenarios/defineScenario';
import { runScenario } from '../../scenarios/runScenario';
import { layoutCluster } from './clusterLayout';
import { clusterScene } from './clusterScene';
import { type RecordDetail, shortKeys } from './state/recordLabels';

function pictures(scenarioId: string, detail?: RecordDetail, parameters: ParameterValues = {}) {
  const run = runScenario({ scenarioId, parameters, seed: 7, interventions: [] });
  const layout = layoutCluster(run.index, 'kafka', { width: 1376, height: 560, detail });
  const [broker] = layout.brokers;
  return (ms: number) => {
    const { still } = clusterScene(layout, { time: ms * 1_000, motion: 'flight' });
    const { paths = [], words = [] } = still ?? {};
    return {
      /** Texts whose keys begin so, in the order in which they stand. */
      texts: (key: string): string[] =>
        words.filter((word) => word.key.startsWith(key)).map(({ text }) => text),
      paints: (key: string): string[] =>
        paths.filter((path) => path.key.startsWith(key)).map(({ paint }) => paint),
      /** Of the first broker's copy of a partition. */
      labels: (partition: number): string[] =>
        words
          .filter(
            ({ key }) => key.startsWith(`cell ${partition} ${broker} `) && key.endsWith(' label'),
          )
          .map(({ text }) => text),
    };
  };
}

test('keys are as short as tells them apart', () => {
  expect(shortKeys(['user-1', 'user-12'])).toEqual(['u1', 'u12']);
  expect(shortKeys(['shop', 'web', 'search'])).toEqual(['sh', 'w', 'se']);
  expect(shortKeys([])).toEqual([]);
});

describe('compaction', () => {
  const at = pictures('compaction', 'key');

  test('each record bears its key, also the place of one that was cleaned away', () => {
    expect(at(2_200).labels(0)).toEqual(['u1', 'u2', 'u3']);
    const cleaned = at(7_100);
    expect(cleaned.labels(0)).toEqual(
      ['u1', 'u2', 'u3', 'u3', 'u1', 'u4', 'u1', 'u2', 'u1'].slice(-cleaned.labels(0).length),
    );
    expect(cleaned.paints('cell 0 ')).toContain('brick-gone');
    expect(at(2_200).paints('cell 0 ')).not.toContain('brick-gone');
  });

  test('a tombstone’s key is struck out', () => {
    expect(at(2_650).paints('cell 0 ')).not.toContain('strike');
    expect(at(2_800).paints('cell 0 ')).toContain('strike');
    expect(at(2_800).texts('key tombstone')).toEqual(['says that its key is gone']);
    // Ben hears of it when he is back.
    expect(at(7_000).paints('heard ')).not.toContain('strike');
    expect(at(7_100).paints('heard ')).toContain('strike');
  });

  test('who comes late gets what is left: the newest of each key, and what is not cleaned yet', () => {
    expect(at(8_900).texts('heard ').slice(-4)).toEqual(['u4', 'u2', 'u1', 'u2']);
  });
});

describe('transactions', () => {
  const at = pictures('transactions');

  test('records of an open transaction have dashed edges, and lose them when it is committed', () => {
    expect(at(2_150).paints('cell 2 ')).toContain('brick-right-open');
    expect(at(2_180).paints('cell 2 ')).not.toContain('brick-right-open');
    expect(at(2_180).paints('cell 2 ')).toContain('brick-right');
  });

  test('those of an aborted one are struck out', () => {
    expect(at(4_000).paints('cell 2 ')).toContain('brick-right-open');
    expect(at(4_000).paints('cell 2 ')).toContain('stable-mark');
    expect(at(4_000).paints('cell 2 ')).not.toContain('brick-void');
    expect(at(6_000).paints('cell 2 ')).toContain('brick-void');
    expect(at(6_000).paints('cell 2 ')).toContain('strike');
  });
});

describe('ordering', () => {
  test('without keys Ben gets some after later ones, and the picture says which', () => {
    const shown = pictures('ordering', 'number')(370);
    const numbers = shown.texts('heard ').flatMap((text) => /^#(\d+)$/.exec(text)?.slice(1) ?? []);
    expect(numbers.length).toBeGreaterThan(20);
    expect(numbers.map(Number)).not.toEqual(numbers.map(Number).toSorted((a, b) => a - b));
    expect(shown.paints('heard ')).toContain('bookmark');
    expect(shown.texts('key late')).toEqual(['came after a later one']);
  });

  test('each record says which of Ana’s it is, its offset above', () => {
    const shown = pictures('ordering', 'number')(150);
    expect(shown.labels(1).length).toBeGreaterThan(0);
    for (const label of shown.labels(1)) expect(label).toMatch(/^#\d+$/);
  });
});

test('nothing came again where nothing was sent twice', () => {
  expect(pictures('ordering', 'number')(900).texts('key again')).toEqual([]);
  const doubled = pictures('ordering', 'number', { 'enable.idempotence': 'off' })(890);
  expect(doubled.texts('key again')).toEqual(['came again']);
  expect(doubled.paints('heard ')).toContain('brick-gone');
});
