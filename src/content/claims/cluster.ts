// Claims on Kafka as a cluster: several brokers, what survives one of them, and batches.
import { fullerBatchesNeedFewerBytes } from '../../scenarios/checks/batches';
import {
  aFollowerTakesOver,
  isSeveralBrokersAroundALog,
  spreadsATopicOverBrokers,
  survivesTheLossOfABroker,
} from '../../scenarios/checks/cluster';
import { defineClaim } from './claim';

const stage = 'kafka';
const section = { document: 'duplex', place: 'Kafka' } as const;
const semantics = { document: 'comparison', place: '3. Message Semantics, Kafka' } as const;
const scale = { document: 'comparison', place: '4. Scale and Distribution, Kafka' } as const;

const type = defineClaim({
  id: 'K-type',
  statement: 'Kafka is a platform of several brokers around a log.',
  source: section,
  scenario: 'broker-crash',
  stage,
  check: isSeveralBrokersAroundALog,
  failsIn: { scenario: 'broker-crash', stage: 'websocket' },
  footnote: 'A replicated log more than a classic queue: reading takes nothing out of it.',
});

const onDisk = defineClaim({
  id: 'K-disk',
  statement: 'What is stored survives the loss of a broker.',
  source: section,
  scenario: 'broker-crash',
  stage,
  check: survivesTheLossOfABroker,
  failsIn: { scenario: 'broker-crash', parameters: { acks: '0' } },
  footnote: 'With acks=all and enough in-sync replicas; with fewer, records can be lost.',
});

const faultTolerant = defineClaim({
  id: 'K-ft',
  statement: 'When a leader fails, a follower takes over.',
  source: scale,
  scenario: 'broker-crash',
  stage,
  check: aFollowerTakesOver,
  failsIn: { scenario: 'broker-crash', parameters: { 'default.replication.factor': 1 } },
  footnote:
    'Not at once: the controller waits for the session of the dead broker to end, nine seconds ' +
    'by default. Until then acks=all waits in every partition that the dead broker copied.',
});

const distributed = defineClaim({
  id: 'K-dist',
  statement: 'The partitions of a topic lie on several brokers.',
  source: scale,
  scenario: 'broker-crash',
  stage,
  check: spreadsATopicOverBrokers,
  failsIn: { scenario: 'acks' },
  footnote: null,
});

const throughput = defineClaim({
  id: 'K-thr',
  statement: 'Bigger batches bring more through: each message needs fewer bytes on the way.',
  source: semantics,
  scenario: 'batching',
  stage,
  check: fullerBatchesNeedFewerBytes,
  failsIn: { scenario: 'batching', parameters: { 'batch.size': 1 } },
  footnote: 'The price is the wait for the batch.',
});

export const clusterClaims = [type, onDisk, faultTolerant, distributed, throughput];
