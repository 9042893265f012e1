// What can be set about gateways between a Kafka cluster and browsers.

import type { ParameterDefinition } from '../defineScenario';
import { choice, integer } from '../parameterKinds';

export const TOGETHER_PARAMETERS = {
  gateways: {
    name: 'gateways',
    label: 'Gateways',
    ...integer(1, 4),
    default: 2,
    setting: null,
    isLive: false,
    help: 'Programs that read Kafka and hold the sockets of browsers.',
  },
  browsers: {
    name: 'browsers',
    label: 'Browsers',
    ...integer(1, 8),
    default: 6,
    setting: null,
    isLive: false,
    help: 'Each has one socket, to one of the gateways.',
  },
  gatewayGroups: {
    name: 'gatewayGroups',
    label: 'Consumer groups of the gateways',
    ...choice(['own', 'one']),
    default: 'own',
    setting: null,
    isLive: false,
    help: 'Own: each gateway reads everything. One: they share, and each reads a part alone.',
  },
  resume: {
    name: 'resume',
    label: 'Resume from an offset',
    ...choice(['on', 'off']),
    default: 'on',
    setting: null,
    isLive: false,
    help: 'A page that comes back says the last offset it saw, and again what was not confirmed.',
  },
} as const satisfies Record<string, ParameterDefinition>;
