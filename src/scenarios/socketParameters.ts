// What can be set about WebSocket connections; the names are those of the programs that have such
// settings (Socket.IO's and ws's), or the protocol's own.

import { milliseconds, seconds } from '../engine/index';
import type { ParameterDefinition } from './defineScenario';
import { choice, duration, integer } from './parameterKinds';

const HOUR = seconds(3_600);

/** Durations are those that the scenes are slow enough for, not the libraries' minutes. */
export const SOCKET_PARAMETERS = {
  pingInterval: {
    name: 'pingInterval',
    label: 'Ping every',
    ...duration(0, HOUR),
    default: 0,
    setting: 'pingInterval',
    isLive: true,
    help: 'How often an end asks whether the other one is still there; 0: never.',
  },
  pongTimeout: {
    name: 'pongTimeout',
    label: 'Pong within',
    ...duration(milliseconds(1), HOUR),
    default: seconds(1),
    setting: 'pongTimeout',
    isLive: true,
    help: 'Without a pong for so long, an end gives its connection up.',
  },
  reconnectDelay: {
    name: 'reconnectDelay',
    label: 'Reconnect after',
    ...duration(0, HOUR),
    default: 0,
    setting: 'reconnectDelay',
    isLive: true,
    help: 'Wait before the first try; it doubles with each. 0: at once.',
  },
  reconnectMax: {
    name: 'reconnectMax',
    label: 'Reconnect within',
    ...duration(milliseconds(1), HOUR),
    default: seconds(5),
    setting: 'reconnectMax',
    isLive: true,
    help: 'The longest wait between two tries.',
  },
  reconnectJitter: {
    name: 'reconnectJitter',
    label: 'Jitter',
    ...integer(0, 100, '%'),
    default: 50,
    setting: 'reconnectJitter',
    isLive: true,
    help: 'How far a wait may be off, at random, so that not everyone comes back at once.',
  },
  sendPolicy: {
    name: 'sendPolicy',
    label: 'When the buffer is full',
    ...choice(['buffer', 'drop', 'close']),
    default: 'buffer',
    setting: 'sendPolicy',
    isLive: true,
    help: 'Buffer: keep on, whatever it takes. Drop: leave messages out. Close: end the connection.',
  },
  bufferLimit: {
    name: 'bufferLimit',
    label: 'Full at',
    ...integer(0, 1_073_741_824, 'B'),
    default: 65_536,
    setting: 'bufferLimit',
    isLive: true,
    help: 'So many bytes of bufferedAmount are too many.',
  },
} as const satisfies Record<string, ParameterDefinition>;
