// The text that is rebuilt from a trace is as long as the run counted, whatever happens in it.

import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { httpText } from '../../engine/doors/wire';
import { TRANSFER_TYPES } from '../../engine/index';
import { type Run, runScenario } from '../runScenario';
import { SOCKET_SCENARIOS } from '../socketScenarios';
import { drawnRunSpec } from '../testing/drawnRun';
import { runOf, transfersOf } from '../testing/runOf';
import { HTTP_SCENARIOS } from './httpScenarios';

vi.setConfig({ testTimeout: 60_000 });

const numbers = fc.array(fc.nat(), { minLength: 1, maxLength: 36, size: 'max' });
const scenes = SOCKET_SCENARIOS.filter(({ id }) => HTTP_SCENARIOS.some((scene) => scene.id === id));

function expectSizes({ index: { trace } }: Run): number {
  const { transfers, legend } = trace;
  let texts = 0;
  for (let transfer = 0; transfer < transfers.count; transfer += 1) {
    const connection = legend.connections[transfers.connection[transfer] as number];
    const type = TRANSFER_TYPES[transfers.type[transfer] as number];
    const isHttp = ['http', 'post', 'get'].includes(connection?.purpose ?? '');
    const text = httpText(trace, transfer);
    if (!isHttp || type === 'tcp') expect(text).toBeNull();
    else {
      expect({ transfer, type, bytes: text?.length }).toEqual({
        ...{ transfer, type },
        bytes: transfers.bytes[transfer],
      });
      texts += 1;
    }
  }
  return texts;
}

test('every request and every answer of the scenes as they come', () => {
  for (const { id, stages } of scenes) {
    const hasHttp = stages.includes('polling');
    expect(expectSizes(runOf(id)) > 0).toBe(hasHttp);
  }
});

test('and of any run with faults and windows', () => {
  fc.assert(
    fc.property(numbers, fc.constantFrom(0, 100_000, 5_000_000), (drawn, eventWindow) => {
      const spec = drawnRunSpec(drawn, scenes);
      const isPolling = spec.scenarioId === 'polling';
      const parameters = isPolling ? { ...spec.parameters, eventWindow } : spec.parameters;
      expectSizes(runScenario({ ...spec, parameters }));
    }),
    { seed: 20_261_121, numRuns: 150 },
  );
});

test('a reader who comes back says what it saw last, and gets what came after it', () => {
  const run = runOf('polling', { eventWindow: 1_000_000 }, ['265 disconnect B', '700 reconnect B']);
  const { trace } = run.index;
  const texts = (type: string): string[] =>
    transfersOf(run, 'sse', type)
      .filter(({ connection }) => trace.legend.connections[connection]?.id.startsWith('B-'))
      .map(({ transfer }) => httpText(trace, transfer) ?? '');
  expect(texts('get')).toEqual([
    'GET /events?for=B HTTP/1.1\r\nHost: server\r\nAccept: text/event-stream\r\n' +
      'Cache-Control: no-store\r\n\r\n',
    'GET /events?for=B HTTP/1.1\r\nHost: server\r\nAccept: text/event-stream\r\n' +
      'Cache-Control: no-store\r\nLast-Event-ID: 0-1\r\n\r\n',
  ]);
  expect(texts('eventStream')[1]).toMatch(/\r\n\r\n12\r\nretry: 0\nid: 0-1\n\n\r\n$/);
  expect(texts('event').map((text) => /id: (\S+)\ndata: (\w+ \d)/.exec(text)?.slice(1))).toEqual([
    ['0-1', 'Ana 0'],
    ['0-2', 'Ana 1'],
    ['0-2', 'Ana 1'],
    ['0-3', 'Ana 2'],
    ['0-4', 'Ana 3'],
  ]);
});
