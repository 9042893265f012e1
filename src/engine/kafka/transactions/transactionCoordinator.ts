// Gives out producer ids and epochs, and ends transactions: one outcome for all their partitions
// and offsets. Writes no marker itself.

import { present } from '../../assert';
import { instant, type SimTime, seconds } from '../../kernel/simTime';
import type { Environment } from '../../network/node';
import { EntryKind } from '../../trace/entryKinds';
import type { NodeIndex, PartitionIndex } from '../../trace/trace';
import type { KafkaError } from '../cluster/errors';
import type { KafkaSettings } from '../configuration';
import type { GroupCoordinator } from '../group/groupCoordinator';
import type {
  AddToTransactionRequest,
  EndTransactionRequest,
  InitProducerIdResponse,
  ProducerId,
  TransactionAnswer,
  TransactionOffsetsRequest,
  TransactionRequest,
} from '../wire/requests';
import { TransactionalProducer, type TransactionOutcome } from './transaction';

/** `transaction.abort.timed.out.transaction.cleanup.interval.ms`. */
const TIMEOUT_CHECK = seconds(10);

/** A control record that ends a transaction in one partition. */
export interface TransactionMarker {
  readonly producerId: ProducerId;
  readonly producerEpoch: number;
  readonly outcome: TransactionOutcome;
}

/** Whom the coordinator turns to when a transaction ends. */
export interface TransactionTargets {
  /** Has the partition's leader append the marker, however long that takes, then calls `done`. */
  writeMarker(partition: PartitionIndex, marker: TransactionMarker, done: () => void): void;
  group(name: string): GroupCoordinator;
  /** Producer ids are given out by the cluster, to producers without transactions as well. */
  nextProducerId(): ProducerId;
}

/** Whether a request comes from the producer that the coordinator knows. */
type Claim = Pick<AddToTransactionRequest, 'transactionalId' | 'producerId' | 'producerEpoch'>;

export class TransactionCoordinator {
  readonly #environment: Environment;
  readonly #settings: KafkaSettings;
  readonly #targets: TransactionTargets;
  readonly #producers = new Map<string, TransactionalProducer>();
  #nextNumber = 0;

  constructor(environment: Environment, settings: KafkaSettings, targets: TransactionTargets) {
    this.#environment = environment;
    this.#settings = settings;
    this.#targets = targets;
  }

  handle(
    client: NodeIndex,
    request: TransactionRequest,
    answer: (response: TransactionAnswer) => void,
  ): void {
    switch (request.api) {
      case 'initProducerId':
        answer(this.#initProducer(client, present(request.transactionalId, 'who asks has a name')));
        break;
      case 'addToTransaction':
        answer({ api: 'transactionAnswer', error: this.#add(client, request) });
        break;
      case 'transactionOffsets':
        answer({ api: 'transactionAnswer', error: this.#addOffsets(client, request) });
        break;
      case 'endTransaction':
        answer({ api: 'transactionAnswer', error: this.#end(request) });
        break;
    }
  }

  #initProducer(client: NodeIndex, transactionalId: string): InitProducerIdResponse {
    const known = this.#producers.get(transactionalId);
    if (!known) {
      const producer = new TransactionalProducer(this.#targets.nextProducerId(), client);
      this.#producers.set(transactionalId, producer);
      return producerIdResponse(producer.id, producer.epoch);
    }
    // What an older instance left open is aborted first; the new one asks again meanwhile.
    if (known.state === 'ongoing') this.#fenceAndAbort(known);
    if (known.state === 'ending') {
      return { ...producerIdResponse(-1, -1), error: 'CONCURRENT_TRANSACTIONS' };
    }
    known.epoch += 1;
    known.client = client;
    return producerIdResponse(known.id, known.epoch);
  }

  // Simplified: Partitions are added to a transaction by a request of their own, and its end does
  // not raise the producer's epoch, as before KIP-890.
  #add(client: NodeIndex, request: AddToTransactionRequest): KafkaError {
    const producer = this.#producerOf(request);
    if (typeof producer === 'string') return producer;
    if (producer.state === 'ending') return 'CONCURRENT_TRANSACTIONS';
    this.#beginIfNew(client, producer);
    for (const partition of request.partitions) producer.partitions.add(partition);
    return 'NONE';
  }

  // Simplified: A transaction's offsets go to its coordinator in one request, which has the group's
  // coordinator keep them (Kafka: AddOffsetsToTxn, then TxnOffsetCommit).
  #addOffsets(client: NodeIndex, request: TransactionOffsetsRequest): KafkaError {
    const producer = this.#producerOf(request);
    if (typeof producer === 'string') return producer;
    if (producer.state === 'ending') return 'CONCURRENT_TRANSACTIONS';
    this.#beginIfNew(client, producer);
    producer.groups.add(request.group);
    return this.#targets.group(request.group).pend(client, producer.id, request);
  }

  #end(request: EndTransactionRequest): KafkaError {
    const producer = this.#producerOf(request);
    if (typeof producer === 'string') return producer;
    switch (producer.state) {
      case 'none yet':
        return 'INVALID_TXN_STATE';
      case 'ongoing':
        this.#finish(producer, request.outcome);
        return 'NONE';
      case 'ending':
        return producer.outcome === request.outcome
          ? 'CONCURRENT_TRANSACTIONS'
          : 'INVALID_TXN_STATE';
      // The producer asks again because it did not get the answer.
      case 'ended':
        return producer.outcome === request.outcome ? 'NONE' : 'INVALID_TXN_STATE';
    }
  }

  #producerOf({ transactionalId, producerId, producerEpoch }: Claim) {
    const producer = this.#producers.get(transactionalId);
    if (producer?.id !== producerId) return 'INVALID_PRODUCER_ID_MAPPING';
    return producer.epoch === producerEpoch ? producer : 'PRODUCER_FENCED';
  }

  #beginIfNew(client: NodeIndex, producer: TransactionalProducer): void {
    if (producer.state === 'ongoing') return;
    const { context, recorder } = this.#environment;
    const number = this.#nextNumber;
    this.#nextNumber += 1;
    producer.begin(number);
    recorder.entry(EntryKind.TransactionBegan, { node: client, value: number });
    producer.timeout = context.schedule(this.#timeoutCheck(), () => this.#timedOut(producer), null);
  }

  /** The first check after the transaction has outlived `transaction.timeout.ms`. */
  #timeoutCheck(): SimTime {
    const deadline = this.#environment.context.now + this.#settings.transactionTimeout;
    return instant((Math.floor(deadline / TIMEOUT_CHECK) + 1) * TIMEOUT_CHECK);
  }

  #timedOut(producer: TransactionalProducer): void {
    producer.timeout = null;
    this.#fenceAndAbort(producer);
  }

  #fenceAndAbort(producer: TransactionalProducer): void {
    producer.epoch += 1;
    this.#finish(producer, 'abort');
  }

  #finish(producer: TransactionalProducer, outcome: TransactionOutcome): void {
    if (producer.timeout !== null) this.#environment.context.cancel(producer.timeout);
    producer.timeout = null;
    producer.state = 'ending';
    producer.outcome = outcome;
    const marker = { producerId: producer.id, producerEpoch: producer.epoch, outcome };
    let missing = producer.partitions.size;
    if (missing === 0) this.#ended(producer);
    for (const partition of producer.partitions) {
      this.#targets.writeMarker(partition, marker, () => {
        missing -= 1;
        if (missing === 0) this.#ended(producer);
      });
    }
  }

  #ended(producer: TransactionalProducer): void {
    const { id, client, number, outcome } = producer;
    producer.state = 'ended';
    for (const group of producer.groups) this.#targets.group(group).settle(id, outcome);
    const detail = outcome === 'commit' ? 1 : 0;
    const fields = { node: client, value: number, detail };
    this.#environment.recorder.entry(EntryKind.TransactionEnded, fields);
  }
}

const producerIdResponse = (producerId: ProducerId, producerEpoch: number) =>
  ({ api: 'producerId', error: 'NONE', producerId, producerEpoch }) as const;
