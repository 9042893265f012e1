// From the values of a scenario's parameters to the engine's settings.

import {
  DEFAULT_KAFKA_SETTINGS,
  milliseconds,
  PLAIN_SOCKET_SETTINGS,
  type Settings,
  seconds,
} from '../engine/index';
import type { ParameterDefinition, ParameterValues } from './defineScenario';
import { PARAMETERS } from './parameters';

/**
 * What scenes set where they offer no parameter: Kafka's defaults, but for the start of a reader
 * and for segments and checks so small that a retention of seconds means seconds.
 */
const SCENE_SETTINGS: Settings = {
  ...DEFAULT_KAFKA_SETTINGS,
  ...PLAIN_SOCKET_SETTINGS,
  autoOffsetReset: 'earliest',
  segmentTime: milliseconds(500),
  retentionCheckInterval: milliseconds(100),
  replayWindow: 0,
  pollTimeout: milliseconds(500),
  prefetch: 'off',
  standingFetches: 5,
  pollInterval: milliseconds(500),
  longPollTimeout: seconds(30),
  eventWindow: 0,
};

/**
 * The engine's settings by the parameters that comparisons share; what a scenario does not offer
 * has its default here.
 */
export function settingsOf(values: ParameterValues, own: Partial<Settings> = {}): Settings {
  return { ...SCENE_SETTINGS, ...own, ...settingsFrom(Object.values(PARAMETERS), values) };
}

/** What the values of these parameters set. */
export function settingsFrom(
  definitions: readonly ParameterDefinition[],
  values: ParameterValues,
): Partial<Settings> {
  const set = definitions.flatMap(({ name, setting }) =>
    setting === null || values[name] === undefined ? [] : [[setting, values[name]] as const],
  );
  return Object.fromEntries(set);
}
