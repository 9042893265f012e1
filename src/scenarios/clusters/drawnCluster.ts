// Turns a list of numbers into a cluster with people, work and faults: a scene that belongs to no
// scenario, with times so short that a second of it is a life.

import { GROUP_PROTOCOLS } from '../../engine/doors/groups';
import {
  type Action,
  instant,
  microseconds,
  milliseconds,
  type Participant,
  PLAIN_SOCKETS,
  type Scene,
  type Settings,
  seconds,
  type TopicScene,
  type Want,
} from '../../engine/index';
import { participant, workloadOf } from '../sceneParts';
import { settingsOf } from '../settingsOf';
import { Drawing } from '../testing/drawing';
import { drawnFaults, FAULTS, type Fault, TROUBLE } from './drawnFaults';
import { drawnSettings } from './drawnSettings';

/** What a promise presupposes; what is left out is drawn. */
export interface Presupposition {
  readonly brokers?: number;
  readonly replicationFactor?: number;
  readonly settings?: Partial<Settings>;
  readonly faults?: readonly Fault[];
  readonly oneBrokerAtATime?: boolean;
  readonly heals?: boolean;
}

export interface DrawnCluster {
  readonly scene: Scene;
  readonly seed: number;
  /** Everything is whole again long before the end. */
  readonly heals: boolean;
}

/** With two services they are ten, and have a name each. */
const MOST_PEOPLE = 8;
const KEYS = ['red', 'green', 'blue', 'yellow', 'black'];
/** What a `transactional.id` asks of its producer, and its program of its consumer. */
const TRANSACTIONAL = {
  acks: 'all',
  enableIdempotence: 'on',
  retries: 2_147_483_647,
  enableAutoCommit: 'off',
  commit: 'after',
} as const satisfies Partial<Settings>;
const isTransactional = (settings: Settings): boolean =>
  Object.entries(TRANSACTIONAL).every(
    ([name, value]) => settings[name as keyof Settings] === value,
  );

/** Once all is whole, sessions end, leaders come back and readers catch up. */
const CALM = 3_500_000;

export function drawnCluster(
  numbers: readonly number[],
  presupposed: Presupposition = {},
): DrawnCluster {
  const drawing = new Drawing(numbers);
  const seed = drawing.below(1_000);
  const brokers = presupposed.brokers ?? drawing.of([3, 1, 2, 4, 5, 6]);
  const hasServices = drawing.oneIn(4);
  const copies = presupposed.replicationFactor ?? drawing.of([3, 2, 1]);
  const heals = presupposed.heals ?? drawing.oneIn(4);
  const settings: Settings = {
    ...drawnSettings(drawing),
    // Who is too slow for its group leaves and comes again for ever.
    ...(heals && { maxPollInterval: seconds(5) }),
    ...(hasServices && TRANSACTIONAL),
    ...presupposed.settings,
  };
  const services = hasServices && isTransactional(settings) ? drawnServices(drawing) : [];
  const topics = [...drawnTopics(drawing, brokers), ...services.map(answersOf(drawing, brokers))];
  const participants = drawnPeople(drawing, topics, services);
  const people = participants.map(({ id }) => id);
  const forwarders = people.slice(people.length - services.length);
  const machines = Array.from({ length: brokers }, (_, place) => `broker-${place + 1}`);
  const keys = KEYS.slice(0, drawing.below(KEYS.length + 1));
  const mode = drawing.of(['threads', 'loop'] as const);
  const processing = microseconds(drawing.of([0, 0, 1_000, 15_000]));
  const wants = drawnWants(drawing, participants, keys.length);
  const script: Action[] = drawnFaults(
    drawing,
    { brokers: machines, people },
    {
      faults: presupposed.faults ?? FAULTS,
      oneBrokerAtATime: presupposed.oneBrokerAtATime ?? false,
      heals,
    },
  );
  const scene: Scene = {
    stages: ['kafka'],
    participants,
    hasRelay: false,
    sockets: PLAIN_SOCKETS,
    raisers: {},
    mode,
    workload: workloadOf(wants, { processing, forwarders }),
    settings: settingsOf({}, settings),
    kafka: {
      brokers,
      replicationFactor: Math.min(copies, brokers),
      brokerDistance: microseconds(1_500),
      topics,
      keys,
      groups: GROUP_PROTOCOLS,
    },
    distances: { direct: milliseconds(20), half: milliseconds(drawing.of([10, 1, 40])) },
    bareLine: {
      latency: milliseconds(20),
      rateBytesPerSecond: Number.POSITIVE_INFINITY,
      turnaround: microseconds(0),
    },
    script,
    horizon: instant(heals ? TROUBLE + CALM : drawing.of([1_200_000, 700_000, 1_900_000])),
  };
  return { scene, seed, heals };
}

function drawnTopics(drawing: Drawing, brokers: number): TopicScene[] {
  const partitions = drawing.of([1, 2, 3, 4, 6, 8, 12]);
  const first = { id: 'orders', partitions, firstBroker: drawing.below(brokers) };
  if (!drawing.oneIn(3)) return [first];
  const second = { partitions: 1 + drawing.below(3), firstBroker: drawing.below(brokers) };
  return [first, { id: 'news', ...second }];
}

/** One to three who write, and readers by hand and in up to two groups of up to three. */
function drawnPeople(
  drawing: Drawing,
  topics: readonly TopicScene[],
  services: readonly Partial<Participant>[],
): Participant[] {
  const people: Participant[] = [];
  const add = (differing: Partial<Participant>) => {
    people.push(participant(people.length, differing));
  };
  const writers = 1 + drawing.below(3);
  for (let count = 0; count < writers; count += 1) {
    // The first topic is always written to.
    const writesTo = count === 0 ? 'orders' : drawing.of(topics).id;
    add({ writesTo, reads: drawing.oneIn(6) });
  }
  const joinsAt = () => (drawing.oneIn(8) ? instant(drawing.below(1_000) * 1_000) : null);
  const readsFrom = () => (drawing.oneIn(5) ? ['orders'] : null);
  for (let count = drawing.below(3); count > 0; count -= 1) {
    add({ writes: false, joinsAt: joinsAt(), readsFrom: readsFrom() });
  }
  for (let groups = drawing.below(3); groups > 0; groups -= 1) {
    const group = `group-${groups}`;
    const from = readsFrom();
    for (let count = 1 + drawing.below(3); count > 0; count -= 1) {
      if (people.length < MOST_PEOPLE)
        add({ writes: false, group, readsFrom: from, joinsAt: joinsAt() });
    }
  }
  for (const service of services) add(service);
  return people;
}

/** One or two who answer each order in transactions, each to a topic of its own. */
function drawnServices(drawing: Drawing): Partial<Participant>[] {
  const group = drawing.of(['service', null]);
  return Array.from({ length: 1 + drawing.below(2) }, (_, number) => {
    const writesTo = `answers-${number + 1}`;
    return { writesTo, readsFrom: ['orders'], group, transactionalId: writesTo };
  });
}

const answersOf = (drawing: Drawing, brokers: number) => (service: Partial<Participant>) => ({
  id: service.writesTo ?? '',
  partitions: 1 + drawing.below(2),
  firstBroker: drawing.below(brokers),
});

function drawnWants(
  drawing: Drawing,
  people: readonly Participant[],
  keys: number,
): readonly Want[] {
  const wants: Want[] = [];
  for (const { id, writes, transactionalId } of people) {
    if (!writes || transactionalId !== null) continue;
    const gap = drawing.of([20_000, 2_000, 60_000, 0, 150_000]);
    let at = drawing.below(400) * 1_000;
    for (let count = 1 + drawing.below(25); count > 0; count -= 1) {
      const key = keys === 0 || drawing.oneIn(6) ? -1 : drawing.below(keys);
      const isTombstone = key >= 0 && drawing.oneIn(7);
      wants.push({ from: id, at: instant(at), replyTo: -1, key, isTombstone });
      at += gap;
    }
  }
  return wants;
}
