// Pictures of hand-made clusters of every size: legible, on the stage, functions of the time.

import { describe, expect, test } from 'vitest';
import { indexTrace, type TraceIndex } from '../../engine/index';
import { SCENARIOS } from '../../scenarios/registry';
import { runScenario } from '../../scenarios/runScenario';
import { boxOf, type Word } from '../still';
import { clusterHeight, layoutCluster } from './clusterLayout';
import { type ClusterScene, clusterScene } from './clusterScene';
import { isClusterStage } from './isClusterStage';
import type { RecordDetail } from './state/recordLabels';
import type { ClusterShape } from './testing/clusterLegend';
import { clusterTrace, STORY } from './testing/clusterTrace';

const SHAPES: readonly (readonly [string, ClusterShape])[] = [
  ['1 broker, 1 partition, 1 reader', { brokers: 1, partitions: 1, groups: [], lonely: 1 }],
  ['3 brokers, 3 partitions, a group of 3', { brokers: 3, partitions: 3, groups: [3] }],
  ['3 brokers, 6 partitions, 3 groups', { brokers: 3, partitions: 6, groups: [2, 1, 4] }],
  ['2 brokers, nobody reads', { brokers: 2, partitions: 4, groups: [] }],
  [
    '6 brokers, 12 partitions, 12 consumers, 3 topics',
    { brokers: 6, partitions: 12, groups: [12], topics: 3 },
  ],
  ['3 brokers, 2 partitions, 12 idle', { brokers: 3, partitions: 2, groups: [14], lonely: 1 }],
  [
    '4 brokers, 5 groups and 4 people',
    { brokers: 4, partitions: 3, groups: [1, 2, 1, 1, 3], lonely: 4 },
  ],
];
const WIDTHS = [1376, 1163, 976, 760, 687, 520, 343, 300];
const TIMES = [0, 1, 6, 40, 101.5, 199, 205, 212, 222, 245, 265, 280, 330, 352, 399];

interface Shown {
  readonly width: number;
  readonly height: number;
  readonly scene: ClusterScene;
}

/** Handmade ones, and every scenario whose stage is a cluster. */
type Detail = RecordDetail | undefined;
const RUNS: readonly (readonly [string, () => TraceIndex, readonly number[], Detail])[] = [
  ...SHAPES.map(
    ([name, shape]) => [name, () => indexTrace(clusterTrace(shape)), TIMES, undefined] as const,
  ),
  ...SCENARIOS.map(({ id, stageView, recordDetail }) => {
    const spec = { scenarioId: id, parameters: {}, seed: 7, interventions: [] };
    return { id, stageView, recordDetail, run: runScenario(spec) };
  })
    .filter(({ stageView, run }) => stageView || isClusterStage(run.index.trace, 'kafka'))
    .map(({ id, run, recordDetail }) => {
      const times = Array.from({ length: 12 }, (_, step) => (run.horizon * step) / 11_000);
      return [id, () => run.index, times, recordDetail] as const;
    }),
];

function picturesOf(index: TraceIndex, times: readonly number[], detail: Detail): Shown[] {
  return WIDTHS.flatMap((width) =>
    [0, 640].flatMap((wanted) => {
      const height = Math.max(wanted, clusterHeight(index, 'kafka', { width, detail }));
      const layout = layoutCluster(index, 'kafka', { width, height, detail });
      return times.map((ms) => ({
        width,
        height,
        scene: clusterScene(layout, { time: ms * 1_000, motion: 'flight' }),
      }));
    }),
  );
}

const wordsOf = ({ still }: ClusterScene): readonly Word[] => still?.words ?? [];

describe.each(RUNS)('%s', (_, index, times, detail) => {
  const pictures = picturesOf(index(), times, detail);

  test('no words overlap, leave the stage, or are smaller than 14 px', () => {
    const faults = new Set<string>();
    for (const { width, height, scene } of pictures) {
      const words = wordsOf(scene);
      const boxes = words.map(boxOf);
      boxes.forEach((box, at) => {
        const text = `"${words[at]?.text}" (${words[at]?.key}) at ${width}×${height}`;
        if ((words[at]?.size ?? 0) < 14) faults.add(`${text} is small`);
        if (box.left < 0 || box.right > width) faults.add(`${text} leaves sideways`);
        if (box.top < -1 || box.bottom > height + 1) faults.add(`${text} leaves up or down`);
        boxes.slice(at + 1).forEach((other, behind) => {
          const isApart =
            box.right <= other.left + 1 ||
            other.right <= box.left + 1 ||
            box.bottom <= other.top + 1 ||
            other.bottom <= box.top + 1;
          if (!isApart) faults.add(`${text} lies on "${words[at + 1 + behind]?.text}"`);
        });
      });
    }
    expect([...faults].slice(0, 20)).toEqual([]);
  });

  test('no key names two things', () => {
    for (const { scene } of pictures) {
      for (const list of [scene.still?.paths ?? [], wordsOf(scene)]) {
        const keys = list.map(({ key }) => key);
        const twice = keys.filter((key, at) => keys.indexOf(key) !== at);
        expect(twice).toEqual([]);
      }
    }
  });

  test('the same key means the same picture, and paths hold numbers only', () => {
    const known = new Map<string, string>();
    for (const { scene } of pictures) {
      const still = JSON.stringify(scene.still);
      expect(still).not.toMatch(/NaN|null|undefined|Infinity/);
      expect(known.get(scene.stillKey) ?? still).toBe(still);
      known.set(scene.stillKey, still);
    }
  });
});

const THREE: ClusterShape = { brokers: 3, partitions: 3, groups: [3] };
const index = indexTrace(clusterTrace(THREE));
const layout = layoutCluster(index, 'kafka', { width: 1163, height: 560 });
const at = (ms: number): ClusterScene =>
  clusterScene(layout, { time: ms * 1_000, motion: 'flight' });
const textsAt = (ms: number): string[] => wordsOf(at(ms)).map(({ text }) => text);
const wordAt = (ms: number, key: string): string | undefined =>
  wordsOf(at(ms)).find((word) => word.key === key)?.text;
const paintsAt = (ms: number, key: string): string[] =>
  (at(ms).still?.paths ?? []).filter((path) => path.key.startsWith(key)).map(({ paint }) => paint);

test('a crash is told as it becomes known: gone, without a leader, led anew, back in sync', () => {
  const [before, noticed] = [STORY.crash + 2, STORY.fenced + 2];
  expect(wordAt(before, 'broker 1 state')).toBe('stopped');
  expect(wordAt(before, 'cell 1 1 role')).toBe('leader, gone');
  expect(wordAt(before, 'partition 1 state')).toBe('leader gone');
  expect(wordAt(noticed, 'broker 1 state')).toBe('stopped, fenced');
  expect(wordAt(noticed, 'partition 1 state')).toBe('no leader');
  expect(wordAt(noticed, 'cell 1 1 role')).toBe('was leader');
  expect(wordAt(noticed, 'cell 0 1 role')).toMatch(/^not in sync/);
  expect(wordAt(STORY.elected, 'cell 1 2 role')).toBe('became leader');
  expect(wordAt(STORY.elected + 101, 'cell 1 2 role')).toBe('leader');
  expect(wordAt(STORY.inSync, 'cell 1 1 role')).toBe('follower, in sync');
});

test('what is not safe yet is an outline, and what a follower lacks is on its way', () => {
  const appended = 101;
  const [record] = index.trace.entries.time;
  expect(record).toBeDefined();
  const paints = [0, 1, 2].flatMap((place) => paintsAt(appended, `cell ${place}`));
  expect(paints).toContain('brick-left-unsafe');
  expect(paints).toContain('copying');
  expect(paints).toContain('watermark');
  expect(paintsAt(STORY.horizon, 'cell 0 0')).not.toContain('brick-left-unsafe');
});

test('readers stand with their partition: position, lag, who believes what', () => {
  expect(textsAt(150)).toContain('Readers, group billing');
  expect(textsAt(150)).toContain('3 members');
  expect(wordAt(150, 'group 5 2 line 1')).toMatch(/^\d+ behind$/);
  expect(textsAt(STORY.rebalance)).toContain('rebalancing');
  expect(wordAt(STORY.dealt, 'group 5 0 line 1')).toMatch(/R1 thinks it owns it$/);
  expect(textsAt(STORY.dealt)).toContain('stalled');
});

test('records travel to the leader and on to the reader, below the bricks of their row', () => {
  const marksAt = (ms: number) => at(ms).flights;
  const { columns, readers } = layout.shape === 'matrix' ? layout : { columns: [], readers: [] };
  const key = marksAt(150)[0]?.key;
  const xs = [150, 151, 152, 153].flatMap((ms) => marksAt(ms).filter((mark) => mark.key === key));
  expect(xs.length).toBeGreaterThan(1);
  expect(xs.map(({ x }) => x)).toEqual(xs.map(({ x }) => x).toSorted((one, other) => one - other));
  const all = Array.from({ length: 300 }, (_, step) => marksAt(step)).flat();
  const lastColumn = columns.at(-1);
  const edge = (lastColumn?.left ?? 0) + (lastColumn?.width ?? 0);
  expect(all.some(({ x }) => x > edge)).toBe(true);
  for (const { x, y, radius } of all) {
    expect(x - radius).toBeGreaterThanOrEqual(0);
    expect(x + radius).toBeLessThanOrEqual((readers[0]?.left ?? 0) + 2);
    expect(y + radius).toBeLessThan(560);
  }
});

test('with reduced motion a record jumps from station to station', () => {
  const places = new Map<string, Set<number>>();
  for (let ms = 100; ms < 130; ms += 0.5) {
    const { flights } = clusterScene(layout, { time: ms * 1_000, motion: 'stations' });
    for (const { key, x } of flights) places.set(key, (places.get(key) ?? new Set()).add(x));
  }
  expect(places.size).toBeGreaterThan(5);
  for (const [key, xs] of places) expect(xs.size, key).toBeLessThanOrEqual(3);
});

test('a scene that stands already is not built again', () => {
  const first = at(150);
  expect(
    clusterScene(layout, { time: 150_000, motion: 'flight', drawnKey: first.stillKey }).still,
  ).toBeNull();
  expect(
    clusterScene(layout, { time: 212_000, motion: 'flight', drawnKey: first.stillKey }).still,
  ).not.toBeNull();
});

test('narrow stages list the partitions instead', () => {
  const phone = layoutCluster(index, 'kafka', { width: 343, height: 700 });
  expect(phone.shape).toBe('list');
  const words = wordsOf(clusterScene(phone, { time: STORY.fenced * 1_000, motion: 'flight' })).map(
    ({ text }) => text,
  );
  expect(words).toContain('P1: no leader, 2 of 3 in sync');
  expect(words).toContain('Broker 2 stopped, fenced');
});
