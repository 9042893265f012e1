// Every transfer of every scene has bytes to show, or says that only its size is counted; cells and
// groups of a frame add up to it.

import { expect, test, vi } from 'vitest';
import { describeFrame } from '../../engine/doors/wire';
import { TRANSFER_TYPES } from '../../engine/index';
import { SCENARIOS } from '../../scenarios/registry';
import { runScenario } from '../../scenarios/runScenario';
import { byteGroups, headBits, MOST_BYTES, spoken } from './frameCells';
import { transferBytes, transferTitle } from './transferBytes';

vi.setConfig({ testTimeout: 120_000 });

const FIRST = 150;
/** What carries messages, or belongs to WebSocket, is never a size alone. */
const WITH_BYTES = ['message', 'records', 'produce', 'close', 'ping', 'pong', 'event', 'post'];

test.each(SCENARIOS.map(({ id }) => id))('%s', (scenarioId) => {
  const run = runScenario({ scenarioId, parameters: {}, seed: 7, interventions: [] });
  const { trace } = run.index;
  const { transfers, legend } = trace;
  for (let transfer = 0; transfer < Math.min(FIRST, transfers.count); transfer += 1) {
    const type = TRANSFER_TYPES[transfers.type[transfer] as number] ?? '';
    const { purpose } = legend.connections[transfers.connection[transfer] as number] ?? {};
    const shown = transferBytes(trace, transfer);
    const name = `${transfer} ${type} ${purpose}`;
    expect(transferTitle(trace, transfer), name).toMatch(/^[A-Z].* from .+ to .+$/);
    if (purpose !== 'channel' && WITH_BYTES.includes(type)) {
      expect([name, shown.kind]).not.toEqual([name, 'size']);
    }
    if (shown.kind === 'frame') expectFrame(shown.bytes);
  }
});

function expectFrame(bytes: Uint8Array): void {
  const fields = describeFrame(bytes);
  const bits = headBits(fields, bytes).flatMap((byte) => byte.flatMap((field) => field.bits));
  const head = ((bytes[0] as number) << 8) | (bytes[1] as number);
  expect(Number.parseInt(bits.join(''), 2)).toBe(head);
  const groups = byteGroups(bytes, fields);
  const count = groups.reduce((sum, { cells }) => sum + countOf(cells), 2);
  expect(count).toBe(bytes.length);
}

/** The last cell may say how many more there are. */
function countOf(cells: readonly string[]): number {
  const more = cells.at(-1)?.startsWith('+') ? Number(cells.at(-1)?.slice(1)) - 1 : 0;
  expect(cells.length).toBeLessThanOrEqual(MOST_BYTES);
  return cells.length + more;
}

test('what fills a message up is left out', () => {
  expect(spoken('Ana 3 ........')).toBe('Ana 3 …');
  expect(spoken('x'.repeat(60))).toHaveLength(48);
});
