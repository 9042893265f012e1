// Turns a list of numbers into people on WebSocket connections, what they say and what befalls
// them.

import {
  type Action,
  instant,
  microseconds,
  milliseconds,
  PLAIN_SOCKETS,
  type Scene,
  type SimTime,
  type StageId,
} from '../../engine/index';
import { comparison, PLAIN, talkers, workloadOf } from '../sceneParts';
import { settingsOf } from '../settingsOf';
import { Drawing } from '../testing/drawing';

type Act = Scene['sockets']['acts'][number];
type Raiser = NonNullable<Scene['raisers'][StageId]>;

const HORIZON_MS = 4_000;
/** All that is broken is whole again by then, and what comes back has time to. */
const WHOLE_MS = 2_600;
const NEVER = Number.POSITIVE_INFINITY;
const CODES = [1000, 1001, 1008, 1011, 1013, 3000, 4999, null] as const;
const FAULTS = ['disconnect', 'cut', 'crash', 'stall', 'drop'] as const;
const REPAIRS = { disconnect: 'reconnect', cut: 'restore', crash: 'restart', stall: 'resume' };

export interface Schedule {
  readonly scene: Scene;
  readonly seed: number;
  /** Nobody crashes, and nobody goes for good. */
  readonly isGentle: boolean;
}

/** `gentle`: only what a replay buffer can make good, and such a buffer on both sides. */
export function drawnSchedule(
  numbers: readonly number[],
  raiser: Raiser,
  { isGentle }: { readonly isGentle: boolean },
): Schedule {
  const drawing = new Drawing(numbers);
  const people = talkers(2 + drawing.below(2));
  const hasRelay = !isGentle && (people.length > 2 || drawing.oneIn(2));
  const ids = [...people.map(({ id }) => id), ...(hasRelay ? ['relay'] : [])];
  const wants = Array.from({ length: 4 + drawing.below(24) }, () => ({
    ...{ from: drawing.of(people).id, at: drawnTime(drawing, HORIZON_MS - 500) },
    ...{ replyTo: -1, ...PLAIN },
  }));
  const settings = drawnSettings(drawing, isGentle);
  const script = drawnFaults(drawing, { ids, people: people.map(({ id }) => id), isGentle });
  const limits = [NEVER, 300, 2_000];
  const scene = comparison(
    {},
    {
      stages: ['websocket'],
      participants: people,
      hasRelay,
      mode: 'threads',
      workload: workloadOf(
        [...wants].sort((one, other) => one.at - other.at),
        { processingOf: { B: milliseconds(drawing.of([0, 0, 30, 120])) } },
      ),
      settings: { ...settingsOf({}), ...settings },
      script,
      raisers: { websocket: raiser },
      horizon: instant(milliseconds(HORIZON_MS)),
    },
  );
  const sockets: Scene['sockets'] = {
    ...PLAIN_SOCKETS,
    persistence: !isGentle && drawing.oneIn(8) ? 'each' : 'kept',
    heartbeatOf: drawing.of(['both', 'server']),
    receiveWindowBytes: drawing.of(limits),
    sendKernelBytes: drawing.of(limits),
    rateBytesPerSecond: drawing.of([NEVER, 20_000]),
    acts: isGentle ? [] : drawnActs(drawing, ids, hasRelay),
  };
  return { scene: { ...scene, sockets }, seed: drawing.below(1_000), isGentle };
}

const drawnTime = (drawing: Drawing, beforeMs: number): SimTime =>
  instant(milliseconds(drawing.below(beforeMs)));

function drawnSettings(drawing: Drawing, isGentle: boolean): Partial<Scene['settings']> {
  const windows = isGentle ? [300_000, 60_000_000] : [0, 0, 300_000, 60_000_000];
  return {
    replayWindow: drawing.of(windows),
    pingInterval: microseconds(drawing.of([0, 100_000, 400_000])),
    pongTimeout: microseconds(drawing.of([50_000, 150_000])),
    reconnectDelay: microseconds(drawing.of([0, 20_000, 100_000])),
    reconnectMax: milliseconds(300),
    reconnectJitter: drawing.of([0, 50, 100]),
    sendPolicy: isGentle ? 'buffer' : drawing.of(['buffer', 'drop', 'close']),
    bufferLimit: drawing.of([0, 200, 1_000_000]),
  };
}

interface Cast {
  readonly ids: readonly string[];
  readonly people: readonly string[];
  readonly isGentle: boolean;
}

function drawnFaults(drawing: Drawing, { ids, people, isGentle }: Cast): Action[] {
  const kinds = isGentle ? (['disconnect', 'cut', 'drop'] as const) : FAULTS;
  return Array.from({ length: drawing.below(6) }, () => {
    const kind = drawing.of(kinds);
    const from = drawing.below(WHOLE_MS - 100);
    const at = instant(milliseconds(from));
    const until = instant(milliseconds(from + 1 + drawing.below(WHOLE_MS - from)));
    const isOfLink = kind === 'cut' || kind === 'drop';
    const target = isOfLink ? drawnLink(drawing, ids) : drawing.of(nodesFor(kind, { ids, people }));
    if (kind === 'drop') return [{ at, kind, target } as const];
    return [{ at, kind, target } as const, { at: until, kind: REPAIRS[kind], target } as Action];
  }).flat();
}

const nodesFor = (kind: string, { ids, people }: Pick<Cast, 'ids' | 'people'>) =>
  kind === 'crash' ? ids : people;

function drawnLink(drawing: Drawing, ids: readonly string[]): string {
  if (ids.includes('relay')) return `${drawing.of(ids.filter((id) => id !== 'relay'))}-relay`;
  const one = drawing.below(ids.length - 1);
  return `${ids[one]}-${ids[one + 1 + drawing.below(ids.length - one - 1)]}`;
}

function drawnActs(drawing: Drawing, ids: readonly string[], hasRelay: boolean): Act[] {
  return Array.from({ length: drawing.below(4) }, () => {
    const person = drawing.of(ids.filter((id) => id !== 'relay'));
    const others = hasRelay ? ['relay'] : ids.filter((id) => id !== person);
    const [by, peer] = drawing.oneIn(2)
      ? ([drawing.of(others), person] as const)
      : ([person, drawing.of(others)] as const);
    const act = drawing.of(['close', 'close', 'terminate', 'violate'] as const);
    const code = act === 'violate' ? drawing.of([1002, 1007, 1009]) : drawing.of(CODES);
    return { at: drawnTime(drawing, HORIZON_MS), by, peer, act, code };
  });
}
