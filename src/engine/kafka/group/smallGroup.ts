// A group without a network, for tests: members and their coordinator, joined by calls that take a
// millisecond each way and wait for each other as requests on one connection do.

import { instant, milliseconds, type SimTime } from '../../kernel/simTime';
import { Simulation } from '../../kernel/simulation';
import { type Environment, NetworkNode } from '../../network/node';
import { EntryKind } from '../../trace/entryKinds';
import { TraceRecorder } from '../../trace/recordTrace';
import type { PartitionIndex } from '../../trace/trace';
import { ClientProcess } from '../client/clientProcess';
import { createGroupMember } from '../client/membership/createGroupMember';
import type { GroupMember, MemberListener } from '../client/membership/groupMember';
import { DEFAULT_KAFKA_SETTINGS, type KafkaSettings } from '../configuration';
import type { GroupRequest, GroupResponse, Offset } from '../wire/requests';
import { GroupCoordinator } from './groupCoordinator';
import { GROUP_PROTOCOLS } from './groupProtocols';

const ONE_WAY = milliseconds(1);
/** How often an application polls when it has nothing to do. */
const POLL_PAUSE = milliseconds(20);

/** One entry of the trace, with the time in milliseconds. */
export interface Happening {
  readonly ms: number;
  readonly kind: EntryKind;
  readonly node: number;
  readonly place: number;
  readonly value: number;
}

interface Waiting {
  readonly request: GroupRequest;
  readonly onAnswer: (response: GroupResponse) => void;
}

/** A consumer that reads without end: a record of each of its partitions with every poll. */
export class SmallConsumer implements MemberListener {
  readonly node: NetworkNode;
  readonly member: GroupMember;
  /** What it believes to own, and the next offset to read. */
  readonly positions = new Map<PartitionIndex, Offset>();
  readonly lost: PartitionIndex[] = [];
  /** Sent requests, by API; with the answer's error. */
  readonly said: string[] = [];
  readonly #world: SmallGroup;
  readonly #process: ClientProcess;
  #waiting: Waiting[] = [];
  #isMute = false;
  #connection = 0;
  /** Counts its starts and ends: the program of an earlier life polls no more. */
  #program = 0;
  #busyUntil = 0;

  constructor(world: SmallGroup, node: NetworkNode) {
    const { environment, settings, partitionsOfTopics } = world;
    this.#world = world;
    this.node = node;
    this.#process = new ClientProcess(environment, node);
    this.member = createGroupMember(environment, settings, {
      process: this.#process,
      group: 'group',
      topics: [...partitionsOfTopics.keys()],
      partitionsOfTopics,
      ask: (request, onAnswer) => this.#ask(request, onAnswer),
      listener: this,
    });
  }

  startOf(_partition: PartitionIndex, committed: Offset | null): Offset {
    return committed ?? 0;
  }

  readonly startCause = 'before it came';

  assigned(starts: readonly { partition: PartitionIndex; position: Offset }[]): void {
    for (const { partition, position } of starts) this.positions.set(partition, position);
  }

  revoked(partitions: readonly PartitionIndex[], why: 'revoked' | 'lost'): void {
    for (const partition of partitions) this.positions.delete(partition);
    if (why === 'lost') this.lost.push(...partitions);
  }

  offsetsToCommit() {
    return this.#world.settings.enableAutoCommit === 'on' ? new Map(this.positions) : new Map();
  }

  start(): void {
    if (!this.node.up) this.node.restart();
    this.#program += 1;
    this.#busyUntil = 0;
    this.member.start();
    this.#poll(this.#program);
  }

  /** Leaves poll, and stays away from it. */
  work(ms: number): void {
    if (!this.node.up) return;
    this.member.working();
    this.#busyUntil = this.#world.environment.context.now + milliseconds(ms);
  }

  stop(): void {
    this.#program += 1;
    this.member.stop();
  }

  crash(): void {
    this.node.crash();
    this.#program += 1;
    this.member.crash();
    this.positions.clear();
    this.#disconnect();
  }

  /** The connection dies, with all that was asked. */
  loseConnection(): void {
    this.#disconnect();
    this.#process.run(() => this.member.coordinatorLost(), null);
  }

  /** Polls now and for ever, unless it works. */
  #poll(program: number): void {
    if (program !== this.#program) return;
    if (this.#world.environment.context.now >= this.#busyUntil) {
      this.member.polled();
      for (const [partition, offset] of this.positions) this.positions.set(partition, offset + 1);
    }
    this.#process.after(POLL_PAUSE, () => this.#poll(program), null);
  }

  #disconnect(): void {
    this.#connection += 1;
    this.#waiting = [];
    this.#isMute = false;
  }

  #ask(request: GroupRequest, onAnswer: (response: GroupResponse) => void): void {
    this.#waiting.push({ request, onAnswer });
    this.#sendNext();
  }

  #sendNext(): void {
    if (this.#isMute) return;
    const next = this.#waiting.shift();
    if (!next) return;
    const { context } = this.#world.environment;
    const connection = this.#connection;
    this.#isMute = true;
    const answered = (response: GroupResponse) => {
      if (connection !== this.#connection) return;
      this.#isMute = false;
      const error = 'error' in response ? response.error : 'NONE';
      this.said.push(`${next.request.api} ${error}`);
      this.#process.run(() => next.onAnswer(response), null);
      this.#sendNext();
    };
    const arrive = () => {
      this.#world.coordinator.handle(this.node.index, next.request, (response) => {
        context.after(ONE_WAY, answered, response);
      });
    };
    context.after(ONE_WAY, arrive, null);
  }
}

export class SmallGroup {
  readonly settings: KafkaSettings;
  readonly environment: Environment;
  readonly partitionsOfTopics: ReadonlyMap<string, readonly PartitionIndex[]>;
  readonly coordinator: GroupCoordinator;
  readonly consumers: readonly SmallConsumer[];
  /** The legend node of the group. */
  readonly node: number;
  readonly #simulation: Simulation;
  readonly #recorder: TraceRecorder;
  readonly #end: SimTime;

  constructor(plan: {
    readonly members: number;
    readonly partitions: number;
    readonly seconds?: number;
    readonly settings?: Partial<KafkaSettings>;
  }) {
    const start = instant(0);
    this.#end = instant((plan.seconds ?? 60) * 1e6);
    this.#simulation = new Simulation({
      ...{ seed: 1, start, horizon: this.#end, eventLimit: 1_000_000 },
    });
    this.#recorder = new TraceRecorder(this.#simulation);
    this.environment = { context: this.#simulation, recorder: this.#recorder };
    this.settings = { ...DEFAULT_KAFKA_SETTINGS, ...plan.settings };
    const partitions = Array.from({ length: plan.partitions }, (_, index) => index);
    this.partitionsOfTopics = new Map([['topic', partitions]]);
    this.node = plan.members;
    const { environment, settings, node, partitionsOfTopics } = this;
    this.coordinator = new GroupCoordinator(environment, (offsets) =>
      GROUP_PROTOCOLS.createMembership({
        ...{ environment, settings, plan: { node, partitionsOfTopics }, offsets },
      }),
    );
    this.consumers = Array.from({ length: plan.members }, (_, index) => {
      return new SmallConsumer(this, new NetworkNode(this.environment, index, `member ${index}`));
    });
  }

  at(ms: number, act: () => void): void {
    this.#simulation.schedule(instant(ms * 1_000), act, undefined);
  }

  runUntil(ms: number): void {
    this.#simulation.runUntil(instant(ms * 1_000));
  }

  /** Runs to the end. @returns all that was taken down. */
  finish(): readonly Happening[] {
    this.#simulation.runUntil(this.#end);
    const legend = { stages: [], nodes: [], links: [], connections: [], partitions: [] };
    const { entries } = this.#recorder.finish(
      { ...legend, parameters: [], keys: [] },
      instant(0),
      this.#end,
    );
    return Array.from({ length: entries.count }, (_, seq) => ({
      ms: (entries.time[seq] as number) / 1_000,
      kind: entries.kind[seq] as EntryKind,
      node: entries.node[seq] as number,
      place: entries.place[seq] as number,
      value: entries.value[seq] as number,
    }));
  }
}

/** Each partition's owner in the coordinator's eyes after these happenings; -1: nobody. */
export function ownersAfter(happenings: readonly Happening[]): ReadonlyMap<number, number> {
  const owners = new Map<number, number>();
  for (const { kind, place, value } of happenings) {
    if (kind === EntryKind.OwnerSet) owners.set(place, value);
  }
  return owners;
}
