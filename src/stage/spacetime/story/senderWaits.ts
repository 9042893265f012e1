// Messages that waited with their sender before they left: gathered in a batch, or for their turn.

import type { MessageIndex, StageId, TraceIndex } from '../../../engine/index';
import { type Pause, senderPause } from './pauses';

export interface Wait extends Pause {
  readonly message: MessageIndex;
}

/** In the order of the hand-over. */
export function waitsOf(index: TraceIndex, stage: StageId): Wait[] {
  const { messages, legend } = index.trace;
  const waits: Wait[] = [];
  for (let message = 0; message < messages.count; message += 1) {
    if (legend.nodes[messages.from[message] as number]?.stage !== stage) continue;
    const pause = senderPause(index, message);
    if (pause !== null) waits.push({ ...pause, message });
  }
  return waits;
}
