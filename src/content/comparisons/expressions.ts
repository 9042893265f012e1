// The measured expressions that several cells share.
import type { Measured } from './comparison';

export const bothAtOnce: Measured = {
  measure: 'overlapParticipant',
  format: 'percent',
  words: 'both at once',
};

export const readAgain: Measured = {
  measure: 'stored',
  format: 'count',
  words: 'can be read again',
};

export const storedNow: Measured = { measure: 'stored', format: 'count', words: 'stored' };

export const openConnections: Measured = {
  measure: 'connections',
  format: 'count',
  words: 'connections',
  wordsForOne: 'connection',
};

export const onTheWay: Measured = {
  measure: 'transitP50',
  format: 'milliseconds',
  words: 'on the way',
};

export const slowestArrival: Measured = {
  measure: 'latencyP99',
  format: 'milliseconds',
  words: 'or less from wish to arrival',
};

export const aroundEach: Measured = {
  measure: 'overheadBytesPerMessage',
  format: 'bytes',
  words: 'around each message',
};

export const hopsEach: Measured = {
  measure: 'hops',
  format: 'count',
  words: 'hops each',
  wordsForOne: 'hop each',
};

export const missedSoFar: Measured = {
  measure: 'missed',
  format: 'count',
  outOf: 'sent',
  words: 'missed',
};

export const needsReader: Measured = {
  measure: 'coupled',
  format: 'percent',
  words: 'need the reader online',
};
