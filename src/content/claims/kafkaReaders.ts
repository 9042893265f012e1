// Claims on Kafka's readers: each at its own pace, however much comes.
import { slowReadersHoldUpNobody, worksOffABurst } from '../../scenarios/checks/pace';
import { defineClaim } from './claim';

const stage = 'kafka';

const volume = defineClaim({
  id: 'K-volume',
  statement: 'Large volumes are processed as they come.',
  source: { document: 'comparison', place: '2. Use Cases, Kafka' },
  scenario: 'slow-consumer',
  stage,
  check: worksOffABurst,
  failsIn: { scenario: 'slow-consumer', parameters: { processingMs: 1_000_000 } },
  footnote:
    'What comes too fast waits in the log, and is worked off afterwards if readers have the time. ' +
    'The number of partitions bounds how many may share the work.',
});

const ownPace = defineClaim({
  id: 'K-pace',
  statement: 'A slow reader reads slowly and holds up nobody else.',
  source: { document: 'comparison', place: '3. Message Semantics, Kafka' },
  scenario: 'slow-consumer',
  stage,
  check: slowReadersHoldUpNobody,
  failsIn: { scenario: 'slow-consumer', stage: 'websocket' },
  footnote: 'Too slow a reader is put out of its group.',
});

export const kafkaReaderClaims = [volume, ownPace];
