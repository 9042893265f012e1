// How long a message takes, from the wish to say it to its arrival: four ways over one distance.

import { instant, milliseconds, type RandomStream, type Want } from '../../engine/index';
import { defineScenario } from '../defineScenario';
import { COMPARISON_PARAMETERS, numberOf, PARAMETERS, withDefault } from '../parameters';
import { atMs, comparison, PLAIN, talkers, workloadOf } from '../sceneParts';
import { HTTP_PARAMETERS } from './httpParameters';

const people = talkers(2);
const MESSAGES = withDefault(PARAMETERS.messages, 10);
const RATE = withDefault(PARAMETERS.messagesPerSecond, 10);
const INTERVAL = withDefault(HTTP_PARAMETERS.pollInterval, milliseconds(100));
/** What the last message may take, besides its wait for a poll. */
const TAIL = milliseconds(100);

export const latency = defineScenario({
  id: 'latency',
  title: 'How long it takes',
  question: 'Same distance, four ways. What takes the time?',
  stages: ['websocket', 'kafka', 'polling', 'long-polling'],
  parameters: [
    MESSAGES,
    RATE,
    INTERVAL,
    HTTP_PARAMETERS.longPollTimeout,
    PARAMETERS.linger,
    PARAMETERS.standingFetches,
    ...COMPARISON_PARAMETERS,
  ],
  people: people.map(({ id }) => id),
  disconnectTarget: 'B',
  scene: ({ values, random }) => {
    const count = numberOf(values, MESSAGES);
    const mean = 1_000_000 / numberOf(values, RATE);
    const wants = people.flatMap(({ id }) =>
      saysAtRandom(id, { count, mean, of: random(`${id} says`) }),
    );
    const last = wants.reduce((latest, { at }) => Math.max(latest, at), 0);
    return comparison(values, {
      stages: ['websocket', 'kafka', 'polling', 'long-polling'],
      participants: people,
      hasRelay: true,
      mode: 'threads',
      workload: workloadOf(wants),
      horizon: atMs(Math.ceil((last + numberOf(values, INTERVAL) + TAIL) / 1_000)),
    });
  },
  bookmarks: ({ values, random }) => {
    const mean = 1_000_000 / numberOf(values, RATE);
    const [first] = saysAtRandom('A', { count: 1, mean, of: random('A says') });
    const at = first?.at ?? 0;
    return [
      { id: 'on-the-way', title: 'The first message is on its way', at: instant(at + 8_000) },
      { id: 'there', title: 'WebSocket has brought it', at: instant(at + 20_000) },
      { id: 'kafka-too', title: 'So has Kafka', at: instant(at + 28_000) },
    ];
  },
});

interface Pace {
  readonly count: number;
  /** Mean gap between two messages, in microseconds. */
  readonly mean: number;
  readonly of: RandomStream;
}

/** Messages that know nothing of each other and nothing of anybody's clock. */
function saysAtRandom(from: string, { count, mean, of }: Pace): Want[] {
  let at = 0;
  return Array.from({ length: count }, () => {
    at += Math.round(of.exponential(mean));
    return { from, at: instant(at), replyTo: -1, ...PLAIN };
  });
}
