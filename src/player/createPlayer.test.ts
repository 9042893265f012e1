// The player moves through real runs: whatever the way to a time, the run there is the same.

import { describe, expect, test } from 'vitest';
import type { Trace } from '../engine/index';
import { instant, milliseconds, seconds, stepInstants } from '../engine/index';
import { findScenario } from '../scenarios/registry';
import type { RunSpec } from '../scenarios/run';
import type { Player } from './createPlayer';
import { createPlayer } from './createPlayer';
import type { FrameClock } from './frameClock';
import type { ScenarioSource } from './scenarioSource';
import { awaySince, parameterAt } from './stateAtPlayhead';

const bothTalk: RunSpec = { scenarioId: 'both-talk', parameters: {}, seed: 7, interventions: [] };
const at = (count: number) => instant(milliseconds(count));

interface HandClock extends FrameClock {
  readonly frames: (count: number, elapsedMs: number) => void;
  readonly isRunning: () => boolean;
}

/** A clock whose frames come when the test says so. */
function handClock(): HandClock {
  const state: { onFrame: ((elapsedMs: number) => void) | null } = { onFrame: null };
  return {
    start: (onFrame) => {
      state.onFrame = onFrame;
    },
    stop: () => {
      state.onFrame = null;
    },
    isRunning: () => state.onFrame !== null,
    frames: (count, elapsedMs) => {
      for (let frame = 0; frame < count; frame += 1) state.onFrame?.(elapsedMs);
    },
  };
}

const ALL_HERE: ScenarioSource = { find: findScenario, fetch: (done) => done(true) };

function playerOf(spec: RunSpec = bothTalk): { player: Player; clock: HandClock } {
  const clock = handClock();
  return { player: createPlayer({ spec, clock, scenarios: ALL_HERE }), clock };
}

/** The rows of the entries up to and including `time`, as text. */
function prefixOf(trace: Trace, time: number): string {
  const { entries } = trace;
  const columns = [
    entries.kind,
    entries.node,
    entries.place,
    entries.message,
    entries.transfer,
    entries.value,
    entries.detail,
    entries.cause,
  ];
  const rows: string[] = [];
  for (let seq = 0; seq < entries.count && (entries.time[seq] ?? 0) <= time; seq += 1) {
    rows.push([entries.time[seq], ...columns.map((column) => column[seq])].join(' '));
  }
  return rows.join('\n');
}

describe('playing', () => {
  test('a second of screen passes 1/60 of a simulated second', () => {
    const { player, clock } = playerOf();
    player.play();
    clock.frames(60, 1_000 / 60);
    expect(player.getTime()).toBeCloseTo(16_667, -1);
  });

  test('a quarter of the speed covers a quarter of the way', () => {
    const { player, clock } = playerOf();
    player.setSpeed(0.25);
    player.play();
    clock.frames(60, 1_000 / 60);
    expect(player.getTime()).toBeCloseTo(4_167, -1);
  });

  test('it ends at the horizon and asks for no more frames', () => {
    const { player, clock } = playerOf();
    player.play();
    clock.frames(400, 100);
    const { status, time, run } = player.store.getState();
    expect({ status, time }).toEqual({ status: 'ended', time: run.horizon });
    expect(clock.isRunning()).toBe(false);
  });

  test('from the end, play starts over', () => {
    const { player, clock } = playerOf();
    player.seek(Number.POSITIVE_INFINITY);
    player.play();
    expect(player.getTime()).toBe(0);
    clock.frames(1, 10);
    expect(player.getTime()).toBeGreaterThan(0);
  });

  test('in a loop it starts over at the horizon and plays on', () => {
    const { player, clock } = playerOf();
    player.toggleLoop();
    player.seek(player.store.getState().run.horizon - 1_000);
    player.play();
    clock.frames(4, 40);
    expect(player.store.getState().status).toBe('playing');
    expect(player.getTime()).toBeLessThan(50_000);
  });

  test('played to a bookmark it rests exactly there', () => {
    const { player, clock } = playerOf();
    player.play(at(43));
    clock.frames(200, 16);
    expect(player.getTime()).toBe(43_000);
    expect(player.store.getState().status).toBe('paused');
  });

  test('words change at most twice a second while it plays', () => {
    const { player, clock } = playerOf();
    const seen = new Set<number>();
    player.store.subscribe((state) => seen.add(state.coarseTime));
    player.play();
    clock.frames(60, 1_000 / 60);
    expect(seen.size).toBeLessThanOrEqual(3);
  });

  test('quiet stretches of the tunnel pass in about a minute', () => {
    const { player, clock } = playerOf({ ...bothTalk, scenarioId: 'tunnel' });
    player.play();
    const screen = { ms: 0 };
    while (player.store.getState().status === 'playing' && screen.ms < 300_000) {
      clock.frames(1, 50);
      screen.ms += 50;
    }
    expect(screen.ms).toBeGreaterThan(30_000);
    expect(screen.ms).toBeLessThan(90_000);
  });
});

describe('choosing a time', () => {
  test('sought and played to the same time, the state is the same', () => {
    const played = playerOf();
    played.player.play(at(100));
    played.clock.frames(1_000, 16);
    const sought = playerOf();
    sought.player.seek(at(100));
    const { run: playedRun, time: playedTime } = played.player.store.getState();
    const { run: soughtRun, time: soughtTime } = sought.player.store.getState();
    expect(playedTime).toBe(soughtTime);
    expect(prefixOf(playedRun.index.trace, playedTime)).toBe(
      prefixOf(soughtRun.index.trace, soughtTime),
    );
  });

  test('step and step back undo each other at every instant that matters', () => {
    const { player } = playerOf();
    for (const moment of stepInstants(player.store.getState().run.index)) {
      player.seek(moment);
      player.stepForward();
      expect(player.getTime()).toBeGreaterThanOrEqual(moment);
      player.stepBack();
      expect(player.getTime()).toBe(moment);
    }
  });

  test('a time outside the run becomes its nearest end', () => {
    const { player } = playerOf();
    player.seek(-5);
    expect(player.getTime()).toBe(0);
    player.seek(Number.NaN);
    expect(player.getTime()).toBe(0);
    player.seek(1e12);
    expect(player.getTime()).toBe(player.store.getState().run.horizon);
  });
});

describe('acting in the middle', () => {
  test('the past is byte-equal, the switch reads as set, and the time stays', () => {
    const { player } = playerOf();
    const before = player.store.getState().run.index.trace;
    player.seek(at(60));
    player.act({ kind: 'disconnect', target: 'B' });
    const { run, time } = player.store.getState();
    expect(time).toBe(60_000);
    // What the act itself records stands at its own instant, after all that was there before.
    expect(prefixOf(run.index.trace, 60_000).startsWith(prefixOf(before, 60_000))).toBe(true);
    expect(awaySince(run, 'B', time)).toBe(60_000);
    expect(awaySince(run, 'B', instant(59_999))).toBe(null);
  });

  test('durability is what was set last, at every time', () => {
    const { player } = playerOf();
    player.seek(at(60));
    player.act({ kind: 'set', target: 'durability', value: 'off' });
    const { run } = player.store.getState();
    expect(parameterAt(run, 'durability', at(59))).toBe('on');
    expect(parameterAt(run, 'durability', at(60))).toBe('off');
  });

  test('while it plays it plays on', () => {
    const { player, clock } = playerOf();
    player.play();
    clock.frames(60, 16);
    player.act({ kind: 'disconnect', target: 'B' });
    const before = player.getTime();
    clock.frames(10, 16);
    expect(player.getTime()).toBeGreaterThan(before);
  });
});

test('a run that cannot be run leaves the old one and says why', () => {
  const fails = (): never => {
    throw new Error('too much');
  };
  const scenarios: ScenarioSource = {
    ...ALL_HERE,
    find: (id) => {
      const scenario = findScenario(id);
      return scenario?.id === 'tunnel' ? { ...scenario, scene: fails } : scenario;
    },
  };
  const player = createPlayer({ spec: bothTalk, clock: handClock(), scenarios });
  const before = player.store.getState().run;
  player.load({ ...bothTalk, scenarioId: 'tunnel' });
  expect(player.store.getState().run).toBe(before);
  expect(player.store.getState().problems).toEqual([expect.stringMatching(/too much/)]);
});

test('another scene starts at its own beginning', () => {
  const { player } = playerOf();
  player.seek(at(60));
  player.load({ ...bothTalk, scenarioId: 'tunnel' });
  expect(player.getTime()).toBe(0);
  expect(player.store.getState().run.horizon).toBe(seconds(32));
});

describe('a scene that is not here yet', () => {
  const tunnel: RunSpec = { ...bothTalk, scenarioId: 'tunnel' };

  /** Everything but the tunnel is here; the test says when it comes, or that it does not. */
  function playerWithoutTunnel() {
    const state = { isHere: false };
    const waiting: ((haveCome: boolean) => void)[] = [];
    const scenarios: ScenarioSource = {
      find: (id) => (id === 'tunnel' && !state.isHere ? undefined : findScenario(id)),
      fetch: (done) => waiting.push(done),
    };
    const player = createPlayer({ spec: bothTalk, clock: handClock(), scenarios });
    const scene = () => player.store.getState().run.spec.scenarioId;
    const fetched = (haveCome: boolean) => {
      state.isHere = haveCome;
      for (const done of waiting) done(haveCome);
    };
    return { player, scene, fetched };
  }

  test('shows when it has come, at the time asked for; till then the run before it', () => {
    const { player, scene, fetched } = playerWithoutTunnel();
    player.load(tunnel, seconds(12));
    expect([scene(), player.store.getState().fetching]).toEqual(['both-talk', tunnel]);
    fetched(true);
    expect([scene(), player.getTime()]).toEqual(['tunnel', seconds(12)]);
    expect(player.store.getState().fetching).toBe(null);
  });

  test('is forgotten when something else is chosen meanwhile', () => {
    const { player, scene, fetched } = playerWithoutTunnel();
    player.load(tunnel);
    player.load({ ...bothTalk, scenarioId: 'durability' });
    expect(player.store.getState().fetching).toBe(null);
    fetched(true);
    expect(scene()).toBe('durability');
  });

  test('that cannot be had leaves the run before it and a sentence', () => {
    const { player, scene, fetched } = playerWithoutTunnel();
    player.load(tunnel);
    fetched(false);
    expect([scene(), player.store.getState().fetching]).toEqual(['both-talk', null]);
    expect(player.store.getState().problems).toEqual([expect.stringMatching(/not be fetched/)]);
  });
});
