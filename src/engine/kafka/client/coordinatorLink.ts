// A client's way to the coordinator of its group or of its transactions: finds it, finds it again
// when it has moved, and sends in order. Knows nothing of what is asked.

import type { EventId } from '../../kernel/eventQueue';
import type { Environment } from '../../network/node';
import type { KafkaError } from '../cluster/errors';
import type { KafkaSettings } from '../configuration';
import type {
  BrokerPlace,
  CoordinatorRequest,
  GroupRequest,
  GroupResponse,
  KafkaResponse,
  TransactionAnswer,
  TransactionRequest,
} from '../wire/requests';
import { backoffAfter } from './backoff';
import type { Asker } from './brokerConnection';
import { type ClientParts, ClusterClient, type ClusterUser } from './clusterClient';

type CoordinatedRequest = GroupRequest | TransactionRequest;
type CoordinatedResponse = GroupResponse | TransactionAnswer;

/** A request that waits for its answer; forgotten questions may still be answered, in vain. */
class Question implements Asker {
  readonly request: CoordinatedRequest;
  readonly onAnswer: (response: CoordinatedResponse) => void;
  readonly #link: CoordinatorLink;
  isForgotten = false;

  constructor(
    link: CoordinatorLink,
    request: CoordinatedRequest,
    onAnswer: (response: CoordinatedResponse) => void,
  ) {
    this.#link = link;
    this.request = request;
    this.onAnswer = onAnswer;
  }

  answered(response: KafkaResponse): void {
    if (!this.isForgotten) this.#link.answered(this, response as CoordinatedResponse);
  }

  unanswered(): void {
    // The link hears that its connection is lost, once for all of them.
  }
}

export interface Coordination {
  readonly of: CoordinatorRequest['of'];
  readonly name: string;
  /** Who coordinates, if that was found out before the scene; -1: must be asked. */
  readonly known: BrokerPlace;
  /**
   * The coordinator has moved, or cannot be reached: all questions are forgotten. Who still wants
   * to know asks again, and the link finds the coordinator meanwhile.
   */
  readonly lost: () => void;
}

const MOVED: ReadonlySet<KafkaError> = new Set([
  'NOT_COORDINATOR',
  'COORDINATOR_NOT_AVAILABLE',
  'COORDINATOR_LOAD_IN_PROGRESS',
]);

export class CoordinatorLink implements ClusterUser {
  readonly #environment: Environment;
  readonly #settings: KafkaSettings;
  readonly #parts: ClientParts;
  readonly #coordination: Coordination;
  readonly #client: ClusterClient;
  #coordinator: BrokerPlace;
  /** Not sent yet. */
  #held: Question[] = [];
  /** Sent and not answered. */
  #asked: Question[] = [];
  #isFinding = false;
  #timer: EventId | null = null;
  #tries = 0;

  constructor(
    environment: Environment,
    settings: KafkaSettings,
    parts: ClientParts,
    coordination: Coordination,
  ) {
    this.#environment = environment;
    this.#settings = settings;
    this.#parts = parts;
    this.#coordination = coordination;
    this.#coordinator = coordination.known;
    this.#client = new ClusterClient(environment, settings, parts, this);
  }

  /** Sends it as soon as the coordinator is known and connected. */
  ask<Response extends CoordinatedResponse>(
    request: CoordinatedRequest,
    onAnswer: (response: Response) => void,
  ): void {
    this.#held.push(new Question(this, request, onAnswer as Question['onAnswer']));
    this.proceed();
  }

  /** The process died: nobody waits for an answer any more. */
  loseMemory(): void {
    this.#client.loseMemory();
    this.#forget();
    this.#coordinator = -1;
    this.#tries = 0;
  }

  opened(): void {
    // What was held back leaves in `proceed`.
  }

  lost(place: BrokerPlace): void {
    if (place === this.#coordinator) this.#lose();
  }

  needs(place: BrokerPlace): boolean {
    if (this.#held.length === 0) return false;
    return this.#coordinator < 0 || place === this.#coordinator;
  }

  proceed(): void {
    if (this.#held.length === 0) return;
    if (this.#coordinator < 0) {
      if (this.#timer === null) this.find();
      return;
    }
    const state = this.#client.use(this.#coordinator);
    if (state === 'open') this.#send();
    else if (state === 'unreachable') this.#lose();
  }

  /** The coordinator, or who is it no longer, has answered. */
  answered(question: Question, response: CoordinatedResponse): void {
    this.#asked.splice(this.#asked.indexOf(question), 1);
    if ('error' in response && MOVED.has(response.error)) {
      this.#lose(true);
      return;
    }
    this.#tries = 0;
    question.onAnswer(response);
  }

  /** Asks any broker who coordinates; with none to ask, when one comes within reach. */
  find(): void {
    this.#timer = null;
    if (this.#isFinding || this.#coordinator >= 0) return;
    const connection = this.#client.anyBroker();
    if (!connection?.isOpen) {
      connection?.tcp.open();
      return;
    }
    const { of, name } = this.#coordination;
    this.#isFinding = true;
    connection.send({ api: 'findCoordinator', of, name }, this.#finder);
  }

  #send(): void {
    const connection = this.#client.connectionTo(this.#coordinator);
    const held = this.#held;
    this.#held = [];
    for (const question of held) {
      this.#asked.push(question);
      connection?.send(question.request, question);
    }
  }

  readonly #finder: Asker = {
    answered: (response: KafkaResponse): void => {
      this.#isFinding = false;
      if (response.api === 'coordinator') this.#coordinator = response.broker;
      if (this.#coordinator < 0) this.#findLater();
      else this.proceed();
    },
    unanswered: (): void => {
      this.#isFinding = false;
      this.#findLater();
    },
  };

  #lose(isAsked = false): void {
    const hadQuestions = isAsked || this.#held.length + this.#asked.length > 0;
    this.#coordinator = -1;
    this.#forget();
    // Before anybody asks again: what is asked now waits until the coordinator is found.
    this.#findLater();
    if (hadQuestions) this.#coordination.lost();
  }

  #findLater(): void {
    if (this.#timer !== null) return;
    this.#tries += 1;
    const wait = backoffAfter(this.#tries, this.#settings.retryBackoff);
    this.#timer = this.#parts.process.after(wait, findNow, this);
  }

  #forget(): void {
    for (const question of this.#asked) question.isForgotten = true;
    this.#held = [];
    this.#asked = [];
    if (this.#timer !== null) this.#environment.context.cancel(this.#timer);
    this.#timer = null;
    this.#isFinding = false;
  }
}

const findNow = (link: CoordinatorLink): void => link.find();
