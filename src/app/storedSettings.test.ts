// Stored settings are read with care: whatever stands there, the page opens.

import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS, readSettings, writeSettings } from './storedSettings';

const holding = (text: string | null) => () => ({ getItem: () => text, setItem: () => {} });
const closed = () => {
  throw new Error('The operation is insecure.');
};

test('nothing stored, nothing said', () => {
  expect(readSettings(holding(null))).toEqual({ settings: DEFAULT_SETTINGS, problem: null });
});

test('what was written is read back', () => {
  const written: string[] = [];
  const storage = () => ({
    getItem: () => written.at(-1) ?? null,
    setItem: (_: string, text: string) => void written.push(text),
  });
  const settings = { theme: 'dark', motion: 'stations', letterKeys: false } as const;
  writeSettings(storage, settings);
  expect(readSettings(storage).settings).toEqual(settings);
});

test.each(['{', '"dark"', 'null', '{"theme":"pink","letterKeys":true}', '{"letterKeys":3}'])(
  '%s gives the defaults and a sentence',
  (text) => {
    const { settings, problem } = readSettings(holding(text));
    expect(settings.theme).toBe('auto');
    expect(problem).toMatch(/could not be read/);
  },
);

test('closed storage gives the defaults in silence', () => {
  expect(readSettings(closed)).toEqual({ settings: DEFAULT_SETTINGS, problem: null });
  expect(() => writeSettings(closed, DEFAULT_SETTINGS)).not.toThrow();
});
