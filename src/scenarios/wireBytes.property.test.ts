// The bytes that are rebuilt from a trace are as many as the run counted, in every scene.

import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { describeFrame, frameBytes, handshakeText } from '../engine/doors/wire';
import { TRANSFER_TYPES, type Trace } from '../engine/index';
import { SCENARIOS } from './registry';
import { type Run, runScenario } from './runScenario';
import { drawnRunSpec } from './testing/drawnRun';
import { runOf } from './testing/runOf';

vi.setConfig({ testTimeout: 60_000 });

const scenes = SCENARIOS.filter(({ stages }) => stages.includes('websocket'));
/** A frame looks the same wherever it stands, so that the first ones of a long run will do. */
const FIRST = 3_000;

function expectSizes({ index: { trace } }: Run): void {
  const { transfers, legend } = trace;
  const texts = new Map<number, string>();
  legend.connections.forEach((_, connection) => {
    for (const half of handshakeText(trace, connection)) texts.set(half.transfer, half.text);
  });
  for (let transfer = 0; transfer < Math.min(FIRST, transfers.count); transfer += 1) {
    const connection = legend.connections[transfers.connection[transfer] as number];
    if (connection?.purpose !== 'websocket') continue;
    const type = TRANSFER_TYPES[transfers.type[transfer] as number];
    const bytes = frameBytes(trace, transfer);
    const length = sizeOf(trace, transfer) === 0 ? 0 : (bytes ?? texts.get(transfer))?.length;
    expect({ transfer, type, length }).toEqual({ transfer, type, length: sizeOf(trace, transfer) });
    if (bytes && type !== 'badFrame')
      expectReadable(bytes, transfers.to[transfer] === connection.server);
  }
}

const sizeOf = ({ transfers }: Trace, transfer: number) => transfers.bytes[transfer];

/** The end that gets it finds one whole frame, masked if it must be. */
function expectReadable(bytes: Uint8Array, isAtServer: boolean): void {
  const fields = describeFrame(bytes);
  expect(fields.reduce((sum, { bits }) => sum + bits, 0)).toBe(bytes.length * 8);
  expect(fields.find(({ name }) => name === 'MASK')?.value).toBe(isAtServer ? '1' : '0');
  expect(fields.at(-1)).toMatchObject({ name: 'payload' });
  expect(fields.at(-1)?.meaning).not.toMatch(/Not all|no text/);
}

test.each(scenes.map(({ id }) => id))('%s', (id) => {
  expectSizes(runOf(id));
});

test('whatever its parameters are and whatever happens', () => {
  const numbers = fc.array(fc.nat(), { minLength: 1, maxLength: 36, size: 'max' });
  fc.assert(
    fc.property(numbers, (drawn) => expectSizes(runScenario(drawnRunSpec(drawn, scenes)))),
    { seed: 20_260_902, numRuns: 100 },
  );
});

test('the same run has the same bytes, and another seed other masks and keys', () => {
  const [one, same, other] = [7, 7, 8].map((seed) => runOf('both-talk', {}, [], seed).index.trace);
  if (!one || !same || !other) throw new Error('There are three runs.');
  const message = TRANSFER_TYPES.indexOf('message');
  const transfer = one.transfers.type.findIndex(
    (type, index) =>
      type === message &&
      one.legend.connections[one.transfers.connection[index] as number]?.client ===
        one.transfers.from[index],
  );
  expect(transfer).toBeGreaterThan(0);
  expect(frameBytes(one, transfer)).toEqual(frameBytes(same, transfer));
  expect(frameBytes(one, transfer)).not.toEqual(frameBytes(other, transfer));
  const connection = one.transfers.connection[transfer] as number;
  expect(handshakeText(one, connection)).toEqual(handshakeText(same, connection));
  expect(handshakeText(one, connection)).not.toEqual(handshakeText(other, connection));
});
