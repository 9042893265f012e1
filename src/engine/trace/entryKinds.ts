// The vocabulary of the trace: every kind of entry and whether a step stops there, and the words
// behind the codes in its columns.

/** Codes of the entry kinds; `entryMeanings.ts` says what their columns hold. */
export const EntryKind = {
  Intervened: 0,
  Connecting: 1,
  Opened: 2,
  Closed: 3,
  Sent: 4,
  TransferStarted: 5,
  TransferArrived: 6,
  TransferDropped: 7,
  Appended: 8,
  WatermarkMoved: 9,
  Acknowledged: 10,
  Delivered: 11,
  Lost: 12,
  Held: 13,
  LetGo: 14,
  LogStartMoved: 15,
  PositionReset: 16,
  Committed: 17,
  WentAway: 18,
  CameBack: 19,
  Crashed: 20,
  Restarted: 21,
  LinkCut: 22,
  LinkRestored: 23,
  ParameterSet: 24,
  Joined: 25,
  Truncated: 26,
  Replicated: 27,
  FollowerTruncated: 28,
  IsrChanged: 29,
  LeaderChanged: 30,
  BrokerFenced: 31,
  BrokerUnfenced: 32,
  Refused: 33,
  Retried: 34,
  MemberJoined: 35,
  MemberLeft: 36,
  RebalanceStarted: 37,
  RebalanceEnded: 38,
  OwnerSet: 39,
  Assigned: 40,
  Revoked: 41,
  TransactionBegan: 42,
  TransactionEnded: 43,
  MarkerAppended: 44,
  StableOffsetMoved: 45,
  RecordRemoved: 46,
  Stalled: 47,
  Resumed: 48,
  Isolated: 49,
  Rejoined: 50,
  DiskFilled: 51,
  Worked: 52,
  Skipped: 53,
  Draining: 54,
  ReadOn: 55,
  Accepted: 56,
  Closing: 57,
  Buffered: 58,
  Queued: 59,
  PongMissed: 60,
  UpgradeRefused: 61,
  ResumeAnswered: 62,
} as const;
export type EntryKind = (typeof EntryKind)[keyof typeof EntryKind];

/** A step goes to instants with any other entry: acks, polls and heartbeats are no news. */
export const PASSED_BY_STEPS: ReadonlySet<EntryKind> = new Set<EntryKind>([
  EntryKind.Intervened,
  EntryKind.Connecting,
  EntryKind.Closed,
  EntryKind.Acknowledged,
  EntryKind.Held,
  EntryKind.LetGo,
  EntryKind.Committed,
  EntryKind.Replicated,
  EntryKind.Refused,
  EntryKind.Retried,
  EntryKind.OwnerSet,
  EntryKind.MarkerAppended,
  EntryKind.StableOffsetMoved,
  EntryKind.Worked,
  EntryKind.Skipped,
  EntryKind.ReadOn,
  EntryKind.Accepted,
  EntryKind.Buffered,
  EntryKind.Queued,
]);

/** How a partition got its leader: `eligible` out of the ELR, `unclean` at the risk of a loss. */
export const ELECTION_KINDS = ['online', 'preferred', 'unclean', 'eligible'] as const;
export type ElectionKind = (typeof ELECTION_KINDS)[number];

/** The detail of a leader change. */
export const electionDetail = (leaderEpoch: number, kind: ElectionKind): number =>
  leaderEpoch * 4 + ELECTION_KINDS.indexOf(kind);

/** The kind of election that a detail of a leader change holds. */
export const electionKindOf = (detail: number): ElectionKind =>
  ELECTION_KINDS[detail & 3] ?? 'online';

const NO_TRANSACTION = -1;

/** What a record in a log is besides its message; a marker has a producer and an outcome. */
export interface RecordMarks {
  /** Id of the producer in whose transaction it stands; -1: in none. */
  readonly producer: number;
  /** Of a record: it says that its key is gone. Of a marker: it commits. */
  readonly flag: boolean;
}

/** The detail of a record or marker that was appended. */
export const recordDetail = ({ producer, flag }: RecordMarks): number =>
  producer === NO_TRANSACTION && !flag ? -1 : (producer + 1) * 2 + (flag ? 1 : 0);

/** What the detail of a record or marker that was appended says. */
export const recordMarksOf = (detail: number): RecordMarks =>
  detail < 0
    ? { producer: NO_TRANSACTION, flag: false }
    : { producer: (detail >> 1) - 1, flag: (detail & 1) === 1 };

/** What a transfer is; messages are what people say, all else is control traffic. */
export const TRANSFER_TYPES = [
  'message',
  'tcp',
  'handshake',
  'produce',
  'ack',
  'poll',
  'records',
  'emptyAnswer',
  'commit',
  'lastSeen',
  'metadata',
  'metadataAnswer',
  'coordinator',
  'coordinatorAnswer',
  'join',
  'joinAnswer',
  'heartbeat',
  'heartbeatAnswer',
  'leave',
  'leaveAnswer',
  'offsets',
  'offsetsAnswer',
  'transaction',
  'transactionAnswer',
  'refusal',
  'get',
  'post',
  'posted',
  'answer',
  'eventStream',
  'event',
  'gap',
  'publish',
  'fanOut',
  'close',
  'ping',
  'pong',
  'resume',
  'badFrame',
] as const;
export type TransferType = (typeof TRANSFER_TYPES)[number];

export const transferTypeCode = (type: TransferType): number => TRANSFER_TYPES.indexOf(type);

/** Why a transfer never arrived. */
export const DROP_REASONS = [
  'connection closed',
  'link is cut',
  'lost on the line',
  'node is down',
  'wrong way on a simplex medium',
  'sent into the cut',
] as const;
export type DropReason = (typeof DROP_REASONS)[number];

/** Why a copy is missed; each missed copy has exactly one. */
export const LOSS_CAUSES = [
  'reader away',
  'sender away',
  'cut on the way',
  'server down',
  'before it came',
  'retention passed',
  'replay window passed',
  'not kept',
  'reset past it',
  'never acknowledged',
  'lost in the crash',
  'not copied in time',
  'its producer gave up',
  'compacted away',
  'refused by the broker',
  'its transaction was aborted',
  'not on that server',
  'backplane forgot',
  'server gone',
  'sent into the cut',
  'in the kernel when it died',
  'buffered when it died',
  'unread when it died',
  'not connected',
  'sent after close',
  'reader was closing',
  'dropped by the sender',
  'not read by its gateway',
] as const;
export type LossCause = (typeof LOSS_CAUSES)[number];

export const lossCauseCode = (cause: LossCause): number => LOSS_CAUSES.indexOf(cause);
