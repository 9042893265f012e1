// Links the stages' pictures with the diagrams: what is pointed at in one is stressed in the other.

import { messageName, type Trace } from '../../../../engine/index';
import type { Player } from '../../../../player/createPlayer';
import { drawChosen, transferOfMark } from '../../../../stage/drawChosen';
import type { View } from '../../../createView';

/** Listens and draws until the returned function is called. */
export function linkStages(player: Player, view: View): () => void {
  const draw = (): void => {
    const { chosenMessage } = view.store.getState();
    const { trace } = player.store.getState().run.index;
    const isChosen =
      chosenMessage === null
        ? null
        : (transfer: number) => namesIn(trace, transfer).includes(chosenMessage);
    for (const svg of document.querySelectorAll<SVGSVGElement>('[data-view] svg')) {
      drawChosen(svg, isChosen);
    }
  };
  const point = (event: Event): void => {
    const { target } = event;
    const mark = target instanceof Element ? target.closest('[data-view] [data-mark]') : null;
    if (mark === null) return;
    const isOver = event.type === 'pointerover';
    const { trace } = player.store.getState().run.index;
    const [name = null] = isOver ? namesIn(trace, transferOfMark(mark)) : [];
    view.set({ chosenMessage: name });
  };
  document.addEventListener('pointerover', point);
  document.addEventListener('pointerout', point);
  const ends = [
    view.store.subscribe((now, before) => {
      if (now.chosenMessage !== before.chosenMessage) draw();
    }),
    player.subscribeTime(() => {
      if (view.store.getState().chosenMessage !== null) draw();
    }),
  ];
  return () => {
    document.removeEventListener('pointerover', point);
    document.removeEventListener('pointerout', point);
    for (const end of ends) end();
  };
}

/** The names of the messages that a transfer carries; none for a mark that is no transfer. */
function namesIn(trace: Trace, transfer: number): string[] {
  const { transfers, carried } = trace;
  if (transfer < 0 || transfer >= transfers.count) return [];
  const first = transfers.carriedFrom[transfer] as number;
  const end = first + (transfers.carriedCount[transfer] as number);
  return [...carried.subarray(first, end)].map((message) => messageName(trace, message));
}
