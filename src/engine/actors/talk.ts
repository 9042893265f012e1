// What people want to say, and when: the same on every stage; how it travels is the stage's
// business.

import { microseconds, type SimDuration, type SimTime } from '../kernel/simTime';
import type { Environment, NetworkNode } from '../network/node';
import type { MessageIndex } from '../trace/trace';

/** Something that a person wants to say. */
export interface Want {
  readonly from: string;
  readonly at: SimTime;
  /** The message that it answers, or -1. */
  readonly replyTo: MessageIndex;
  /** Index in the scene's keys; -1: no key. */
  readonly key: number;
  /** The key is to be forgotten: a record without a value. */
  readonly isTombstone: boolean;
}

/** Who speaks when, and who answers. */
export interface Workload {
  readonly wants: readonly Want[];
  /**
   * Those who get a message answer it, and the answer is for the one who asked; each asker goes on
   * with the next question, `questions` in all.
   */
  readonly dialogue: { readonly askers: readonly string[]; readonly questions: number } | null;
  /** Those who pass each message on, once they have worked on it, as one of their own. */
  readonly forwarders: readonly string[];
  /** Time that a person works on each message before anything else. */
  readonly processing: SimDuration;
  /** Time that some work instead, by their ids. */
  readonly processingOf: Readonly<Record<string, SimDuration>>;
  readonly payloadBytes: number;
}

/** A stage as the people see it: it takes what they want to say. */
export interface Speaker {
  speak(person: Person, want: Want): void;
}

/** A participant on one stage: counts what it sends and answers what it is asked. */
export class Person {
  readonly node: NetworkNode;
  /** Counted from 0 in the order in which this person hands over. */
  sentCount = 0;
  readonly #environment: Environment;
  readonly #workload: Workload;
  readonly #speaker: Speaker;
  /** Time that this person works on each message. */
  readonly processing: SimDuration;
  readonly #forwards: boolean;
  #questionsAsked = 0;
  #busyUntil = 0;
  /** Crashes so far: work that was begun before the last one is never finished. */
  #life = 0;

  constructor(environment: Environment, workload: Workload, node: NetworkNode, speaker: Speaker) {
    this.#environment = environment;
    this.#workload = workload;
    this.node = node;
    this.#speaker = speaker;
    this.processing = workload.processingOf[node.id] ?? workload.processing;
    this.#forwards = workload.forwarders.includes(node.id);
  }

  /** Plans everything that this person wants to say of itself. */
  plan(): void {
    const say = (want: Want): void => this.#say(want);
    for (const want of this.#workload.wants) {
      if (want.from !== this.node.id) continue;
      this.#questionsAsked += 1;
      this.#environment.context.schedule(want.at, say, want);
    }
  }

  /** Whether there is anything to do about this message. */
  isConcerned(message: MessageIndex): boolean {
    const { dialogue } = this.#workload;
    if (dialogue === null) return this.processing > 0 || this.#forwards;
    // The correlation id: what answers somebody else's message is for them.
    const { recorder } = this.#environment;
    const answered = recorder.replyToOf(message);
    return answered < 0 || recorder.senderOf(answered) === this.node.index;
  }

  /** The message is worked on; `done` runs when this person is free again. */
  work(message: MessageIndex, done: () => void = nothing): void {
    const { context } = this.#environment;
    const processing = this.processing;
    if (!this.isConcerned(message)) {
      done();
      return;
    }
    const life = this.#life;
    const finished = () => {
      if (life !== this.#life) return;
      if (this.#forwards) this.#forward(message);
      else this.#answer(message);
      done();
    };
    const start = Math.max(context.now, this.#busyUntil);
    this.#busyUntil = start + processing;
    context.after(microseconds(this.#busyUntil - context.now), finished, undefined);
  }

  /** Its program died, and with it whatever it was working on. */
  loseMemory(): void {
    this.#life += 1;
    this.#busyUntil = 0;
  }

  #say(want: Want): void {
    // A program that has crashed wants nothing.
    if (this.node.up && this.node.joined) this.#speaker.speak(this, want);
  }

  #forward(message: MessageIndex): void {
    const { now } = this.#environment.context;
    this.#say({ from: this.node.id, at: now, replyTo: message, key: -1, isTombstone: false });
  }

  #answer(message: MessageIndex): void {
    const { dialogue } = this.#workload;
    if (!dialogue) return;
    const isAsker = dialogue.askers.includes(this.node.id);
    if (isAsker && this.#questionsAsked >= dialogue.questions) return;
    if (isAsker) this.#questionsAsked += 1;
    const { now } = this.#environment.context;
    this.#say({ from: this.node.id, at: now, replyTo: message, key: -1, isTombstone: false });
  }
}

const nothing = (): void => undefined;
