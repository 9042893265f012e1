// Ben says "stop" in the middle of Ana's long sentence: how soon does she hear it?

import { microseconds, milliseconds, type Want } from '../../engine/index';
import { defineScenario } from '../defineScenario';
import { COMPARISON_PARAMETERS, numberOf, PARAMETERS, withDefault } from '../parameters';
import { atMs, comparison, PLAIN, talkers, workloadOf } from '../sceneParts';

const people = talkers(2);
/** A word of 500 bytes takes a bare channel 40 ms, and Ana thinks of one every 30. */
const WORD_BYTES = 500;
const RATE_BYTES_PER_SECOND = 12_500;
const WORDS_MS = [0, 30, 60, 90, 120, 150];
const STOP_MS = 70;

const says = (from: string, ms: number): Want => ({ from, at: atMs(ms), replyTo: -1, ...PLAIN });

export const interrupt = defineScenario({
  id: 'interrupt',
  title: 'Stop!',
  question: 'Ana talks and talks. How soon does Ben’s “stop” get through?',
  stages: ['half-duplex', 'full-duplex', 'websocket', 'kafka'],
  parameters: [
    PARAMETERS.mode,
    PARAMETERS.turnaround,
    PARAMETERS.linger,
    PARAMETERS.prefetch,
    withDefault(PARAMETERS.pollTimeout, milliseconds(100)),
    ...COMPARISON_PARAMETERS,
  ],
  people: people.map(({ id }) => id),
  disconnectTarget: 'B',
  scene: ({ values }) =>
    comparison(values, {
      stages: ['half-duplex', 'full-duplex', 'websocket', 'kafka'],
      participants: people,
      workload: workloadOf([...WORDS_MS.map((ms) => says('A', ms)), says('B', STOP_MS)], {
        payloadBytes: WORD_BYTES,
      }),
      bareLine: {
        latency: microseconds(numberOf(values, PARAMETERS.distance)),
        rateBytesPerSecond: RATE_BYTES_PER_SECOND,
        turnaround: microseconds(numberOf(values, PARAMETERS.turnaround)),
      },
      horizon: atMs(900),
    }),
  bookmarks: () => [
    { id: 'stop', title: 'Ben says stop', at: atMs(STOP_MS) },
    { id: 'heard', title: 'Ana hears it over WebSocket', at: atMs(STOP_MS + 20) },
  ],
});
