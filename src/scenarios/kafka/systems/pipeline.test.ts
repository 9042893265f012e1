// A pipeline: what the middle step passes on over its crash, when it commits, and who comes later.

import { describe, expect, test } from 'vitest';
import { ledgerAt } from '../../../engine/index';
import { messagesOf } from '../../checks/reading';
import type { Run } from '../../runScenario';
import { heardBy, nameOf, runOf, storyOf, transfersOf } from '../../testing/runOf';

const SAID = 40;
const usual = runOf('pipeline');
const everything = Array.from({ length: SAID }, (_, number) => `A#${number}`);

/** What of the source's words a sink has, in the order in which it got them. */
function hasFrom(run: Run, stage: 'kafka' | 'websocket', sink: string): string[] {
  const source = new Map(
    messagesOf(run, stage).map(({ index, replyTo }) => [nameOf(run, index), nameOf(run, replyTo)]),
  );
  return heardBy(run, stage, sink).map((name) => source.get(name) ?? '');
}

describe('a step that commits after its work', () => {
  test('passes everything on to both sinks over its crash, and one record twice', () => {
    const twice = [...everything.slice(0, 11), ...everything.slice(10)];
    expect(hasFrom(usual, 'kafka', 'C')).toEqual(twice);
    expect(hasFrom(usual, 'kafka', 'D')).toEqual(twice);
  });

  test('commits only what has been acknowledged in the next topic', () => {
    const acks = transfersOf(usual, 'kafka', 'ack').map(({ endMs }) => endMs);
    const commits = storyOf(usual, 'kafka').filter(
      ({ what, who }) => what === 'committed' && who === 'B',
    );
    expect(commits.length).toBeGreaterThan(20);
    // The first waits for its connection to the coordinator.
    for (const { ms } of commits.slice(1, 6)) expect(acks).toContain(ms - 10);
  });

  test.each([1_276, 1_280, 1_284, 1_290, 1_296, 1_304, 1_308, 1_320, 1_330])(
    'loses nothing if it crashes %i ms after the start instead',
    (ms) => {
      const acts = [`${ms} crash B`];
      const run = runOf('pipeline', {}, acts);
      expect(new Set(hasFrom(run, 'kafka', 'C'))).toEqual(new Set(everything));
    },
  );
});

describe('a step that commits before its work', () => {
  test('leaves out what it was working on when it crashed', () => {
    const run = runOf('pipeline', { commit: 'before' });
    const without = everything.filter((name) => name !== 'A#10');
    expect(hasFrom(run, 'kafka', 'C')).toEqual(without);
    expect(hasFrom(run, 'kafka', 'D')).toEqual(without);
  });
});

test('a step that commits now and then begins again where it had committed last', () => {
  const run = runOf('pipeline', { 'enable.auto.commit': 'on' });
  // Nothing was committed in the first five seconds: all eleven come again.
  const again = [...everything.slice(0, 11), ...everything];
  expect(hasFrom(run, 'kafka', 'C')).toEqual(again);
});

describe('a sink that comes later', () => {
  test('gets everything from the topic, though nobody sends anything again', () => {
    expect(hasFrom(usual, 'kafka', 'E')).toEqual(hasFrom(usual, 'kafka', 'C'));
    const produced = transfersOf(usual, 'kafka', 'produce').flatMap(({ said }) => said);
    expect(new Set(produced).size).toBe(produced.length);
  });

  test('misses at latest what came before it', () => {
    const run = runOf('pipeline', { 'auto.offset.reset': 'latest' });
    expect(hasFrom(run, 'kafka', 'E')[0]).not.toBe('A#0');
    expect(hasFrom(run, 'kafka', 'E').at(-1)).toBe(`A#${SAID - 1}`);
  });
});

test('over WebSocket nobody keeps what comes while the step is down', () => {
  const lost = everything.filter((name) => !hasFrom(usual, 'websocket', 'C').includes(name));
  expect(lost).toEqual(everything.slice(11, 21));
  const { missed } = ledgerAt(usual.index, 'websocket', usual.horizon);
  expect(missed).toBeGreaterThan(lost.length);
});
