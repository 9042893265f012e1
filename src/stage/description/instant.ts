// One stage's entries of one instant, and the phrases that are made of them.

import type { EntryKind, EntrySeq, StageId, TraceIndex } from '../../engine/index';

export interface Phrase {
  readonly text: string;
  /** Lower comes first and is dropped last. */
  readonly rank: number;
}

/** What one stage's entries of one instant are read from. */
export interface Instant {
  readonly index: TraceIndex;
  readonly stage: StageId;
  readonly seqs: readonly EntrySeq[];
}

/** The entries of one kind. */
export function ofKind({ index, seqs }: Instant, kind: EntryKind): EntrySeq[] {
  return seqs.filter((seq) => index.trace.entries.kind[seq] === kind);
}
