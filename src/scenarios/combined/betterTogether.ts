// Services on Kafka, browsers on WebSocket, gateways between them: what each does for the others.

import { raiseTogether } from '../../engine/doors/together';
import {
  type Action,
  instant,
  milliseconds,
  type Participant,
  type TopicScene,
  type Want,
} from '../../engine/index';
import { defineScenario } from '../defineScenario';
import { numberOf, PARAMETERS, textOf, withDefault } from '../parameters';
import { atMs, clusterOf, comparison, everyoneSays, participant, workloadOf } from '../sceneParts';
import { settingsOf } from '../settingsOf';
import { TOGETHER_PARAMETERS } from './togetherParameters';

/** What services tell browsers, and what browsers tell services. */
const NEWS = 'news';
const ORDERS = 'orders';

/** Led by two brokers, if there are two. */
const topicsOn = (brokers: number): TopicScene[] =>
  [NEWS, ORDERS].map((id, place) => {
    return { id, partitions: 1, firstBroker: Math.min(place, brokers - 1) };
  });

const HORIZON = atMs(7_000);
/** By then one group would have dealt out what its gateways read. */
const FIRST = 1_000;

const service = (number: number, name: string): Participant => ({
  ...participant(0, { name, writesTo: NEWS, readsFrom: [ORDERS] }),
  id: `S${number}`,
});
/** The first answers nothing and speaks of itself; the second passes on what it reads. */
const SERVICES = [service(1, 'prices'), service(2, 'orders')];

const browsersOf = (count: number): Participant[] =>
  Array.from({ length: count }, (_, place) =>
    participant(place, { writesTo: ORDERS, readsFrom: [NEWS] }),
  );

/** The prices of every quarter of a second, and an order of each browser now and then. */
function wantsOf(browsers: readonly Participant[]): Want[] {
  const prices = everyoneSays(SERVICES.slice(0, 1), {
    count: 20,
    first: atMs(FIRST),
    gap: milliseconds(250),
  });
  const orders = browsers.flatMap((browser, place) =>
    everyoneSays([browser], {
      count: 3,
      first: instant(atMs(FIRST + 100) + place * milliseconds(130)),
      gap: milliseconds(1_600),
    }),
  );
  return [...prices, ...orders];
}

const AWAY = { from: 2_300, to: 3_300 };
const DOWN = { from: 4_300, to: 5_300 };

const script: readonly Action[] = [
  { at: atMs(AWAY.from), kind: 'disconnect', target: 'B' },
  { at: atMs(AWAY.to), kind: 'reconnect', target: 'B' },
  { at: atMs(DOWN.from), kind: 'crash', target: 'gateway-1' },
  { at: atMs(DOWN.to), kind: 'restart', target: 'gateway-1' },
];

export const betterTogether = defineScenario({
  id: 'better-together',
  title: 'Better together',
  question: 'A log that remembers, a line that tells. What gets lost?',
  stages: ['together'],
  stageView: 'together',
  parameters: [
    TOGETHER_PARAMETERS.gatewayGroups,
    TOGETHER_PARAMETERS.resume,
    TOGETHER_PARAMETERS.gateways,
    TOGETHER_PARAMETERS.browsers,
    PARAMETERS.brokers,
    PARAMETERS.replicationFactor,
    PARAMETERS.linger,
    PARAMETERS.acks,
    // A gateway that goes back waits for the fetch that is out.
    withDefault(PARAMETERS.fetchMaxWait, milliseconds(100)),
    PARAMETERS.retention,
    PARAMETERS.brokerDistance,
    PARAMETERS.distance,
  ],
  people: [...SERVICES, ...browsersOf(TOGETHER_PARAMETERS.browsers.max)].map(({ id }) => id),
  disconnectTarget: 'B',
  fullest: {
    gateways: TOGETHER_PARAMETERS.gateways.max,
    browsers: TOGETHER_PARAMETERS.browsers.max,
  },
  scene: ({ values }) => {
    const browsers = browsersOf(numberOf(values, TOGETHER_PARAMETERS.browsers));
    return comparison(values, {
      stages: ['together'],
      participants: [...SERVICES, ...browsers],
      mode: 'threads',
      workload: workloadOf(wantsOf(browsers), { forwarders: ['S2'] }),
      settings: settingsOf(values, {
        standingFetches: 1,
        initialRebalanceDelay: milliseconds(100),
      }),
      kafka: clusterOf(values, {
        topics: topicsOn(numberOf(values, PARAMETERS.brokers)),
      }),
      script,
      horizon: HORIZON,
      raisers: {
        together: raiseTogether({
          gateways: numberOf(values, TOGETHER_PARAMETERS.gateways),
          groups: textOf(values, TOGETHER_PARAMETERS.gatewayGroups) === 'one' ? 'one' : 'own',
          resume: textOf(values, TOGETHER_PARAMETERS.resume) === 'on',
          browsers: browsers.map(({ id }) => id),
          reads: NEWS,
          writes: ORDERS,
        }),
      },
    });
  },
  bookmarks: () => [
    { id: 'price', title: 'A price on its way to six browsers', at: atMs(FIRST + 28) },
    { id: 'order', title: 'An order on its way to the services', at: atMs(FIRST + 118) },
    { id: 'away', title: 'Ben is away, the log goes on', at: atMs(2_900) },
    { id: 'back', title: 'Ben says where he was', at: atMs(AWAY.to + 60) },
    { id: 'crash', title: 'A gateway is gone', at: atMs(DOWN.from + 5) },
    { id: 'elsewhere', title: 'Its browsers are with the other one', at: atMs(DOWN.from + 200) },
    { id: 'end', title: 'Everyone has everything', at: atMs(6_900) },
  ],
});
