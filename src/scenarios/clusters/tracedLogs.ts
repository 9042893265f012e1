// Rebuilds from the entries alone what each partition and each of its replicas holds, and fails at
// the first entry that a log of Kafka could not have. Knows nothing of the trace's index.

import {
  assert,
  EntryKind,
  electionKindOf,
  recordMarksOf,
  type Scene,
  TRANSFER_TYPES,
  type Trace,
} from '../../engine/index';
import { carriedBy, type Row } from '../testing/traceColumns';

/** Stands where a transaction's marker of commit stands … */
const COMMITTED = -1;
/** … or of abort. */
const ABORTED = -2;
/** Whether no message stands there. */
export const isMarker = (entry: number | undefined): boolean => entry === undefined || entry < 0;

/** A partition as it has been so far; its log is its leader's. */
export interface TracedPartition {
  /** The leader's node, or the last one's. */
  leader: number;
  /** Messages by offset, markers below 0; what retention took stays in the list. */
  log: number[];
  start: number;
  highWatermark: number;
  /** Nodes that are in sync, as the controller has decided. */
  inSync: readonly number[];
  /** Whether it had an unclean election: what was readable may be gone since. */
  wasUnclean: boolean;
  /** What each replica has on its disk, by node. */
  readonly replicas: ReadonlyMap<number, number[]>;
  /** Readers have been shown what lies below. */
  shown: number;
  /** Offsets that compaction removed. */
  readonly removed: Set<number>;
}

export class TracedLogs {
  readonly partitions: readonly TracedPartition[];
  readonly #trace: Trace;
  readonly #readsCommitted: boolean;
  /** Nodes that write in transactions; each is the only one of its topic that does. */
  readonly #transactional: ReadonlySet<number>;
  /** By message: where it stands, or stood last. */
  readonly #partitionOf = new Map<number, number>();

  constructor(trace: Trace, { participants, settings }: Scene) {
    this.#trace = trace;
    this.#readsCommitted = settings.isolationLevel === 'read_committed';
    const ids = participants.flatMap((each) => (each.transactionalId === null ? [] : [each.id]));
    const nodes = trace.legend.nodes.flatMap(({ id }, node) => (ids.includes(id) ? [node] : []));
    this.#transactional = new Set(nodes);
    this.partitions = trace.legend.partitions.map(({ replicas }) => ({
      leader: replicas[0] ?? -1,
      log: [],
      start: 0,
      highWatermark: 0,
      shown: 0,
      inSync: replicas,
      wasUnclean: false,
      replicas: new Map(replicas.map((node) => [node, []])),
      removed: new Set(),
    }));
  }

  /** @throws Error when no log could have come to this entry. */
  see(row: Row): void {
    if (row.kind === EntryKind.TransferStarted) {
      if (TRANSFER_TYPES[row.value] === 'records') this.#answered(row);
      return;
    }
    const partition = this.partitions[row.place];
    if (partition === undefined) return;
    switch (row.kind) {
      case EntryKind.Appended:
        this.#partitionOf.set(row.message, row.place);
        appended(partition, row, row.message);
        break;
      case EntryKind.MarkerAppended:
        appended(partition, row, recordMarksOf(row.detail).flag ? COMMITTED : ABORTED);
        break;
      case EntryKind.Truncated:
        truncated(partition, row);
        break;
      case EntryKind.Replicated:
        this.#replicated(partition, row);
        break;
      case EntryKind.FollowerTruncated:
        followerTruncated(partition, row);
        break;
      case EntryKind.WatermarkMoved:
        watermarkMoved(partition, row);
        break;
      case EntryKind.StableOffsetMoved: {
        const isDue = partition.wasUnclean || row.value === this.stableEnd(partition);
        assert(isDue, 'what is stable is all that no open transaction holds back');
        break;
      }
      case EntryKind.LogStartMoved:
        logStartMoved(partition, row);
        break;
      case EntryKind.LeaderChanged:
        leaderChanged(partition, row);
        break;
      case EntryKind.IsrChanged:
        this.#isrChanged(partition, row);
        break;
      case EntryKind.RecordRemoved:
        partition.removed.add(row.value);
        break;
      case EntryKind.Delivered:
        this.#delivered(partition, row);
        break;
    }
  }

  /** A follower has what its leader has, up to its own end. */
  #replicated(partition: TracedPartition, { node, value, cause }: Row): void {
    const { replicas, leader } = partition;
    const by = this.#trace.entries.node[cause] as number;
    const source = replicas.get(by !== node && replicas.has(by) ? by : leader) as number[];
    const copy = replicas.get(node) as number[];
    assert(source !== copy, 'a follower copies from another replica');
    assert(copy.length < value && value <= source.length, 'a follower copies what there is');
    const isPrefix = copy.every((message, offset) => message === source[offset]);
    assert(isPrefix, 'a follower that copies is a prefix of its leader');
    for (let offset = copy.length; offset < value; offset += 1) {
      copy.push(source[offset] as number);
    }
  }

  #isrChanged(partition: TracedPartition, { place, value }: Row): void {
    const { replicas } = this.#trace.legend.partitions[place] ?? { replicas: [] };
    partition.inSync = replicas.filter((_, bit) => (value & (1 << bit)) !== 0);
  }

  /** Whatever an answer carries could be read at that instant. */
  #answered({ transfer, node }: Row): void {
    for (const message of carriedBy(this.#trace, transfer)) {
      const partition = this.partitions[this.#partitionOf.get(message) ?? -1];
      assert(partition !== undefined, 'what is read was written');
      if (partition.wasUnclean) continue;
      // A leader that does not know yet that it is deposed goes by what it knows of those in sync.
      const isDeposed = partition.leader !== node;
      const end = isDeposed ? safeEnd(partition) : this.readableEnd(partition);
      const offset = partition.log.slice(0, end).lastIndexOf(message);
      assert(offset >= 0, 'what is read lies below the watermark');
      const isKnown = isDeposed || !this.isAborted(partition, offset);
      assert(isKnown, 'what was aborted is not read by who reads what is committed');
      partition.shown = Math.max(partition.shown, offset + 1);
    }
  }

  #delivered(partition: TracedPartition, { value, message }: Row): void {
    if (partition.wasUnclean) return;
    assert(partition.log[value] === message, 'what is delivered is the record of its offset');
    assert(value < partition.shown, 'what is delivered was read below the watermark');
  }

  /** Where reading ends: at the last stable offset for those who read what is committed. */
  readableEnd(partition: TracedPartition): number {
    return this.#readsCommitted ? this.stableEnd(partition) : partition.highWatermark;
  }

  /** The first record of an open transaction, or of one whose marker cannot be read yet. */
  stableEnd({ log, start, highWatermark }: TracedPartition): number {
    let open = -1;
    for (let offset = 0; offset < highWatermark; offset += 1) {
      const message = log[offset] as number;
      if (isMarker(message)) open = -1;
      else if (open < 0 && this.#isTransactional(message)) open = offset;
    }
    return open < 0 ? highWatermark : Math.max(open, start);
  }

  /** Whether those who read what is committed never get what stands there. */
  isAborted(partition: TracedPartition, offset: number): boolean {
    return this.#readsCommitted && this.#outcomeOf(partition, offset) === ABORTED;
  }

  /** How often those who answer in transactions have committed an answer, by reader and message. */
  get answers(): ReadonlyMap<string, number> {
    const { messages, legend } = this.#trace;
    const answers = new Map<string, number>();
    for (const partition of this.partitions) {
      partition.log.forEach((message, offset) => {
        if (this.#outcomeOf(partition, offset) !== COMMITTED) return;
        const from = messages.from[message] as number;
        const question = messages.replyTo[message] as number;
        const group = legend.nodes[from]?.group ?? -1;
        const answer = `${group < 0 ? from : group} ${question}`;
        answers.set(answer, (answers.get(answer) ?? 0) + 1);
      });
    }
    return answers;
  }

  /** The marker that ended the transaction of what stands there; undefined: none did. */
  #outcomeOf({ log }: TracedPartition, offset: number): number | undefined {
    const message = log[offset] as number;
    if (isMarker(message) || !this.#isTransactional(message)) return undefined;
    return log.find((each, at) => at > offset && isMarker(each));
  }

  /** Whether all that a reader, or its group's members, make of what they read is transactional. */
  isService(reader: number): boolean {
    const { nodes } = this.#trace.legend;
    return [...this.#transactional].some(
      (node) => node === reader || nodes[node]?.group === reader,
    );
  }

  #isTransactional(message: number): boolean {
    return this.#transactional.has(this.#trace.messages.from[message] as number);
  }
}

/** A leader writes at its end; one that comes to lead says once more what it had before. */
function appended({ log, leader, replicas }: TracedPartition, row: Row, message: number): void {
  const { node, value } = row;
  const own = replicas.get(node) as number[];
  if (value < own.length) {
    assert(own[value] === message && node === leader, 'an offset is used once');
  } else {
    assert(value === own.length, 'the offsets of a replica are dense');
    own.push(message);
  }
  if (node !== leader) return;
  assert(value === log.length, 'the offsets of a log are dense');
  log.push(message);
}

function truncated(partition: TracedPartition, { node, value }: Row): void {
  const { log, leader, highWatermark, wasUnclean } = partition;
  assert(node === leader, 'the log is that of its leader');
  assert(value < log.length, 'what is cut off was there');
  assert(wasUnclean || value >= highWatermark, 'what was readable is cut off by nobody');
  log.length = value;
}

function followerTruncated({ replicas }: TracedPartition, { node, value }: Row): void {
  const own = replicas.get(node) as number[];
  assert(value < own.length, 'what a follower cuts off was there');
  own.length = value;
}

/** The watermark rises, and every replica in sync has what lies below it. */
function watermarkMoved(partition: TracedPartition, { node, value }: Row): void {
  const { log, leader, highWatermark, wasUnclean } = partition;
  assert(node === leader, 'the watermark is that of the leader');
  assert(value <= log.length, 'the watermark does not pass the log end');
  assert(value > highWatermark || wasUnclean, 'the watermark never goes back for a reader');
  assert(value <= safeEnd(partition), 'every replica in sync has what lies below the watermark');
  partition.highWatermark = value;
}

function logStartMoved(partition: TracedPartition, { value }: Row): void {
  assert(value > partition.start, 'the log start only rises');
  assert(value <= partition.highWatermark, 'retention takes nothing above the watermark');
  partition.start = value;
}

function leaderChanged(partition: TracedPartition, { value, detail }: Row): void {
  if (electionKindOf(detail) === 'unclean') partition.wasUnclean = true;
  if (value < 0) return;
  assert(partition.replicas.has(value), 'who leads has a replica');
  partition.leader = value;
}

/** Up to where all that are in sync have the log. */
const safeEnd = ({ inSync, replicas }: TracedPartition): number =>
  Math.min(...inSync.map((replica) => replicas.get(replica)?.length ?? 0));
