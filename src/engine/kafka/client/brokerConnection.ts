// One client's connection to one broker: requests go out, answers come back in the same order, and
// all that is unanswered ends with it. Knows nothing of what is asked.

import type { EventId } from '../../kernel/eventQueue';
import { withOne } from '../../kernel/shortList';
import { microseconds, type SimTime, seconds } from '../../kernel/simTime';
import type { Environment } from '../../network/node';
import {
  type ConnectionListener,
  TcpConnection,
  type TcpConnectionOptions,
} from '../../network/tcpConnection';
import { NO_MESSAGES, type Parcel, type Transfer } from '../../network/transfer';
import { EntryKind, type TransferType } from '../../trace/entryKinds';
import type { MessageIndex, TransferIndex } from '../../trace/trace';
import type { Broker } from '../cluster/broker';
import { BrokerChannel } from '../cluster/brokerChannel';
import type { KafkaSettings } from '../configuration';
import { requestBytes } from '../wire/requestBytes';
import type { BrokerPlace, KafkaBody, KafkaRequest, KafkaResponse } from '../wire/requests';
import type { ClientProcess } from './clientProcess';

/** Who has asked: hears exactly one of the two, unless its process dies first. */
export interface Asker {
  answered(response: KafkaResponse, sent: SentRequest): void;
  /** The connection died, or was given up, before the answer was there. */
  unanswered(sent: SentRequest): void;
}

/** A request on its way or at the broker. */
export interface SentRequest {
  readonly request: KafkaRequest;
  readonly asker: Asker;
  readonly transfer: TransferIndex;
  readonly sentAt: SimTime;
}

/** The client that owns the connection. */
export interface ConnectionOwner {
  /** Requests may be sent. */
  opened(connection: BrokerConnection): void;
  /** It died; the askers of what was unanswered have been told. */
  lost(connection: BrokerConnection): void;
  /** It is closed, and both ends are there: dial if it is needed. */
  canDial(connection: BrokerConnection): void;
}

export interface ConnectionParts {
  readonly environment: Environment;
  readonly settings: KafkaSettings;
  readonly process: ClientProcess;
  readonly broker: Broker;
  readonly route: TcpConnectionOptions;
}

/** A join waits for the other members, so that its answer may take a poll interval and this. */
const JOIN_LAPSE = seconds(5);

export class BrokerConnection implements ConnectionListener<KafkaBody> {
  readonly place: BrokerPlace;
  readonly tcp: TcpConnection<KafkaBody>;
  /** The broker's end. */
  readonly channel: BrokerChannel;
  readonly #parts: ConnectionParts;
  readonly #owner: ConnectionOwner;
  #unanswered: SentRequest[] = [];
  #watch: EventId | null = null;
  #answeredAt = Number.NEGATIVE_INFINITY;

  constructor(parts: ConnectionParts, owner: ConnectionOwner) {
    this.#parts = parts;
    this.#owner = owner;
    this.place = parts.broker.place;
    this.tcp = new TcpConnection<KafkaBody>(parts.environment, parts.route, this);
    this.channel = new BrokerChannel(this.tcp, parts.broker);
  }

  get isOpen(): boolean {
    return this.tcp.state === 'open';
  }

  /** Open, being opened, or such that opening has a chance. */
  get isUsable(): boolean {
    return this.tcp.state !== 'closed' || this.tcp.isPossible;
  }

  /** Requests without an answer so far. */
  get pending(): number {
    return this.#unanswered.length;
  }

  /** Puts a request on the line. With acks 0 nobody answers, and nobody is told. */
  send(request: KafkaRequest, asker: Asker): TransferIndex {
    const { index } = this.tcp.send(this.tcp.client, parcelOf(request));
    if (request.api === 'produce' && request.acks === '0') return index;
    const { now: sentAt } = this.#parts.environment.context;
    const sent = { request, asker, transfer: index, sentAt };
    this.#unanswered = withOne(this.#unanswered, sent);
    this.#watchOver();
    return index;
  }

  established(): void {
    this.#parts.environment.recorder.entry(EntryKind.Opened, {
      node: this.tcp.client.index,
      place: this.tcp.index,
    });
    this.#parts.process.run(opened, this);
  }

  closed(): void {
    this.#parts.broker.forget(this.channel);
    const unanswered = this.#unanswered;
    this.#unanswered = [];
    if (this.#watch !== null) this.#parts.environment.context.cancel(this.#watch);
    this.#watch = null;
    // What a dead process waited for, nobody waits for any more.
    if (!this.tcp.client.up) return;
    this.#parts.process.run(failed, { connection: this, unanswered });
  }

  arrived(transfer: Transfer<KafkaBody>): void {
    const { body } = transfer.parcel;
    if (transfer.route.to === this.tcp.server) this.channel.receive(body as KafkaRequest);
    else this.#parts.process.run(answered, { connection: this, body: body as KafkaResponse });
  }

  canDial(): void {
    this.#parts.process.run(dialling, this);
  }

  /** Calls the owner. */
  announce(): void {
    if (this.isOpen) this.#owner.opened(this);
  }

  /** Asks the owner whether to dial. */
  offer(): void {
    if (this.tcp.state === 'closed' && this.tcp.isPossible) this.#owner.canDial(this);
  }

  /** Gives the answer to the oldest request, to which alone it can belong. */
  take(response: KafkaResponse): void {
    const sent = this.#unanswered.shift();
    this.#answeredAt = this.#now;
    // An answer that a stalled process had not read yet is gone with its connection.
    if (sent) sent.asker.answered(response, sent);
  }

  /** Tells everyone whose answer will not come any more, the oldest first. */
  giveUp(unanswered: readonly SentRequest[]): void {
    const { context } = this.#parts.environment;
    const { cause } = context;
    for (const sent of unanswered) {
      context.cause = cause;
      sent.asker.unanswered(sent);
    }
    context.cause = cause;
    this.#owner.lost(this);
  }

  /** Breaks the connection if the oldest request has waited too long. */
  checkTimeout(): void {
    this.#watch = null;
    if (this.#expiry() > this.#now) this.#watchOver();
    else this.tcp.abort();
  }

  /** One timer watches over all requests; each new one would cost an event otherwise. */
  #watchOver(): void {
    if (this.#watch !== null) return;
    const expiry = this.#expiry();
    if (expiry === Number.POSITIVE_INFINITY) return;
    this.#watch = this.#parts.process.after(microseconds(expiry - this.#now), timeUp, this);
  }

  // Simplified: The time limit of a request runs from the answer before it; Kafka's runs from its
  // sending, but there no fetches stand in line.
  /** When the client no longer waits for the next answer (`request.timeout.ms`). */
  #expiry(): number {
    const next = this.#unanswered[0];
    if (!next) return Number.POSITIVE_INFINITY;
    const from = Math.max(next.sentAt, this.#answeredAt);
    return from + timeoutOf(next.request, this.#parts.settings);
  }

  get #now(): number {
    return this.#parts.environment.context.now;
  }
}

function timeoutOf({ api }: KafkaRequest, settings: KafkaSettings): number {
  const { requestTimeout, maxPollInterval } = settings;
  return api === 'join' ? Math.max(requestTimeout, maxPollInterval + JOIN_LAPSE) : requestTimeout;
}

const TRANSFER_TYPE_OF: Readonly<Record<KafkaRequest['api'], TransferType>> = {
  produce: 'produce',
  fetch: 'poll',
  metadata: 'metadata',
  findCoordinator: 'coordinator',
  commit: 'commit',
  offsets: 'offsets',
  join: 'join',
  sync: 'join',
  heartbeat: 'heartbeat',
  groupHeartbeat: 'heartbeat',
  leave: 'leave',
  initProducerId: 'transaction',
  addToTransaction: 'transaction',
  transactionOffsets: 'transaction',
  endTransaction: 'transaction',
};

function parcelOf(request: KafkaRequest): Parcel<KafkaBody> {
  const type = TRANSFER_TYPE_OF[request.api];
  const bytes = requestBytes(request);
  if (request.api !== 'produce') {
    return { type, bytes, payloadBytes: 0, messages: NO_MESSAGES, body: request };
  }
  // The batches' records one after the other.
  let messages: MessageIndex[] = [];
  let payloadBytes = 0;
  for (const { records } of request.batches) {
    for (const record of records) {
      messages = withOne(messages, record.message);
      payloadBytes += record.payloadBytes;
    }
  }
  const { batches } = request;
  return { type, bytes, payloadBytes, messages, batches, body: request };
}

interface Arrival {
  readonly connection: BrokerConnection;
  readonly body: KafkaResponse;
}

interface Failure {
  readonly connection: BrokerConnection;
  readonly unanswered: readonly SentRequest[];
}

const opened = (connection: BrokerConnection): void => connection.announce();
const dialling = (connection: BrokerConnection): void => connection.offer();
const timeUp = (connection: BrokerConnection): void => connection.checkTimeout();
const answered = ({ connection, body }: Arrival): void => connection.take(body);
const failed = ({ connection, unanswered }: Failure): void => connection.giveUp(unanswered);
