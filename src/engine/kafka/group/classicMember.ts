// A member of a classic group as its coordinator keeps it: what it asked for, and which answers it
// waits for.

import type { NodeIndex } from '../../trace/trace';
import type { TopicPartition } from '../assignors/assignor';
import type { KafkaError } from '../cluster/errors';
import type { JoinRequest, JoinResponse } from '../wire/requests';
import type { Deadline } from './deadline';
import type { GroupAnswer } from './membership';

export class ClassicMember {
  readonly id: string;
  readonly node: NodeIndex;
  readonly session: Deadline;
  assignment: readonly TopicPartition[] = [];
  /** Whether it has asked for its assignment in this generation. */
  hasSynced = false;
  #request: JoinRequest | null = null;
  #join: GroupAnswer | null = null;
  #sync: GroupAnswer | null = null;

  constructor(member: {
    readonly id: string;
    readonly node: NodeIndex;
    readonly session: Deadline;
  }) {
    this.id = member.id;
    this.node = member.node;
    this.session = member.session;
  }

  /** As it joined last. */
  get request(): JoinRequest {
    if (!this.#request) throw new Error(`Engine fault: member ${this.id} never joined.`);
    return this.#request;
  }

  get isJoining(): boolean {
    return this.#join !== null;
  }

  get isSyncing(): boolean {
    return this.#sync !== null;
  }

  /** Whether it says nothing new: it asks again because it did not get the answer. */
  joinedAs({ generation, topics, owned }: JoinRequest): boolean {
    const last = this.request;
    return (
      generation === last.generation &&
      topics.join() === last.topics.join() &&
      namesIn(owned) === namesIn(last.owned)
    );
  }

  waitsToJoin(request: JoinRequest, answer: GroupAnswer): void {
    this.#request = request;
    this.#join = answer;
  }

  joined(response: JoinResponse): void {
    const answer = this.#join;
    this.#join = null;
    this.hasSynced = false;
    answer?.(response);
  }

  waitsForAssignment(answer: GroupAnswer): void {
    this.hasSynced = true;
    this.#sync = answer;
  }

  assign(): void {
    const answer = this.#sync;
    this.#sync = null;
    answer?.({ api: 'synced', error: 'NONE', assignment: this.assignment });
  }

  refuseSync(error: KafkaError): void {
    const answer = this.#sync;
    this.#sync = null;
    answer?.({ api: 'synced', error, assignment: [] });
  }

  refuse(error: KafkaError): void {
    const answer = this.#join;
    this.#join = null;
    answer?.({ api: 'joined', error, member: this.id, generation: -1, leader: '', members: [] });
    this.refuseSync(error);
  }
}

const namesIn = (owned: readonly TopicPartition[]): string =>
  owned.map(({ topic, partition }) => `${topic}-${partition}`).join();
