// A consumer: asks the leaders of its partitions for records, hands them to its program poll by
// poll, and commits how far it is. Which partitions are its own is decided by hand or by its group.

import type { Environment } from '../../network/node';
import type { TcpConnectionOptions } from '../../network/tcpConnection';
import type { LossCause } from '../../trace/entryKinds';
import type { MessageIndex, PartitionIndex } from '../../trace/trace';
import type { KafkaError } from '../cluster/errors';
import type { KafkaSettings } from '../configuration';
import type { BrokerPlace, FetchFailure, FetchResponse, Offset, Offsets } from '../wire/requests';
import { type ClientParts, ClusterClient, type ClusterUser } from './clusterClient';
import { CoordinatorLink } from './coordinatorLink';
import type { FetchOwner } from './fetching/brokerFetches';
import { CommittedOffsets } from './fetching/committedOffsets';
import { FetchBuffer, type PollListener } from './fetching/fetchBuffer';
import { FetchLines } from './fetching/fetchLines';
import { OffsetCommitter } from './fetching/offsetCommitter';
import {
  createReadingTrace,
  type ReadingTrace,
  type ReadingTraceMaker,
} from './fetching/readingTrace';
import { type Reading, ReadPositions } from './fetching/readPositions';
import { StartPositions } from './fetching/startPositions';
import type { GroupMember, MemberListener, PartitionStart } from './membership/groupMember';

export interface ConsumerParts extends ClientParts {
  /** `group.id`. */
  readonly group: string;
  /** Connections to the brokers as coordinators, by place. */
  readonly coordinatorRoutes: readonly TcpConnectionOptions[];
  /** Takes down what is read; absent: as for a reader that nobody stands behind. */
  readonly trace?: ReadingTraceMaker;
}

/** What the program on top hears. */
export interface ConsumerListener {
  /** There is a broker to fetch from, or another one than before. */
  ready(): void;
  /** A fetch was answered, perhaps with nothing. */
  answered(): void;
}

export class Consumer implements ClusterUser, FetchOwner, MemberListener {
  readonly client: ClusterClient;
  readonly coordinator: CoordinatorLink;
  /** Set for a consumer that subscribes; null: it is given its partitions by hand. */
  member: GroupMember | null = null;
  readonly #settings: KafkaSettings;
  readonly #listener: ConsumerListener;
  readonly #positions: ReadPositions;
  readonly #trace: ReadingTrace;
  readonly #buffer = new FetchBuffer();
  readonly #committer: OffsetCommitter;
  readonly #committed: CommittedOffsets;
  readonly #starts: StartPositions;
  readonly #group: string;
  readonly #lines: FetchLines;
  /** Given by hand. */
  #partitions: readonly PartitionIndex[] = [];
  #hasLostMemory = false;
  #hasCrashed = false;
  /** What the last poll returned is being worked on. */
  #isWorking = false;
  #isClosing = false;

  constructor(
    environment: Environment,
    settings: KafkaSettings,
    parts: ConsumerParts,
    listener: ConsumerListener,
  ) {
    const { cluster, process, group, coordinatorRoutes } = parts;
    this.#settings = settings;
    this.#group = group;
    this.#listener = listener;
    this.client = new ClusterClient(environment, settings, parts, this);
    this.#positions = new ReadPositions(this.client);
    this.#lines = new FetchLines(settings, {
      client: this.client,
      positions: this.#positions,
      owner: this,
    });
    const makeTrace = parts.trace ?? createReadingTrace;
    this.#trace = makeTrace(environment, process.node, this.#positions);
    this.coordinator = new CoordinatorLink(
      environment,
      settings,
      { process, cluster, routes: coordinatorRoutes },
      { of: 'group', name: group, known: cluster.coordinatorOf(group), lost: () => this.#lost() },
    );
    this.#starts = new StartPositions(environment, settings, cluster);
    this.#committed = new CommittedOffsets(settings, {
      process,
      link: this.coordinator,
      group,
      told: (offsets) => this.#resume(offsets),
    });
    this.#committer = new OffsetCommitter(environment, settings, {
      group,
      positions: this.#positions,
      link: this.coordinator,
      member: () => this.member,
    });
  }

  // Which partitions, and from where

  /** assign(): these partitions from the beginning; for the start of a scene, when logs are empty. */
  assignByHand(partitions: readonly PartitionIndex[]): void {
    this.#partitions = partitions;
    for (const partition of partitions) this.#positions.begin(partition, 0);
    this.#follow();
  }

  /** Who comes late has nothing committed, and starts where `auto.offset.reset` says. */
  startLate(): void {
    // One that has crashed before asks what it has committed, as ever.
    if (this.#hasCrashed) return;
    for (const partition of this.#partitions) {
      const reading = this.#positions.begin(partition, this.startOf(partition, null));
      this.#trace.reset(reading, this.startCause);
    }
    this.#follow();
  }

  /** Opens the connections to those who lead its partitions. */
  dial(): void {
    for (const { partition } of this.#positions.all) {
      this.client.use(this.client.leaderOf(partition));
    }
  }

  /** The process runs again: it goes on where its group has committed. */
  restarted(): void {
    if (!this.#hasLostMemory || this.member !== null) return;
    this.#hasLostMemory = false;
    this.#committed.ask(this.#partitions);
  }

  startOf(partition: PartitionIndex, committed: Offset | null): Offset {
    return this.#starts.startOf(partition, committed);
  }

  get startCause(): LossCause {
    return this.#starts.startCause;
  }

  assigned(starts: readonly PartitionStart[]): void {
    for (const { partition, committed, position } of starts) {
      this.#positions.begin(partition, position);
      this.#committer.stands(partition, committed ?? undefined);
    }
    this.proceed();
  }

  revoked(partitions: readonly PartitionIndex[]): void {
    for (const partition of partitions) {
      this.#positions.end(partition);
      this.#buffer.drop(partition);
    }
    this.proceed();
  }

  offsetsToCommit(): Offsets {
    return this.#settings.enableAutoCommit === 'on' ? this.#committer.moved() : new Map();
  }

  // Fetching

  /**
   * Sends a fetch to each broker that has none, to wait so long there, in microseconds.
   *
   * @returns how many have left.
   */
  fetch(maxWait: number): number {
    return this.#topUp(maxWait, 0);
  }

  /** As `fetch`, but up to so many for each partition that is read. */
  standInLine(perPartition: number, maxWait: number): void {
    this.#topUp(maxWait, perPartition);
  }

  /** Whether a fetch is out somewhere. */
  get isFetching(): boolean {
    return this.#lines.isFetching;
  }

  /** Whether records have come that no poll has returned. */
  get hasFetched(): boolean {
    return this.#buffer.unpolled > 0;
  }

  /** @returns how many records poll() returns: those that have come, `max.poll.records` at most. */
  poll(): number {
    this.#isWorking = false;
    if (this.#isClosing) this.close();
    this.member?.polled();
    this.#committer.autoCommit();
    const count = this.#buffer.poll(this.#settings.maxPollRecords, this.#polling);
    if (count > 0) this.member?.working();
    this.#isWorking = count > 0;
    return count;
  }

  /** close(): leaves its group; a program that works on what a poll returned does so afterwards. */
  close(): void {
    this.#isClosing = this.#isWorking;
    if (!this.#isWorking) this.member?.stop();
  }

  /** Hands the next polled record to the application; -1: there is none left. */
  take(): MessageIndex {
    const record = this.#buffer.take();
    if (record === null) return -1;
    this.#trace.taken(record);
    return record.message;
  }

  /**
   * The records of the last poll are not worked on, for they could not be committed before; what is
   * still its own the program reads once more (seek()).
   */
  abandonPoll(): void {
    for (const [partition, offset] of this.#buffer.abandonPoll()) {
      const reading = this.#positions.of(partition);
      if (!reading) continue;
      this.#buffer.drop(partition);
      this.#positions.reset(reading, offset);
      this.#lines.saysWhereAt(reading.at);
    }
  }

  /** commitSync(): how far polls have come. */
  commit(done: (error: KafkaError) => void): void {
    this.#committer.commit(done);
  }

  /** As whom offsets are committed; who has its partitions by hand is no member. */
  get identity() {
    return this.member?.identity ?? { group: this.#group, member: '', generation: -1 };
  }

  /** How far polls have come. */
  get stands(): Offsets {
    return new Map(this.#positions.all.map(({ partition, position }) => [partition, position]));
  }

  /** A transaction has committed these. */
  committed(offsets: Offsets): void {
    for (const [partition, at] of offsets) this.#committer.stands(partition, at);
  }

  /** seek(): goes on from there, in those of these partitions that are still its own. */
  seek(offsets: Offsets): void {
    this.#buffer.abandonPoll();
    for (const [partition, position] of offsets) {
      const reading = this.#positions.of(partition);
      if (!reading || reading.position === position) continue;
      this.#buffer.drop(partition);
      this.#goTo(reading, position);
    }
  }

  /** How far polls have come, where that is not committed. */
  get uncommitted(): Offsets {
    return this.#committer.moved();
  }

  /** The program died: it comes back where it had committed, or where `auto.offset.reset` says. */
  loseMemory(): void {
    this.client.loseMemory();
    this.coordinator.loseMemory();
    this.#committer.loseMemory();
    this.#buffer.clear();
    this.#positions.clear();
    this.#positions.followLeaders(noMatter);
    this.#committed.loseMemory();
    this.#hasLostMemory = true;
    this.#hasCrashed = true;
    this.#isWorking = false;
    this.#isClosing = false;
  }

  // What connections say

  proceed(): void {
    this.#follow();
    this.#listener.ready();
  }

  opened(place: BrokerPlace): void {
    this.#lines.reset(place);
    const { channel } = this.client.connectionTo(place) ?? {};
    for (const reading of this.#positions.at(place)) {
      const { partition, fetchPosition } = reading;
      reading.writtenBefore = this.#starts.endsOf(partition).logEnd;
      if (this.#settings.durability === 'off') channel?.startsAt(partition, fetchPosition);
    }
  }

  lost(place: BrokerPlace): void {
    this.#lines.reset(place);
    this.client.refresh();
  }

  needs(place: BrokerPlace): boolean {
    return this.#positions.at(place).length > 0;
  }

  fetched(response: FetchResponse, place: BrokerPlace): void {
    for (const records of response.records) {
      const reading = this.#positions.of(records.partition);
      if (!this.#positions.isCurrent(reading, response)) continue;
      if (records.nextOffset <= reading.fetchPosition) continue;
      this.#buffer.add(records, reading.fetchPosition);
      reading.fetchPosition = records.nextOffset;
    }
    if (response.failures.length > 0) this.#failed(response, place);
    this.#listener.answered();
  }

  #topUp(maxWait: number, perPartition: number): number {
    const sent = this.#lines.topUp(maxWait, perPartition);
    this.#refreshIfLost();
    return sent;
  }

  #failed(response: FetchResponse, place: BrokerPlace): void {
    for (const failure of response.failures) {
      const reading = this.#positions.of(failure.partition);
      if (!this.#positions.isCurrent(reading, response)) continue;
      if (failure.error === 'OFFSET_OUT_OF_RANGE') this.#outOfRange(reading);
      else this.#misdirected(reading, failure, place);
    }
    this.#follow();
  }

  #misdirected(reading: Reading, { leader }: FetchFailure, place: BrokerPlace): void {
    if (reading.at !== place) return;
    if (leader >= 0 && leader !== place) this.client.leaderIs(reading.partition, leader);
    else this.#positions.refused(reading);
    this.client.refresh();
  }

  #outOfRange(reading: Reading): void {
    const { partition } = reading;
    const position = this.#starts.afterOutOfRange(partition, reading.position);
    // What was fetched before is still handed out.
    this.#buffer.drop(partition, position);
    this.#goTo(reading, position);
  }

  #goTo(reading: Reading, position: Offset): void {
    this.#positions.reset(reading, position);
    this.#lines.saysWhereAt(reading.at);
    this.#trace.reset(reading, 'reset past it');
  }

  #follow(): void {
    this.#positions.followLeaders((place, to) => {
      this.#lines.saysWhereAt(place);
      for (const reading of to)
        reading.writtenBefore = this.#starts.endsOf(reading.partition).logEnd;
    });
    this.#refreshIfLost();
  }

  #refreshIfLost(): void {
    if (this.#positions.lacksLeader) this.client.refresh();
  }

  readonly #polling: PollListener = {
    moved: (partition, position) => {
      const reading = this.#positions.of(partition);
      if (reading && position > reading.position) reading.position = position;
    },
    skipped: (partition, position) => this.#trace.skipped(partition, position),
  };

  #resume(offsets: Offsets): void {
    for (const partition of this.#partitions) {
      const committed = offsets.get(partition);
      const position = this.startOf(partition, committed ?? null);
      const reading = this.#positions.begin(partition, position);
      this.#committer.stands(partition, committed);
      this.#trace.reset(reading, 'reset past it');
    }
    this.proceed();
  }

  #lost(): void {
    this.#committed.askAgain();
    this.#committer.coordinatorLost();
    this.member?.coordinatorLost();
  }
}

const noMatter = (): void => undefined;
