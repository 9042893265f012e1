// What was clicked in a stage's picture is inspected: a travelling mark or a brick of a log.

import type { TraceIndex } from '../../../../engine/index';
import type { Player } from '../../../../player/createPlayer';
import { transferOfMark } from '../../../../stage/drawChosen';
import { nameOfBrick, nameOfTransfer } from '../../../../stage/inspector/subjects';
import type { View } from '../../../createView';

interface Pointed {
  readonly target: EventTarget;
  readonly clientX: number;
  readonly clientY: number;
}

export function inspectPointed(player: Player, view: View, pointed: Pointed): void {
  const { target } = pointed;
  if (!(target instanceof Element) || target.closest('button') !== null) return;
  const { index } = player.store.getState().run;
  const mark = target.closest('[data-mark]');
  const transfer = mark === null ? -1 : transferOfMark(mark);
  const name = transfer >= 0 ? nameOfTransfer(index, transfer) : brickAt(index, target, pointed);
  if (name !== '') view.set({ inspected: name });
}

/** What stands still takes no clicks itself, so that its place is compared. */
function brickAt(index: TraceIndex, target: Element, { clientX, clientY }: Pointed): string {
  const paths = target.closest('[data-view]')?.querySelectorAll('svg path') ?? [];
  for (const path of paths) {
    const { left, right, top, bottom } = path.getBoundingClientRect();
    const isThere = clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
    const name = isThere ? nameOfBrick(index, path) : '';
    if (name !== '') return name;
  }
  return '';
}
