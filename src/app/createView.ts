// How the visitor looks at the run: page, lens, settings, what is open; nothing of the run itself.

import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type { Lens } from '../engine/index';
import type { Page } from './address/address';
import type { Settings, SettingsStorage } from './storedSettings';
import { readSettings, writeSettings } from './storedSettings';

export const LENSES: readonly Lens[] = ['conversation', 'connection', 'wire'];

export interface ViewState {
  readonly page: Page;
  readonly lens: Lens;
  readonly settings: Settings;
  readonly openDialog: 'none' | 'help' | 'modelCard';
  /** Sentences about the address and the stored settings. */
  readonly notices: readonly string[];
  /** The first pair is on its way or has just arrived, and nobody has touched anything. */
  readonly isOpening: boolean;
  /** A message as the engine names it, the same on every stage: it is stressed wherever it shows. */
  readonly chosenMessage: string | null;
  /** The message, or `t12` for a transfer, whose journey and bytes are open; null: none. */
  readonly inspected: string | null;
}

export interface View {
  readonly store: StoreApi<ViewState>;
  readonly set: (part: Partial<ViewState>) => void;
  readonly changeSettings: (part: Partial<Settings>) => void;
  readonly say: (sentence: string) => void;
}

export interface ViewOptions {
  readonly page: Page;
  readonly notices: readonly string[];
  readonly storage: SettingsStorage;
}

export function createView({ page, notices, storage }: ViewOptions): View {
  const { settings, problem } = readSettings(storage);
  const store = createStore<ViewState>(() => ({
    page,
    lens: 'conversation',
    settings,
    openDialog: 'none',
    notices: problem === null ? notices : [...notices, problem],
    isOpening: false,
    chosenMessage: null,
    inspected: null,
  }));
  return {
    store,
    set: (part) => store.setState(part),
    changeSettings: (part) => {
      const changed = { ...store.getState().settings, ...part };
      store.setState({ settings: changed });
      writeSettings(storage, changed);
    },
    say: (sentence) => store.setState((state) => ({ notices: [...state.notices, sentence] })),
  };
}

/** The selected part of the view's state. */
export function useView<Selected>(view: View, select: (state: ViewState) => Selected): Selected {
  return useStore(view.store, select);
}
