// What is said beside a parameter's field, of those that scenarios share; fetched when fields are.

import type { ParameterDefinition } from '../scenarios/defineScenario';

/** By the parameter's name. */
export const SHARED_HELP: Readonly<Record<string, string>> = {
  durability: 'On: the log keeps what was written. Off is a contrast that no Kafka offers.',
  replayWindow:
    'WebSocket keeps nothing; this is how long a buffer that you write yourself keeps it.',
  'retention.ms': 'Age from which the log may delete a record.',
  'linger.ms': 'How long a record may wait for company; the loop flushes and waits for none.',
  acks: 'Who must have a record before its sender hears that it is safe.',
  'auto.offset.reset': 'Where a reader without a valid position starts.',
  mode: 'Loop: one thread sends, waits for the ack, then polls. Threads: one sends, one reads.',
  prefetch: 'In the loop, the next fetch leaves as soon as the last is answered.',
  standingFetches:
    'With threads, fetches outstanding for each log that is read; a real consumer has one.',
  brokers: 'How many brokers the cluster has.',
  'default.replication.factor': 'On how many brokers a record stands; with one, nothing is copied.',
  brokerDistance:
    'A record is safe when a follower has fetched it and asked for the next: two ways.',
  pollTimeoutMs: 'How long one poll of the loop may wait.',
  'fetch.max.wait.ms': 'How long a fetch may wait at the broker for data.',
  distance: 'One way between two people; the relay and the broker stand half-way.',
  messages: 'How many messages each person sends.',
  messagesPerSecond: 'How many messages a second each person wants to send.',
  participants: 'How many people talk.',
  processingMs: 'Time that a person works on a message before answering.',
  turnaround: 'Time that a half-duplex channel needs to change its direction.',
};

export const helpOf = ({ name, help }: ParameterDefinition): string =>
  help ?? SHARED_HELP[name] ?? '';
