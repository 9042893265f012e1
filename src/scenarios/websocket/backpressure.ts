// One sender, one reader who keeps up, one who does not: where the bytes pile up, and what is done
// about it.

import { milliseconds } from '../../engine/index';
import { defineScenario } from '../defineScenario';
import { duration, integer } from '../parameterKinds';
import { numberOf, PARAMETERS, withDefault } from '../parameters';
import { atMs, comparison, everyoneSays, participant, workloadOf } from '../sceneParts';
import { settingsOf } from '../settingsOf';
import { SOCKET_PARAMETERS } from '../socketParameters';

const KIB = 1_024;
const MESSAGES = 200;
const SLOW_READER = {
  name: 'slowReaderMs',
  label: 'Ben’s work on a message',
  ...duration(0, milliseconds(200)),
  default: milliseconds(50),
  setting: null,
  isLive: false,
  help: 'While he works, his program reads nothing, and his kernel keeps what comes.',
} as const;
const KERNEL = {
  name: 'kernelBytes',
  label: 'Each kernel’s buffer',
  ...integer(KIB, 1_024 * KIB, 'B'),
  default: 8 * KIB,
  setting: null,
  isLive: false,
  help: 'What a kernel keeps to send, and what it keeps until its program reads.',
} as const;

export const backpressure = defineScenario({
  id: 'backpressure',
  title: 'Backpressure',
  question: 'Ben cannot keep up. Who pays for it?',
  stages: ['websocket', 'kafka'],
  parameters: [
    SLOW_READER,
    KERNEL,
    SOCKET_PARAMETERS.sendPolicy,
    withDefault(SOCKET_PARAMETERS.bufferLimit, 32 * KIB),
    withDefault(SOCKET_PARAMETERS.reconnectDelay, milliseconds(500)),
    SOCKET_PARAMETERS.reconnectMax,
    SOCKET_PARAMETERS.reconnectJitter,
    withDefault(PARAMETERS.brokers, 1),
    withDefault(PARAMETERS.replicationFactor, 1),
    PARAMETERS.distance,
  ],
  people: ['A', 'B', 'C'],
  disconnectTarget: 'B',
  scene: ({ values }) => {
    const [sender, ...readers] = [0, 1, 2].map((place) =>
      participant(place, place === 0 ? { reads: false } : { writes: false }),
    );
    const people = [...(sender ? [sender] : []), ...readers];
    const wants = everyoneSays(people, {
      count: MESSAGES,
      first: atMs(100),
      gap: milliseconds(10),
    });
    const base = comparison(values, {
      participants: people,
      hasRelay: true,
      mode: 'threads',
      workload: workloadOf(wants, {
        payloadBytes: KIB,
        processingOf: { B: milliseconds(numberOf(values, SLOW_READER) / 1_000) },
      }),
      settings: settingsOf(values, { standingFetches: 1 }),
      horizon: atMs(12_000),
    });
    const kernelBytes = numberOf(values, KERNEL);
    const sockets = { receiveWindowBytes: kernelBytes, sendKernelBytes: kernelBytes };
    return { ...base, sockets: { ...base.sockets, ...sockets } };
  },
  bookmarks: () => [
    { id: 'kernels', title: 'His kernel is full', at: atMs(400) },
    { id: 'buffers', title: 'The server’s memory grows', at: atMs(1_200) },
    { id: 'last', title: 'The last message is sent', at: atMs(2_100) },
    { id: 'end', title: 'Ben has caught up, or has not', at: atMs(11_900) },
  ],
});
