// The coordinator of one group: takes its requests, keeps its offsets; how membership works is the
// protocol's.

import type { Environment } from '../../network/node';
import { EntryKind } from '../../trace/entryKinds';
import type { NodeIndex } from '../../trace/trace';
import { KAFKA_ERRORS, type KafkaError } from '../cluster/errors';
import type { GroupRequest, OffsetsRequest, ProducerId } from '../wire/requests';
import { CommittedOffsets } from './committedOffsets';
import type { Committer, GroupAnswer, Membership } from './membership';

export class GroupCoordinator {
  readonly #environment: Environment;
  readonly #offsets: CommittedOffsets;
  readonly #membership: Membership;

  constructor(environment: Environment, membershipWith: (offsets: CommittedOffsets) => Membership) {
    this.#environment = environment;
    this.#offsets = new CommittedOffsets(environment);
    this.#membership = membershipWith(this.#offsets);
  }

  /**
   * @param answer called once, now or later: joins and syncs wait for others. Never, if the same
   * member asks anew meanwhile, as it does when its connection has died.
   */
  handle(client: NodeIndex, request: GroupRequest, answer: GroupAnswer): void {
    switch (request.api) {
      case 'commit':
        answer({ api: 'committed', error: this.#commit(client, request) });
        break;
      case 'offsets':
        this.#answerOffsets(request, answer);
        break;
      default:
        this.#membership.handle(client, request, answer);
    }
  }

  /** Keeps offsets for a transaction; NONE, or why they are refused. */
  pend(client: NodeIndex, producer: ProducerId, committer: Committer): KafkaError {
    const error = this.#check(client, committer);
    if (error === 'NONE') this.#offsets.pend(producer, client, committer.offsets);
    return error;
  }

  /** The transaction has ended: its offsets become committed together, or never were. */
  settle(producer: ProducerId, outcome: 'commit' | 'abort'): void {
    this.#offsets.settle(producer, outcome);
  }

  /** Another broker has taken the group over: who waits is told, and all sessions begin anew. */
  moved(): void {
    this.#membership.moved();
  }

  #commit(client: NodeIndex, committer: Committer): KafkaError {
    const error = this.#check(client, committer);
    if (error === 'NONE') this.#offsets.commit(client, committer.offsets);
    return error;
  }

  #check(client: NodeIndex, committer: Committer): KafkaError {
    const error = this.#membership.checkCommit(committer);
    if (error === 'NONE') return error;
    for (const partition of committer.offsets.keys()) {
      this.#environment.recorder.entry(EntryKind.Refused, {
        node: client,
        place: partition,
        value: KAFKA_ERRORS[error].code,
      });
    }
    return error;
  }

  #answerOffsets({ partitions }: OffsetsRequest, answer: GroupAnswer): void {
    const error = this.#offsets.isUnstable(partitions) ? 'UNSTABLE_OFFSET_COMMIT' : 'NONE';
    const offsets = error === 'NONE' ? this.#offsets.read(partitions) : new Map<number, number>();
    answer({ api: 'offsetsAnswer', error, offsets });
  }
}
