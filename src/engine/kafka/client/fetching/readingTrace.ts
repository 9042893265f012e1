// Takes down where a consumer's reading goes, for the trace; moves nothing.

import type { Environment, NetworkNode } from '../../../network/node';
import { EntryKind, type LossCause, lossCauseCode } from '../../../trace/entryKinds';
import type { PartitionIndex } from '../../../trace/trace';
import type { Offset } from '../../wire/requests';
import type { TakenRecord } from './fetchBuffer';

export class ReadingTrace {
  readonly #environment: Environment;
  readonly #node: NetworkNode;

  constructor(environment: Environment, node: NetworkNode) {
    this.#environment = environment;
    this.#node = node;
  }

  /** The program has taken a record. */
  taken({ message, partition, offset }: TakenRecord, fromStorage: boolean): void {
    // Two hops: to the broker, and from it.
    const detail = (fromStorage ? 1 : 0) + 2 * 2;
    const fields = { node: this.#node.index, place: partition, message, value: offset, detail };
    this.#environment.recorder.entry(EntryKind.Delivered, fields);
  }

  /** No delivery says that the reader has passed what is not for it: markers, holes, aborted ones. */
  skipped(partition: PartitionIndex, position: Offset): void {
    const fields = { node: this.#node.index, place: partition, value: position };
    this.#environment.recorder.entry(EntryKind.Skipped, fields);
  }

  /** It goes on there instead; `cause`: why what it passes over is missed. */
  reset(
    { partition, position }: { readonly partition: PartitionIndex; readonly position: Offset },
    cause: LossCause,
  ): void {
    const detail = lossCauseCode(cause);
    const fields = { node: this.#node.index, place: partition, value: position, detail };
    this.#environment.recorder.entry(EntryKind.PositionReset, fields);
  }
}
