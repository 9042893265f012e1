// A service that makes an invoice of each order, and dies with a poll's orders half done: the story
// of two scenes, which differ in how it commits.

import {
  type Action,
  microseconds,
  milliseconds,
  type Participant,
  type Scene,
  type Settings,
} from '../../../engine/index';
import type { ParameterDefinition, ParameterValues } from '../../defineScenario';
import { KAFKA_PARAMETERS } from '../../kafkaParameters';
import { numberOf, PARAMETERS, withDefault } from '../../parameters';
import {
  atMs,
  atS,
  clusterOf,
  comparison,
  everyoneSays,
  participant,
  workloadOf,
} from '../../sceneParts';
import { settingsOf } from '../../settingsOf';
import { aboutCustomers, CUSTOMERS } from './customers';

const ORDERS = 'orders';
const INVOICES = 'invoices';
const STEADY = { count: 16, first: atMs(1_500), gap: milliseconds(250) };
/** So many that one poll returns several of them. */
const BURST = { count: 6, first: atMs(3_020), gap: milliseconds(2) };

/** Ben has worked on two of a poll's orders by then, and not on the others. */
export const CRASH = atMs(3_400);
export const RESTART = atMs(5_400);
/** His group has waited for him to be silent for `session.timeout.ms`. */
export const AGAIN = atMs(9_350);

const ana = participant(0, { reads: false, writesTo: ORDERS });
const ben = participant(1, {
  writesTo: INVOICES,
  readsFrom: [ORDERS],
  group: 'billing',
});
const cy = participant(2, { writes: false, readsFrom: [INVOICES] });

export const SERVICE_PEOPLE: readonly Participant[] = [ana, ben, cy];

const wants = aboutCustomers(
  [...everyoneSays([ana], STEADY), ...everyoneSays([ana], BURST)].sort(
    (one, other) => one.at - other.at,
  ),
);

const script: readonly Action[] = [
  { at: CRASH, kind: 'crash', target: ben.id },
  { at: RESTART, kind: 'restart', target: ben.id },
];

/** What both scenes offer. */
export const SERVICE_PARAMETERS: readonly ParameterDefinition[] = [
  withDefault(PARAMETERS.processing, milliseconds(80)),
  withDefault(KAFKA_PARAMETERS.partitions, 2),
  withDefault(KAFKA_PARAMETERS.sessionTimeout, milliseconds(6_000)),
  withDefault(KAFKA_PARAMETERS.heartbeatInterval, milliseconds(2_000)),
  withDefault(KAFKA_PARAMETERS.initialRebalanceDelay, milliseconds(500)),
  PARAMETERS.replicationFactor,
  PARAMETERS.linger,
  PARAMETERS.distance,
];

/** `transactionalId`: null without transactions; `set`: what the scene's settings differ in. */
export function serviceScene(
  values: ParameterValues,
  { transactionalId, set }: { transactionalId: string | null; set: Partial<Settings> },
): Scene {
  const partitions = numberOf(values, KAFKA_PARAMETERS.partitions);
  const processing = microseconds(numberOf(values, PARAMETERS.processing));
  return comparison(values, {
    participants: [ana, { ...ben, transactionalId }, cy],
    hasRelay: true,
    mode: 'threads',
    workload: workloadOf(wants, {
      forwarders: [ben.id],
      processingOf: { [ben.id]: processing },
    }),
    settings: settingsOf(values, { standingFetches: 1, enableAutoCommit: 'off', ...set }),
    kafka: clusterOf(values, {
      topics: [
        { id: ORDERS, partitions: 1, firstBroker: 0 },
        { id: INVOICES, partitions, firstBroker: 1 },
      ],
      keys: CUSTOMERS,
    }),
    script,
    horizon: atS(16),
  });
}
