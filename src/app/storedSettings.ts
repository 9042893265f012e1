// Settings that outlive a visit; storage may be closed or hold anything, so it is read with care.

const CHOICES = {
  theme: ['auto', 'light', 'dark'],
  /** Auto follows the system's wish for less motion. */
  motion: ['auto', 'flight', 'stations'],
} as const;

export interface Settings {
  readonly theme: (typeof CHOICES)['theme'][number];
  readonly motion: (typeof CHOICES)['motion'][number];
  /** Whether single letters work as keys. */
  readonly letterKeys: boolean;
}
export type Theme = Settings['theme'];
export type Motion = Settings['motion'];

export const DEFAULT_SETTINGS: Settings = { theme: 'auto', motion: 'auto', letterKeys: true };

const STORAGE_KEY = 'both-ways.settings';
const UNREADABLE =
  'The settings stored in this browser could not be read, so the defaults hold. ' +
  'Choose again and they are stored anew.';

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
  const stored = parseObject(text);
  if (stored === null) return { settings: DEFAULT_SETTINGS, problem: UNREADABLE };
  // A name that is missing is no fault: an earlier version did not know it.
  const { theme = 'auto', motion = 'auto', letterKeys = true } = stored;
  const settings: Settings = {
    theme: CHOICES.theme.find((choice) => choice === theme) ?? 'auto',
    motion: CHOICES.motion.find((choice) => choice === motion) ?? 'auto',
    letterKeys: typeof letterKeys === 'boolean' ? letterKeys : true,
  };
  const isSound =
    settings.theme === theme && settings.motion === motion && settings.letterKeys === letterKeys;
  return { settings, problem: isSound ? null : UNREADABLE };
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

function parseObject(text: string): Partial<Record<keyof Settings, unknown>> | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? parsed : null;
  } catch {
    return null;
  }
}
