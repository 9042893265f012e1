// Claims on Kafka: what it keeps, for whom, and what it asks of those who send and read.
import { answersLater } from '../../scenarios/checks/latency';
import {
  everyReaderGetsEveryMessage,
  gathersEachSendersWordsInOrder,
} from '../../scenarios/checks/logReading';
import { rebuildsTheSameState } from '../../scenarios/checks/state';
import {
  keepsEverythingOverARestart,
  missesOnlyWhatGrewTooOld,
  needsNobodyOnline,
  replaysForALateReader,
} from '../../scenarios/checks/storage';
import { defineClaim } from './claim';

const stage = 'kafka';
const semantics = { document: 'comparison', place: '3. Message Semantics, Kafka' } as const;

const publishSubscribe = defineClaim({
  id: 'K-pubsub',
  statement: 'What is sent once reaches every reader; the sender needs to know none of them.',
  source: { document: 'duplex', place: 'Kafka, Architecture' },
  scenario: 'durability',
  stage,
  check: everyReaderGetsEveryMessage,
  failsIn: { scenario: 'durability', parameters: { 'auto.offset.reset': 'latest' } },
  footnote: 'Every reader here is a group of its own. Within one group each record goes to one.',
});

const decoupled = defineClaim({
  id: 'K-decouple',
  statement: 'Senders go on while their reader is away, and the reader misses nothing.',
  source: { document: 'comparison', place: 'Summary' },
  scenario: 'tunnel',
  stage,
  check: needsNobodyOnline,
  failsIn: { scenario: 'tunnel', stage: 'websocket' },
  footnote: null,
});

const durable = defineClaim({
  id: 'K-durable',
  statement: 'After a restart of the broker, every acknowledged message can still be read.',
  source: semantics,
  scenario: 'durability',
  stage,
  check: keepsEverythingOverARestart,
  failsIn: { scenario: 'durability', parameters: { durability: 'off' } },
  footnote:
    'Safe by copies on several brokers and acks=all, not by writing each message to disk at once. ' +
    'One broker alone can lose what it had not yet written out.',
});

const retained = defineClaim({
  id: 'K-retain',
  statement:
    'A log keeps records for a time that one sets: whoever is away longer misses the rest.',
  source: semantics,
  scenario: 'retention',
  stage,
  check: missesOnlyWhatGrewTooOld,
  failsIn: { scenario: 'retention', parameters: { 'auto.offset.reset': 'latest' } },
  footnote:
    'By default 168 hours. Size limits it too, and compaction keeps the last per key. ' +
    'A log goes by segments, so that a little more stays than the limit says.',
});

const eventSourcing = defineClaim({
  id: 'K-es',
  statement: 'A state can be rebuilt from its events: a new service comes to what the old one has.',
  source: { document: 'duplex', place: 'Kafka' },
  scenario: 'event-sourcing',
  stage,
  check: rebuildsTheSameState,
  failsIn: { scenario: 'event-sourcing', parameters: { 'cleanup.policy': 'compact' } },
  footnote:
    'Kafka stores the events; queries and conflict rules are yours. It takes all of them: ' +
    'retention must be long enough, and the log must not be compacted.',
});

const logAggregation = defineClaim({
  id: 'K-logs',
  statement: 'Many hosts’ log lines meet in one topic: none is missing, each host’s are in order.',
  source: { document: 'duplex', place: 'Kafka' },
  scenario: 'log-aggregation',
  stage,
  check: gathersEachSendersWordsInOrder,
  failsIn: { scenario: 'log-aggregation', parameters: { key: 'none', 'batch.size': 100 } },
  footnote: 'Their order is kept for each key only: lines of different hosts come as they come.',
});

const streaming = defineClaim({
  id: 'UC-K',
  statement: 'A second reader who comes late can process the whole stream again.',
  source: { document: 'duplex', place: 'Summary, Use Case' },
  scenario: 'durability',
  stage,
  check: replaysForALateReader,
  failsIn: { scenario: 'durability', parameters: { 'auto.offset.reset': 'latest' } },
  footnote: 'A new group starts at the end unless it asks for the earliest record.',
});

const slowAnswers = defineClaim({
  id: 'CH-K2',
  statement: 'A question and its answer take longer over Kafka than over WebSocket.',
  source: { document: 'duplex', place: 'Conclusion, Kafka' },
  scenario: 'request-reply',
  stage,
  check: answersLater,
  failsIn: { scenario: 'request-reply', stage: 'websocket' },
  footnote: null,
});

export const kafkaClaims = [
  publishSubscribe,
  decoupled,
  durable,
  retained,
  eventSourcing,
  logAggregation,
  streaming,
  slowAnswers,
];
