// Claims on what the two are for, and on both together.
import { takesMuchAndKeepsIt } from '../../scenarios/checks/capacity';
import { isQuickerAndTwoWay } from '../../scenarios/checks/latency';
import { lacksWhatTheOtherHas } from '../../scenarios/checks/together/choice';
import {
  joinsScreensByWebSocket,
  losesNothingAndIsSoon,
  touchesScreensByWebSocket,
} from '../../scenarios/checks/together/screens';
import { defineClaim } from './claim';

const stage = 'together';
const scenario = 'better-together';
const integration = {
  document: 'comparison',
  place: '5. Integration Patterns, WebSocket',
} as const;
const conclusion = { document: 'duplex', place: 'Conclusion' } as const;

const webPages = defineClaim({
  id: 'INT-W',
  statement: 'A web page can open a WebSocket.',
  source: integration,
  scenario,
  stage,
  check: joinsScreensByWebSocket,
  failsIn: { scenario: 'choose', stage: 'kafka' },
  footnote:
    'And no connection to a broker: a page speaks HTTP and WebSocket, so a gateway stands between.',
});

const screens = defineClaim({
  id: 'INT-W-ui',
  statement: 'What people touch on a screen goes over WebSocket.',
  source: integration,
  scenario,
  stage,
  check: touchesScreensByWebSocket,
  failsIn: { scenario: 'choose', stage: 'kafka' },
  footnote: 'Where people only look, server-sent events are enough.',
});

const forWebSocket = defineClaim({
  id: 'CH-W',
  statement: 'Real time, low latency and two ways speak for WebSocket.',
  source: conclusion,
  scenario: 'many-talk',
  stage: 'websocket',
  check: isQuickerAndTwoWay,
  failsIn: { scenario: 'many-talk', stage: 'kafka' },
  footnote: 'What was said before somebody came needs a store besides.',
});

const forKafka = defineClaim({
  id: 'CH-K',
  statement: 'Volume, durability and scale speak for Kafka.',
  source: conclusion,
  scenario: 'scale-brokers',
  stage: 'kafka',
  check: takesMuchAndKeepsIt,
  failsIn: { scenario: 'scale-brokers', parameters: { 'num.partitions': 1 } },
  footnote: 'With enough partitions: one partition stays on one broker.',
});

const complementary = defineClaim({
  id: 'BOTH',
  statement: 'The two complete each other.',
  source: { document: 'comparison', place: 'Summary' },
  scenario,
  stage,
  check: losesNothingAndIsSoon,
  failsIn: { scenario, parameters: { gatewayGroups: 'one' } },
  footnote:
    'Each gateway must read everything, in a group of its own: in one group they would share it, ' +
    'and half of the pages would miss what the other gateway reads.',
});

const purposes = defineClaim({
  id: 'PURP',
  statement: 'They serve different purposes.',
  source: { document: 'comparison', place: 'Introduction' },
  scenario: 'choose',
  stage: 'websocket',
  check: lacksWhatTheOtherHas,
  failsIn: { scenario: 'choose', parameters: { case: 'game' } },
  footnote: 'Of six cases two need WebSocket alone, three Kafka alone, one both.',
});

export const togetherClaims = [webPages, screens, forWebSocket, forKafka, complementary, purposes];
