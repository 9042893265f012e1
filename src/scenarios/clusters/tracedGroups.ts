// Reads from the entries who owns what in each group, what was delivered in its name and how far it
// has committed, and fails at an entry that no coordinator and no consumer could have come to.

import { assert, EntryKind, type Settings, type Trace } from '../../engine/index';
import type { Row } from '../testing/traceColumns';
import { isMarker, type TracedLogs } from './tracedLogs';

/** One partition as one group, or one reader by hand, has read it. */
interface Reading {
  /** Member, or -1: nobody in the coordinator's eyes. */
  owner: number;
  committed: number;
  /** Below it, what was not delivered was passed over by a reset, and not in silence. */
  passed: number;
  /** Offset → times delivered. */
  readonly delivered: Map<number, number>;
  /** By member: the offset that comes next; members that do not read it are missing. */
  readonly positions: Map<number, number>;
  /** By member: what comes next of what it had polled before it was moved or gave it up. */
  readonly polled: Map<number, number>;
}

export class TracedGroups {
  /** Deliveries of an offset to a group beyond the first. */
  duplicates = 0;
  /** Times that two members of a group read the same partition. */
  zombies = 0;
  /** Members that may own something now. */
  readonly members = new Map<number, Set<number>>();
  readonly #readings = new Map<number, Reading[]>();
  readonly #trace: Trace;
  readonly #settings: Settings;
  readonly #logs: TracedLogs;

  constructor(trace: Trace, settings: Settings, logs: TracedLogs) {
    this.#trace = trace;
    this.#settings = settings;
    this.#logs = logs;
  }

  /** Must see an entry after the logs did. */
  see(row: Row): void {
    switch (row.kind) {
      case EntryKind.OwnerSet:
        this.#ownerSet(row);
        break;
      case EntryKind.MemberJoined:
        this.#membersOf(row.place).add(row.node);
        break;
      case EntryKind.MemberLeft:
        this.#membersOf(row.place).delete(row.node);
        break;
      case EntryKind.Assigned:
        this.#assigned(row);
        break;
      case EntryKind.Revoked:
        leave(this.#reading(row), row.node);
        break;
      case EntryKind.Crashed:
        this.#crashed(row);
        break;
      case EntryKind.PositionReset:
        this.#reset(row);
        break;
      case EntryKind.Delivered:
        this.#delivered(row);
        break;
      case EntryKind.Committed:
        this.#committed(row);
        break;
    }
  }

  ownerOf(group: number, partition: number): number {
    return this.#of(group, partition).owner;
  }

  /** How often a group got what stands at an offset. */
  timesDelivered(reader: number, partition: number, offset: number): number {
    return this.#of(reader, partition).delivered.get(offset) ?? 0;
  }

  /** Up to where a group has said that it has done all. */
  committedOf(reader: number, partition: number): number {
    return this.#of(reader, partition).committed;
  }

  /** What stands below was passed over by a reset, if it was not delivered. */
  passedOf(reader: number, partition: number): number {
    return this.#of(reader, partition).passed;
  }

  #ownerSet({ node, place, value }: Row): void {
    const reading = this.#of(node, place);
    const isFromHandToHand = reading.owner >= 0 && value >= 0;
    assert(!isFromHandToHand, 'a partition has one owner at most');
    reading.owner = value;
  }

  #assigned(row: Row): void {
    const reading = this.#reading(row);
    // Where nothing was committed, a reset has told before where it begins.
    if (reading.positions.get(row.node) !== row.value) leave(reading, row.node);
    reading.positions.set(row.node, row.value);
    if (reading.positions.size > 1) this.zombies += 1;
  }

  #reset(row: Row): void {
    const reading = this.#reading(row);
    // Who was given a partition by hand began it at 0, and no entry says so.
    const isByHand = this.#trace.legend.nodes[row.node]?.group === -1;
    if (isByHand && !reading.positions.has(row.node)) reading.positions.set(row.node, 0);
    const position = reading.positions.get(row.node) ?? 0;
    leave(reading, row.node);
    reading.positions.set(row.node, row.value);
    // Who goes back, or on where it has committed, passes over nothing.
    if (row.value > Math.max(position, reading.committed)) {
      reading.passed = Math.max(reading.passed, row.value);
    }
  }

  /** What it had polled is gone with it. */
  #crashed({ node }: Row): void {
    for (const reading of [...this.#readings.values()].flat()) {
      reading?.polled.delete(node);
      reading?.positions.delete(node);
    }
  }

  #delivered(row: Row): void {
    const { node, place, value } = row;
    const reading = this.#reading(row);
    const { delivered, positions, polled, committed } = reading;
    const times = delivered.get(value) ?? 0;
    if (times > 0) this.duplicates += 1;
    delivered.set(value, times + 1);
    const isOld = value < (positions.get(node) ?? Number.POSITIVE_INFINITY) && polled.has(node);
    const places = isOld ? polled : positions;
    // What an earlier poll returned comes first, or never.
    if (!isOld) polled.delete(node);
    const expected = places.get(node) ?? 0;
    assert(value >= expected, 'a reader goes forward');
    for (let offset = expected; offset < value; offset += 1) {
      assert(this.#isUnreadable(place, offset), 'a reader passes over nothing that it could read');
    }
    places.set(node, value + 1);
    const { enableAutoCommit, commit } = this.#settings;
    if (enableAutoCommit === 'on' || commit === 'after') return;
    assert(committed > value, 'what is to be committed before the work is committed by then');
  }

  #committed(row: Row): void {
    const reading = this.#reading(row);
    const { enableAutoCommit, commit } = this.#settings;
    reading.committed = row.value;
    if (enableAutoCommit === 'off' && commit === 'before') return;
    for (let offset = reading.passed; offset < row.value; offset += 1) {
      const isDone = reading.delivered.has(offset) || this.#isUnreadable(row.place, offset);
      assert(isDone, 'what is to be committed after the work was delivered before');
    }
  }

  /** A marker, or what was compacted away, aborted or cut off. */
  #isUnreadable(place: number, offset: number): boolean {
    const partition = this.#logs.partitions[place];
    if (partition === undefined || partition.wasUnclean) return true;
    const isGone = offset < partition.start || partition.removed.has(offset);
    return isGone || isMarker(partition.log[offset]) || this.#logs.isAborted(partition, offset);
  }

  #reading({ node, place }: Row): Reading {
    const group = this.#trace.legend.nodes[node]?.group ?? -1;
    return this.#of(group < 0 ? node : group, place);
  }

  #of(reader: number, place: number): Reading {
    const readings = this.#readings.get(reader) ?? [];
    this.#readings.set(reader, readings);
    readings[place] ??= {
      ...{ owner: -1, committed: 0, passed: 0 },
      ...{ delivered: new Map(), positions: new Map(), polled: new Map() },
    };
    return readings[place] as Reading;
  }

  #membersOf(group: number): Set<number> {
    const members = this.members.get(group) ?? new Set();
    this.members.set(group, members);
    return members;
  }
}

/** A member reads on elsewhere, or no more, once it is through with what it has polled. */
function leave({ positions, polled }: Reading, member: number): void {
  const next = positions.get(member);
  if (next !== undefined) polled.set(member, Math.min(next, polled.get(member) ?? next));
  positions.delete(member);
}
