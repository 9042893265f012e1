// A program that reads, works and writes in transactions: what it writes for one poll's records and
// that it has read them takes effect together, or not at all.

import { CoordinatorLink } from '../kafka/client/coordinatorLink';
import { TransactionClient } from '../kafka/client/transactionClient';
import type { KafkaError } from '../kafka/cluster/errors';
import type { Offsets, TransactionAnswer, TransactionRequest } from '../kafka/wire/requests';
import type { KafkaProgram, ProgramParts, TransactionalProgramMaker } from './kafkaProgram';
import { PollCycle } from './pollCycle';
import type { Want } from './talk';

/** New: it has no producer id, so that what an older instance left open may still be open. */
type State = 'new' | 'initialising' | 'initialised';

class TransactionalProgram implements KafkaProgram {
  readonly #parts: ProgramParts;
  readonly #link: CoordinatorLink;
  readonly #transactions: TransactionClient;
  readonly #cycle: PollCycle | null;
  #state: State = 'new';
  /** Wanted while no transaction was open. */
  #due: Want[] = [];
  /** Where the poll of the open transaction began: an abort goes back there. */
  #before: Offsets = new Map();
  #mustAbort = false;
  /** The producer's epoch is of no use any more. */
  #mustInit = false;
  /** What follows when nothing is unacknowledged any more. */
  #flushed: (() => void) | null = null;

  constructor(parts: ProgramParts, site: Parameters<TransactionalProgramMaker>[0]) {
    const { environment, cluster, routes, transactionalId } = site;
    const { settings, process, consumer, work } = parts;
    this.#parts = parts;
    // Simplified: A producer asks its transactions' coordinator over a connection of its own;
    // Kafka's shares the one to that broker.
    this.#link = new CoordinatorLink(
      environment,
      settings,
      { process, cluster, routes },
      {
        of: 'transaction',
        name: transactionalId,
        known: cluster.coordinatorOf(transactionalId),
        lost: () => this.#transactions.coordinatorLost(),
      },
    );
    this.#transactions = new TransactionClient(settings, {
      process,
      transactionalId,
      ask: (request: TransactionRequest, onAnswer: (response: TransactionAnswer) => void) =>
        this.#link.ask(request, onAnswer),
      listener: {
        partitionsAdded: () => parts.producer?.wake(),
        fenced: () => {
          this.#mustAbort = true;
          this.#mustInit = true;
        },
      },
    });
    if (parts.producer) parts.producer.transaction = this.#transactions;
    const frame = {
      begin: (go: () => void) => this.#begin(go),
      end: (done: () => void) => this.#end(done),
    };
    this.#cycle =
      consumer && new PollCycle({ process, consumer, work, frame, done: () => this.#read() });
  }

  start(): void {
    if (this.#state === 'new') this.#init(() => this.#read());
    else this.#read();
  }

  want(want: Want): void {
    if (this.#cycle?.isBusy) this.#parts.handOver(want);
    else this.#due.push(want);
  }

  settled(outcome: 'acknowledged' | 'given up'): void {
    // Records of the transaction that have left are missing now, and their numbers with them.
    if (outcome === 'given up') {
      this.#mustAbort = true;
      this.#mustInit = true;
    }
    const flushed = this.#flushed;
    if (flushed === null || this.#parts.producer?.isIdle === false) return;
    this.#flushed = null;
    flushed();
  }

  ready(): void {
    this.#standInLine();
  }

  answered(): void {
    this.#read();
  }

  loseMemory(): void {
    this.#state = 'new';
    this.#due = [];
    this.#mustAbort = false;
    this.#mustInit = false;
    this.#flushed = null;
    this.#cycle?.loseMemory();
    this.#transactions.crash();
    this.#link.loseMemory();
  }

  /** initTransactions(): nothing is read before it has returned. */
  #init(done: () => void): void {
    this.#state = 'initialising';
    this.#mustInit = false;
    this.#transactions.init(() => {
      this.#state = 'initialised';
      done();
    });
  }

  #read(): void {
    const { consumer } = this.#parts;
    if (this.#state !== 'initialised' || this.#cycle === null || this.#cycle.isBusy) return;
    this.#before = consumer?.stands ?? new Map();
    const hasRead = this.#cycle.turn();
    // What takes no time is done, and has read on already.
    if (!hasRead || this.#cycle.isBusy) this.#standInLine();
  }

  #standInLine(): void {
    const { consumer, settings } = this.#parts;
    if (this.#state !== 'initialised' || consumer === null || consumer.hasFetched) return;
    consumer.standInLine(settings.standingFetches, settings.fetchMaxWait);
  }

  #begin(go: () => void): void {
    this.#transactions.begin();
    const due = this.#due;
    this.#due = [];
    for (const want of due) this.#parts.handOver(want);
    go();
  }

  #end(done: () => void): void {
    const { consumer } = this.#parts;
    if (this.#mustAbort || consumer === null) {
      this.#abort(done);
      return;
    }
    const offsets = consumer.uncommitted;
    this.#transactions.sendOffsets(consumer.identity, offsets, (error) => {
      if (error === 'NONE') this.#flush(() => this.#commit(offsets, done));
      else this.#abort(done);
    });
  }

  #commit(offsets: Offsets, done: () => void): void {
    if (this.#mustAbort) {
      this.#abort(done);
      return;
    }
    this.#transactions.end('commit', (error: KafkaError) => {
      if (error === 'NONE') {
        this.#parts.consumer?.committed(offsets);
        done();
      } else this.#abort(done);
    });
  }

  /**
   * Takes back what it can, and reads the same again. Whoever was fenced makes itself a new
   * producer, as Kafka Streams does; other programs end, and somebody starts them again.
   */
  #abort(done: () => void): void {
    const { producer, consumer } = this.#parts;
    const mustInit = this.#mustInit;
    producer?.abandon();
    // What was never sent takes no number, so that nothing is missing.
    this.#mustInit = mustInit;
    this.#flush(() => {
      this.#transactions.end('abort', () => {
        this.#mustAbort = false;
        consumer?.seek(this.#before);
        if (this.#mustInit) this.#init(done);
        else done();
      });
    });
  }

  /** `done` runs when all that was handed over is acknowledged or given up. */
  #flush(done: () => void): void {
    const { producer } = this.#parts;
    if (producer === null || producer.isIdle) {
      done();
      return;
    }
    this.#flushed = done;
    producer.flush();
  }
}

export const transactionalProgram: TransactionalProgramMaker = (site) => (parts) =>
  new TransactionalProgram(parts, site);
