// What can be set about several servers behind a balancer.

import type { ParameterDefinition } from '../defineScenario';
import { choice, integer } from '../parameterKinds';

export const FLEET_PARAMETERS = {
  servers: {
    name: 'servers',
    label: 'Servers',
    ...integer(1, 8),
    default: 4,
    setting: null,
    isLive: false,
    help: 'Each connection lives on one of them and stays there.',
  },
  backplane: {
    name: 'backplane',
    label: 'Backplane',
    ...choice(['none', 'pubsub', 'kafka']),
    default: 'none',
    setting: null,
    isLive: false,
    help: 'None: a server knows what its own memory holds. Pub/sub forgets; a Kafka topic does not.',
  },
  balancing: {
    name: 'balancing',
    label: 'Balancing',
    ...choice(['round-robin', 'sticky']),
    default: 'round-robin',
    setting: null,
    isLive: false,
    help: 'Sticky: back to the same server. HTTP long polling needs it; a WebSocket does not.',
  },
  clients: {
    name: 'clients',
    label: 'Clients',
    ...integer(1, 10_000),
    default: 24,
    setting: null,
    isLive: false,
    help: 'How many wait for the news. The Kafka stage shows no more than 24 of them.',
  },
  connectionsPerServer: {
    name: 'connectionsPerServer',
    label: 'Connections per server',
    ...integer(1, 100_000),
    default: 100_000,
    setting: null,
    isLive: false,
    help: 'How many a server takes: its file descriptors and memory, not its ports.',
  },
  deploy: {
    name: 'deploy',
    label: 'New version',
    ...choice(['off', 'rolling']),
    default: 'off',
    setting: null,
    isLive: false,
    help: 'Rolling: from second 1 on, one server after the other closes its connections and restarts.',
  },
} as const satisfies Record<string, ParameterDefinition>;
