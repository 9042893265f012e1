// The transactions of one producer, at its client: its epoch, which partitions the open transaction
// has, and how it ends. Sends no records.

import { microseconds } from '../../kernel/simTime';
import type { PartitionIndex } from '../../trace/trace';
import type { KafkaError } from '../cluster/errors';
import type { KafkaSettings } from '../configuration';
import type {
  InitProducerIdResponse,
  Offsets,
  ProducerId,
  TransactionAnswer,
  TransactionRequest,
  TransactionResponse,
} from '../wire/requests';
import type { ClientProcess } from './clientProcess';
import { type Ask, CoordinatorTalk } from './coordinatorTalk';
import type { GroupIdentity } from './membership/groupMember';

export interface TransactionListener {
  /** `maySend` says yes to more partitions than before. */
  partitionsAdded(): void;
  /** Another instance has taken the transactional id over, or the coordinator gave this one up. */
  fenced(): void;
}

export interface TransactionOptions {
  readonly process: ClientProcess;
  /** `transactional.id`. */
  readonly transactionalId: string;
  readonly ask: Ask<TransactionRequest, TransactionAnswer>;
  readonly listener: TransactionListener;
}

type State = 'new' | 'ready' | 'in transaction' | 'ending' | 'fenced';

const FENCES: ReadonlySet<KafkaError> = new Set([
  'PRODUCER_FENCED',
  'INVALID_PRODUCER_EPOCH',
  'INVALID_PRODUCER_ID_MAPPING',
]);
const AT_ONCE = microseconds(0);

export class TransactionClient {
  producerId: ProducerId = -1;
  producerEpoch = -1;
  readonly #settings: KafkaSettings;
  readonly #options: TransactionOptions;
  readonly #talk: CoordinatorTalk<TransactionRequest, TransactionAnswer>;
  /** Partitions of the open transaction, as the coordinator has confirmed them. */
  readonly #added = new Set<PartitionIndex>();
  /** To be asked for, or asked for. */
  readonly #wanted = new Set<PartitionIndex>();
  #state: State = 'new';
  #hasOffsets = false;
  /** Counts inits and transactions: what an earlier one asked has no effect on this one. */
  #turn = 0;

  constructor(settings: KafkaSettings, options: TransactionOptions) {
    this.#settings = settings;
    this.#options = options;
    this.#talk = new CoordinatorTalk(options.ask);
  }

  /** initTransactions(): aborts what an older instance left open, and fences it. */
  init(done: () => void): void {
    this.#turn += 1;
    this.#state = 'new';
    this.#clear();
    const { transactionalId } = this.#options;
    this.#ask<InitProducerIdResponse>({ api: 'initProducerId', transactionalId }, (response) => {
      this.producerId = response.producerId;
      this.producerEpoch = response.producerEpoch;
      this.#state = 'ready';
      done();
    });
  }

  begin(): void {
    if (this.#state !== 'ready') throw new Error(`Engine fault: begin while ${this.#state}.`);
    this.#turn += 1;
    this.#state = 'in transaction';
    this.#clear();
  }

  /** Whether records may go to the partition; if not yet, it is asked for. */
  maySend(partition: PartitionIndex): boolean {
    if (this.#state !== 'in transaction') return false;
    if (this.#added.has(partition)) return true;
    // All that are wanted at one instant are asked for together.
    if (this.#wanted.size === 0) this.#options.process.after(AT_ONCE, addNow, this);
    this.#wanted.add(partition);
    return false;
  }

  /** sendOffsetsToTransaction(): a member that was expelled hears why not, and must abort. */
  sendOffsets(as: GroupIdentity, offsets: Offsets, done: (error: KafkaError) => void): void {
    this.#hasOffsets = true;
    const request = { api: 'transactionOffsets', ...this.#claim, ...as, offsets } as const;
    this.#ask<TransactionResponse>(request, ({ error }) => done(error));
  }

  /** Records that are to be committed must have been acknowledged, the others dropped. */
  end(outcome: 'commit' | 'abort', done: (error: KafkaError) => void): void {
    const isEmpty = this.#added.size + this.#wanted.size === 0 && !this.#hasOffsets;
    if (this.#state !== 'in transaction' || isEmpty) {
      const error = this.#state === 'in transaction' ? 'NONE' : 'INVALID_TXN_STATE';
      if (error === 'NONE') this.#state = 'ready';
      done(this.#state === 'fenced' ? 'PRODUCER_FENCED' : error);
      return;
    }
    this.#turn += 1;
    this.#state = 'ending';
    const request = { api: 'endTransaction', ...this.#claim, outcome } as const;
    this.#ask<TransactionResponse>(request, ({ error }) => {
      if (this.#state === 'ending') this.#state = 'ready';
      done(error);
    });
  }

  /** A broker has refused this producer's epoch. */
  producerFenced(): void {
    if (this.#state === 'fenced') return;
    this.#state = 'fenced';
    this.#turn += 1;
    this.#options.listener.fenced();
  }

  crash(): void {
    this.#talk.forget();
    this.#turn += 1;
    this.#state = 'new';
    this.#clear();
    this.producerId = -1;
    this.producerEpoch = -1;
  }

  coordinatorLost(): void {
    this.#talk.lost();
  }

  /** Asks for the partitions that are wanted by now. */
  add(): void {
    const partitions = [...this.#wanted];
    if (this.#state !== 'in transaction' || partitions.length === 0) return;
    const request = { api: 'addToTransaction', ...this.#claim, partitions } as const;
    this.#ask<TransactionResponse>(request, ({ error }) => {
      if (error !== 'NONE') return;
      for (const partition of partitions) {
        this.#wanted.delete(partition);
        this.#added.add(partition);
      }
      if (this.#wanted.size > 0) this.add();
      this.#options.listener.partitionsAdded();
    });
  }

  get #claim() {
    const { producerId, producerEpoch } = this;
    return { transactionalId: this.#options.transactionalId, producerId, producerEpoch };
  }

  #clear(): void {
    this.#added.clear();
    this.#wanted.clear();
    this.#hasOffsets = false;
  }

  /** Asks until there is an answer; a fence ends everything. */
  #ask<Answer extends TransactionAnswer>(
    request: TransactionRequest,
    done: (response: Answer) => void,
  ): void {
    const turn = this.#turn;
    const again = () => {
      if (turn === this.#turn) this.#ask(request, done);
    };
    this.#talk.ask<Answer>(request, {
      answered: (response) => {
        if (turn !== this.#turn) return;
        const { error } = response;
        if (error === 'CONCURRENT_TRANSACTIONS') {
          this.#options.process.after(this.#settings.retryBackoff, again, null);
          return;
        }
        if (FENCES.has(error)) this.producerFenced();
        done(response);
      },
      lost: again,
    });
  }
}

const addNow = (client: TransactionClient): void => client.add();
