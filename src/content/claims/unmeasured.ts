// Claims of the documents that no scene measures yet.
import { notMeasured } from './claim';

export const unmeasuredClaims = [
  notMeasured({
    id: 'K-proto',
    statement: 'Kafka speaks a binary protocol of its own over TCP.',
    source: { document: 'duplex', place: 'Kafka, Protocol' },
    footnote:
      'No browser can speak it. The bytes are counted on the whole way, to the log and from it, ' +
      'and follow the published formats in size; no check decodes them yet.',
  }),
];
