// Claims of the documents that no scene measures yet.
import { notMeasured } from './claim';

const places = {
  integrationWebSocket: { document: 'comparison', place: '5. Integration Patterns, WebSocket' },
  conclusion: { document: 'duplex', place: 'Conclusion' },
  whole: { document: 'comparison', place: 'Summary' },
} as const;

export const unmeasuredClaims = [
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
