// Two people on a bare channel, without Kafka and without WebSocket: they talk, and the medium
// decides when.

import { Channel, type ChannelListener } from '../network/channel';
import type { Link } from '../network/link';
import type { Environment, NetworkNode } from '../network/node';
import type { Parcel, Transfer } from '../network/transfer';
import { type DropReason, EntryKind, type LossCause, lossCauseCode } from '../trace/entryKinds';
import type { ConnectionIndex } from '../trace/trace';
import { Person, type Speaker, type Want, type Workload } from './talk';

export class ChannelStage implements ChannelListener, Speaker {
  readonly people: readonly Person[];
  readonly #environment: Environment;
  readonly #workload: Workload;
  readonly #channel: Channel;

  constructor(
    environment: Environment,
    workload: Workload,
    people: readonly NetworkNode[],
    line: { readonly index: ConnectionIndex; readonly link: Link },
  ) {
    this.#environment = environment;
    this.#workload = workload;
    this.people = people.map((node) => new Person(environment, workload, node, this));
    this.#channel = new Channel(environment, line.index, line.link, this);
  }

  speak(person: Person, want: Want): void {
    const bytes = this.#workload.payloadBytes;
    const message = this.#environment.recorder.sent(
      {
        from: person.node.index,
        number: person.sentCount,
        wantedAt: want.at,
        payloadBytes: bytes,
        replyTo: want.replyTo,
        key: want.key,
        readers: this.#others(person.node).map(({ node }) => node.index),
      },
      true,
    );
    person.sentCount += 1;
    const parcel = { type: 'message', bytes, payloadBytes: bytes, messages: [message] } as const;
    this.#channel.send(person.node, { ...parcel, body: null });
  }

  arrived(transfer: Transfer<null>): void {
    const reader = this.people.find(({ node }) => node === transfer.route.to);
    for (const message of transfer.parcel.messages) {
      this.#environment.recorder.entry(EntryKind.Delivered, {
        node: transfer.route.to.index,
        message,
        transfer: transfer.index,
        value: -1,
        // One hop, not from storage.
        detail: 2,
      });
      reader?.work(message);
    }
  }

  lost(parcel: Parcel<null>, from: NetworkNode, reason: DropReason): void {
    const cause: LossCause = reason === 'node is down' ? whoIsAway(from) : 'cut on the way';
    for (const message of parcel.messages) {
      for (const { node } of this.#others(from)) {
        this.#environment.recorder.entry(EntryKind.Lost, {
          node: node.index,
          message,
          value: lossCauseCode(cause),
        });
      }
    }
  }

  #others(node: NetworkNode): readonly Person[] {
    return this.people.filter((person) => person.node !== node);
  }
}

function whoIsAway(sender: NetworkNode): LossCause {
  return sender.isReachable ? 'reader away' : 'sender away';
}
