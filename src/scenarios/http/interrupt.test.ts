// "Stop!": on a line in turns it waits for the words that are due, and over Kafka for the poll.

import { expect, test } from 'vitest';
import type { StageId } from '../../engine/index';
import type { ParameterValues } from '../defineScenario';
import { runOf, storyOf } from '../testing/runOf';

const STOP_MS = 70;

/** From Ben's wish to Ana's ear, in milliseconds. */
function timeToInterrupt(stage: StageId, parameters: ParameterValues = {}): number {
  const heard = storyOf(runOf('interrupt', parameters), stage).find(
    ({ what, who, said }) => what === 'delivered' && who === 'A' && said === 'B#0',
  );
  return (heard?.ms ?? Number.NaN) - STOP_MS;
}

test('on a full-duplex line it goes at once: 40 ms to say, 20 ms to get there', () => {
  expect(timeToInterrupt('full-duplex')).toBe(60);
});

test('on a half-duplex line it waits for the words before it, and for the line to turn', () => {
  // Three words until 120, the way, the turn; then its own 40 and 20.
  expect(timeToInterrupt('half-duplex')).toBe(50 + 20 + 5 + 60);
});

test('the line to turn is what it waits for, too', () => {
  expect(timeToInterrupt('half-duplex', { turnaround: 0 })).toBe(130);
});

test('WebSocket needs the way alone, whatever Ana says', () => {
  expect(timeToInterrupt('websocket')).toBe(20);
});

test('over Kafka Ben is in poll() when he wants to speak, and Ana polls when she has spoken', () => {
  expect(timeToInterrupt('kafka')).toBeGreaterThan(5 * timeToInterrupt('websocket'));
});

test('with threads only the batch and the copies are left', () => {
  expect(timeToInterrupt('kafka', { mode: 'threads' })).toBe(28);
});
