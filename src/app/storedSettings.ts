// Settings that outlive a visit; storage may be closed or hold anything, so it is read with care.

import * as v from 'valibot';

const SettingsSchema = v.object({
  theme: v.fallback(v.picklist(['auto', 'light', 'dark']), 'auto'),
  /** Auto follows the system's wish for less motion. */
  motion: v.fallback(v.picklist(['auto', 'flight', 'stations']), 'auto'),
  letterKeys: v.fallback(v.boolean(), true),
});
const SoundSchema = v.object({
  theme: v.picklist(['auto', 'light', 'dark']),
  motion: v.picklist(['auto', 'flight', 'stations']),
  letterKeys: v.boolean(),
});
export type Settings = v.InferOutput<typeof SettingsSchema>;
export type Theme = Settings['theme'];

export type Motion = Settings['motion'];

export const DEFAULT_SETTINGS: Settings = { theme: 'auto', motion: 'auto', letterKeys: true };

const STORAGE_KEY = 'both-ways.settings';

/** The part of `Storage` that is used; reaching for it may already throw in a sandboxed frame. */
export type SettingsStorage = () => Pick<Storage, 'getItem' | 'setItem'>;

export interface ReadSettings {
  readonly settings: Settings;
  /** A sentence when something stood there that could not be read; null otherwise. */
  readonly problem: string | null;
}

export function readSettings(storage: SettingsStorage): ReadSettings {
  const text = storedText(storage);
  if (text === null) return { settings: DEFAULT_SETTINGS, problem: null };
  const stored = parseJson(text);
  const isSound = v.is(v.partial(SoundSchema), stored);
  const read = v.safeParse(SettingsSchema, stored);
  return {
    settings: read.success ? read.output : DEFAULT_SETTINGS,
    problem: isSound
      ? null
      : 'The settings stored in this browser could not be read, so the defaults hold. ' +
        'Choose again and they are stored anew.',
  };
}

/** Stores the settings; where storage is closed they hold for this visit only. */
export function writeSettings(storage: SettingsStorage, settings: Settings): void {
  try {
    storage().setItem(STORAGE_KEY, JSON.stringify(settings));
  } catch {
    // A sandboxed frame has no storage: nothing to do, nothing to say.
  }
}

function storedText(storage: SettingsStorage): string | null {
  try {
    return storage().getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
