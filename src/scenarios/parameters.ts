// Every parameter that scenarios share, defined once; a scenario picks some and may change their
// defaults.

import { microseconds, milliseconds, seconds } from '../engine/index';
import type { ParameterDefinition, ParameterValue, ParameterValues } from './defineScenario';

import { choice, duration, integer } from './parameterKinds';

const WEEK = seconds(604_800);

/** By name; the names of Kafka's configuration stay as Kafka writes them. */
export const PARAMETERS = {
  durability: {
    name: 'durability',
    label: 'Durability',
    ...choice(['on', 'off']),
    default: 'on',
    setting: 'durability',
    isLive: true,
    help: 'On: the log keeps what was written. Off is a contrast that no Kafka offers.',
  },
  replayWindow: {
    name: 'replayWindow',
    label: 'Your own replay buffer',
    ...duration(0, seconds(3_600)),
    default: 0,
    setting: 'replayWindow',
    isLive: true,
    help: 'WebSocket keeps nothing; this is how long a buffer that you write yourself keeps it.',
  },
  retention: {
    name: 'retention.ms',
    label: 'retention.ms',
    ...duration(milliseconds(1), WEEK),
    default: WEEK,
    setting: 'retention',
    isLive: true,
    help: 'Age from which the log may delete a record.',
  },
  linger: {
    name: 'linger.ms',
    label: 'linger.ms',
    ...duration(0, seconds(1)),
    default: milliseconds(5),
    setting: 'linger',
    isLive: true,
    help: 'How long a record may wait for company; the loop flushes and waits for none.',
  },
  acks: {
    name: 'acks',
    label: 'acks',
    ...choice(['all', '1', '0']),
    default: 'all',
    setting: 'acks',
    isLive: true,
    help: 'Who must have a record before its sender hears that it is safe.',
  },
  autoOffsetReset: {
    name: 'auto.offset.reset',
    label: 'auto.offset.reset',
    ...choice(['earliest', 'latest']),
    default: 'earliest',
    setting: 'autoOffsetReset',
    isLive: true,
    help: 'Where a reader without a valid position starts.',
  },
  mode: {
    name: 'mode',
    label: 'Program',
    ...choice(['loop', 'threads']),
    default: 'loop',
    setting: null,
    isLive: false,
    help: 'Loop: one thread sends, waits for the ack, then polls. Threads: one sends, one reads.',
  },
  prefetch: {
    name: 'prefetch',
    label: 'Fetch ahead',
    ...choice(['off', 'on']),
    default: 'off',
    setting: 'prefetch',
    isLive: false,
    help: 'In the loop, the next fetch leaves as soon as the last is answered.',
  },
  standingFetches: {
    name: 'standingFetches',
    label: 'Fetches in line',
    ...integer(1, 5),
    default: 5,
    setting: 'standingFetches',
    isLive: false,
    help: 'With threads, fetches outstanding for each log that is read; a real consumer has one.',
  },
  brokers: {
    name: 'brokers',
    label: 'Brokers',
    ...integer(1, 6),
    default: 3,
    setting: null,
    isLive: false,
    help: 'How many brokers the cluster has.',
  },
  replicationFactor: {
    name: 'default.replication.factor',
    label: 'default.replication.factor',
    ...integer(1, 3),
    default: 3,
    setting: null,
    isLive: false,
    help: 'On how many brokers a record stands; with one, nothing is copied.',
  },
  brokerDistance: {
    name: 'brokerDistance',
    label: 'Broker to broker, one way',
    ...duration(0, seconds(1)),
    default: microseconds(1_500),
    setting: null,
    isLive: false,
    help: 'A record is safe when a follower has fetched it and asked for the next: two ways.',
  },
  pollTimeout: {
    name: 'pollTimeoutMs',
    label: 'Poll timeout',
    ...duration(0, seconds(10)),
    default: milliseconds(500),
    setting: 'pollTimeout',
    isLive: true,
    help: 'How long one poll of the loop may wait.',
  },
  fetchMaxWait: {
    name: 'fetch.max.wait.ms',
    label: 'fetch.max.wait.ms',
    ...duration(0, seconds(10)),
    default: milliseconds(500),
    setting: 'fetchMaxWait',
    isLive: true,
    help: 'How long a fetch may wait at the broker for data.',
  },
  distance: {
    name: 'distance',
    label: 'Distance, one way',
    ...duration(2, seconds(1)),
    default: milliseconds(20),
    setting: null,
    isLive: false,
    help: 'One way between two people; the relay and the broker stand half-way.',
  },
  messages: {
    name: 'messages',
    label: 'Messages of each',
    ...integer(1, 100_000),
    default: 20,
    setting: null,
    isLive: false,
    help: 'How many messages each person sends.',
  },
  messagesPerSecond: {
    name: 'messagesPerSecond',
    label: 'Messages a second',
    ...integer(1, 10_000),
    default: 100,
    setting: null,
    isLive: false,
    help: 'How many messages a second each person wants to send.',
  },
  participants: {
    name: 'participants',
    label: 'People',
    ...integer(2, 10),
    default: 2,
    setting: null,
    isLive: false,
    help: 'How many people talk.',
  },
  processing: {
    name: 'processingMs',
    label: 'Work on a message',
    ...duration(0, seconds(1)),
    default: milliseconds(2),
    setting: null,
    isLive: false,
    help: 'Time that a person works on a message before answering.',
  },
  turnaround: {
    name: 'turnaround',
    label: '“Over” takes',
    ...duration(0, seconds(1)),
    default: milliseconds(5),
    setting: null,
    isLive: false,
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
  PARAMETERS.replicationFactor,
  PARAMETERS.brokerDistance,
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
