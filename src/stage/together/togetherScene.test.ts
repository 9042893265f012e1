// Pictures of both together: what is drawn stays on the stage, words apart, and says what happens.

import { describe, expect, test } from 'vitest';
import { instant, type SimTime } from '../../engine/index';
import { USE_CASES } from '../../scenarios/combined/useCases';
import type { ParameterValues } from '../../scenarios/defineScenario';
import { runOf } from '../../scenarios/testing/runOf';
import type { Picture } from '../picture';
import { boxOf } from '../still';
import { layoutTogether, togetherHeight } from './togetherLayout';
import { togetherScene } from './togetherScene';

const CASES: readonly (readonly [string, ParameterValues, readonly string[]])[] = [
  ['as it begins', {}, []],
  ['one group', { gatewayGroups: 'one' }, []],
  ['without resuming', { resume: 'off' }, []],
  ['all that there may be', { gateways: 4, browsers: 8, brokers: 6 }, []],
  ['the least', { gateways: 1, browsers: 1, brokers: 1 }, []],
  ['a broker stops', {}, ['2000 crash broker-1']],
  ['a cut line', {}, ['2000 cut A-gateway-1', '2500 disconnect S1']],
  ['nobody is left', { gateways: 1 }, ['2000 crash C', '2100 disconnect gateway-1']],
];
const WIDTHS = [343, 420, 519, 520, 700, 912, 1_390];
const TIMES = [-10, 0, 1_004, 1_012, 1_028, 1_036, 1_118, 2_050, 2_900, 3_360, 4_305, 4_400, 7_000];

const runs = [
  ...CASES.map(([name, values, acts]) => [name, runOf('better-together', values, acts)] as const),
  ...USE_CASES.map(({ id }) => [id, runOf('choose', { case: id })] as const),
];
const atMs = (ms: number): SimTime => instant(ms * 1_000);

describe.each(runs)('%s', (_, { index }) => {
  const at = (width: number, time: SimTime): Picture => {
    const size = { width, height: togetherHeight(index, 'together') };
    const layout = layoutTogether(index, 'together', size);
    return togetherScene(layout, { time, motion: 'flight' });
  };

  test('no words overlap, leave the stage, or are smaller than 14 px', () => {
    const faults = new Set<string>();
    for (const width of WIDTHS) {
      for (const ms of TIMES) {
        const { still, height } = at(width, atMs(ms));
        const words = still?.words ?? [];
        const boxes = words.map(boxOf);
        boxes.forEach((box, place) => {
          const text = `"${words[place]?.text}" at ${width}`;
          if ((words[place]?.size ?? 0) < 14) faults.add(`${text} is small`);
          if (words[place]?.text === '') faults.add(`${words[place]?.key} at ${width} is empty`);
          if (box.left < 0 || box.right > width) faults.add(`${text} leaves sideways`);
          if (box.top < 0 || box.bottom > height) faults.add(`${text} leaves up or down`);
          boxes.slice(place + 1).forEach((other, behind) => {
            const isApart =
              box.right <= other.left + 1 ||
              other.right <= box.left + 1 ||
              box.bottom <= other.top + 1 ||
              other.bottom <= box.top + 1;
            if (!isApart) faults.add(`${text} lies on "${words[place + 1 + behind]?.text}"`);
          });
        });
      }
    }
    expect([...faults]).toEqual([]);
  });

  test('what moves stays on the stage, and no key names two things', () => {
    for (const width of WIDTHS) {
      for (const ms of TIMES) {
        const { still, flights, height } = at(width, atMs(ms));
        for (const { x, y, radius } of flights) {
          expect(Math.min(x - radius, y - radius)).toBeGreaterThanOrEqual(0);
          expect(x + radius).toBeLessThanOrEqual(width);
          expect(y + radius).toBeLessThanOrEqual(height);
        }
        for (const list of [still?.paths ?? [], still?.words ?? [], flights]) {
          const keys = list.map(({ key }) => key);
          expect(new Set(keys).size).toBe(keys.length);
        }
      }
    }
  });

  test('the same key means the same still part, whatever was seen before', () => {
    const known = new Map<string, string>();
    for (const ms of [...TIMES, ...[...TIMES].reverse()]) {
      const { stillKey, still } = at(912, atMs(ms));
      const text = JSON.stringify(still);
      expect(known.get(stillKey) ?? text).toBe(text);
      known.set(stillKey, text);
      expect(text).not.toMatch(/NaN|undefined|Infinity/);
    }
  });
});

const wordsAt = (values: ParameterValues, ms: number): string[] => {
  const { index } = runOf('better-together', values);
  const layout = layoutTogether(index, 'together', { width: 912, height: 400 });
  const scene = togetherScene(layout, { time: atMs(ms), motion: 'flight' });
  return (scene.still?.words ?? []).map(({ text }) => text);
};

test('it says who is away, what has stopped, and who misses what', () => {
  expect(wordsAt({}, 2_900)).toContain('Ben, away');
  expect(wordsAt({}, 4_400)).toContain('stopped');
  expect(wordsAt({}, 7_000).filter((text) => text.endsWith('missed'))).toEqual([]);
  expect(wordsAt({ resume: 'off' }, 4_000)).toContain('8 missed');
});

test('with one group it says that one gateway reads nothing', () => {
  expect(wordsAt({ gatewayGroups: 'one' }, 2_000)).toContain('reads nothing');
  expect(wordsAt({}, 2_000)).not.toContain('reads nothing');
});

test('what is said flies from service to log to gateways to browsers', () => {
  const { index } = runOf('better-together');
  const layout = layoutTogether(index, 'together', { width: 912, height: 400 });
  const at = (ms: number) => togetherScene(layout, { time: atMs(ms), motion: 'flight' }).flights;
  expect([at(1_010).length, at(1_023).length, at(1_033).length]).toEqual([1, 2, 6]);
});
