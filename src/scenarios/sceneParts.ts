// The parts that scenes are put together from: who is there, what they want to say, how far apart
// they stand.

import {
  instant,
  type KafkaScene,
  microseconds,
  milliseconds,
  type Participant,
  PLAIN_SOCKETS,
  type Scene,
  type SimDuration,
  type SimTime,
  seconds,
  type Want,
  type Workload,
} from '../engine/index';
import type { ParameterValues } from './defineScenario';
import { numberOf, PARAMETERS, textOf } from './parameters';
import { settingsOf } from './settingsOf';

/** The characters of the lessons, in the order in which they enter. */
const NAMES = ['Ana', 'Ben', 'Cy', 'Dee', 'Eli', 'Fay', 'Gus', 'Hal', 'Ivy', 'Jon'];
const IDS = 'ABCDEFGHIJ';

/** `count` people who all send and read. */
export function talkers(count: number): Participant[] {
  return NAMES.slice(0, count).map((name, place) => participant(place, { name }));
}

/** Someone who sends and reads, is there from the start, and is a group of their own. */
const EVERYMAN = {
  writes: true,
  reads: true,
  joinsAt: null,
  writesTo: null,
  readsFrom: null,
  readsPartition: null,
  group: null,
  transactionalId: null,
} as const;

/** One person; by default one who sends, reads, and is there from the start. */
export function participant(place: number, differing: Partial<Participant> = {}): Participant {
  const name = NAMES[place] ?? IDS.charAt(place);
  return { ...EVERYMAN, id: IDS.charAt(place), name, ...differing };
}

/** A message without a key. */
export const PLAIN = { key: -1, isTombstone: false } as const;

/** Bytes of a message, in every comparison of the two. */
export const PAYLOAD_BYTES = 64;

/** `count` messages of each, the first at `first`, one every `gap`. */
export function everyoneSays(
  people: readonly Participant[],
  pace: { readonly count: number; readonly first: SimTime; readonly gap: SimDuration },
): Want[] {
  const wants: Want[] = [];
  for (let number = 0; number < pace.count; number += 1) {
    const at = instant(pace.first + number * pace.gap);
    for (const { id, writes } of people)
      if (writes) wants.push({ from: id, at, replyTo: -1, key: -1, isTombstone: false });
  }
  return wants;
}

export function workloadOf(wants: readonly Want[], differing: Partial<Workload> = {}): Workload {
  const processing = microseconds(0);
  return {
    wants,
    dialogue: null,
    forwarders: [],
    processing,
    processingOf: {},
    payloadBytes: PAYLOAD_BYTES,
    ...differing,
  };
}

const NO_BARE_LINE = {
  latency: milliseconds(20),
  rateBytesPerSecond: Number.POSITIVE_INFINITY,
  turnaround: microseconds(0),
};

/**
 * A comparison of the two on one workload; `mode` from the values if the scenario offers it, else
 * threads.
 */
export function comparison(
  values: ParameterValues,
  parts: Pick<Scene, 'participants' | 'workload' | 'horizon'> & Partial<Scene>,
): Scene {
  const distance = numberOf(values, PARAMETERS.distance);
  return {
    stages: ['websocket', 'kafka'],
    hasRelay: false,
    mode: textOf(values, PARAMETERS.mode) === 'threads' ? 'threads' : 'loop',
    settings: settingsOf(values),
    kafka: clusterOf(values),
    distances: { direct: microseconds(distance), half: microseconds(Math.round(distance / 2)) },
    bareLine: NO_BARE_LINE,
    script: [],
    sockets: PLAIN_SOCKETS,
    raisers: {},
    ...parts,
  };
}

/** Brokers, copies and distances as the values say; `own`: topics and keys of the scene. */
export function clusterOf(values: ParameterValues, own: Partial<KafkaScene> = {}): KafkaScene {
  const brokers = numberOf(values, PARAMETERS.brokers);
  const copies = numberOf(values, PARAMETERS.replicationFactor);
  return {
    brokers,
    replicationFactor: Math.min(copies, brokers),
    brokerDistance: microseconds(numberOf(values, PARAMETERS.brokerDistance)),
    topics: [],
    keys: [],
    groups: null,
    ...own,
  };
}

/** The instant `count` milliseconds after the start. */
export const atMs = (count: number): SimTime => instant(milliseconds(count));
/** The instant `count` seconds after the start. */
export const atS = (count: number): SimTime => instant(seconds(count));
