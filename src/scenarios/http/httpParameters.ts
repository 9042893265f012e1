// What can be set about polling, long polling and server-sent events.

import { milliseconds, seconds } from '../../engine/index';
import type { ParameterDefinition } from '../defineScenario';
import { duration } from '../parameterKinds';

const HOUR = seconds(3_600);

export const HTTP_PARAMETERS = {
  pollInterval: {
    name: 'pollInterval',
    label: 'Poll every',
    ...duration(milliseconds(1), HOUR),
    default: milliseconds(500),
    setting: 'pollInterval',
    isLive: true,
    help: 'How often a polling client asks; a message waits half of it on average.',
  },
  longPollTimeout: {
    name: 'longPollTimeout',
    label: 'Hold a long poll for',
    ...duration(milliseconds(1), HOUR),
    default: seconds(30),
    setting: 'longPollTimeout',
    isLive: true,
    help: 'How long a server with nothing to say lets a request wait.',
  },
  eventWindow: {
    name: 'eventWindow',
    label: 'Server keeps events for',
    ...duration(0, HOUR),
    default: 0,
    setting: 'eventWindow',
    isLive: true,
    help: 'For readers who come back with Last-Event-ID; 0: none are kept, and none has an id.',
  },
} as const satisfies Record<string, ParameterDefinition>;
