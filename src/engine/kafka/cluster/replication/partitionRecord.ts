// What the trace says of a partition: the log of its leader, whoever that is; simulates nothing.

import type { Environment } from '../../../network/node';
import { EntryKind, lossCauseCode, recordDetail } from '../../../trace/entryKinds';
import type { EntrySeq, MessageIndex, PartitionIndex } from '../../../trace/trace';
import type { ReplicaLog } from '../../log/replicaLog';
import type { BrokerPlace, Offset } from '../../wire/requests';

/** -1 stands for a marker. */
const MARKER: MessageIndex = -1;

/**
 * A deposed leader that does not know it yet goes on writing, and what it writes is not the
 * partition's. When another log becomes the partition's, the trace says where it differs.
 */
export class PartitionRecord {
  /** Who leads, or led last while nobody does. */
  leader: BrokerPlace;
  highWatermark: Offset = 0;
  logStart: Offset = 0;
  readonly #environment: Environment;
  readonly #index: PartitionIndex;
  readonly #messages: MessageIndex[] = [];

  constructor(environment: Environment, index: PartitionIndex, leader: BrokerPlace) {
    this.#environment = environment;
    this.#index = index;
    this.leader = leader;
  }

  /** The leader of that name has appended a record, or a marker (-1). */
  appended(by: BrokerPlace, message: MessageIndex): void {
    if (by === this.leader) this.#messages.push(message);
  }

  /** From now on `log`, of the new leader with this node, is the partition's. */
  isNow(log: ReplicaLog, node: number): void {
    const { recorder } = this.#environment;
    const messages = this.#messages;
    const to = log.logEnd;
    let same = 0;
    while (same < messages.length && same < to && messages[same] === messageAt(log, same)) {
      same += 1;
    }
    const place = this.#index;
    if (same < messages.length) {
      messages.length = same;
      const detail = lossCauseCode('not copied in time');
      recorder.entry(EntryKind.Truncated, { node, place, value: same, detail });
    }
    for (let offset = same; offset < to; offset += 1) {
      const message = messageAt(log, offset);
      messages.push(message);
      this.recordAppend({ node, log, offset });
    }
    if (this.highWatermark > to) {
      this.highWatermark = to;
      recorder.entry(EntryKind.WatermarkMoved, { node, place, value: to });
    }
  }

  /** Writes down what stands at an offset of a log. */
  recordAppend(what: {
    readonly node: number;
    readonly log: ReplicaLog;
    readonly offset: Offset;
  }): EntrySeq {
    const { node, log, offset } = what;
    const { recorder } = this.#environment;
    const { records } = log;
    const { producerId, transactional } = records.batchAt(offset);
    const isMarker = records.isMarker(offset);
    const detail = recordDetail({
      producer: transactional ? producerId : -1,
      flag: isMarker ? records.isCommitMarker(offset) : records.isTombstone(offset),
    });
    const kind = isMarker ? EntryKind.MarkerAppended : EntryKind.Appended;
    const message = records.messageAt(offset);
    return recorder.entry(kind, { node, place: this.#index, message, value: offset, detail });
  }
}

const messageAt = (log: ReplicaLog, offset: Offset): MessageIndex =>
  log.records.isMarker(offset) ? MARKER : log.records.messageAt(offset);
