// Pictures of real fleets: what is drawn stays on the stage, says who has the news, and follows
// from the time alone.

import { describe, expect, test } from 'vitest';
import { instant, type SimTime } from '../../engine/index';
import type { ParameterValues } from '../../scenarios/defineScenario';
import { runOf } from '../../scenarios/testing/runOf';
import type { Picture } from '../picture';
import { boxOf } from '../still';
import { connectionsHeight, layoutConnections } from './connectionsLayout';
import { connectionsScene } from './connectionsScene';

const CASES: readonly (readonly [string, ParameterValues, readonly string[]])[] = [
  ['as it begins', {}, []],
  ['one server', { servers: 1, clients: 50 }, []],
  ['eight servers', { servers: 8, clients: 50, backplane: 'kafka' }, []],
  ['a few', { servers: 2, clients: 1, backplane: 'pubsub' }, []],
  ['a rolling deploy', { deploy: 'rolling', backplane: 'pubsub' }, []],
  ['a cut line', { backplane: 'kafka', servers: 8 }, ['1000 cut server-2-backplane']],
  ['a crowd', { clients: 2_000, servers: 3, deploy: 'rolling' }, []],
  ['a crowd on eight', { clients: 300, servers: 8 }, ['1100 crash server-3']],
  [
    'machines that stop',
    {},
    ['1000 crash balancer', '2100 crash server-1', '2500 restart balancer'],
  ],
  ['someone away', {}, ['600 disconnect C1', '700 disconnect A']],
];
const WIDTHS = [343, 520, 796, 912];
const TIMES = [0, 100, 205, 213, 216, 222, 260, 711, 1_005, 1_104, 1_712, 2_218, 3_400, 6_500].map(
  (ms) => instant(ms * 1_000),
);

const runs = CASES.map(
  ([name, values, acts]) => [name, runOf('scale-sockets', values, acts)] as const,
);

describe.each(runs)('%s', (_, { index }) => {
  const at = (width: number, time: SimTime): Picture => {
    const size = { width, height: connectionsHeight(index, 'websocket', width) + 40 };
    const layout = layoutConnections(index, 'websocket', size);
    return connectionsScene(layout, { time, motion: 'flight' });
  };

  test('no words overlap, leave the stage, or are smaller than 14 px', () => {
    const faults = new Set<string>();
    for (const width of WIDTHS) {
      for (const time of TIMES) {
        const { still, height } = at(width, time);
        const words = still?.words ?? [];
        const boxes = words.map(boxOf);
        boxes.forEach((box, place) => {
          const text = `"${words[place]?.text}" at ${width}`;
          if ((words[place]?.size ?? 0) < 14) faults.add(`${text} is small`);
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
      for (const time of TIMES) {
        const { still, flights, height } = at(width, time);
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
    for (const time of [...TIMES, ...[...TIMES].reverse()]) {
      const { stillKey, still } = at(796, time);
      const text = JSON.stringify(still);
      expect(known.get(stillKey) ?? text).toBe(text);
      known.set(stillKey, text);
      expect(text).not.toMatch(/NaN|undefined|Infinity/);
    }
  });
});

const wordsAt = (values: ParameterValues, ms: number, acts: readonly string[] = []): string[] => {
  const { index } = runOf('scale-sockets', values, acts);
  const layout = layoutConnections(index, 'websocket', { width: 796, height: 460 });
  const scene = connectionsScene(layout, { time: instant(ms * 1_000), motion: 'flight' });
  return (scene.still?.words ?? []).map(({ text }) => text);
};

test('it says how many have the newest message, and where connections are', () => {
  expect(wordsAt({}, 260)).toContain('message 0: 6 of 24 have it');
  expect(wordsAt({ backplane: 'pubsub' }, 260)).toContain('message 0: 24 of 24 have it');
  expect(wordsAt({}, 260)).toEqual(expect.arrayContaining(['server 1', '7 connections']));
});

test('it says who says goodbye, who has stopped, and who is behind', () => {
  expect(wordsAt({ deploy: 'rolling' }, 1_100)).toContain('says goodbye');
  expect(wordsAt({}, 1_100, ['1000 crash server-2'])).toContain('stopped');
  const acts = ['1000 cut server-2-backplane'];
  expect(wordsAt({ backplane: 'kafka' }, 1_900, acts)).toContain('2 behind');
});

test('a crowd flies as one: at most a mark a server and hop', () => {
  const { index } = runOf('scale-sockets', { clients: 1_000, backplane: 'pubsub' });
  const layout = layoutConnections(index, 'websocket', { width: 796, height: 460 });
  const { flights } = connectionsScene(layout, { time: instant(216_000), motion: 'flight' });
  expect(flights.length).toBeGreaterThan(0);
  expect(flights.length).toBeLessThanOrEqual(8);
  expect(flights.some(({ isStack }) => isStack)).toBe(true);
});
