// News for many: one connection each, on one of several servers; whom a broadcast reaches, and what
// a rolling deploy does. Ten thousand consumers of their own would make no sense: the Kafka stage
// shows the first of the clients alone.

import { type BackplaneKind, raiseFleet, raiseKafka } from '../../engine/doors/fleet';
import {
  type Action,
  instant,
  milliseconds,
  type Participant,
  type Scene,
} from '../../engine/index';
import { defineScenario, type ParameterValues } from '../defineScenario';
import { numberOf, PARAMETERS, textOf, withDefault } from '../parameters';
import { atMs, comparison, everyoneSays, participant, workloadOf } from '../sceneParts';
import { settingsOf } from '../settingsOf';
import { SOCKET_PARAMETERS } from '../socketParameters';
import { FLEET_PARAMETERS } from './fleetParameters';

const BROADCASTS = 13;
const FIRST = atMs(200);
const GAP = milliseconds(500);
const HORIZON = atMs(6_500);
const TOPIC = 'news';
/** More clients than this are not on the Kafka stage. */
const MOST_CONSUMERS = 24;

const DEPLOY_FROM = 1_000;
const DEPLOY_EACH = 600;
/** A server's goodbyes take 200 ms of it. */
const DOWN_FOR = 450;

const HEAD = participant(0, { name: 'Ana', reads: false, writesTo: TOPIC });

const clientsOf = (count: number): Participant[] =>
  Array.from({ length: count }, (_, place) => ({
    ...HEAD,
    id: `C${place + 1}`,
    name: `client ${place + 1}`,
    writes: false,
    reads: true,
    writesTo: null,
    readsFrom: [TOPIC],
  }));

const PARAMETERS_HERE = [
  FLEET_PARAMETERS.servers,
  FLEET_PARAMETERS.backplane,
  FLEET_PARAMETERS.clients,
  FLEET_PARAMETERS.deploy,
  FLEET_PARAMETERS.balancing,
  withDefault(SOCKET_PARAMETERS.reconnectDelay, milliseconds(100)),
  SOCKET_PARAMETERS.reconnectMax,
  SOCKET_PARAMETERS.reconnectJitter,
  FLEET_PARAMETERS.connectionsPerServer,
  withDefault(PARAMETERS.brokers, 1),
  withDefault(PARAMETERS.replicationFactor, 1),
  PARAMETERS.linger,
  PARAMETERS.acks,
  PARAMETERS.brokerDistance,
  PARAMETERS.distance,
];

const isDeployed = (values: ParameterValues): boolean =>
  textOf(values, FLEET_PARAMETERS.deploy) === 'rolling';

/** One server after the other. */
function deployOf(values: ParameterValues): Action[] {
  if (!isDeployed(values)) return [];
  return Array.from({ length: numberOf(values, FLEET_PARAMETERS.servers) }, (_, place) => {
    const from = DEPLOY_FROM + place * DEPLOY_EACH;
    const target = `server-${place + 1}`;
    return [
      { at: atMs(from), kind: 'shutdown', target },
      { at: atMs(from + DOWN_FOR), kind: 'restart', target },
    ] as const;
  }).flat();
}

export const scaleSockets = defineScenario({
  id: 'scale-sockets',
  title: 'Many servers',
  question: 'Every connection lives on one server. Who hears the news?',
  stages: ['websocket', 'kafka'],
  stageView: 'connections',
  parameters: PARAMETERS_HERE,
  people: [HEAD, ...clientsOf(FLEET_PARAMETERS.clients.default)].map(({ id }) => id),
  disconnectTarget: 'C1',
  fullest: { servers: FLEET_PARAMETERS.servers.max, backplane: 'kafka' },
  scene: ({ values }) => {
    const participants = [HEAD, ...clientsOf(numberOf(values, FLEET_PARAMETERS.clients))];
    const fleet = raiseFleet({
      servers: numberOf(values, FLEET_PARAMETERS.servers),
      backplane: textOf(values, FLEET_PARAMETERS.backplane) as BackplaneKind,
      balancing: textOf(values, FLEET_PARAMETERS.balancing) === 'sticky' ? 'sticky' : 'round-robin',
      connectionsPerServer: numberOf(values, FLEET_PARAMETERS.connectionsPerServer),
    });
    return comparison(values, {
      participants,
      mode: 'threads',
      workload: workloadOf(everyoneSays([HEAD], { count: BROADCASTS, first: FIRST, gap: GAP })),
      settings: settingsOf(values, { standingFetches: 1 }),
      script: deployOf(values),
      horizon: HORIZON,
      raisers: { websocket: fleet, kafka: raiseFirstConsumers },
    });
  },
  bookmarks: ({ values }) => [
    { id: 'connected', title: 'Everyone is connected', at: atMs(100) },
    { id: 'one-server', title: 'One server has the news', at: atMs(214) },
    { id: 'who-heard', title: 'Who has heard it', at: atMs(260) },
    ...(isDeployed(values)
      ? [
          { id: 'goodbye', title: 'The first server says goodbye', at: atMs(DEPLOY_FROM + 5) },
          { id: 'back', title: 'Its clients are elsewhere', at: atMs(DEPLOY_FROM + 400) },
        ]
      : []),
    { id: 'end', title: 'All is said', at: instant(HORIZON - 100_000) },
  ],
});

function raiseFirstConsumers(world: Parameters<typeof raiseKafka>[0], scene: Scene): void {
  raiseKafka(world, { ...scene, participants: scene.participants.slice(0, 1 + MOST_CONSUMERS) });
}
