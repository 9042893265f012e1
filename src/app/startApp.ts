// Reads the address, runs what it names, and mounts the page; whatever fails, something is shown.

import { createElement, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Player } from '../player/createPlayer';
import { createPlayer } from '../player/createPlayer';
import { createFrameClock } from '../player/frameClock';
import { App } from './App';
import { unpackQuery } from './addressPacking';
import { createView } from './createView';
import { hashOf, keepAddress } from './keepAddress';
import { playOpening } from './opening';
import { keepSettledMark } from './settled';
import { timeText } from './timeText';
import type { Address } from './urlState';
import { parseAddress } from './urlState';

/** Mounts the page into `root`. */
export function startApp(root: HTMLElement): void {
  const query = window.location.search;
  const packed = new URLSearchParams(query).get('s');
  if (packed === null) mount(root, parseAddress(query));
  else void unpackQuery(packed).then((unpacked) => mount(root, addressOf(unpacked)));
}

function addressOf(unpacked: string | null): Address {
  if (unpacked !== null) return parseAddress(unpacked);
  const sentence =
    'The packed address is damaged, so you see the first scene. Ask for the link once more.';
  return { ...parseAddress(''), problems: [sentence] };
}

function mount(root: HTMLElement, address: Address): void {
  const { player, notices } = openRun(address);
  const storage = (): Storage => window.localStorage;
  const view = createView({ page: address.page, notices, storage });
  const settled = keepSettledMark(player, view);
  keepAddress(player, view);
  const onShown = (): void => {
    const isAsked = address.isPlainStart && address.page === 'compare';
    if (isAsked && player.store.getState().lastMove === 'none') playOpening(player, view);
  };
  const app = createElement(App, { player, view, settled, onShown });
  createRoot(root).render(createElement(StrictMode, null, app));
}

interface OpenedRun {
  readonly player: Player;
  readonly notices: readonly string[];
}

/** The run that the address names, or the first scene and a sentence when it cannot be run. */
function openRun(address: Address): OpenedRun {
  const clock = createFrameClock(window);
  try {
    const { spec, timeUs, speed } = address;
    const player = createPlayer({ spec, timeUs, speed, clock });
    return { player, notices: [...address.problems, ...doubts(address, player)] };
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'for an unknown reason';
    const sentence = `What the address asks for cannot be run, so you see the first scene: ${reason}`;
    const player = createPlayer({ spec: parseAddress('').spec, clock });
    return { player, notices: [...address.problems, sentence] };
  }
}

/** What can only be doubted once the run is there: its length, and whether it came out as it did. */
function doubts(address: Address, player: Player): string[] {
  const { run } = player.store.getState();
  const sentences: string[] = [];
  if (address.timeUs > run.horizon) {
    const end = timeText(run.horizon, run.horizon);
    sentences.push(`The address asks for a moment after the end, ${end}; you stand at the end.`);
  }
  if (address.traceHash !== null && address.traceHash !== hashOf(run)) {
    sentences.push(
      'This link was made by another version of Both Ways, in which the run came out ' +
        'differently. You see it as this version runs it; copy a new link to keep it.',
    );
  }
  return sentences;
}
