// Claims on latency: who is quicker, by how much, and why.
import {
  isQuickerThanTheOther,
  isSlowerByBatchingAndCopying,
  isSlowerThanTheOther,
  leavesWithoutOpening,
  staysFresh,
} from '../../scenarios/checks/latency';
import { defineClaim } from './claim';

const kafkaRow = { document: 'duplex', place: 'Kafka, Latency' } as const;
const webSocketRow = { document: 'duplex', place: 'WebSocket, Latency' } as const;

const webSocketQuicker = defineClaim({
  id: 'LAT-W',
  statement: 'Over the same distance a message takes less time on WebSocket.',
  source: webSocketRow,
  scenario: 'latency',
  stage: 'websocket',
  check: isQuickerThanTheOther,
  failsIn: {
    scenario: 'latency',
    parameters: { 'linger.ms': 0, 'default.replication.factor': 1 },
  },
  footnote:
    'The document’s reason, persistent connections, wins over polling and not over Kafka: ' +
    'Kafka’s connections are persistent too. On one site both take a few milliseconds.',
});

const kafkaSlower = defineClaim({
  id: 'LAT-K',
  statement: 'Over the same distance a message takes more time on Kafka.',
  source: kafkaRow,
  scenario: 'latency',
  stage: 'kafka',
  check: isSlowerThanTheOther,
  failsIn: {
    scenario: 'latency',
    parameters: { 'linger.ms': 0, 'default.replication.factor': 1 },
  },
  footnote:
    'Waiting for a batch, copying and, in the loop, waiting for the next poll. ' +
    'A tuned Kafka needs single-digit milliseconds, and keeps the message besides.',
});

const kafkaSlowerBecause = defineClaim({
  id: 'LAT-K-why',
  statement: 'Batching and copying explain the whole difference, to the last millisecond.',
  source: kafkaRow,
  scenario: 'many-talk',
  stage: 'kafka',
  check: isSlowerByBatchingAndCopying,
  failsIn: { scenario: 'many-talk', parameters: { mode: 'loop' } },
  footnote: 'A reader who is busy with sending adds the wait for its next poll.',
});

const persistent = defineClaim({
  id: 'LAT-W-why',
  statement: 'A connection that persists saves its opening for each message.',
  source: { document: 'duplex', place: 'WebSocket' },
  scenario: 'latency',
  stage: 'websocket',
  check: leavesWithoutOpening,
  failsIn: { scenario: 'handshake', parameters: { persistence: 'each' } },
  footnote:
    'Opened anew for each message, the way takes five times as long. Kafka’s connections persist ' +
    'too: this wins over polling, not over Kafka.',
});

const fresh = defineClaim({
  id: 'LAT-W-fit',
  statement: 'At a hundred updates a second, nearly each is younger than 50 ms on arrival.',
  source: webSocketRow,
  scenario: 'many-talk',
  stage: 'websocket',
  check: staysFresh,
  failsIn: { scenario: 'tunnel', parameters: { replayWindow: 60_000_000 } },
  footnote: null,
});

export const latencyClaims = [webSocketQuicker, kafkaSlower, kafkaSlowerBecause, persistent, fresh];
