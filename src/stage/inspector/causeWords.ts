// The cause of a step in plain words: what the entry that it follows from says.

import {
  EntryKind,
  type EntrySeq,
  TRANSFER_TYPES,
  type Trace,
  type TraceIndex,
  type TransferType,
} from '../../engine/index';
import { nameOf } from '../people';

/** What travels, as one says it in a sentence. */
const CARGO: Partial<Record<TransferType, string>> = {
  message: 'message',
  produce: 'produce request',
  ack: 'ack',
  poll: 'poll',
  records: 'answer with records',
  emptyAnswer: 'empty answer',
  commit: 'commit',
  lastSeen: 'question for what it missed',
  resume: 'answer to a return',
  metadataAnswer: 'metadata',
  transactionAnswer: 'answer about its transaction',
  get: 'request',
  post: 'request with a message',
  posted: 'answer',
  answer: 'answer',
  eventStream: 'head of the event stream',
  event: 'event',
  handshake: 'handshake',
  close: 'close frame',
  ping: 'ping',
  pong: 'pong',
  publish: 'message from a server',
  fanOut: 'message from the backplane',
  tcp: 'TCP segment',
  badFrame: 'frame that breaks a rule',
};

export const cargoText = (type: string): string => CARGO[type as TransferType] ?? `${type} traffic`;

type Phrase = (trace: Trace, seq: EntrySeq) => string;

const who: (text: string) => Phrase = (text) => (trace, seq) =>
  `${nameOf(trace, trace.entries.node[seq] as number)} ${text}`;

const PHRASES: Readonly<Record<keyof typeof EntryKind, Phrase>> = {
  Sent: who('hands it over'),
  Opened: () => 'the connection is open',
  Accepted: () => 'the connection is open',
  TransferStarted: (trace, seq) => `${transferText(trace, seq)} leaves`,
  TransferArrived: (trace, seq) => `${transferText(trace, seq)} arrives`,
  TransferDropped: (trace, seq) => `${transferText(trace, seq)} is lost`,
  Appended: () => 'the leader has written it',
  WatermarkMoved: () => 'every copy in sync has it',
  StableOffsetMoved: () => 'its transaction is committed',
  MarkerAppended: () => 'its transaction has ended',
  Replicated: () => 'a follower has copied it',
  IsrChanged: () => 'the set of copies in sync changes',
  LeaderChanged: () => 'the partition has a new leader',
  Retried: () => 'its producer tries again',
  Refused: () => 'a broker refuses',
  CameBack: who('is back'),
  WentAway: who('goes away'),
  Restarted: who('runs again'),
  Crashed: who('stops'),
  Resumed: who('goes on'),
  LinkCut: () => 'the line is cut',
  LinkRestored: () => 'the line is whole again',
  Delivered: who('has taken a message'),
  Worked: who('has done its work'),
  Acknowledged: who('has its ack'),
  Held: () => 'a buffer keeps it',
  LetGo: () => 'the buffer lets it go',
  Closed: () => 'a connection ends',
  Closing: () => 'a connection is closed',
  Joined: who('comes in'),
  Assigned: who('is given the partition'),
  OwnerSet: () => 'the partition has a reader',
  MemberJoined: who('joins the group'),
  Committed: who('has committed'),
  ReadOn: who('reads on'),
  TransactionBegan: who('begins a transaction'),
  TransactionEnded: () => 'a transaction has ended',
  Intervened: () => 'somebody intervenes',
  Connecting: () => 'a connection is opened',
  Lost: () => 'a message is lost',
  LogStartMoved: () => 'the log lets go of old records',
  PositionReset: who('begins anew at a place that is still there'),
  ParameterSet: () => 'a setting changes',
  Truncated: () => 'the log is cut back',
  FollowerTruncated: () => 'a follower’s log is cut back',
  BrokerFenced: who('is fenced'),
  BrokerUnfenced: who('is let in again'),
  MemberLeft: who('leaves the group'),
  RebalanceStarted: () => 'the group shares its partitions anew',
  RebalanceEnded: () => 'the group has shared its partitions',
  Revoked: who('gives the partition up'),
  RecordRemoved: () => 'a record is compacted away',
  Stalled: who('stands still'),
  Isolated: who('is cut off'),
  Rejoined: who('is reached again'),
  DiskFilled: () => 'a disk is full or free again',
  Skipped: who('reads past what is gone'),
  Draining: who('takes no more connections'),
  Buffered: () => 'the send buffer changes',
  Queued: () => 'it joins the queue of a connection',
  PongMissed: who('has waited for a pong in vain'),
  UpgradeRefused: () => 'the upgrade is refused',
  ResumeAnswered: who('hears what it missed'),
};

const PHRASE_OF: ReadonlyMap<number, Phrase> = new Map(
  Object.entries(EntryKind).map(([name, kind]) => [kind, PHRASES[name as keyof typeof EntryKind]]),
);

/** "Ben’s poll". */
function transferText(trace: Trace, seq: EntrySeq): string {
  const { transfers, entries } = trace;
  const transfer = entries.transfer[seq] as number;
  const what = cargoText(TRANSFER_TYPES[transfers.type[transfer] ?? -1] ?? '');
  return `${nameOf(trace, transfers.from[transfer] as number)}’s ${what}`;
}

/** Of an entry that nothing else made: a program's own plan, or a timer's end. */
const OWN_PLAN = 'its program has planned it so';

/** What the entry that another follows from says; -1: nothing made it. */
export function causeText({ trace }: TraceIndex, seq: EntrySeq): string {
  const { kind, cause } = trace.entries;
  let at = seq;
  // That something else left in the same breath explains nothing.
  while (at >= 0 && kind[at] === EntryKind.TransferStarted) at = cause[at] as number;
  if (at < 0) return OWN_PLAN;
  const phrase = PHRASE_OF.get(kind[at] as number);
  return phrase?.(trace, at) ?? OWN_PLAN;
}
