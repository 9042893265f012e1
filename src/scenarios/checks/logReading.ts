// Checks on the way through a log: written first, read later, answered by a send of its own.
import type { EntrySeq, StageId } from '../../engine/index';
import { EntryKind } from '../../engine/index';
import type { Run } from '../runScenario';
import { type Check, verdict } from './check';
import {
  atEnd,
  carriersOf,
  copyingMs,
  entriesOf,
  type Message,
  messagesOf,
  roleOf,
  timeOf,
  transfersOf,
  writesOf,
} from './reading';

/** Every message that arrived was in the log before it left for its reader. */
export const readsOnlyWhatIsWritten: Check = (run, stage) => {
  const journeys = journeysOf(run, stage);
  const inOrder = journeys.every(
    ({ written, read }) => written !== undefined && read !== undefined && read > written,
  );
  return verdict(inOrder, journeys.flatMap(evidenceOf));
};

/** The same, and no message leaves before the copies that make it safe are made. */
export const readsOnlyWhatIsSafe: Check = (run, stage) => {
  const journeys = journeysOf(run, stage);
  const copyingUs = copyingMs(run) * 1_000;
  const inOrder = journeys.every(({ written, read }) => {
    if (written === undefined || read === undefined) return false;
    return timeOf(run, read) >= timeOf(run, written) + copyingUs;
  });
  return verdict(inOrder, journeys.flatMap(evidenceOf));
};

/** When a message that arrived was written, and when it set out on its last way. */
interface Journey {
  readonly message: Message;
  readonly written: EntrySeq | undefined;
  readonly read: EntrySeq | undefined;
}

function journeysOf(run: Run, stage: StageId): Journey[] {
  const written = writesOf(run, stage);
  const read = new Map<number, EntrySeq>();
  for (const { messages, from, startSeq } of carriersOf(run, stage)) {
    for (const message of messages) {
      if (roleOf(run, from) === 'broker' && !read.has(message)) read.set(message, startSeq);
    }
  }
  return messagesOf(run, stage)
    .filter(({ deliveries }) => deliveries.length > 0)
    .map((message) => ({
      message,
      written: written.get(message.index),
      read: read.get(message.index),
    }));
}

const evidenceOf = ({ message, written, read }: Journey): EntrySeq[] =>
  [message.sentSeq, written, read, message.deliveries[0]].filter((seq) => seq !== undefined);

/** No bytes ever go from one person to the other: what a sender hears comes from the broker. */
export const hearsOnlyTheBroker: Check = (run, stage) => {
  const transfers = transfersOf(run, stage);
  const arePeople = (from: number, to: number) =>
    roleOf(run, from) === 'participant' && roleOf(run, to) === 'participant';
  const isDirect = transfers.some(({ from, to }) => arePeople(from, to));
  const acks = transfers.filter(
    ({ type, from }) => type === 'ack' && roleOf(run, from) === 'broker',
  );
  return verdict(
    !isDirect,
    acks.map(({ startSeq }) => startSeq),
  );
};

/** Every answer is written to a log by itself and read from it by itself, as its question was. */
export const answersByASendOfItsOwn: Check = (run, stage) => {
  const messages = messagesOf(run, stage);
  const answers = messages.filter(({ replyTo }) => replyTo >= 0);
  const writes = writesOf(run, stage);
  const evidence = answers
    .flatMap(({ replyTo, index }) => [writes.get(replyTo), writes.get(index)])
    .filter((seq) => seq !== undefined);
  const isWrittenTwice = evidence.length === 2 * answers.length;
  return verdict(isWrittenTwice && atEnd(run, stage).hops === 2, evidence);
};

/** Every word of many senders reached each reader, and those of one sender in the order of sending. */
export const gathersEachSendersWordsInOrder: Check = (run, stage) => {
  const { entries } = run.index.trace;
  const messages = messagesOf(run, stage);
  const hears = (who: number, seq: EntrySeq) => entries.node[seq] === who;
  const last = new Map<string, number>();
  let isInOrder = true;
  for (const seq of entriesOf(run, stage, EntryKind.Delivered)) {
    const message = entries.message[seq] ?? -1;
    const lane = `${run.index.trace.messages.from[message]}>${entries.node[seq]}`;
    if (message < (last.get(lane) ?? -1)) isInOrder = false;
    last.set(lane, message);
  }
  const senders = new Set(messages.map(({ from }) => from));
  const isComplete = messages.every(({ readers, deliveries }) =>
    readers.every((reader) => deliveries.some((seq) => hears(reader, seq))),
  );
  return verdict(
    isInOrder && isComplete && senders.size > 2,
    messages.flatMap(({ deliveries }) => deliveries),
  );
};

/** Each message was written once and reached every reader of its log, two of them or more. */
export const everyReaderGetsEveryMessage: Check = (run, stage) => {
  const { partitions } = run.index.trace.legend;
  const readers = new Map(partitions.map((log) => [log.sender, log.readers.length]));
  const messages = messagesOf(run, stage);
  const isComplete = messages.every(({ from, deliveries }) => {
    const expected = readers.get(from) ?? 0;
    return expected > 1 && deliveries.length === expected;
  });
  const writes = entriesOf(run, stage, EntryKind.Appended);
  return verdict(
    isComplete && writes.length === messages.length,
    messages.flatMap(({ deliveries }) => deliveries),
  );
};
