// Copies that were missed: when, where and why, and whether they came after all.

import {
  LOSS_CAUSES,
  type LossCause,
  type MessageIndex,
  type NodeIndex,
  type StageId,
  type TraceIndex,
  type TransferIndex,
} from '../../../engine/index';
import { isDropped } from './travels';

export interface Loss {
  readonly time: number;
  readonly message: MessageIndex;
  readonly reader: NodeIndex;
  /** Where it was noticed. */
  readonly node: NodeIndex;
  readonly cause: LossCause;
  /** The transfer that was dropped with it; -1: it was not on its way. */
  readonly transfer: TransferIndex;
  /** It came later, from a buffer or by another try. */
  readonly cameLater: boolean;
}

/** In the order of time, one for each copy and loss. */
export function lossesOf(index: TraceIndex, stage: StageId): Loss[] {
  const { entries } = index.trace;
  const misses = index.ledgers.get(stage)?.misses ?? [];
  return misses.map(({ seq, copy, cause, transfer, until }) => ({
    time: entries.time[seq] as number,
    message: index.copies.messageOf[copy] as number,
    reader: index.copies.readerOf[copy] as number,
    node: entries.node[seq] as number,
    cause: LOSS_CAUSES[cause] ?? 'cut on the way',
    transfer: transfer >= 0 && isDropped(index, transfer) ? transfer : -1,
    cameLater: until !== Number.POSITIVE_INFINITY,
  }));
}
