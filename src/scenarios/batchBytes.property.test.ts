// The record batches that are rebuilt from a trace are as long as the run counted, in every scene.

import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { describeBatch, recordBatches } from '../engine/doors/wire';
import { TRANSFER_TYPES } from '../engine/index';
import { SCENARIOS } from './registry';
import { type Run, runScenario } from './runScenario';
import { drawnRunSpec } from './testing/drawnRun';
import { runOf } from './testing/runOf';
import { carriedBy } from './testing/traceColumns';

vi.setConfig({ testTimeout: 120_000 });

const scenes = SCENARIOS.filter(({ stages }) => stages.includes('kafka'));
/** The first ones of a long run are as good as all. */
const FIRST = 1_200;

/** What stands around the batches: once, and for each partition. */
const AROUND: Readonly<Record<string, readonly [number, number]>> = {
  produce: [30, 16],
  records: [19, 50],
  emptyAnswer: [19, 50],
};

function expectSizes({ index: { trace } }: Run): void {
  const { transfers, legend } = trace;
  for (let transfer = 0; transfer < Math.min(FIRST, transfers.count); transfer += 1) {
    const type = TRANSFER_TYPES[transfers.type[transfer] as number] ?? '';
    const [once, each] = AROUND[type] ?? [0, 0];
    const connection = legend.connections[transfers.connection[transfer] as number];
    const isKafka = connection?.purpose === 'producer' || connection?.purpose === 'consumer';
    if (once === 0 || !isKafka) continue;
    const batches = recordBatches(trace, transfer);
    const partitions = new Set(batches.map(({ partition }) => partition)).size;
    const length = batches.reduce((sum, { bytes }) => sum + bytes.length, 0);
    const counted = (transfers.bytes[transfer] as number) - once - each * partitions;
    expect({ transfer, type, length }).toEqual({ transfer, type, length: counted });
    const messages = batches.flatMap((batch) => batch.messages);
    expect(messages).toEqual(expect.arrayContaining(carriedBy(trace, transfer)));
    for (const { bytes } of batches) expectReadable(bytes);
  }
}

function expectReadable(bytes: Uint8Array): void {
  const { header, records } = describeBatch(bytes);
  expect(header.find(({ name }) => name === 'CRC-32C')?.meaning).toBe('fits the bytes after it');
  const count = header.find(({ name }) => name === 'Record count')?.meaning;
  expect(count).toBe(String(records.length));
  const parts = [...header, ...records.flatMap(({ fields }) => fields)];
  expect(parts.reduce((sum, part) => sum + part.bytes, 0)).toBe(bytes.length);
}

test.each(scenes.map(({ id }) => id))('%s', (id) => {
  expectSizes(runOf(id));
});

test('whatever its parameters are and whatever happens', () => {
  const numbers = fc.array(fc.nat(), { minLength: 1, maxLength: 36, size: 'max' });
  fc.assert(
    fc.property(numbers, (drawn) => expectSizes(runScenario(drawnRunSpec(drawn, scenes)))),
    { seed: 20_261_121, numRuns: 60 },
  );
});
