// Runs what the address names and mounts the page; whatever fails, something is shown.

import { createElement, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Player } from '../player/createPlayer';
import { createPlayer } from '../player/createPlayer';
import { createFrameClock } from '../player/frameClock';
import type { ScenarioSource } from '../player/scenarioSource';
import { App } from './App';
import { type Address, PLAIN_START } from './address/address';
import { keepAddress } from './address/keepAddress';
import { createView } from './createView';
import { playOpening } from './opening';
import { createScenes } from './scenes';
import { keepSettledMark } from './settled';

/** Mounts the page into `root`; what reads an address is fetched where there is one to read. */
export async function startApp(root: HTMLElement): Promise<void> {
  const { search } = window.location;
  const scenes = createScenes();
  if (search === '') {
    mount(root, openRun(PLAIN_START, scenes));
    return;
  }
  const { readAddress, doubtsAbout } = await import('./address/readAddress');
  const opened = openRun(await readAddress(search, scenes), scenes);
  const doubts = doubtsAbout(opened.address, opened.player);
  mount(root, { ...opened, notices: [...opened.notices, ...doubts] });
}

interface OpenedRun {
  readonly address: Address;
  readonly player: Player;
  readonly notices: readonly string[];
}

function mount(root: HTMLElement, { address, player, notices }: OpenedRun): void {
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

/** The run that the address names, or the first scene and a sentence when it cannot be run. */
function openRun(address: Address, scenarios: ScenarioSource): OpenedRun {
  const clock = createFrameClock(window);
  try {
    const { spec, timeUs, speed } = address;
    const player = createPlayer({ spec, timeUs, speed, clock, scenarios });
    return { address, player, notices: address.problems };
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'for an unknown reason';
    const sentence = `What the address asks for cannot be run, so you see the first scene: ${reason}`;
    const { page, isPlainStart } = address;
    const plain = { ...PLAIN_START, page, isPlainStart };
    const player = createPlayer({ spec: plain.spec, clock, scenarios });
    return { address: plain, player, notices: [...address.problems, sentence] };
  }
}
