// What the engine's run of a script came to, once its trace is there: texts, frames and handshakes are
// rebuilt from it alone.

import type { Trace } from '../../src/engine/index';
import { EntryKind, TRANSFER_TYPES } from '../../src/engine/trace/entryKinds';
import { frameBytes, messagePayload } from '../../src/engine/websocket/wire/frameBytes';
import { FrameDecoder } from '../../src/engine/websocket/wire/frameDecoder';
import { handshakeText } from '../../src/engine/websocket/wire/handshake/handshakeText';
import { decodeUtf8 } from '../../src/engine/websocket/wire/utf8';
import { frameText } from './frameText';
import type { Deed, Life, Moment, Observation, Progress } from './observation';

/** A message by its number, until the trace is there that says its text. */
export type NotedEvent = string | { readonly message: number; readonly readyState: number };

export interface NotedLife {
  readonly client: NotedEvent[];
  readonly server: NotedEvent[];
}

export interface NotedMoment {
  /** When its step was taken, and when all that followed from it had come about. */
  readonly at: number;
  readonly until: number;
  readonly deed: Deed | null;
  readonly counts: Pick<Progress, 'client' | 'accepted' | 'server'>;
  readonly readyState: number;
  readonly bufferedAmount: number | null;
}

export interface Notes {
  readonly trace: Trace;
  readonly moments: readonly NotedMoment[];
  /** One connection of the trace each, in order. */
  readonly lives: readonly NotedLife[];
  /** By step that says anything: the message, or the text. */
  readonly said: readonly (number | string)[];
  readonly lost: ReadonlySet<number>;
}

export interface EngineObservation extends Observation {
  /** What each `send` and `ping` step says, in order. */
  readonly texts: readonly string[];
}

export function observationOf(notes: Notes): EngineObservation {
  const { trace, moments, lives, said, lost } = notes;
  const { messages, legend } = trace;
  const textOf = (message: number) => decodeUtf8(messagePayload(trace, message));
  const missedBy = (name: string) =>
    [...lost]
      .sort((one, other) => one - other)
      .filter((message) => legend.nodes[messages.from[message] as number]?.name === name)
      .map(textOf);
  return {
    moments: moments.map((moment) => momentOf(notes, moment)),
    lives: lives.map((life, connection) => lifeOf(notes, life, connection)),
    missed: { byClient: missedBy('Page'), byServer: missedBy('Server') },
    texts: said.map((what) => (typeof what === 'string' ? what : textOf(what))),
  };
}

function momentOf(notes: Notes, moment: NotedMoment): Moment {
  const { deed, counts, readyState, bufferedAmount, until } = moment;
  const passed = passages(notes).filter(({ at, isFrame }) => isFrame && at <= until);
  const up = passed.filter(({ isUp }) => isUp).length;
  return {
    ...{ deed, readyState, bufferedAmount },
    progress: { ...counts, up, down: passed.length - up },
  };
}

/** A transfer that the line has let through, to somebody or to nobody. */
interface Passage {
  readonly transfer: number;
  readonly connection: number;
  readonly at: number;
  readonly isUp: boolean;
  readonly type: string;
  readonly isFrame: boolean;
}

function passages({ trace, moments }: Notes): Passage[] {
  const { transfers, entries, legend } = trace;
  // Whatever ends at the instant of a step was on the line then, and is dropped there.
  const steps = new Set(moments.map(({ at }) => at));
  const passed: Passage[] = [];
  for (let transfer = 0; transfer < transfers.count; transfer += 1) {
    const end = transfers.endSeq[transfer] as number;
    if (end < 0) continue;
    const at = entries.time[end] as number;
    if (entries.kind[end] === EntryKind.TransferDropped && steps.has(at)) continue;
    const type = TRANSFER_TYPES[transfers.type[transfer] as number] ?? '';
    const connection = transfers.connection[transfer] as number;
    const isUp = transfers.from[transfer] === legend.connections[connection]?.client;
    const isFrame = type !== 'tcp' && type !== 'handshake';
    passed.push({ transfer, connection, at, isUp, type, isFrame });
  }
  return passed.sort((one, other) => one.at - other.at || one.transfer - other.transfer);
}

function lifeOf(notes: Notes, life: NotedLife, connection: number): Life {
  const { trace } = notes;
  const passed = passages(notes).filter((passage) => passage.connection === connection);
  const isThere = new Set(passed.map(({ transfer }) => transfer));
  const halves = handshakeText(trace, connection).filter(({ transfer }) => isThere.has(transfer));
  const frames = (isUp: boolean) =>
    passed
      .filter((passage) => passage.isFrame && passage.isUp === isUp)
      .map(({ transfer }) => textOfFrame(trace, transfer, isUp));
  // The first two are SYN and SYN-ACK.
  const finish = passed.filter(({ type }) => type === 'tcp')[2];
  return {
    client: life.client.map((event) => eventText(trace, event)),
    server: life.server.map((event) => eventText(trace, event)),
    request: halves.find(({ part }) => part === 'request')?.text ?? '',
    response: halves.find(({ part }) => part === 'response')?.text ?? '',
    up: frames(true),
    down: frames(false),
    finishedFirst: finish === undefined ? 'nobody' : finish.isUp ? 'client' : 'server',
  };
}

function eventText(trace: Trace, event: NotedEvent): string {
  if (typeof event === 'string') return event;
  const text = decodeUtf8(messagePayload(trace, event.message));
  return `message ${text} @${event.readyState}`;
}

function textOfFrame(trace: Trace, transfer: number, isUp: boolean): string {
  const decoder = new FrameDecoder({
    role: isUp ? 'server' : 'client',
    maxFrameBytes: Number.POSITIVE_INFINITY,
    maxMessageBytes: Number.POSITIVE_INFINITY,
    extension: 'none',
  });
  const [event] = decoder.feed(frameBytes(trace, transfer) ?? new Uint8Array(0));
  if (event === undefined) return 'no frame';
  return event.kind === 'fault' ? event.why : frameText(event.frame);
}
