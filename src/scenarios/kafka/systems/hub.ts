// Services that all have something for each other: joined each to each, or through a hub.

import { instant, milliseconds } from '../../../engine/index';
import { defineScenario } from '../../defineScenario';
import { KAFKA_PARAMETERS } from '../../kafkaParameters';
import { numberOf, PARAMETERS, withDefault } from '../../parameters';
import { atMs, comparison, everyoneSays, talkers, workloadOf } from '../../sceneParts';
import { settingsOf } from '../../settingsOf';

const MESSAGES = 5;
const GAP = milliseconds(100);
/** One speaks after the other, so that each can be followed. */
const TURN = milliseconds(16);

const SERVICES = withDefault(PARAMETERS.participants, 6);

export const hub = defineScenario({
  id: 'hub',
  title: 'A hub',
  question: 'Every service needs every other. How many lines is that?',
  stages: ['websocket', 'kafka'],
  parameters: [
    SERVICES,
    // One, so that the hub is one thing to look at; with three each service has a line to each.
    withDefault(KAFKA_PARAMETERS.brokers, 1),
    withDefault(PARAMETERS.replicationFactor, 1),
    PARAMETERS.linger,
    PARAMETERS.acks,
    PARAMETERS.replayWindow,
    PARAMETERS.distance,
  ],
  people: talkers(Number(SERVICES.max)).map(({ id }) => id),
  disconnectTarget: 'B',
  scene: ({ values }) => {
    const people = talkers(numberOf(values, SERVICES));
    const wants = people.flatMap((person, place) =>
      everyoneSays([person], { count: MESSAGES, first: instant(100_000 + place * TURN), gap: GAP }),
    );
    return comparison(values, {
      participants: people,
      // Point to point: whoever has something for another one has a line to it.
      hasRelay: false,
      mode: 'threads',
      workload: workloadOf(wants),
      settings: settingsOf(values, { standingFetches: 1 }),
      horizon: atMs(800),
    });
  },
  bookmarks: () => [
    { id: 'lines', title: 'The lines, before anything is said', at: atMs(50) },
    { id: 'one-word', title: 'One message for five readers', at: atMs(112) },
    { id: 'all', title: 'All talk', at: atMs(300) },
    { id: 'end', title: 'Everyone has everything', at: atMs(790) },
  ],
});
