// The vocabulary of the trace: every kind of entry, what its columns hold, and whether a step stops
// there.

/**
 * What one kind of entry means. `place`, `value` and `detail` say what those columns hold; absent:
 * unused.
 */
export interface EntryKindMeaning {
  readonly name: string;
  /**
   * A step goes to instants that hold an entry of a step kind; acks, polls and heartbeats are none.
   */
  readonly step: boolean;
  readonly place?: string;
  readonly value?: string;
  readonly detail?: string;
}

/** Codes of the entry kinds, in the order of `ENTRY_KINDS`. */
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

export const ENTRY_KINDS: readonly EntryKindMeaning[] = [
  { name: 'intervened', step: false, value: 'index in the list of interventions' },
  { name: 'connecting', step: false, place: 'connection' },
  { name: 'opened', step: true, place: 'connection', value: '1: the opening handshake ended here' },
  {
    name: 'closed',
    step: false,
    place: 'connection',
    value: 'close code',
    detail: '1: clean, 0: not, + 2: never open; absent: both ends at once',
  },
  { name: 'sent', step: true, value: '1: reaches only those who are connected' },
  { name: 'transferStarted', step: true, place: 'connection', value: 'transfer type' },
  { name: 'transferArrived', step: true, place: 'connection', value: 'transfer type' },
  { name: 'transferDropped', step: true, place: 'connection', value: 'drop reason' },
  {
    name: 'appended',
    step: true,
    place: 'partition',
    value: 'offset',
    detail: 'producer of its transaction, from 1, × 2 + 1: a tombstone; -1: neither',
  },
  { name: 'watermarkMoved', step: true, place: 'partition', value: 'high watermark' },
  {
    name: 'acknowledged',
    step: false,
    place: 'partition',
    value: 'records',
    detail: 'place of the first among those of the transfer',
  },
  { name: 'delivered', step: true, value: 'offset, or -1', detail: '1: from storage; hops × 2' },
  { name: 'lost', step: true, value: 'loss cause' },
  { name: 'held', step: false, value: 'bytes in the replay buffer' },
  { name: 'letGo', step: false, value: 'loss cause, or -1: it goes on to its reader' },
  { name: 'logStartMoved', step: true, place: 'partition', value: 'offset', detail: 'loss cause' },
  {
    name: 'positionReset',
    step: true,
    place: 'partition',
    value: 'position',
    detail: 'loss cause',
  },
  { name: 'committed', step: false, place: 'partition', value: 'committed offset' },
  { name: 'wentAway', step: true },
  { name: 'cameBack', step: true },
  { name: 'crashed', step: true },
  { name: 'restarted', step: true },
  { name: 'linkCut', step: true, place: 'link' },
  { name: 'linkRestored', step: true, place: 'link' },
  { name: 'parameterSet', step: true, place: 'parameter', value: 'value' },
  { name: 'joined', step: true },
  {
    name: 'truncated',
    step: true,
    place: 'partition',
    value: 'log end offset',
    detail: 'loss cause',
  },
  { name: 'replicated', step: false, place: 'partition', value: 'log end offset of the follower' },
  {
    name: 'followerTruncated',
    step: true,
    place: 'partition',
    value: 'log end offset of the follower',
  },
  {
    name: 'isrChanged',
    step: true,
    place: 'partition',
    value: 'in-sync replicas, a bit for each place of the assignment',
    detail: '1: grew',
  },
  {
    name: 'leaderChanged',
    step: true,
    place: 'partition',
    value: 'node of the leader, or -1',
    detail: 'leader epoch × 4 + kind of election',
  },
  { name: 'brokerFenced', step: true },
  { name: 'brokerUnfenced', step: true },
  { name: 'refused', step: false, place: 'partition', value: 'error code' },
  { name: 'retried', step: false, place: 'partition', value: 'try, from 1' },
  { name: 'memberJoined', step: true, place: 'group', value: 'generation or member epoch' },
  {
    name: 'memberLeft',
    step: true,
    place: 'group',
    value: '0: said so, 1: session timeout, 2: poll interval',
  },
  { name: 'rebalanceStarted', step: true, place: 'group', value: 'generation or group epoch' },
  { name: 'rebalanceEnded', step: true, place: 'group', value: 'generation or group epoch' },
  {
    name: 'ownerSet',
    step: false,
    place: 'partition',
    value: 'node of the owner, or -1',
    detail: 'generation or member epoch',
  },
  { name: 'assigned', step: true, place: 'partition', value: 'position' },
  { name: 'revoked', step: true, place: 'partition' },
  { name: 'transactionBegan', step: true, value: 'number of the transaction' },
  {
    name: 'transactionEnded',
    step: true,
    value: 'number of the transaction',
    detail: '1: committed',
  },
  {
    name: 'markerAppended',
    step: false,
    place: 'partition',
    value: 'offset',
    detail: 'producer, from 1, × 2 + 1: commit',
  },
  { name: 'stableOffsetMoved', step: false, place: 'partition', value: 'last stable offset' },
  { name: 'recordRemoved', step: true, place: 'partition', value: 'offset', detail: 'loss cause' },
  { name: 'stalled', step: true },
  { name: 'resumed', step: true },
  { name: 'isolated', step: true, value: '1: from brokers, 2: from clients' },
  { name: 'rejoined', step: true },
  { name: 'diskFilled', step: true, value: '1: full, 0: free again' },
  { name: 'worked', step: false },
  { name: 'skipped', step: false, place: 'partition', value: 'position' },
  { name: 'draining', step: true },
  { name: 'readOn', step: false, place: 'partition', value: 'position' },
  { name: 'accepted', step: false, place: 'connection' },
  { name: 'closing', step: true, place: 'connection', value: 'close code, 1005: none' },
  {
    name: 'buffered',
    step: false,
    place: 'connection',
    value: 'bufferedAmount',
  },
  {
    name: 'queued',
    step: false,
    place: 'connection',
    value: '1: waits to leave for this reader, 0: never will',
  },
  { name: 'pongMissed', step: true, place: 'connection' },
  { name: 'upgradeRefused', step: true, place: 'connection', value: 'status' },
  {
    name: 'resumeAnswered',
    step: true,
    place: 'connection',
    value: 'messages sent again',
    detail: '0: nothing missed, 1: replayed, 2: not all can be replayed',
  },
];

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
] as const;
export type LossCause = (typeof LOSS_CAUSES)[number];

export const lossCauseCode = (cause: LossCause): number => LOSS_CAUSES.indexOf(cause);
