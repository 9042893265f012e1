// Claims on Kafka between the parts of a system: how much it takes, and what it joins.
import { brokersAddUp, takesThousandsASecond } from '../../scenarios/checks/capacity';
import { defineClaim } from './claim';

const stage = 'kafka';
const growth = { document: 'comparison', place: '4. Scale and Distribution, Kafka' } as const;
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

export const kafkaSystemClaims = [scale, rate];
