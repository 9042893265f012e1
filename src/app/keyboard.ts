// Keys that work wherever the focus is, unless the focused control needs them itself.

import type { Player } from '../player/createPlayer';
import type { View } from './createView';
import { LENSES } from './createView';
import { toggleDisconnect, toggleDurability } from './runActions';
import { togglePlay } from './transport/TransportButtons';

type Action = (player: Player, view: View) => void;

const NAMED_KEYS: Readonly<Record<string, Action>> = {
  ' ': (player) => togglePlay(player),
  ArrowRight: (player) => player.stepForward(),
  ArrowLeft: (player) => player.stepBack(),
  Home: (player) => player.seek(0),
  End: (player) => player.seek(player.store.getState().run.horizon),
};

/** One character alone: can be switched off (WCAG 2.1.4). */
const LETTER_KEYS: Readonly<Record<string, Action>> = {
  r: (player) => player.restart(),
  d: (player) => toggleDurability(player),
  x: (player) => toggleDisconnect(player),
  l: (_, view) => view.set({ lens: nextLens(view) }),
  '?': (_, view) => view.set({ openDialog: 'help' }),
};

function nextLens(view: View): (typeof LENSES)[number] {
  const place = LENSES.indexOf(view.store.getState().lens);
  return LENSES[(place + 1) % LENSES.length] ?? 'conversation';
}

/** Listens on the whole page; returns what ends it. */
export function listenToKeys(player: Player, view: View): () => void {
  const listen = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const { openDialog, settings, page } = view.store.getState();
    if (openDialog !== 'none' || page !== 'compare' || isTaken(event)) return;
    const letter = settings.letterKeys ? LETTER_KEYS[event.key.toLowerCase()] : undefined;
    const action = NAMED_KEYS[event.key] ?? letter;
    if (action === undefined) return;
    event.preventDefault();
    action(player, view);
  };
  document.addEventListener('keydown', listen);
  return () => document.removeEventListener('keydown', listen);
}

/** Whether the focused control answers to this key itself. */
function isTaken(event: KeyboardEvent): boolean {
  const { target } = event;
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLInputElement) return isTakenByInput(target, event.key);
  const isPressable = target.closest('button, a[href], summary, [role="button"]') !== null;
  return isPressable && event.key === ' ';
}

function isTakenByInput(input: HTMLInputElement, key: string): boolean {
  if (input.type === 'range') return key === 'Home' || key === 'End' || key.startsWith('Arrow');
  if (input.type === 'radio' || input.type === 'checkbox') {
    return key === ' ' || key.startsWith('Arrow');
  }
  return true;
}
