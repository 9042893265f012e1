// What was clicked in a stage's picture is inspected: a travelling mark or a brick of a log.

import type { Player } from '../../../../player/createPlayer';
import { transferOfMark } from '../../../../stage/drawChosen';
import { nameOfBrick, nameOfTransfer } from '../../../../stage/inspector/subjects';
import type { View } from '../../../createView';

export function inspectPointed(player: Player, view: View, target: Element): void {
  const { index } = player.store.getState().run;
  const mark = target.closest('[data-mark]');
  const transfer = mark === null ? -1 : transferOfMark(mark);
  const name = transfer >= 0 ? nameOfTransfer(index, transfer) : nameOfBrick(index, target);
  if (name !== '') view.set({ inspected: name });
}
