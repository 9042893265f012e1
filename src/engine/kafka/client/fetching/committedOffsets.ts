// Asks a group's coordinator where the group stands, for a consumer that was given its partitions
// by hand (OffsetFetch); decides nothing of what follows.

import type { KafkaSettings } from '../../configuration';
import type { Offsets, OffsetsResponse } from '../../wire/requests';
import type { ClientProcess } from '../clientProcess';
import type { CoordinatorLink } from '../coordinatorLink';

export interface OffsetQuestion {
  readonly process: ClientProcess;
  readonly link: CoordinatorLink;
  readonly group: string;
  readonly told: (offsets: Offsets) => void;
}

export class CommittedOffsets {
  readonly #settings: KafkaSettings;
  readonly #question: OffsetQuestion;
  #partitions: readonly number[] | null = null;

  constructor(settings: KafkaSettings, question: OffsetQuestion) {
    this.#settings = settings;
    this.#question = question;
  }

  ask(partitions: readonly number[]): void {
    this.#partitions = partitions;
    const { group, link, process } = this.#question;
    link.ask<OffsetsResponse>({ api: 'offsets', group, partitions }, ({ error, offsets }) => {
      if (this.#partitions === null) return;
      if (error === 'NONE') {
        this.#partitions = null;
        this.#question.told(offsets);
      } else process.after(this.#settings.retryBackoff, askAgainNow, this);
    });
  }

  /** The coordinator was lost, or offsets of an open transaction were in the way. */
  askAgain(): void {
    if (this.#partitions !== null) this.ask(this.#partitions);
  }

  loseMemory(): void {
    this.#partitions = null;
  }
}

const askAgainNow = (offsets: CommittedOffsets): void => offsets.askAgain();
