// The tables of defaults and the file of Kafka's own say the same, both ways.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type DefaultsByScope, KAFKA_DEFAULTS } from './defaults';
import { FURTHER_DEFAULTS } from './furtherDefaults';

interface Vector {
  readonly scope: string;
  readonly name: string;
  readonly default: unknown;
}

const text = readFileSync(new URL('../vectors/kafka-defaults.json', import.meta.url), 'utf8');
const file = JSON.parse(text) as { readonly vectors: readonly Vector[] };

/** JSON has no integers beyond 2^53: both sides are rounded alike. */
const rounded = (value: unknown) => (typeof value === 'bigint' ? Number(value) : value);

const rowsOf = (defaults: DefaultsByScope) =>
  Object.entries(defaults).flatMap(([scope, values]) =>
    Object.entries(values).map(([name, value]) => [`${scope} ${name}`, rounded(value)] as const),
  );
const rows = [...rowsOf(KAFKA_DEFAULTS), ...rowsOf(FURTHER_DEFAULTS)];
const table = new Map<string, unknown>(rows);

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

test('the tables hold nothing that the file does not, and nothing twice', () => {
  expect(table.size).toBe(rows.length);
  const known = new Set(file.vectors.map(({ scope, name }) => `${scope} ${name}`));
  expect([...table.keys()].filter((key) => !known.has(key))).toEqual([]);
});

test('a number beyond 2^53 is exact to the last digit', () => {
  const messages = FURTHER_DEFAULTS['broker/topic']['log.flush.interval.messages'];
  expect(text).toContain(`"name": "log.flush.interval.messages", "default": ${messages},`);
});
