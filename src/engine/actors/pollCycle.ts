// One turn of a program's reading: poll, commit and work in the order that its settings say; sends
// no fetches and no messages.

import type { ClientProcess } from '../kafka/client/clientProcess';
import type { Consumer } from '../kafka/client/consumer';
import type { KafkaSettings } from '../kafka/configuration';
import type { MessageIndex } from '../trace/trace';

/** Works on one message, and calls `done` when that is over, at once or later. */
export type Work = (message: MessageIndex, done: () => void) => void;

export interface PollCycleParts {
  readonly settings: KafkaSettings;
  readonly process: ClientProcess;
  readonly consumer: Consumer;
  readonly work: Work;
  /** `done` runs when all that the work has said is acknowledged or given up. */
  readonly flush: (done: () => void) => void;
  /** Everything that the poll returned is worked on, and committed if it had to be. */
  readonly done: () => void;
}

export class PollCycle {
  /** A poll's records are being worked on or committed. */
  isBusy = false;
  readonly #parts: PollCycleParts;
  #life = 0;
  #isWorkingNow = false;
  #isWorkedOnNow = false;

  constructor(parts: PollCycleParts) {
    this.#parts = parts;
  }

  /** @returns whether poll() returned anything; `done` follows then, perhaps before this returns. */
  turn(): boolean {
    const { consumer, process, settings } = this.#parts;
    if (consumer.poll() === 0) return false;
    this.#life = process.life;
    this.isBusy = true;
    if (settings.enableAutoCommit === 'off' && settings.commit === 'before') {
      consumer.commit((error) => {
        // Whoever cannot commit may own the partitions no more, and leaves the records alone.
        if (error !== 'NONE') consumer.abandonPoll();
        this.#workThrough();
      });
    } else this.#workThrough();
    return true;
  }

  /** The process died in the middle of it. */
  loseMemory(): void {
    this.isBusy = false;
  }

  #workThrough(): void {
    const { consumer, work } = this.#parts;
    do {
      const message = consumer.take();
      if (message < 0) {
        this.#worked();
        return;
      }
      // Work that takes no time goes on in this loop, and any other when it is done.
      this.#isWorkingNow = true;
      this.#isWorkedOnNow = false;
      work(message, this.#workedOn);
      this.#isWorkingNow = false;
    } while (this.#isWorkedOnNow);
  }

  readonly #workedOn = (): void => {
    if (this.#isWorkingNow) this.#isWorkedOnNow = true;
    else if (this.isBusy && this.#life === this.#parts.process.life) this.#workThrough();
  };

  #worked(): void {
    const { consumer, settings, flush } = this.#parts;
    if (settings.enableAutoCommit === 'off' && settings.commit === 'after') {
      // A commit that fails leaves the work as it is: others will do it again.
      flush(() => consumer.commit(() => this.#finish()));
    } else this.#finish();
  }

  #finish(): void {
    this.isBusy = false;
    this.#parts.done();
  }
}
