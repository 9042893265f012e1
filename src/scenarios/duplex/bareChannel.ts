// Two people and a channel, no Kafka and no WebSocket: one takes turns, the other does not.

import { CHANNEL_RAISERS } from '../../engine/doors/channel';
import { instant, microseconds, milliseconds, type Want } from '../../engine/index';
import { defineScenario } from '../defineScenario';
import { numberOf, PARAMETERS } from '../parameters';
import { atMs, comparison, PLAIN, talkers, workloadOf } from '../sceneParts';

/** An utterance of 500 bytes takes 40 ms to say. */
const UTTERANCE_BYTES = 500;
const RATE_BYTES_PER_SECOND = 12_500;
const people = talkers(2);

/** Ana starts; Ben presses while she still talks. */
const wants: Want[] = [0, 120, 240].flatMap((ms) => [
  { from: 'A', at: atMs(ms), replyTo: -1, ...PLAIN },
  { from: 'B', at: atMs(ms + 20), replyTo: -1, ...PLAIN },
]);

export const bareChannel = defineScenario({
  id: 'bare-channel',
  title: 'Walkie-talkie or phone',
  question: 'Ben speaks while Ana still talks. What happens?',
  stages: ['half-duplex', 'full-duplex'],
  parameters: [PARAMETERS.distance, PARAMETERS.turnaround],
  people: people.map(({ id }) => id),
  disconnectTarget: 'B',
  scene: ({ values }) =>
    comparison(values, {
      stages: ['half-duplex', 'full-duplex'],
      participants: people,
      workload: workloadOf(wants, { payloadBytes: UTTERANCE_BYTES }),
      bareLine: {
        latency: microseconds(numberOf(values, PARAMETERS.distance)),
        rateBytesPerSecond: RATE_BYTES_PER_SECOND,
        turnaround: microseconds(numberOf(values, PARAMETERS.turnaround)),
      },
      raisers: CHANNEL_RAISERS,
      horizon: instant(milliseconds(600)),
    }),
  bookmarks: () => [{ id: 'both-press', title: 'Both want to talk', at: atMs(20) }],
});
