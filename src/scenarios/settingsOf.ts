// From the values of a scenario's parameters to the engine's settings.

import { DEFAULT_KAFKA_SETTINGS, milliseconds, type Settings } from '../engine/index';
import type { ParameterDefinition, ParameterValues } from './defineScenario';
import { KAFKA_PARAMETERS } from './kafkaParameters';
import { PARAMETERS } from './parameters';

/**
 * What scenes set where they offer no parameter: Kafka's defaults, but for the start of a reader
 * and for segments and checks so small that a retention of seconds means seconds.
 */
const SCENE_SETTINGS: Settings = {
  ...DEFAULT_KAFKA_SETTINGS,
  autoOffsetReset: 'earliest',
  segmentTime: milliseconds(500),
  retentionCheckInterval: milliseconds(100),
  replayWindow: 0,
  pollTimeout: milliseconds(500),
  prefetch: 'off',
  standingFetches: 5,
};

const DEFINITIONS: readonly ParameterDefinition[] = [
  ...Object.values(PARAMETERS),
  ...Object.values(KAFKA_PARAMETERS),
];

/** The engine's settings; what a scenario does not offer has its default here. */
export function settingsOf(values: ParameterValues, own: Partial<Settings> = {}): Settings {
  const settings: Record<string, unknown> = { ...SCENE_SETTINGS, ...own };
  for (const { name, setting } of DEFINITIONS) {
    if (setting !== null && values[name] !== undefined) settings[setting] = values[name];
  }
  return settings as unknown as Settings;
}
