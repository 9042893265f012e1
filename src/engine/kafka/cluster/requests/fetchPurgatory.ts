// Consumers' fetches at the broker: answered when there is enough to read, or when their time is
// up: the long poll.

import type { EventId } from '../../../kernel/eventQueue';
import { withOne } from '../../../kernel/shortList';
import { microseconds } from '../../../kernel/simTime';
import type { FetchRequest } from '../../wire/requests';
import type { Broker } from '../broker';
import type { BrokerChannel } from '../brokerChannel';
import { answerFetch, hasEnough } from './fetchAnswer';

interface WaitingFetch {
  readonly purgatory: FetchPurgatory;
  readonly channel: BrokerChannel;
  readonly request: FetchRequest;
  timeout: EventId | null;
}

export class FetchPurgatory {
  readonly #broker: Broker;
  #waiting: WaitingFetch[] = [];

  constructor(broker: Broker) {
    this.#broker = broker;
  }

  /** Answers at once if there is enough, or a partition to complain of; otherwise lets it wait. */
  work(channel: BrokerChannel, request: FetchRequest): void {
    if (request.from) channel.readFrom(request.from);
    const isHurried = request.maxWait === 0 || channel.isToReadElsewhere;
    if (isHurried || hasEnough(this.#broker, channel, request)) {
      answerFetch(this.#broker, channel, request);
      return;
    }
    const waiting: WaitingFetch = { purgatory: this, channel, request, timeout: null };
    const { context } = this.#broker;
    waiting.timeout = context.after(microseconds(request.maxWait), expireNow, waiting);
    this.#waiting = withOne(this.#waiting, waiting);
  }

  /** Something can be read, or no longer: answers whatever waits for it. */
  complete(): void {
    if (this.#waiting.length === 0) return;
    const { context } = this.#broker;
    const { cause } = context;
    // An answer lets the next request in, which may add to the waiting ones.
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const fetch of waiting) {
      // Each answer follows from the data, not from the answer before it.
      context.cause = cause;
      if (!hasEnough(this.#broker, fetch.channel, fetch.request)) {
        this.#waiting = withOne(this.#waiting, fetch);
        continue;
      }
      if (fetch.timeout !== null) context.cancel(fetch.timeout);
      answerFetch(this.#broker, fetch.channel, fetch.request);
    }
    context.cause = cause;
  }

  forget(channel: BrokerChannel): void {
    this.#remove((waiting) => waiting.channel === channel);
  }

  clear(): void {
    this.#remove(() => true);
  }

  /** Its time is up: answers with whatever there is. */
  expire(waiting: WaitingFetch): void {
    waiting.timeout = null;
    if (this.#broker.node.stalled) {
      this.#broker.whenAwake(() => {
        if (this.#waiting.includes(waiting)) this.expire(waiting);
      });
      return;
    }
    this.#waiting = this.#waiting.filter((other) => other !== waiting);
    answerFetch(this.#broker, waiting.channel, waiting.request);
  }

  #remove(isGone: (waiting: WaitingFetch) => boolean): void {
    const { context } = this.#broker;
    this.#waiting = this.#waiting.filter((waiting) => {
      const goes = isGone(waiting);
      if (goes && waiting.timeout !== null) context.cancel(waiting.timeout);
      return !goes;
    });
  }
}

const expireNow = (waiting: WaitingFetch): void => waiting.purgatory.expire(waiting);
