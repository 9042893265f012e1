// Every parameter that scenarios share, defined once; a scenario picks some and may change their
// defaults.

import { milliseconds, type Settings, seconds } from '../engine/index';
import type { ParameterDefinition, ParameterValue, ParameterValues } from './defineScenario';

const choice = (options: readonly string[]) =>
  ({ type: 'choice', unit: null, min: null, max: null, options }) as const;
const duration = (min: number, max: number) =>
  ({ type: 'duration', unit: 'us', min, max, options: [] }) as const;
const integer = (min: number, max: number, unit: string | null = null) =>
  ({ type: 'integer', unit, min, max, options: [] }) as const;

const WEEK = seconds(604_800);

/** By name; the names of Kafka's configuration stay as Kafka writes them. */
export const PARAMETERS = {
  durability: {
    name: 'durability',
    label: 'Durability',
    ...choice(['on', 'off']),
    default: 'on',
    setting: 'durability',
    help: 'On: the log keeps what was written. Off is a contrast that no Kafka offers.',
  },
  replayWindow: {
    name: 'replayWindow',
    label: 'Your own replay buffer',
    ...duration(0, seconds(3_600)),
    default: 0,
    setting: 'replayWindow',
    help: 'WebSocket keeps nothing; this is how long a buffer that you write yourself keeps it.',
  },
  retention: {
    name: 'retention.ms',
    label: 'retention.ms',
    ...duration(milliseconds(1), WEEK),
    default: WEEK,
    setting: 'retention',
    help: 'Age from which the log may delete a record.',
  },
  linger: {
    name: 'linger.ms',
    label: 'linger.ms',
    ...duration(0, seconds(1)),
    default: milliseconds(5),
    setting: 'linger',
    help: 'How long a record may wait for company; the loop flushes and waits for none.',
  },
  acks: {
    name: 'acks',
    label: 'acks',
    ...choice(['all', '1', '0']),
    default: 'all',
    setting: 'acks',
    help: 'Who must have a record before its sender hears that it is safe.',
  },
  autoOffsetReset: {
    name: 'auto.offset.reset',
    label: 'auto.offset.reset',
    ...choice(['earliest', 'latest']),
    default: 'earliest',
    setting: 'autoOffsetReset',
    help: 'Where a reader without a valid position starts.',
  },
  mode: {
    name: 'mode',
    label: 'Program',
    ...choice(['loop', 'threads']),
    default: 'loop',
    setting: null,
    help: 'Loop: one thread sends, waits for the ack, then polls. Threads: one sends, one reads.',
  },
  prefetch: {
    name: 'prefetch',
    label: 'Fetch ahead',
    ...choice(['off', 'on']),
    default: 'off',
    setting: null,
    help: 'In the loop, the next fetch leaves as soon as the last is answered.',
  },
  standingFetches: {
    name: 'standingFetches',
    label: 'Fetches in line',
    ...integer(1, 5),
    default: 5,
    setting: null,
    help: 'With threads, fetches outstanding for each log that is read; a real consumer has one.',
  },
  replication: {
    name: 'replicationMs',
    label: 'Copying to followers',
    ...duration(0, seconds(1)),
    default: milliseconds(3),
    setting: 'replication',
    help: 'Time from a record being written to its being safe.',
  },
  pollTimeout: {
    name: 'pollTimeoutMs',
    label: 'Poll timeout',
    ...duration(0, seconds(10)),
    default: milliseconds(500),
    setting: 'pollTimeout',
    help: 'How long one poll of the loop may wait.',
  },
  fetchMaxWait: {
    name: 'fetch.max.wait.ms',
    label: 'fetch.max.wait.ms',
    ...duration(0, seconds(10)),
    default: milliseconds(500),
    setting: 'fetchMaxWait',
    help: 'How long a fetch may wait at the broker for data.',
  },
  distance: {
    name: 'distance',
    label: 'Distance, one way',
    ...duration(2, seconds(1)),
    default: milliseconds(20),
    setting: null,
    help: 'One way between two people; the relay and the broker stand half-way.',
  },
  messages: {
    name: 'messages',
    label: 'Messages of each',
    ...integer(1, 100_000),
    default: 20,
    setting: null,
    help: 'How many messages each person sends.',
  },
  messagesPerSecond: {
    name: 'messagesPerSecond',
    label: 'Messages a second',
    ...integer(1, 10_000),
    default: 100,
    setting: null,
    help: 'How many messages a second each person wants to send.',
  },
  participants: {
    name: 'participants',
    label: 'People',
    ...integer(2, 10),
    default: 2,
    setting: null,
    help: 'How many people talk.',
  },
  processing: {
    name: 'processingMs',
    label: 'Work on a message',
    ...duration(0, seconds(1)),
    default: milliseconds(2),
    setting: null,
    help: 'Time that a person works on a message before answering.',
  },
  turnaround: {
    name: 'turnaround',
    label: '“Over” takes',
    ...duration(0, seconds(1)),
    default: milliseconds(5),
    setting: null,
    help: 'Time that a half-duplex channel needs to change its direction.',
  },
} as const satisfies Record<string, ParameterDefinition>;

/** The same parameter with another default. */
export function withDefault(
  definition: ParameterDefinition,
  value: ParameterValue,
): ParameterDefinition {
  return { ...definition, default: value };
}

/** What every comparison of the two offers, besides its own. */
export const COMPARISON_PARAMETERS: readonly ParameterDefinition[] = [
  PARAMETERS.durability,
  PARAMETERS.replayWindow,
  PARAMETERS.retention,
  PARAMETERS.acks,
  PARAMETERS.autoOffsetReset,
  PARAMETERS.replication,
  PARAMETERS.fetchMaxWait,
  PARAMETERS.distance,
];

/** A number among the values; a scenario asks only for what it defines. */
export function numberOf(values: ParameterValues, definition: ParameterDefinition): number {
  return Number(values[definition.name] ?? definition.default);
}

export function textOf(values: ParameterValues, definition: ParameterDefinition): string {
  return String(values[definition.name] ?? definition.default);
}

/** The engine's settings; what a scenario does not offer has its default here. */
export function settingsOf(values: ParameterValues): Settings {
  const microseconds = (definition: ParameterDefinition) =>
    numberOf(values, definition) as Settings['linger'];
  return {
    durability: textOf(values, PARAMETERS.durability) === 'off' ? 'off' : 'on',
    replayWindow: numberOf(values, PARAMETERS.replayWindow),
    retention: microseconds(PARAMETERS.retention),
    linger: microseconds(PARAMETERS.linger),
    acks: textOf(values, PARAMETERS.acks) as Settings['acks'],
    autoOffsetReset: textOf(values, PARAMETERS.autoOffsetReset) as Settings['autoOffsetReset'],
    fetchMaxWait: microseconds(PARAMETERS.fetchMaxWait),
    pollTimeout: numberOf(values, PARAMETERS.pollTimeout),
    replication: microseconds(PARAMETERS.replication),
    standingFetches: numberOf(values, PARAMETERS.standingFetches),
    prefetch: textOf(values, PARAMETERS.prefetch) === 'on' ? 'on' : 'off',
  };
}
