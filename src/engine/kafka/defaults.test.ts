// The table of defaults and the file of Kafka's own say the same, both ways.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { KAFKA_DEFAULTS } from './defaults';

interface Vector {
  readonly scope: string;
  readonly name: string;
  readonly default: unknown;
}

const text = readFileSync(new URL('../vectors/kafka-defaults.json', import.meta.url), 'utf8');
const file = JSON.parse(text) as { readonly vectors: readonly Vector[] };

/** JSON has no integers beyond 2^53: both sides are rounded alike. */
const rounded = (value: unknown) => (typeof value === 'bigint' ? Number(value) : value);

const table = new Map<string, unknown>(
  Object.entries(KAFKA_DEFAULTS).flatMap(([scope, defaults]) =>
    Object.entries(defaults).map(([name, value]) => [`${scope} ${name}`, rounded(value)] as const),
  ),
);

test('the file holds defaults, each named once and with no field that nobody reads', () => {
  expect(file.vectors).not.toHaveLength(0);
  for (const vector of file.vectors) {
    expect(Object.keys(vector)).toEqual(['scope', 'name', 'default', 'source']);
  }
  const names = file.vectors.map(({ scope, name }) => `${scope} ${name}`);
  expect(new Set(names).size).toBe(names.length);
});

test.each(file.vectors)('$scope: $name is $default', (vector) => {
  const key = `${vector.scope} ${vector.name}`;
  expect([...table.keys()]).toContain(key);
  expect(table.get(key)).toEqual(vector.default);
});

test('the table holds nothing that the file does not', () => {
  const known = new Set(file.vectors.map(({ scope, name }) => `${scope} ${name}`));
  expect([...table.keys()].filter((key) => !known.has(key))).toEqual([]);
});

test('a number beyond 2^53 is exact to the last digit', () => {
  const messages = KAFKA_DEFAULTS['broker/topic']['log.flush.interval.messages'];
  expect(text).toContain(`"name": "log.flush.interval.messages", "default": ${messages},`);
});
