// What is inspected: a message, on every stage that has it, or a single transfer; by its name.

import {
  type MessageIndex,
  messageName,
  recordAt,
  type StageId,
  type TraceIndex,
  type TransferIndex,
} from '../../engine/index';
import { nameOf } from '../people';
import { isDropped, messagesIn } from '../spacetime/story/travels';
import { type Journey, journeyOf } from './journey';
import { readersOf } from './route';

/** `A#3`: a message by its name on every stage; `t12`: a transfer. */
export type InspectedName = string;

export function transferNamed(name: InspectedName): TransferIndex {
  const [, number] = /^t(\d+)$/.exec(name) ?? [];
  return number === undefined ? -1 : Number(number);
}

/** What a transfer is inspected as: its first message, or itself where it carries none. */
export function nameOfTransfer(index: TraceIndex, transfer: TransferIndex): InspectedName {
  const [message] = messagesIn(index, transfer);
  return message === undefined ? `t${transfer}` : messageName(index.trace, message);
}

/** The brick that was clicked in a drawn log; empty: it is none. */
export function nameOfBrick(index: TraceIndex, brick: Element): InspectedName {
  const { __data__: drawn } = brick as Element & { __data__?: { readonly key?: unknown } };
  const [, partition, offset] = /^row (\d+) \w+ (\d+)$/.exec(String(drawn?.key)) ?? [];
  if (partition === undefined || offset === undefined) return '';
  const message = recordAt(index, Number(partition), Number(offset));
  return message < 0 ? '' : messageName(index.trace, message);
}

/** The message of that name on a stage; -1: it was not sent there. */
function messageNamed({ trace }: TraceIndex, stage: StageId, name: InspectedName): MessageIndex {
  const { messages, legend } = trace;
  const [sender, number] = name.split('#');
  for (let message = 0; message < messages.count; message += 1) {
    const node = legend.nodes[messages.from[message] as number];
    if (messages.number[message] !== Number(number)) continue;
    if (node?.stage === stage && node.id === sender) return message;
  }
  return -1;
}

/** Who gets it on a stage, and which of them is looked at. */
export interface ReaderChoice {
  readonly stage: StageId;
  readonly readers: readonly { readonly node: number; readonly name: string }[];
}

export interface Inspected {
  readonly title: string;
  readonly journeys: readonly Journey[];
  readonly choices: readonly ReaderChoice[];
}

/** `readers`: whom to look at on a stage; the first one where none is chosen. */
export function inspected(
  index: TraceIndex,
  name: InspectedName,
  { stages, readers }: Looked,
): Inspected {
  const found: Journey[] = [];
  const choices: ReaderChoice[] = [];
  for (const stage of stages) {
    const message = messageNamed(index, stage, name);
    const all = message < 0 ? [] : readersOf(index, message);
    const [first] = all;
    if (first === undefined) continue;
    const reader = all.find((node) => node === readers[stage]) ?? first;
    found.push(journeyOf({ index, stage, message, reader }));
    choices.push({
      stage,
      readers: all.map((node) => ({ node, name: nameOf(index.trace, node) })),
    });
  }
  return { title: titleOf(index, found), journeys: found, choices };
}

export interface Looked {
  readonly stages: readonly StageId[];
  readonly readers: Readonly<Partial<Record<StageId, number>>>;
}

function titleOf({ trace }: TraceIndex, journeys: readonly Journey[]): string {
  const [first] = journeys;
  if (first === undefined) return 'Nothing of this message in this run';
  const { message } = first.subject;
  const sender = nameOf(trace, trace.messages.from[message] as number);
  return `The journey of ${sender}’s message ${trace.messages.number[message]}`;
}

/** The transfer whose bytes are shown at first: the last that brought the message on. */
export function shownTransfer(index: TraceIndex, { route }: Journey): TransferIndex {
  return (
    route.hops.findLast((hop) => !isDropped(index, hop)) ?? route.hops.at(-1) ?? route.vain[0] ?? -1
  );
}
