// Takes down for the trace what a consumer hands out, passes over, and where it goes on; moves
// nothing.

import type { Environment, NetworkNode } from '../../../network/node';
import { EntryKind, type LossCause, lossCauseCode } from '../../../trace/entryKinds';
import type { MessageIndex, PartitionIndex } from '../../../trace/trace';
import type { Offset } from '../../wire/requests';
import type { TakenRecord } from './fetchBuffer';
import type { Reading, ReadPositions } from './readPositions';

export class ReadingTrace {
  readonly #environment: Environment;
  readonly #node: NetworkNode;
  readonly #positions: ReadPositions;

  constructor(environment: Environment, node: NetworkNode, positions: ReadPositions) {
    this.#environment = environment;
    this.#node = node;
    this.#positions = positions;
  }

  /** The program has taken a record. */
  taken({ message, partition, offset, after }: TakenRecord): void {
    const fromStorage = offset < (this.#positions.of(partition)?.writtenBefore ?? 0);
    const detail = (fromStorage ? 1 : 0) + this.hopsOf(message) * 2;
    const fields = { node: this.#node.index, place: partition, message, value: offset, detail };
    this.#environment.recorder.entry(EntryKind.Delivered, fields);
    if (after > offset + 1) this.skipped(partition, after);
  }

  /** To the broker, and from it. */
  protected hopsOf(_message: MessageIndex): number {
    return 2;
  }

  /** No delivery says that the reader has passed what is not for it: markers, holes, aborted ones. */
  skipped(partition: PartitionIndex, position: Offset): void {
    // It may have been set elsewhere since, or have lost the partition.
    if (this.#positions.of(partition)?.position !== position) return;
    const fields = { node: this.#node.index, place: partition, value: position };
    this.#environment.recorder.entry(EntryKind.Skipped, fields);
  }

  /** It goes on there instead; `cause`: why what it passes over is missed. */
  reset({ partition, position }: Reading, cause: LossCause): void {
    const detail = lossCauseCode(cause);
    const fields = { node: this.#node.index, place: partition, value: position, detail };
    this.#environment.recorder.entry(EntryKind.PositionReset, fields);
  }
}

/** Makes what takes down the reading of a consumer on a node. */
export type ReadingTraceMaker = (
  environment: Environment,
  node: NetworkNode,
  positions: ReadPositions,
) => ReadingTrace;

export const createReadingTrace: ReadingTraceMaker = (environment, node, positions) =>
  new ReadingTrace(environment, node, positions);
