// Every parameter is shown with its default and unit, and Kafka's bear Kafka's names.

import { expect, test } from 'vitest';
import type { ParameterDefinition } from '../../scenarios/defineScenario';
import { KAFKA_SCENARIOS } from '../../scenarios/kafka/kafkaScenarios';
import { KAFKA_PARAMETERS } from '../../scenarios/kafkaParameters';
import { PARAMETERS, withDefault } from '../../scenarios/parameters';
import { defaultText, valueText } from './parameterText';

test('a default stands in the unit in which it is typed', () => {
  expect(defaultText(PARAMETERS.acks)).toBe('Default: all.');
  expect(defaultText(PARAMETERS.linger)).toBe('Default: 5 ms.');
  expect(defaultText(PARAMETERS.brokerDistance)).toBe('Default: 1500 µs.');
  expect(defaultText(KAFKA_PARAMETERS.batchSize)).toBe('Default: 16384 B.');
  expect(defaultText(KAFKA_PARAMETERS.append)).toBe('Default: 0 ms.');
});

test('where a scene departs from Kafka, both defaults are said', () => {
  const quick = withDefault(KAFKA_PARAMETERS.sessionTimeout, 6_000_000);
  expect(defaultText(quick)).toBe('Default here: 6000 ms; Kafka’s: 45 s.');
  expect(defaultText(PARAMETERS.replicationFactor)).toBe('Default here: 3; Kafka’s: 1.');
  expect(defaultText(PARAMETERS.autoOffsetReset)).toBe('Default here: earliest; Kafka’s: latest.');
});

const all: readonly ParameterDefinition[] = KAFKA_SCENARIOS.flatMap(({ parameters }) => parameters);

test('every duration and size of the cluster’s scenes is shown with its unit', () => {
  for (const definition of all) {
    const isMeasured = definition.type === 'duration' || definition.unit !== null;
    const text = valueText(definition, definition.default);
    expect(text, definition.name).toMatch(isMeasured ? / (s|ms|µs|B|%)$/ : /^\S+$/);
  }
});

test('what Kafka can be told bears Kafka’s own name as its label', () => {
  const kafkas = all.filter(({ name }) => name.includes('.') || name === 'acks');
  expect(kafkas.length).toBeGreaterThan(50);
  expect(kafkas.filter(({ name, label }) => name !== label)).toEqual([]);
});
