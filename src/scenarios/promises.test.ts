// The numbers that the comparison is about, each measured in its scene.

import { describe, expect, test } from 'vitest';
import { ledgerAt, measuresAt, type StageId } from '../engine/index';
import type { Run } from './runScenario';
import { heardBy, runOf } from './testing/runOf';

const atEnd = (run: Run, stage: StageId) => measuresAt(run.index, stage, run.horizon);
const missed = (run: Run, stage: StageId) => ledgerAt(run.index, stage, run.horizon).missed;
const SECOND = 1_000_000;

describe('tunnel', () => {
  test('WebSocket misses 10 and Kafka none, whatever the seed', () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const run = runOf('tunnel', {}, [], seed);
      expect([missed(run, 'websocket'), missed(run, 'kafka')]).toEqual([10, 0]);
      expect(atEnd(run, 'kafka').delivered).toBe(30);
    }
  });

  test.each([
    { replayWindow: 0, durability: 'on', corners: [10, 0] },
    { replayWindow: 0, durability: 'off', corners: [10, 10] },
    { replayWindow: 60 * SECOND, durability: 'on', corners: [0, 0] },
    { replayWindow: 60 * SECOND, durability: 'off', corners: [0, 10] },
  ])('with $replayWindow µs of replay and durability $durability: $corners', (corner) => {
    const { corners, ...parameters } = corner;
    for (const seed of [0, 7, 41]) {
      const run = runOf('tunnel', parameters, [], seed);
      expect([missed(run, 'websocket'), missed(run, 'kafka')]).toEqual(corners);
    }
  });

  test('Kafka catches up at once and in order when Ben is back', () => {
    const run = runOf('tunnel');
    const before = ledgerAt(run.index, 'kafka', 20 * SECOND);
    const after = ledgerAt(run.index, 'kafka', 20 * SECOND + 100_000);
    expect([before.delivered, before.waiting, before.missed]).toEqual([10, 10, 0]);
    expect([after.delivered, after.waiting, after.recovered]).toEqual([20, 0, 10]);
    const everything = Array.from({ length: 30 }, (_, number) => `A#${number}`);
    expect(heardBy(run, 'kafka', 'B')).toEqual(everything);
  });

  test('retention shorter than the absence costs what grew too old', () => {
    const run = runOf('tunnel', { 'retention.ms': 3 * SECOND });
    expect(missed(run, 'kafka')).toBe(7);
    expect(atEnd(run, 'kafka').delivered).toBe(23);
  });
});

describe('both-talk', () => {
  test('in loop mode WebSocket overlaps and Kafka does not, 20 and 43 ms, within 300 ms', () => {
    const run = runOf('both-talk');
    const [websocket, kafka] = [atEnd(run, 'websocket'), atEnd(run, 'kafka')];
    expect(websocket.overlapConnection).toBeGreaterThanOrEqual(0.95);
    expect(websocket.overlapParticipant).toBeGreaterThanOrEqual(0.95);
    expect([kafka.overlapConnection, kafka.overlapParticipant]).toEqual([0, 0]);
    expect(websocket.transitMs).toEqual({ p50: 20, p99: 20 });
    expect(kafka.transitMs).toEqual({ p50: 43, p99: 43 });
    expect([websocket.delivered, kafka.delivered]).toEqual([12, 12]);
  });

  test('in threads mode a person on Kafka overlaps, a connection does not', () => {
    const kafka = atEnd(runOf('both-talk', { mode: 'threads' }), 'kafka');
    expect(kafka.overlapParticipant).toBeCloseTo(0.14, 2);
    expect(kafka.overlapConnection).toBe(0);
  });

  test('without durability those who are connected get everything', () => {
    for (const mode of ['loop', 'threads']) {
      for (const prefetch of ['off', 'on']) {
        const run = runOf('both-talk', { durability: 'off', mode, prefetch });
        expect([atEnd(run, 'kafka').delivered, missed(run, 'kafka')]).toEqual([12, 0]);
      }
    }
  });
});

describe('many-talk', () => {
  test('with one fetch for each log, as a real consumer has it, the person overlaps 0.46', () => {
    const run = runOf('many-talk', { standingFetches: 1 });
    expect(atEnd(run, 'kafka').overlapParticipant).toBeCloseTo(97 / 213, 6);
    expect(atEnd(run, 'kafka').overlapConnection).toBe(0);
  });

  test('ten people find a fetch waiting as two do', () => {
    const run = runOf('many-talk', { participants: 10 });
    expect(atEnd(run, 'kafka').transitMs.p50).toBe(28);
  });

  test('people on Kafka send while they get, connections still alternate; p50 is 20 and 28 ms', () => {
    const run = runOf('many-talk');
    const [websocket, kafka] = [atEnd(run, 'websocket'), atEnd(run, 'kafka')];
    expect(kafka.overlapParticipant).toBeGreaterThan(0.8);
    expect(kafka.overlapParticipant).toBeCloseTo(0.88, 2);
    expect(kafka.overlapConnection).toBe(0);
    expect([websocket.latencyMs.p50, kafka.latencyMs.p50]).toEqual([20, 28]);
  });
});

describe('durability', () => {
  test('after the restart WebSocket recovers nothing, Kafka all that was acknowledged', () => {
    const run = runOf('durability');
    expect(atEnd(run, 'websocket').recovered).toBe(0);
    const kafka = atEnd(run, 'kafka');
    expect([kafka.missed, kafka.delivered, kafka.stored]).toEqual([0, 24, 12]);
    // Cy's twelve came from storage, and so did what was written before Ben found the new leader.
    expect(heardBy(run, 'kafka', 'C')).toHaveLength(12);
    expect(kafka.recovered).toBe(16);
  });

  test('a late reader gets everything at earliest and nothing old at latest', () => {
    const early = runOf('durability', { 'auto.offset.reset': 'earliest' });
    const late = runOf('durability', { 'auto.offset.reset': 'latest' });
    expect(heardBy(early, 'kafka', 'C')).toHaveLength(12);
    expect(heardBy(late, 'kafka', 'C')).toEqual([]);
    expect(missed(late, 'kafka')).toBe(12);
    expect(heardBy(early, 'websocket', 'C')).toEqual([]);
  });
});

describe('ask-and-answer', () => {
  test('a round takes two trips and two workings, on Kafka with what Kafka adds', () => {
    const run = runOf('ask-and-answer');
    expect(heardBy(run, 'websocket', 'A')).toEqual(['B#0', 'B#1', 'B#2']);
    expect(heardBy(run, 'kafka', 'A')).toHaveLength(3);
    expect(atEnd(run, 'websocket').transitMs.p50).toBe(20);
  });
});

describe('bare-channel', () => {
  test('both speak at once on full-duplex and never on half-duplex', () => {
    const run = runOf('bare-channel');
    expect(atEnd(run, 'half-duplex').overlapWire).toBe(0);
    expect(atEnd(run, 'full-duplex').overlapWire).toBeGreaterThan(0.3);
    expect(atEnd(run, 'half-duplex').delivered).toBe(6);
    const [half, full] = [atEnd(run, 'half-duplex'), atEnd(run, 'full-duplex')];
    expect(half.latencyMs.p99).toBeGreaterThan(full.latencyMs.p99 ?? Number.NaN);
  });
});

describe('anatomy', () => {
  test('everything is open at 0, and nobody has said anything', () => {
    const run = runOf('anatomy');
    for (const stage of run.scenario.stages) {
      const measures = measuresAt(run.index, stage, 0);
      expect([measures.sent, measures.connections]).toEqual([0, stage === 'kafka' ? 4 : 1]);
    }
  });
});
