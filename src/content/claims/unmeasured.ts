// Claims of the documents that no scene measures yet.
import { notMeasured } from './claim';

const places = {
  webSocket: { document: 'duplex', place: 'WebSocket' },
  scaleWebSocket: { document: 'comparison', place: '4. Scale and Distribution, WebSocket' },
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
