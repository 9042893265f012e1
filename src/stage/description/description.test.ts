// The words for an instant: true, plain, and short enough to be heard.

import { expect, test } from 'vitest';
import { instant, stepInstants } from '../../engine/index';
import { SCENARIOS } from '../../scenarios/registry';
import { type RunSpec, runScenario } from '../../scenarios/runScenario';
import { describeStage } from './describeStage';
import { stageSummary } from './stageSummary';
import { stepSentence } from './stepSentence';

const runOf = (scenarioId: string, differing: Partial<RunSpec> = {}) =>
  runScenario({ scenarioId, parameters: {}, seed: 7, interventions: [], ...differing });

const sentenceAt = (scenarioId: string, ms: number): string =>
  stepSentence(runOf(scenarioId).index, instant(ms * 1_000));

test('every step of every scenario has a sentence of at most 25 words', () => {
  for (const { id } of SCENARIOS) {
    const { index } = runOf(id);
    for (const time of stepInstants(index)) {
      const sentence = stepSentence(index, instant(time));
      expect(sentence, `${id} at ${time}`).not.toBe('');
      expect(sentence.split(/\s+/).length, sentence).toBeLessThanOrEqual(25);
    }
  }
});

test('a sentence says what happens on both stages', () => {
  expect(sentenceAt('one-message', 0)).toContain('Ana sends message 0.');
  expect(sentenceAt('one-message', 20)).toBe('WebSocket: message 0 reaches Ben.');
  expect(sentenceAt('both-talk', 10)).toBe('Kafka: 2 messages are written at place 0.');
  expect(sentenceAt('both-talk', 43)).toContain('Kafka: 2 messages reach');
});

test('going away, coming back and missing are said', () => {
  expect(sentenceAt('tunnel', 10_000)).toBe('Ben goes away.');
  expect(sentenceAt('tunnel', 20_000)).toContain('Ben is back');
  expect(sentenceAt('tunnel', 10_500)).toContain('WebSocket: Ben misses message 10 (away)');
});

test('a crash and a restart are said of the machine in the middle', () => {
  expect(sentenceAt('durability', 1_600)).toContain('crashes');
  expect(sentenceAt('durability', 2_600)).toContain('restarts');
  const { bookmarks } = runOf('durability');
  const late = bookmarks.find(({ id }) => id === 'late')?.at ?? 0;
  expect(sentenceAt('durability', late / 1_000)).toContain('Cy comes');
});

test('a summary names the connection, the senders and the share of both at once', () => {
  const { index } = runOf('both-talk');
  expect(stageSummary(index, 'websocket', instant(30_000))).toBe(
    'WebSocket: connected. Ana sends message 1, Ben sends message 1. Both at once 100\u202f%.',
  );
  const tunnel = runOf('tunnel').index;
  expect(stageSummary(tunnel, 'websocket', instant(15_000_000))).toContain('Ben is away. 5 missed');
  expect(stageSummary(tunnel, 'kafka', instant(15_000_000))).toContain('5 waiting');
});

test('both stages are described in the same parts', () => {
  const { index } = runOf('both-talk');
  const kafka = describeStage(index, 'kafka', instant(15_000));
  const websocket = describeStage(index, 'websocket', instant(15_000));
  expect(kafka.people.map(({ name }) => name)).toEqual(['Ana', 'Ben']);
  expect(websocket.people.map(({ state }) => state)).toEqual([
    'sends and gets at once',
    'sends and gets at once',
  ]);
  expect(kafka.logs[0]?.state).toBe('1 message stored, Ben reads 0 next');
  expect(websocket.logs).toEqual([]);
  expect(kafka.messages).toBe('0 arrived, 2 waiting, 0 on the way, 0 missed');
});

test('what is described has a key of its own', () => {
  for (const { id, stages } of SCENARIOS) {
    const run = runOf(id);
    for (const stage of stages) {
      const { people, connections, logs } = describeStage(run.index, stage, run.horizon);
      for (const list of [people, connections, logs]) {
        const keys = list.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
      }
    }
  }
});

test('a gateway says how many pages are on it and what it reads, or that it has stopped', () => {
  const { index } = runOf('better-together');
  const statesAt = (ms: number) =>
    describeStage(index, 'together', instant(ms * 1_000))
      .connections.filter(({ key }) => key.startsWith('gateway-') && !key.includes(' '))
      .map(({ state }) => state);
  expect(statesAt(2_900)).toEqual(['3 pages, reads 15 next', '2 pages, reads 15 next']);
  expect(statesAt(4_400)).toEqual(['stopped', '6 pages, reads 26 next']);
});
