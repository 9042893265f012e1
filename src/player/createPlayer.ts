// One store that holds a run and a time; every action chooses one, none computes protocol.

import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type { SimTime } from '../engine/index';
import { instant, quietStretches } from '../engine/index';
import type { Intervention, Run, RunSpec } from '../scenarios/run';
import { runAs } from '../scenarios/run';
import { forkAt } from './fork';
import type { FrameClock } from './frameClock';
import type { Pace } from './pace';
import { createPace, passesQuickly, screenAt } from './pace';
import type { Speed } from './playhead';
import { advance, clamp, stepBack, stepForward } from './playhead';
import type { ScenarioSource } from './scenarioSource';

export type PlayerStatus = 'paused' | 'playing' | 'ended';

/** Why the time changed last: a step is announced otherwise than a jump. */
export type LastMove = 'none' | 'play' | 'step' | 'seek' | 'act';

export interface PlayerState {
  readonly run: Run;
  readonly runSpec: RunSpec;
  /** Its scene is being fetched; until it is there the run before it stays. */
  readonly fetching: RunSpec | null;
  /** The playhead; while playing it changes with every frame, so draw from `subscribeTime`. */
  readonly time: SimTime;
  /** The playhead for words and numbers: at once when paused, at most twice a second while playing. */
  readonly coarseTime: SimTime;
  readonly status: PlayerStatus;
  readonly speed: Speed;
  readonly isLooping: boolean;
  /** The playhead passes a stretch in which nothing moves. */
  readonly isPassingQuickly: boolean;
  readonly lastMove: LastMove;
  /** Sentences about what could not be done. */
  readonly problems: readonly string[];
}

export interface PlayerActions {
  /** Plays to the horizon, or to `until` and rests there; from the end it starts over. */
  readonly play: (until?: SimTime) => void;
  readonly pause: () => void;
  readonly stepForward: () => void;
  readonly stepBack: () => void;
  readonly seek: (timeUs: number) => void;
  readonly restart: () => void;
  readonly setSpeed: (speed: Speed) => void;
  readonly toggleLoop: () => void;
  /**
   * Another run, at `timeUs`, now or once its scene is here; a spec that cannot run leaves the old
   * one and adds a problem.
   */
  readonly load: (spec: RunSpec, timeUs?: number) => void;
  /** An intervention at the playhead: what lies before it stays, what lies after is run anew. */
  readonly act: (act: Omit<Intervention, 'at'>) => void;
  readonly report: (problem: string) => void;
  readonly dismissProblems: () => void;
}

export interface Player extends PlayerActions {
  readonly scenarios: ScenarioSource;
  readonly store: StoreApi<PlayerState>;
  readonly getTime: () => SimTime;
  /** Calls back when the time or the run changes; a drawing hangs on it so that React does not. */
  readonly subscribeTime: (callback: () => void) => () => void;
}

const CANNOT_FETCH =
  'This scene could not be fetched, so the one before it stays. Look to your connection, and ' +
  'choose it again.';

/** Words and numbers change at most this often while playing (WCAG 2.2.2). */
const COARSE_EVERY_MS = 500;

export interface PlayerOptions {
  readonly spec: RunSpec;
  readonly timeUs?: number;
  readonly speed?: Speed;
  readonly clock: FrameClock;
  /** Must know the scene of `spec`. */
  readonly scenarios: ScenarioSource;
}

/** What belongs to one stretch of playing and to nobody else. */
interface Playing {
  pace: Pace;
  screenMs: number;
  sinceCoarseMs: number;
  until: SimTime;
}

export function createPlayer(options: PlayerOptions): Player {
  const { scenarios } = options;
  const run = runFrom(scenarios, options.spec);
  const time = clamp(options.timeUs ?? 0, run.horizon);
  const store = createStore<PlayerState>(() => ({
    run,
    runSpec: run.spec,
    fetching: null,
    time,
    coarseTime: time,
    status: 'paused',
    speed: options.speed ?? 1,
    isLooping: false,
    isPassingQuickly: false,
    lastMove: 'none',
    problems: [],
  }));
  const playing: Playing = {
    pace: paceOf(run),
    screenMs: 0,
    sinceCoarseMs: 0,
    until: run.horizon,
  };
  const getTime = (): SimTime => store.getState().time;
  const subscribeTime = (callback: () => void): (() => void) =>
    store.subscribe((now, before) => {
      if (now.time !== before.time || now.run !== before.run) callback();
    });
  return {
    scenarios,
    store,
    getTime,
    subscribeTime,
    ...movingActions(store, playing, options.clock),
    ...runActions(store, playing, options),
  };
}

function runFrom(scenarios: ScenarioSource, spec: RunSpec): Run {
  const scenario = scenarios.find(spec.scenarioId);
  if (scenario === undefined) throw new Error(`There is no scene “${spec.scenarioId}”.`);
  return runAs(spec, scenario);
}

const paceOf = (run: Run): Pace => createPace(run.horizon, quietStretches(run.index));

/** The state of a playhead that rests at `time`. */
function restingAt(time: SimTime, run: Run): Partial<PlayerState> {
  const status = time >= run.horizon ? 'ended' : 'paused';
  return { time, coarseTime: time, status, isPassingQuickly: false };
}

/** One frame: the time that the pace gives, and the end when it is reached. */
function playFrame(
  store: StoreApi<PlayerState>,
  playing: Playing,
  clock: FrameClock,
): (elapsedMs: number) => void {
  return (elapsedMs) => {
    const { run, speed, isLooping } = store.getState();
    const next = advance(playing.pace, playing.screenMs, { elapsedMs, speed });
    playing.screenMs = next.screenMs;
    playing.sinceCoarseMs += elapsedMs;
    if (next.timeUs >= playing.until && !(isLooping && playing.until >= run.horizon)) {
      clock.stop();
      store.setState(restingAt(playing.until, run));
      return;
    }
    if (next.timeUs >= playing.until) playing.screenMs = 0;
    const time = clamp(playing.screenMs === 0 ? 0 : next.timeUs, run.horizon);
    const isPassingQuickly = passesQuickly(playing.pace, time);
    if (playing.sinceCoarseMs < COARSE_EVERY_MS) {
      store.setState({ time, isPassingQuickly });
      return;
    }
    playing.sinceCoarseMs = 0;
    store.setState({ time, isPassingQuickly, coarseTime: time });
  };
}

function movingActions(
  store: StoreApi<PlayerState>,
  playing: Playing,
  clock: FrameClock,
): Omit<PlayerActions, 'load' | 'act' | 'report' | 'dismissProblems'> {
  const rest = (time: SimTime, lastMove: LastMove): void => {
    clock.stop();
    store.setState({ ...restingAt(time, store.getState().run), lastMove });
  };
  const play = (until?: SimTime): void => {
    const { run, time } = store.getState();
    const from = time >= run.horizon ? instant(0) : time;
    playing.screenMs = screenAt(playing.pace, from);
    playing.until = until !== undefined && until > from ? until : run.horizon;
    playing.sinceCoarseMs = 0;
    store.setState({ time: from, coarseTime: from, status: 'playing', lastMove: 'play' });
    clock.start(playFrame(store, playing, clock));
  };
  const seek = (timeUs: number): void => rest(clamp(timeUs, store.getState().run.horizon), 'seek');
  return {
    play,
    seek,
    pause: () => {
      if (store.getState().status === 'playing') rest(store.getState().time, 'play');
    },
    stepForward: () => rest(stepForward(store.getState().run.index, store.getState().time), 'step'),
    stepBack: () => rest(stepBack(store.getState().run.index, store.getState().time), 'step'),
    restart: () => seek(0),
    setSpeed: (speed) => store.setState({ speed }),
    toggleLoop: () => store.setState(({ isLooping }) => ({ isLooping: !isLooping })),
  };
}

function runActions(
  store: StoreApi<PlayerState>,
  playing: Playing,
  { clock, scenarios }: Pick<PlayerOptions, 'clock' | 'scenarios'>,
): Pick<PlayerActions, 'load' | 'act' | 'report' | 'dismissProblems'> {
  const report = (problem: string): void =>
    store.setState(({ problems }) => ({ problems: [...problems, problem] }));
  /** Runs `spec`; the old run stays when it cannot. */
  const runSpec = (spec: RunSpec): Run | null => {
    try {
      return runFrom(scenarios, spec);
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown reason';
      report(`This could not be run, so the run before it stays: ${reason}`);
      return null;
    }
  };
  const adopt = (run: Run): void => {
    playing.pace = paceOf(run);
    playing.until = run.horizon;
  };
  const show = (spec: RunSpec, timeUs: number): void => {
    store.setState({ fetching: null });
    const run = runSpec(spec);
    if (run === null) return;
    clock.stop();
    adopt(run);
    const rest = restingAt(clamp(timeUs, run.horizon), run);
    store.setState({ ...rest, run, runSpec: run.spec, lastMove: 'seek' });
  };
  /** Who has chosen something else meanwhile wants that. */
  const fetchAndShow = (spec: RunSpec, timeUs: number): void => {
    store.setState({ fetching: spec });
    scenarios.fetch((haveCome) => {
      if (store.getState().fetching !== spec) return;
      if (haveCome) show(spec, timeUs);
      else {
        store.setState({ fetching: null });
        report(CANNOT_FETCH);
      }
    });
  };
  return {
    report,
    dismissProblems: () => store.setState({ problems: [] }),
    load: (spec, timeUs = 0) => {
      if (scenarios.find(spec.scenarioId) !== undefined) show(spec, timeUs);
      else fetchAndShow(spec, timeUs);
    },
    act: (act) => {
      const { runSpec: spec, time } = store.getState();
      const run = runSpec(forkAt(spec, time, act));
      if (run === null) return;
      adopt(run);
      playing.screenMs = screenAt(playing.pace, time);
      store.setState({ run, runSpec: run.spec, coarseTime: time, lastMove: 'act' });
    },
  };
}
