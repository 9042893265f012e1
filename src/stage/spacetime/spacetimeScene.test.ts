// Diagrams of real runs: words apart and inside, ends at their times, crossings and losses counted.

import { describe, expect, test } from 'vitest';
import { instant, ledgerAt, type StageId, type Trace } from '../../engine/index';
import { SCENARIOS } from '../../scenarios/registry';
import { type Run, type RunSpec, runScenario } from '../../scenarios/runScenario';
import { boxOf } from '../still';
import { diagramHeight, layoutDiagram, scaleOf } from './diagramLayout';
import { marksInOrder } from './diagramMarks';
import { markSentence } from './markWords';
import { playheadOf, type SpacetimeScene, spacetimeScene } from './spacetimeScene';
import { travelSpan } from './story/travels';
import { firstWindow, type TimeWindow } from './timeWindow';

/** A column of the page at 1440 px, a narrow one, a phone, and one stage alone. */
const WIDTHS = [646, 400, 325, 1_334];

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
  ['tunnel, nothing kept', runOf('tunnel', { parameters: { durability: 'off' } })],
];

const bookmarksOf = (run: Run): number[] => run.bookmarks.map(({ at }) => at);

function sceneOf(run: Run, stage: StageId, shown: { width: number; window: TimeWindow }) {
  const { stages } = run.scenario;
  const height = diagramHeight(run.index, stages, shown.width);
  const layout = layoutDiagram(run.index, { stage, stages }, { width: shown.width, height });
  const { window } = shown;
  return spacetimeScene(layout, { window, lens: 'conversation', bookmarks: bookmarksOf(run) });
}

const wholeOf = (run: Run): TimeWindow => ({ from: 0, to: run.horizon });

/** As first seen, whole, and near around a few of its instants. */
function windowsOf(run: Run): TimeWindow[] {
  const { index, scenario, horizon } = run;
  const near = [0.1, 0.37, 0.8].map((share) => {
    const from = Math.round(horizon * share);
    return { from, to: Math.min(horizon, from + 120_000) };
  });
  return [
    firstWindow(index, scenario.stages, 0),
    firstWindow(index, scenario.stages, horizon / 2),
    wholeOf(run),
    ...near,
  ];
}

const drawn = new Map<Run, readonly SpacetimeScene[]>();

function scenesOf(run: Run): readonly SpacetimeScene[] {
  const known = drawn.get(run);
  if (known !== undefined) return known;
  const scenes = run.scenario.stages.flatMap((stage) =>
    WIDTHS.flatMap((width) =>
      windowsOf(run).map((window) => sceneOf(run, stage, { width, window })),
    ),
  );
  drawn.set(run, scenes);
  return scenes;
}

/** Every place that a path names with an upper-case command. */
function placesOf(d: string): { xs: number[]; ys: number[] } {
  const points = [...d.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)];
  const xs = [...d.matchAll(/H(-?[\d.]+)/g)].map(([, x]) => Number(x));
  const ys = [...d.matchAll(/V(-?[\d.]+)/g)].map(([, y]) => Number(y));
  return {
    xs: [...xs, ...points.map(([, x]) => Number(x))],
    ys: [...ys, ...points.map(([, , y]) => Number(y))],
  };
}

describe.each(RUNS)('%s', (_, run) => {
  test('no words overlap, leave the diagram, or are smaller than 14 px', () => {
    const faults: string[] = [];
    for (const { layout, frontWords, eventWords } of scenesOf(run)) {
      const words = [...frontWords, ...eventWords];
      const boxes = words.map(boxOf);
      boxes.forEach((box, at) => {
        const text = `"${words[at]?.text}" at ${layout.width}`;
        if ((words[at]?.size ?? 0) < 14) faults.push(`${text} is small`);
        if (box.left < 0 || box.right > layout.width) faults.push(`${text} leaves sideways`);
        if (box.top < 0 || box.bottom > layout.height) faults.push(`${text} leaves up or down`);
        boxes.slice(at + 1).forEach((other, behind) => {
          const isApart =
            box.right <= other.left ||
            other.right <= box.left ||
            box.bottom <= other.top ||
            other.bottom <= box.top;
          if (!isApart) faults.push(`${text} lies on "${words[at + 1 + behind]?.text}"`);
        });
      });
    }
    expect([...new Set(faults)]).toEqual([]);
  });

  test('everything drawn lies inside the diagram, and what happens between the ends of its axis', () => {
    const faults = new Set<string>();
    for (const { layout, ground, events, front } of scenesOf(run)) {
      for (const { key, d } of [...ground, ...events, ...front]) {
        const { xs, ys } = placesOf(d);
        const isInside =
          xs.every((x) => x >= 0 && x <= layout.width) &&
          ys.every((y) => y >= 0 && y <= layout.height);
        if (!isInside) faults.add(`${key} leaves the diagram at ${layout.width}`);
      }
      const lines = events.filter(({ look }) => look === 'line-left' || look === 'line-right');
      for (const { key, d } of lines) {
        const { xs } = placesOf(d);
        const isInside = xs.every((x) => x >= layout.left - 0.1 && x <= layout.right + 0.1);
        if (!isInside) faults.add(`${key} leaves the plot at ${layout.width}`);
      }
    }
    expect([...faults]).toEqual([]);
  });

  test('every person has a life line and a name, and nobody’s lies on another’s', () => {
    for (const { layout, frontWords } of scenesOf(run)) {
      const heights = layout.lifeLines.map(({ y }) => y).sort((one, other) => one - other);
      for (const [at, y] of heights.slice(1).entries()) {
        expect(y - (heights[at] ?? 0)).toBeGreaterThanOrEqual(2 * layout.personRadius);
      }
      for (const { person } of layout.lifeLines) {
        if (person === null) continue;
        expect(frontWords.some(({ text }) => text === person.id)).toBe(true);
      }
      const { log } = layout;
      const isInLog = ({ y }: { y: number }) =>
        log !== null && y > log.top - 8 && y < log.bottom + 8;
      expect(layout.lifeLines.filter(isInLog)).toEqual([]);
    }
  });

  test('a line begins and ends at the times of its transfer', () => {
    for (const { layout, window, lines } of scenesOf(run)) {
      const x = scaleOf(layout, window);
      for (const { transfer, x1, x2 } of lines) {
        const { from, to } = travelSpan(run.index, transfer);
        expect(x1).toBeCloseTo(x(from), 6);
        expect(x2).toBeCloseTo(x(to), 6);
      }
    }
  });

  test('a bounded number of marks is drawn, and what is not drawn one by one is said', () => {
    for (const { lines, bars, notes, layout, window } of scenesOf(run)) {
      expect(lines.length).toBeLessThanOrEqual(400);
      expect(bars.length).toBeLessThanOrEqual(400 * (layout.log?.bands.length ?? 0));
      const { from, to } = layout.story.messages.spans;
      const meeting = from.filter(
        (start, at) => start <= window.to && (to[at] as number) >= window.from,
      );
      if (meeting.length > 400) expect(notes.join(' ')).toContain('Zoom in');
    }
  });

  test('every copy that is missed at the end has its cross', () => {
    for (const stage of run.scenario.stages) {
      const { losses } = sceneOf(run, stage, { width: 646, window: wholeOf(run) });
      const lost = losses.flatMap((mark) => mark.losses).filter(({ cameLater }) => !cameLater);
      expect(lost.length).toBe(ledgerAt(run.index, stage, run.horizon).missed);
      const crosses = losses.length;
      const scene = sceneOf(run, stage, { width: 646, window: wholeOf(run) });
      const path = scene.events.find(({ key }) => key === 'lost')?.d ?? '';
      expect(path.match(/M/g)?.length ?? 0).toBe(2 * crosses);
    }
  });

  test('a scene is plain data and depends on nothing but its arguments', () => {
    for (const stage of run.scenario.stages) {
      const shown = { width: 646, window: firstWindow(run.index, run.scenario.stages, 0) };
      const { layout: _layout, ...scene } = sceneOf(run, stage, shown);
      const { layout: _again, ...again } = sceneOf(run, stage, shown);
      expect(again).toEqual(scene);
      const { events, ground, front, eventWords, frontWords } = scene;
      const data = { events, ground, front, eventWords, frontWords };
      expect(JSON.parse(JSON.stringify(data))).toEqual(data);
      for (const list of Object.values(data)) {
        const keys = list.map(({ key }) => key);
        expect(new Set(keys).size, keys.join(', ')).toBe(keys.length);
      }
    }
  });

  test('each mark has one sentence', () => {
    for (const stage of run.scenario.stages) {
      const { layout } = sceneOf(run, stage, { width: 646, window: wholeOf(run) });
      const marks = marksInOrder(layout);
      const times = marks.map(({ time }) => time);
      expect(times).toEqual(times.toSorted((one, other) => one - other));
      for (const mark of marks.slice(0, 60)) {
        expect(markSentence(layout.story, mark)).toMatch(/^\S.*\.$/);
      }
    }
  });
});

/** Pairs of transfers with messages that pass each other on one connection, without any drawing. */
function passingPairs(trace: Trace, stage: StageId): number {
  const { transfers, entries, legend, horizon } = trace;
  const spans: { connection: number; from: number; to: number; sender: number }[] = [];
  for (let at = 0; at < transfers.count; at += 1) {
    const sender = transfers.from[at] as number;
    const end = transfers.endSeq[at] as number;
    if ((transfers.carriedCount[at] as number) === 0) continue;
    if (legend.nodes[sender]?.stage !== stage) continue;
    if (end >= 0 && entries.value[end] !== entries.value[transfers.startSeq[at] as number])
      continue;
    const from = entries.time[transfers.startSeq[at] as number] as number;
    const to = end < 0 ? (transfers.dueAt[at] as number) : (entries.time[end] as number);
    if (to > from && from < horizon) {
      spans.push({ connection: transfers.connection[at] as number, from, to, sender });
    }
  }
  let pairs = 0;
  for (const [at, one] of spans.entries()) {
    for (const other of spans.slice(at + 1)) {
      if (one.connection !== other.connection || one.sender === other.sender) continue;
      if (Math.min(one.to, other.to) > Math.max(one.from, other.from)) pairs += 1;
    }
  }
  return pairs;
}

test.each([
  ['both-talk', 6],
  ['many-talk', null],
  ['bare-channel', null],
  ['one-message', 0],
  ['tunnel', 0],
] as const)('in %s there are as many crossings as messages that pass each other', (id, known) => {
  const run = runOf(id);
  for (const stage of run.scenario.stages) {
    const pairs = passingPairs(run.index.trace, stage);
    const window = wholeOf(run);
    const { stages } = run.scenario;
    const size = { width: 646, height: diagramHeight(run.index, stages, 646) };
    const layout = layoutDiagram(run.index, { stage, stages }, size);
    const scene = spacetimeScene(layout, { window, lens: 'connection', bookmarks: [] });
    expect(scene.crossings.length, stage).toBe(pairs);
    if (known !== null && stage === 'websocket') expect(pairs).toBe(known);
    if (stage === 'kafka') expect(pairs).toBe(0);
  }
});

test('in the loop nothing crosses under Kafka; with threads a person sends and gets at once', () => {
  const crossings = (mode: string): number => {
    const run = runOf('both-talk', { parameters: { mode } });
    return sceneOf(run, 'kafka', { width: 646, window: wholeOf(run) }).crossings.length;
  };
  expect(crossings('loop')).toBe(0);
  expect(crossings('threads')).toBeGreaterThan(0);
});

test('a crossing lies on both of its lines', () => {
  const run = runOf('both-talk');
  const { crossings, layout } = sceneOf(run, 'websocket', { width: 646, window: wholeOf(run) });
  expect(crossings.map(({ time }) => time)).toEqual(
    [10, 30, 50, 70, 90, 110].map((ms) => ms * 1e3),
  );
  for (const { y } of crossings) expect(y).toBeCloseTo((layout.top + layout.bottom) / 2, 6);
});

test('the pause in the log is told by what the trace says', () => {
  const run = runOf('both-talk');
  const scene = sceneOf(run, 'kafka', { width: 1_334, window: { from: 0, to: 60_000 } });
  const texts = scene.eventWords.map(({ text }) => text);
  expect(texts).toContain('23\u202fms: append + copy 3, waiting for a poll 20');
  expect(texts).toContain('ack');
  const { story } = scene.layout;
  const bar = marksInOrder(scene.layout).find(({ kind }) => kind === 'bar');
  expect(bar === undefined ? '' : markSentence(story, bar)).toBe(
    'Ana’s message 0 is record 0 of the log from 10\u202fms on. ' +
      'It leaves after 23\u202fms: append + copy 3\u202fms, waiting for a poll 20\u202fms.',
  );
});

test('the playhead stands at its time, and outside the window it is not shown', () => {
  const run = runOf('both-talk');
  const scene = sceneOf(run, 'kafka', { width: 646, window: { from: 0, to: 180_000 } });
  const { left, right } = scene.layout;
  expect(playheadOf(scene, 0)).toMatchObject({ x: left, isShown: true, text: '0\u202fms' });
  expect(playheadOf(scene, 90_000).x).toBeCloseTo((left + right) / 2, 0);
  expect(playheadOf(scene, 200_000)).toMatchObject({ x: right, isShown: false });
});

test('a diagram of two people shows about 180 ms at first, and a run about waiting whole', () => {
  const talk = runOf('both-talk');
  expect(firstWindow(talk.index, talk.scenario.stages, 0)).toEqual({ from: 0, to: 180_000 });
  const tunnel = runOf('tunnel');
  expect(firstWindow(tunnel.index, tunnel.scenario.stages, 0)).toEqual(wholeOf(tunnel));
});
