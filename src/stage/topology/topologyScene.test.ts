// Pictures of real runs: what is drawn stays on the stage and follows from the time alone.

import { describe, expect, test } from 'vitest';
import { absencesOf, instant, measuresAt, type SimTime, type StageId } from '../../engine/index';
import { USE_CASES } from '../../scenarios/combined/useCases';
import { SCENARIOS } from '../../scenarios/registry';
import { type Run, type RunSpec, runScenario } from '../../scenarios/runScenario';
import { isClusterStage } from '../cluster/isClusterStage';
import { boxOf, type Word } from '../still';
import { layoutTopology, type TopologyLayout } from './topologyLayout';
import { type TopologyScene, topologyScene } from './topologyScene';

const SIZES = [
  { width: 687, height: 330, captions: true },
  { width: 616, height: 250, captions: true },
  { width: 487, height: 225, captions: true },
  { width: 456, height: 120, captions: true },
  { width: 343, height: 112, captions: false },
  { width: 300, height: 240, captions: true },
];

const runOf = (scenarioId: string, differing: Partial<RunSpec> = {}): Run =>
  runScenario({ scenarioId, parameters: {}, seed: 7, interventions: [], ...differing });

const RUNS: readonly (readonly [string, Run])[] = [
  ...SCENARIOS.map(({ id }) => [id, runOf(id)] as const),
  ['many-talk, ten people', runOf('many-talk', { parameters: { participants: 10 } })],
  ['both-talk, threads', runOf('both-talk', { parameters: { mode: 'threads' } })],
  [
    'both-talk, Ben away from 70 ms on',
    runOf('both-talk', {
      interventions: [{ at: instant(70_000), kind: 'disconnect', target: 'B' }],
    }),
  ],
  ...USE_CASES.map(
    ({ id }) => [`choose, ${id}`, runOf('choose', { parameters: { case: id } })] as const,
  ),
  ['tunnel, nothing kept', runOf('tunnel', { parameters: { durability: 'off' } })],
  ['tunnel, own buffer', runOf('tunnel', { parameters: { replayWindow: 60_000_000 } })],
];

/** Round instants, odd ones, and those around what the run is about. */
function timesOf({ index, horizon, bookmarks }: Run): SimTime[] {
  const marked = [...bookmarks.map(({ at }) => at), ...absencesOf(index).map(({ from }) => from)];
  const around = marked.flatMap((at) => [at, at + 4_000, at + 500_400]);
  const even = Array.from({ length: 7 }, (_, at) => Math.round((horizon * at) / 6.3));
  return [...around, ...even].filter((time) => time <= horizon).map(instant);
}

/** A cluster has a picture of its own, and so have the two together. */
const stagesOf = ({ scenario, index }: Run): StageId[] => {
  const isCluster = scenario.stageView === 'cluster' || isClusterStage(index.trace, 'kafka');
  return scenario.stages.filter((stage) => {
    return stage !== 'together' && (stage !== 'kafka' || !isCluster);
  });
};

interface Shown {
  readonly layout: TopologyLayout;
  readonly scene: TopologyScene;
}

const drawn = new Map<Run, readonly Shown[]>();

/** Every stage at every size at every time; drawn once for all tests. */
function picturesOf(run: Run): readonly Shown[] {
  const known = drawn.get(run);
  if (known !== undefined) return known;
  const pictures = stagesOf(run).flatMap((stage) =>
    SIZES.flatMap((size) => {
      const layout = layoutTopology(run.index, stage, size);
      return timesOf(run).map((time) => {
        return { layout, scene: topologyScene(layout, { time, motion: 'flight' }) };
      });
    }),
  );
  drawn.set(run, pictures);
  return pictures;
}

const wordsOf = ({ still }: TopologyScene): readonly Word[] => still?.words ?? [];

describe.each(RUNS)('%s', (_, run) => {
  test('everything that moves stays on the stage', () => {
    const outside: string[] = [];
    for (const { layout, scene } of picturesOf(run)) {
      const { width, height } = layout.size;
      for (const { key, x, y, radius } of [...scene.messages, ...scene.falls]) {
        const isInside =
          x - radius >= 0 && x + radius <= width && y - radius >= 0 && y + radius <= height;
        if (!isInside) outside.push(`${key} at ${x},${y} of ${width}×${height}`);
      }
    }
    expect(outside).toEqual([]);
  });

  test('no key names two things', () => {
    for (const { scene } of picturesOf(run)) {
      const { messages, quiets, falls, still } = scene;
      for (const list of [messages, quiets, falls, still?.paths ?? [], still?.words ?? []]) {
        const keys = list.map(({ key }) => key);
        expect(new Set(keys).size, keys.join(', ')).toBe(keys.length);
      }
    }
  });

  test('no words overlap, leave the stage, or are smaller than 14 px', () => {
    const faults: string[] = [];
    for (const { layout, scene } of picturesOf(run)) {
      const { width, height } = layout.size;
      const words = wordsOf(scene);
      const boxes = words.map(boxOf);
      boxes.forEach((box, at) => {
        const text = `"${words[at]?.text}" at ${width}×${height}`;
        if ((words[at]?.size ?? 0) < 14) faults.push(`${text} is small`);
        if (box.left < 0 || box.right > width) faults.push(`${text} leaves sideways`);
        if (box.top < -1 || box.bottom > height + 1) faults.push(`${text} leaves up or down`);
        boxes.slice(at + 1).forEach((other, behind) => {
          const isApart =
            box.right <= other.left + 1 ||
            other.right <= box.left + 1 ||
            box.bottom <= other.top + 1 ||
            other.bottom <= box.top + 1;
          if (!isApart) faults.push(`${text} lies on "${words[at + 1 + behind]?.text}"`);
        });
      });
    }
    expect([...new Set(faults)]).toEqual([]);
  });

  test('the same key means the same still part', () => {
    const known = new Map<string, string>();
    for (const { scene } of picturesOf(run)) {
      const still = JSON.stringify(scene.still);
      expect(known.get(scene.stillKey) ?? still).toBe(still);
      known.set(scene.stillKey, still);
    }
  });

  test('a scene is plain data and depends on nothing but its arguments', () => {
    for (const stage of stagesOf(run)) {
      const size = { width: 687, height: 330, captions: true };
      const layout = layoutTopology(run.index, stage, size);
      const times = timesOf(run);
      const forwards = times.map((time) => topologyScene(layout, { time, motion: 'flight' }));
      const backwards = [...times].reverse().map((time) => {
        const fresh = layoutTopology(run.index, stage, size);
        return topologyScene(fresh, { time, motion: 'flight' });
      });
      expect(backwards.reverse()).toEqual(forwards);
      expect(JSON.parse(JSON.stringify(forwards))).toEqual(forwards);
    }
  });

  test('a tail is no longer than the way behind it', () => {
    for (const { layout, scene } of picturesOf(run)) {
      for (const { x, radius, heading, tail } of scene.messages) {
        const ends = layout.lanes.map(({ left, right }) => (heading === 1 ? left : right));
        const behind = Math.max(...ends.map((end) => (x - end) * heading));
        expect(tail).toBeLessThanOrEqual(Math.max(0, behind - radius) + 1);
      }
    }
  });

  test('with reduced motion nothing is seen between two stations', () => {
    for (const stage of stagesOf(run)) {
      const layout = layoutTopology(run.index, stage, { width: 687, height: 330, captions: true });
      const places = new Map<string, Set<number>>();
      for (let time = 0; time < Math.min(run.horizon, 300_000); time += 1_000) {
        const scene = topologyScene(layout, { time: instant(time), motion: 'stations' });
        for (const { key, x } of scene.messages) {
          places.set(key, (places.get(key) ?? new Set()).add(x));
        }
      }
      if (layout.seats.length > 2) return;
      for (const [key, xs] of places) expect(xs.size, key).toBeLessThanOrEqual(3);
    }
  });
});

test('a known still part is not built again', () => {
  const run = runOf('both-talk');
  const layout = layoutTopology(run.index, 'kafka', { width: 687, height: 330, captions: true });
  const first = topologyScene(layout, { time: instant(4_000), motion: 'flight' });
  const instantAfter = { time: instant(5_000), motion: 'flight' as const };
  const next = topologyScene(layout, { ...instantAfter, drawnKey: first.stillKey });
  expect(next.still).toBeNull();
  expect(topologyScene(layout, instantAfter).still).toEqual(first.still);
});

test('a message keeps its key while it travels and moves with the time', () => {
  const run = runOf('one-message');
  const layout = layoutTopology(run.index, 'websocket', {
    width: 687,
    height: 330,
    captions: true,
  });
  const marks = [2_000, 10_000, 18_000].map((time) => {
    const scene = topologyScene(layout, { time: instant(time), motion: 'flight' });
    return scene.messages[0];
  });
  expect(new Set(marks.map((mark) => mark?.key)).size).toBe(1);
  const [first, second, third] = marks.map((mark) => mark?.x ?? 0);
  expect((second ?? 0) - (first ?? 0)).toBeCloseTo((third ?? 0) - (second ?? 0), 0);
  expect(second).toBeGreaterThan(first ?? 0);
});

test('the line is yellow exactly while messages move both ways on it', () => {
  const run = runOf('both-talk');
  const layout = layoutTopology(run.index, 'websocket', {
    width: 687,
    height: 330,
    captions: true,
  });
  const isLive = (time: number): boolean => {
    const { still } = topologyScene(layout, { time: instant(time), motion: 'flight' });
    return (still?.paths ?? []).some(({ paint }) => paint === 'pipe-live');
  };
  expect(isLive(10_000)).toBe(true);
  expect(isLive(130_000)).toBe(false);
  const kafka = layoutTopology(run.index, 'kafka', { width: 687, height: 330, captions: true });
  for (let time = 0; time < run.horizon; time += 3_000) {
    const { still } = topologyScene(kafka, { time: instant(time), motion: 'flight' });
    expect((still?.paths ?? []).some(({ paint }) => paint === 'pipe-live')).toBe(false);
  }
});

test('what is lost falls for ten simulated milliseconds, then only its count stays', () => {
  const run = runOf('tunnel');
  const layout = layoutTopology(run.index, 'websocket', {
    width: 687,
    height: 330,
    captions: true,
  });
  const at = (time: number) => topologyScene(layout, { time: instant(time), motion: 'flight' });
  const ys = [0, 3_000, 6_000, 9_000].map((after) => at(10_500_000 + after).falls[0]?.y ?? 0);
  expect(ys).toEqual([...ys].sort((one, other) => one - other));
  expect((ys[3] ?? 0) - (ys[0] ?? 0)).toBeGreaterThan(40);
  expect(at(10_511_000).falls).toEqual([]);
  expect(wordsOf(at(10_511_000)).map(({ text }) => text)).toContain('1 missed');
  const { missed } = measuresAt(run.index, 'websocket', run.horizon);
  expect(wordsOf(at(run.horizon)).map(({ text }) => text)).toContain(`${missed} missed`);
});

test('messages that a cut holds up wait before it', () => {
  const run = runOf('both-talk', {
    interventions: [{ at: instant(62_000), kind: 'cut', target: 'A-B' }],
  });
  const layout = layoutTopology(run.index, 'websocket', {
    width: 687,
    height: 330,
    captions: true,
  });
  const scene = topologyScene(layout, { time: instant(140_000), motion: 'flight' });
  const fromAna = scene.messages.filter(({ heading }) => heading === 1);
  expect(fromAna.length).toBeGreaterThan(0);
  for (const { x, radius } of fromAna) expect(x + radius).toBeLessThan(687 / 2);
});
