// The six cases that the documents name: who is there, what is said, what happens, and what the
// case asks of whatever carries it. Which tool that is, is measured elsewhere.

import {
  type Action,
  instant,
  microseconds,
  milliseconds,
  type Participant,
  type SimDuration,
  type Want,
} from '../../engine/index';
import { atMs, everyoneSays, participant } from '../sceneParts';

/** What must be so at the end of a run. */
interface Needs {
  /** People at screens get it: a browser opens WebSockets, and no connection to a broker. */
  readonly screens: boolean;
  /** Nothing that was said may be missed, whoever is away or comes late. */
  readonly everything: boolean;
  /** Half of it is there so soon, in milliseconds; null: soon is no matter. */
  readonly withinMs: number | null;
}

export interface UseCase {
  readonly id: string;
  readonly topic: string;
  readonly participants: readonly Participant[];
  readonly wants: readonly Want[];
  readonly script: readonly Action[];
  /** Time that some work on a message. */
  readonly processingOf: Readonly<Record<string, SimDuration>>;
  readonly needs: Needs;
}

/** Up to here people who talk do not wait for each other. */
const TALK_MS = 100;
/**
 * What moves twenty times a second looks alive up to 50 ms late; the move that one sees is 25 ms
 * old already, on average.
 */
const GAME_MS = 25;

const NO_WORK = {} as const;

/** Someone is away from one instant to another, in milliseconds. */
function away(target: string, from: number, to: number): Action[] {
  return [
    { at: atMs(from), kind: 'disconnect', target },
    { at: atMs(to), kind: 'reconnect', target },
  ];
}

/** Each says something in turn, as many times as `count`. */
function inTurns(
  writers: readonly Participant[],
  pace: { readonly count: number; readonly gapMs: number },
): Want[] {
  const step = pace.gapMs / writers.length;
  return writers.flatMap((writer, place) =>
    everyoneSays([writer], {
      count: pace.count,
      first: instant(atMs(300) + milliseconds(Math.round(place * step))),
      gap: milliseconds(pace.gapMs),
    }),
  );
}

const writer = (place: number, name: string | null, topic: string): Participant =>
  participant(place, { ...(name === null ? {} : { name }), reads: false, writesTo: topic });
const reader = (place: number, name: string | null, topic: string): Participant =>
  participant(place, { ...(name === null ? {} : { name }), writes: false, readsFrom: [topic] });
const both = (place: number, topic: string): Participant =>
  participant(place, { writesTo: topic, readsFrom: [topic] });

function chat(): UseCase {
  const participants = [0, 1, 2, 3].map((place) => both(place, 'chat'));
  return {
    ...{ id: 'chat', topic: 'chat', participants, script: [], processingOf: NO_WORK },
    wants: inTurns(participants, { count: 6, gapMs: 600 }),
    needs: { screens: true, everything: false, withinMs: TALK_MS },
  };
}

function game(): UseCase {
  const participants = [0, 1, 2, 3].map((place) => both(place, 'moves'));
  return {
    ...{ id: 'game', topic: 'moves', participants, script: [], processingOf: NO_WORK },
    wants: inTurns(participants, { count: 40, gapMs: 50 }),
    needs: { screens: true, everything: false, withinMs: GAME_MS },
  };
}

/** Four machines and two programs that read; one of them is replaced by a newer one meanwhile. */
function logAggregation(): UseCase {
  const hosts = [0, 1, 2, 3].map((place) => writer(place, `host ${place + 1}`, 'logs'));
  const participants = [...hosts, reader(4, 'search', 'logs'), reader(5, 'alerts', 'logs')];
  return {
    ...{ id: 'log-aggregation', topic: 'logs', participants, processingOf: NO_WORK },
    wants: inTurns(hosts, { count: 10, gapMs: 300 }),
    script: away('E', 1_000, 2_000),
    needs: { screens: false, everything: true, withinMs: null },
  };
}

/** One who comes late works the present out of all that ever happened. */
function eventSourcing(): UseCase {
  const account = writer(0, 'account', 'events');
  const participants = [
    account,
    reader(1, 'balance', 'events'),
    { ...reader(2, 'report', 'events'), joinsAt: atMs(2_500) },
  ];
  return {
    ...{ id: 'event-sourcing', topic: 'events', participants, script: [], processingOf: NO_WORK },
    wants: inTurns([account], { count: 20, gapMs: 200 }),
    needs: { screens: false, everything: true, withinMs: null },
  };
}

/** Five people at screens; one of them is not there for a while. */
function notifications(): UseCase {
  const shop = writer(0, 'shop', 'notices');
  const people = [1, 2, 3, 4, 5].map((place) => reader(place, null, 'notices'));
  return {
    ...{ id: 'notifications', topic: 'notices', participants: [shop, ...people] },
    wants: inTurns([shop], { count: 12, gapMs: 300 }),
    script: away('B', 1_400, 2_600),
    processingOf: NO_WORK,
    needs: { screens: true, everything: true, withinMs: TALK_MS },
  };
}

/** From a database to where it is searched, and to where it is counted, slowly. */
function dataIntegration(): UseCase {
  const database = writer(0, 'database', 'changes');
  const participants = [
    database,
    reader(1, 'search', 'changes'),
    reader(2, 'warehouse', 'changes'),
  ];
  return {
    ...{ id: 'data-integration', topic: 'changes', participants },
    wants: inTurns([database], { count: 40, gapMs: 75 }),
    script: away('B', 1_000, 2_000),
    processingOf: { C: microseconds(90_000) },
    needs: { screens: false, everything: true, withinMs: null },
  };
}

export const USE_CASES: readonly UseCase[] = [
  chat(),
  game(),
  logAggregation(),
  eventSourcing(),
  notifications(),
  dataIntegration(),
];

/** @throws Error when there is no such case. */
export function findUseCase(id: string): UseCase {
  const found = USE_CASES.find((useCase) => useCase.id === id);
  if (!found) throw new Error(`There is no case "${id}".`);
  return found;
}
