// Claims of the documents that no scene measures yet.
import { notMeasured } from './claim';

const places = {
  webSocket: { document: 'duplex', place: 'WebSocket' },
  scaleWebSocket: { document: 'comparison', place: '4. Scale and Distribution, WebSocket' },
  integrationKafka: { document: 'comparison', place: '5. Integration Patterns, Kafka' },
  integrationWebSocket: { document: 'comparison', place: '5. Integration Patterns, WebSocket' },
  conclusion: { document: 'duplex', place: 'Conclusion' },
  whole: { document: 'comparison', place: 'Summary' },
} as const;

export const unmeasuredClaims = [
  notMeasured({
    id: 'W-many',
    statement: 'One server holds many connections at once.',
    source: places.webSocket,
    footnote: 'Not 65,535 for each server: file descriptors and memory set the limit.',
  }),
  notMeasured({
    id: 'W-state',
    statement: 'With several servers, keeping state together becomes complex.',
    source: places.webSocket,
    footnote: null,
  }),
  notMeasured({
    id: 'W-horiz',
    statement: 'More servers hold more connections.',
    source: places.scaleWebSocket,
    footnote: null,
  }),
  notMeasured({
    id: 'W-limit',
    statement: 'In very large systems the copies between servers grow.',
    source: places.scaleWebSocket,
    footnote: 'Large fleets of WebSocket servers exist; the price is in running them.',
  }),
  notMeasured({
    id: 'LAT-W-why',
    statement: 'A connection that persists saves its opening for each message.',
    source: places.webSocket,
    footnote: 'Kafka’s connections persist too: this wins over polling, not over Kafka.',
  }),
  notMeasured({
    id: 'K-proto',
    statement: 'Kafka speaks a binary protocol of its own over TCP.',
    source: { document: 'duplex', place: 'Kafka, Protocol' },
    footnote:
      'No browser can speak it. The bytes are counted on the whole way, to the log and from it, ' +
      'and follow the published formats in size; no check decodes them yet.',
  }),
  notMeasured({
    id: 'INT-W',
    statement: 'A web page can open a WebSocket.',
    source: places.integrationWebSocket,
    footnote: null,
  }),
  notMeasured({
    id: 'INT-W-ui',
    statement: 'What people touch on a screen goes over WebSocket.',
    source: places.integrationWebSocket,
    footnote: null,
  }),
  notMeasured({
    id: 'INT-K',
    statement: 'Kafka’s connections have services at both ends.',
    source: places.integrationKafka,
    footnote: 'Bridges over REST or WebSocket exist.',
  }),
  notMeasured({
    id: 'INT-K-hub',
    statement: 'One hub replaces connections from each service to each other.',
    source: places.integrationKafka,
    footnote: 'A hub is also what all of them depend on.',
  }),
  notMeasured({
    id: 'CH-K',
    statement: 'Volume, durability and scale speak for Kafka.',
    source: places.conclusion,
    footnote: null,
  }),
  notMeasured({
    id: 'CH-W',
    statement: 'Real time, low latency and two ways speak for WebSocket.',
    source: places.conclusion,
    footnote: null,
  }),
  notMeasured({
    id: 'BOTH',
    statement: 'The two complete each other.',
    source: places.whole,
    footnote: null,
  }),
  notMeasured({
    id: 'PURP',
    statement: 'They serve different purposes.',
    source: { document: 'comparison', place: 'Introduction' },
    footnote: null,
  }),
];
