// How numbers read in a cell, and how they stand for scripts.
import { expect, test } from 'vitest';
import { rawText, valueText, wordsFor } from './measuredText';

const plain = (text: string): string => text.replaceAll('\u202f', ' ');

test('a number stands with its unit, as short as it is true', () => {
  expect(plain(valueText(43, 'milliseconds'))).toBe('43 ms');
  expect(plain(valueText(28.4, 'milliseconds'))).toBe('28 ms');
  expect(plain(valueText(9_540, 'milliseconds'))).toBe('9.5 s');
  expect(plain(valueText(1.5, 'bytes'))).toBe('1.5 B');
  expect(plain(valueText(35.4, 'rate'))).toBe('35');
  expect(plain(valueText(12, 'count'))).toBe('12');
});

test('a share that is nearly nothing or nearly all does not read as such', () => {
  expect(plain(valueText(0, 'percent'))).toBe('0 %');
  expect(plain(valueText(0.001, 'percent'))).toBe('< 1 %');
  expect(plain(valueText(0.999, 'percent'))).toBe('99 %');
  expect(plain(valueText(1, 'percent'))).toBe('100 %');
});

test('what has no value yet is a dash for people and empty for scripts', () => {
  expect(valueText(null, 'percent')).toBe('–');
  expect(rawText(null)).toBe('');
});

test('the raw text gives back the very number', () => {
  for (const value of [0, 1 / 3, 0.1 + 0.2, 122.25]) {
    expect(JSON.parse(rawText(value))).toBe(value);
  }
});

test('one connection is not written as several', () => {
  const measured = {
    measure: 'connections',
    format: 'count',
    words: 'connections',
    wordsForOne: 'connection',
  } as const;
  expect(wordsFor(measured, 1)).toBe('connection');
  expect(wordsFor(measured, 4)).toBe('connections');
});
