// Claims on Kafka between the parts of a system: how much it takes, and what it joins.
import { brokersAddUp, takesThousandsASecond } from '../../scenarios/checks/capacity';
import {
  everySinkIsComplete,
  hubReplacesPairs,
  joinsServicesWithBrokers,
  newcomerNeedsNobody,
} from '../../scenarios/checks/systems';
import { defineClaim } from './claim';

const stage = 'kafka';
const growth = { document: 'comparison', place: '4. Scale and Distribution, Kafka' } as const;
const integration = { document: 'comparison', place: '5. Integration Patterns, Kafka' } as const;
const section = { document: 'duplex', place: 'Kafka' } as const;

const scale = defineClaim({
  id: 'K-scale',
  statement: 'More brokers take more load.',
  source: growth,
  scenario: 'scale-brokers',
  stage,
  check: brokersAddUp,
  failsIn: { scenario: 'scale-brokers', parameters: { 'num.partitions': 1 } },
  footnote: 'Only with enough partitions, and existing ones must be moved.',
});

const rate = defineClaim({
  id: 'K-rate',
  statement: 'Thousands of messages a second are no burden.',
  source: section,
  scenario: 'scale-brokers',
  stage,
  check: takesThousandsASecond,
  failsIn: { scenario: 'scale-brokers', parameters: { brokers: 1 } },
  footnote:
    'An understatement: real clusters take millions. ' +
    'A broker here writes a thousand a second, so that its limit can be seen.',
});

const pipelines = defineClaim({
  id: 'K-pipe',
  statement: 'One source feeds several data pipelines.',
  source: { document: 'comparison', place: '2. Use Cases, Kafka' },
  scenario: 'pipeline',
  stage,
  check: everySinkIsComplete,
  failsIn: { scenario: 'pipeline', parameters: { commit: 'before' } },
  footnote:
    'Complete because the step between commits after its work; after its crash one record comes ' +
    'twice. Kafka Connect and Kafka Streams are programs of this kind.',
});

const components = defineClaim({
  id: 'K-components',
  statement: 'Parts of a system talk without knowing of each other.',
  source: { document: 'comparison', place: '1. Communication Model, Kafka' },
  scenario: 'pipeline',
  stage,
  check: newcomerNeedsNobody,
  failsIn: { scenario: 'pipeline', stage: 'websocket' },
  footnote: 'They still share the topics and what their records mean.',
});

const backends = defineClaim({
  id: 'INT-K',
  statement: 'Kafka’s connections have services at both ends.',
  source: integration,
  scenario: 'hub',
  stage,
  check: joinsServicesWithBrokers,
  failsIn: { scenario: 'hub', stage: 'websocket' },
  footnote: 'Bridges over REST or WebSocket exist.',
});

const hub = defineClaim({
  id: 'INT-K-hub',
  statement: 'One hub replaces connections from each service to each other.',
  source: integration,
  scenario: 'hub',
  stage,
  check: hubReplacesPairs,
  failsIn: { scenario: 'hub', stage: 'websocket' },
  footnote:
    'A hub is also what all of them depend on. ' +
    'With several brokers in it, each service has a line to each broker that it needs.',
});

export const kafkaSystemClaims = [scale, rate, pipelines, components, backends, hub];
