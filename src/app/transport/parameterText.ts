// How a parameter's value is written: in which unit, and what it is by default, here and in Kafka.

import { DEFAULT_KAFKA_SETTINGS, FURTHER_DEFAULTS } from '../../engine/index';
import type { ParameterDefinition, ParameterValue } from '../../scenarios/defineScenario';

/** Durations are typed in the unit in which people think of them; the address stays exact. */
const DURATION_UNITS = [
  { name: 's', scale: 1_000_000, from: 10_000_000 },
  { name: 'ms', scale: 1_000, from: 0 },
  { name: 'µs', scale: 1, from: 0 },
] as const;

export interface Unit {
  readonly name: string | null;
  /** How much of the parameter's own unit it is. */
  readonly scale: number;
}

export function unitOf({ type, unit }: ParameterDefinition, value: number): Unit {
  if (type !== 'duration') return { name: unit, scale: 1 };
  const fits = DURATION_UNITS.find(({ scale, from }) => value >= from && value % scale === 0);
  return fits ?? DURATION_UNITS[2];
}

/** "45 s", "16384 B", "all". */
export function valueText(definition: ParameterDefinition, value: ParameterValue): string {
  if (typeof value === 'string') return value;
  const { name, scale } = unitOf(definition, value);
  const number = String(value / scale);
  return name === null ? number : `${number} ${name}`;
}

/** "Default: 45 s."; where a scene needs another one than Kafka has, both. */
export function defaultText(definition: ParameterDefinition): string {
  const own = valueText(definition, definition.default);
  const kafkas = kafkaDefaultOf(definition);
  return kafkas === undefined || kafkas === definition.default
    ? `Default: ${own}.`
    : `Default here: ${own}; Kafka’s: ${valueText(definition, kafkas)}.`;
}

/** Ours have no dot in their names. */
const isKafkas = ({ name }: ParameterDefinition): boolean =>
  name.includes('.') || name === 'acks' || name === 'retries';

function kafkaDefaultOf(definition: ParameterDefinition): ParameterValue | undefined {
  if (!isKafkas(definition)) return undefined;
  const settings: Readonly<Record<string, ParameterValue>> = { ...DEFAULT_KAFKA_SETTINGS };
  return settings[definition.setting ?? ''] ?? SHAPES[definition.name];
}

/** What shapes the scene is no setting of the engine's. */
const SHAPES: Readonly<Record<string, ParameterValue>> = {
  'num.partitions': FURTHER_DEFAULTS['broker/topic']['num.partitions'],
  'default.replication.factor': FURTHER_DEFAULTS.broker['default.replication.factor'],
};
