// Every parameter that scenarios share, defined once; a scenario picks some and may change their
// defaults. What one says of them beside their fields is in `content/parameterHelp.ts`.

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
  },
  replayWindow: {
    name: 'replayWindow',
    label: 'Your own replay buffer',
    ...duration(0, seconds(3_600)),
    default: 0,
    setting: 'replayWindow',
    isLive: true,
  },
  retention: {
    name: 'retention.ms',
    label: 'retention.ms',
    ...duration(milliseconds(1), WEEK),
    default: WEEK,
    setting: 'retention',
    isLive: true,
  },
  linger: {
    name: 'linger.ms',
    label: 'linger.ms',
    ...duration(0, seconds(1)),
    default: milliseconds(5),
    setting: 'linger',
    isLive: true,
  },
  acks: {
    name: 'acks',
    label: 'acks',
    ...choice(['all', '1', '0']),
    default: 'all',
    setting: 'acks',
    isLive: true,
  },
  autoOffsetReset: {
    name: 'auto.offset.reset',
    label: 'auto.offset.reset',
    ...choice(['earliest', 'latest']),
    default: 'earliest',
    setting: 'autoOffsetReset',
    isLive: true,
  },
  mode: {
    name: 'mode',
    label: 'Program',
    ...choice(['loop', 'threads']),
    default: 'loop',
    setting: null,
    isLive: false,
  },
  prefetch: {
    name: 'prefetch',
    label: 'Fetch ahead',
    ...choice(['off', 'on']),
    default: 'off',
    setting: 'prefetch',
    isLive: false,
  },
  standingFetches: {
    name: 'standingFetches',
    label: 'Fetches in line',
    ...integer(1, 5),
    default: 5,
    setting: 'standingFetches',
    isLive: false,
  },
  brokers: {
    name: 'brokers',
    label: 'Brokers',
    ...integer(1, 6),
    default: 3,
    setting: null,
    isLive: false,
  },
  replicationFactor: {
    name: 'default.replication.factor',
    label: 'default.replication.factor',
    ...integer(1, 3),
    default: 3,
    setting: null,
    isLive: false,
  },
  brokerDistance: {
    name: 'brokerDistance',
    label: 'Broker to broker, one way',
    ...duration(0, seconds(1)),
    default: microseconds(1_500),
    setting: null,
    isLive: false,
  },
  pollTimeout: {
    name: 'pollTimeoutMs',
    label: 'Poll timeout',
    ...duration(0, seconds(10)),
    default: milliseconds(500),
    setting: 'pollTimeout',
    isLive: true,
  },
  fetchMaxWait: {
    name: 'fetch.max.wait.ms',
    label: 'fetch.max.wait.ms',
    ...duration(0, seconds(10)),
    default: milliseconds(500),
    setting: 'fetchMaxWait',
    isLive: true,
  },
  distance: {
    name: 'distance',
    label: 'Distance, one way',
    ...duration(2, seconds(1)),
    default: milliseconds(20),
    setting: null,
    isLive: false,
  },
  messages: {
    name: 'messages',
    label: 'Messages of each',
    ...integer(1, 100_000),
    default: 20,
    setting: null,
    isLive: false,
  },
  messagesPerSecond: {
    name: 'messagesPerSecond',
    label: 'Messages a second',
    ...integer(1, 10_000),
    default: 100,
    setting: null,
    isLive: false,
  },
  participants: {
    name: 'participants',
    label: 'People',
    ...integer(2, 10),
    default: 2,
    setting: null,
    isLive: false,
  },
  processing: {
    name: 'processingMs',
    label: 'Work on a message',
    ...duration(0, seconds(1)),
    default: milliseconds(2),
    setting: null,
    isLive: false,
  },
  turnaround: {
    name: 'turnaround',
    label: '“Over” takes',
    ...duration(0, seconds(1)),
    default: milliseconds(5),
    setting: null,
    isLive: false,
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
