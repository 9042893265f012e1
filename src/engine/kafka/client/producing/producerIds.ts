// Asks the cluster for the id of a producer without transactions (InitProducerId); any broker can
// answer. Numbers nothing.

import type { Environment } from '../../../network/node';
import type { KafkaSettings } from '../../configuration';
import type { InitProducerIdResponse, KafkaResponse } from '../../wire/requests';
import { backoffAfter } from '../backoff';
import type { Asker } from '../brokerConnection';
import type { ClientProcess } from '../clientProcess';
import type { ClusterClient } from '../clusterClient';
import { Alarm } from './alarm';

export interface ProducerIdParts {
  readonly process: ClientProcess;
  readonly client: ClusterClient;
  readonly given: (id: InitProducerIdResponse) => void;
}

export class ProducerIds implements Asker {
  readonly #settings: KafkaSettings;
  readonly #environment: Environment;
  readonly #parts: ProducerIdParts;
  readonly #again: Alarm;
  #isAsked = false;
  #tries = 0;

  constructor(environment: Environment, settings: KafkaSettings, parts: ProducerIdParts) {
    this.#environment = environment;
    this.#settings = settings;
    this.#parts = parts;
    this.#again = new Alarm(environment, parts.process, () => this.ask());
  }

  /** Asks, unless that is under way; with nobody to ask, it is to be called again. */
  ask(): void {
    if (this.#isAsked || this.#again.isSet) return;
    const connection = this.#parts.client.anyBroker();
    if (!connection?.isOpen) {
      connection?.tcp.open();
      return;
    }
    this.#isAsked = true;
    connection.send({ api: 'initProducerId', transactionalId: null }, this);
  }

  answered(response: KafkaResponse): void {
    if (response.api !== 'producerId' || response.error !== 'NONE') {
      this.unanswered();
      return;
    }
    this.loseMemory();
    this.#parts.given(response);
  }

  unanswered(): void {
    this.#isAsked = false;
    this.#tries += 1;
    const wait = backoffAfter(this.#tries, this.#settings.retryBackoff);
    this.#again.set(this.#environment.context.now + wait);
  }

  /** Nothing is under way. */
  loseMemory(): void {
    this.#isAsked = false;
    this.#tries = 0;
    this.#again.set(Number.POSITIVE_INFINITY);
  }
}
