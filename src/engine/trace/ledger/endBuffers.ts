// What the ends of connections keep between two hops: copies that wait to leave, copies that came
// and were not read, and how many bytes that is.

import { DROP_REASONS, EntryKind, lossCauseCode } from '../entryKinds';
import type { EntrySeq, LegendNode, MessageIndex, NodeIndex, Trace } from '../trace';
import type { CopyIndex, CopyTable } from './copies';
import type { StageBook } from './stageBook';

export class EndBuffers {
  readonly #trace: Trace;
  readonly #copies: CopyTable;
  readonly #bookOf: (node: NodeIndex) => StageBook;
  /** By connection and end: `bufferedAmount` of whoever passes messages on. */
  readonly #bytes = new Map<string, number>();

  constructor(trace: Trace, copies: CopyTable, bookOf: (node: NodeIndex) => StageBook) {
    this.#trace = trace;
    this.#copies = copies;
    this.#bookOf = bookOf;
  }

  /** Reads an entry about a copy that waits at an end, or about how much waits there. */
  read(seq: EntrySeq, message: MessageIndex): void {
    if (this.#trace.entries.kind[seq] === EntryKind.Queued) this.#queued(seq, message);
    else this.#buffered(seq);
  }

  /** A copy is lost, wherever it was. */
  lost(seq: EntrySeq, copy: CopyIndex): void {
    // What a client of Kafka has fetched, it keeps whatever its producer gives up.
    if (this.#nodeOf(seq)?.stage !== 'kafka') this.#forget(copy);
  }

  /** Why what a dropped transfer carried is missed. */
  dropCause(seq: EntrySeq): number {
    const { value } = this.#trace.entries;
    return value[seq] === DROPPED_INTO_CUT ? SENT_INTO_CUT : CUT_ON_THE_WAY;
  }

  #queued(seq: EntrySeq, message: MessageIndex): void {
    const { node, value } = this.#trace.entries;
    const copy = this.#copies.find(message, node[seq] as number);
    // On its first hop it is its sender's, whoever it is for.
    if (copy < 0) return;
    if (value[seq] === 1) this.#copies.queued[copy] = 1;
    else this.#forget(copy);
    this.#bookOf(node[seq] as number).settle(copy, seq, CUT_ON_THE_WAY);
  }

  /** A sender's own bytes are counted message by message; here those of whoever passes them on. */
  #buffered(seq: EntrySeq): void {
    if (this.#nodeOf(seq)?.role === 'participant') return;
    const { node, place, value } = this.#trace.entries;
    const end = `${place[seq]} ${node[seq]}`;
    const bytes = value[seq] as number;
    this.#bookOf(node[seq] as number).buffers(seq, bytes - (this.#bytes.get(end) ?? 0));
    this.#bytes.set(end, bytes);
  }

  /** Neither an end's buffer nor the reader's kernel has it any more. */
  #forget(copy: CopyIndex): void {
    this.#copies.queued[copy] = 0;
    this.#copies.atReader[copy] = 0;
  }

  #nodeOf(seq: EntrySeq): LegendNode | undefined {
    return this.#trace.legend.nodes[this.#trace.entries.node[seq] as number];
  }
}

const DROPPED_INTO_CUT = DROP_REASONS.indexOf('sent into the cut');
const SENT_INTO_CUT = lossCauseCode('sent into the cut');
const CUT_ON_THE_WAY = lossCauseCode('cut on the way');
