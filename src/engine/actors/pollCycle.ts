// One turn of a program's reading: poll, commit and work in the order that its settings say; sends
// no fetches and no messages.

import type { ClientProcess } from '../kafka/client/clientProcess';
import type { Consumer } from '../kafka/client/consumer';
import type { KafkaSettings } from '../kafka/configuration';
import type { MessageIndex } from '../trace/trace';

/** Works on one message, and calls `done` when that is over, at once or later. */
export type Work = (message: MessageIndex, done: () => void) => void;

/** What stands before and after the work on one poll's records; each goes on at once or later. */
export interface TurnFrame {
  begin(go: () => void): void;
  end(done: () => void): void;
}

export interface PollCycleParts {
  readonly process: ClientProcess;
  readonly consumer: Consumer;
  readonly work: Work;
  readonly frame: TurnFrame;
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
    const { consumer, process, frame } = this.#parts;
    if (consumer.poll() === 0) return false;
    this.#life = process.life;
    this.isBusy = true;
    frame.begin(() => this.#workThrough());
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
        this.#parts.frame.end(() => this.#finish());
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

  #finish(): void {
    this.isBusy = false;
    this.#parts.done();
  }
}

export interface CommitterParts {
  readonly settings: KafkaSettings;
  readonly consumer: Consumer;
  /** `done` runs when all that the work has said is acknowledged or given up. */
  readonly flush: (done: () => void) => void;
}

/** Without auto commit: commits before the work or after it, as the settings say by then. */
export function committing({ settings, consumer, flush }: CommitterParts): TurnFrame {
  const commits = (when: KafkaSettings['commit']) =>
    settings.enableAutoCommit === 'off' && settings.commit === when;
  return {
    begin: (go) => {
      if (!commits('before')) go();
      else
        consumer.commit((error) => {
          // Whoever cannot commit may own the partitions no more, and leaves the records alone.
          if (error !== 'NONE') consumer.abandonPoll();
          go();
        });
    },
    end: (done) => {
      // A commit that fails leaves the work as it is: others will do it again.
      if (commits('after')) flush(() => consumer.commit(() => done()));
      else done();
    },
  };
}
