// How long a group that was empty waits for more members before its first generation.

import { later, microseconds, type SimDuration } from '../../kernel/simTime';
import type { Context } from '../../kernel/simulation';
import type { KafkaSettings } from '../configuration';
import { Deadline } from './deadline';

/**
 * `group.initial.rebalance.delay.ms`, and as long again while members keep coming, up to the
 * rebalance timeout (`max.poll.interval.ms`).
 */
export class InitialDelay {
  readonly #context: Context;
  readonly #settings: KafkaSettings;
  readonly #over: () => void;
  readonly #deadline: Deadline;
  #remaining = microseconds(0);
  #memberAdded = false;
  isRunning = false;

  constructor(context: Context, settings: KafkaSettings, over: () => void) {
    this.#context = context;
    this.#settings = settings;
    this.#over = over;
    this.#deadline = new Deadline(context, () => this.#ended());
  }

  begin(): void {
    this.isRunning = true;
    this.#memberAdded = false;
    this.#remaining = this.#settings.maxPollInterval;
    this.#wait(this.#settings.initialRebalanceDelay);
  }

  memberAdded(): void {
    this.#memberAdded = true;
  }

  #wait(delay: SimDuration): void {
    this.#remaining = microseconds(Math.max(this.#remaining - delay, 0));
    this.#deadline.set(later(this.#context.now, delay));
  }

  #ended(): void {
    const { initialRebalanceDelay } = this.#settings;
    if (this.#memberAdded && this.#remaining > 0) {
      this.#memberAdded = false;
      this.#wait(microseconds(Math.min(initialRebalanceDelay, this.#remaining)));
      return;
    }
    this.isRunning = false;
    this.#over();
  }
}
