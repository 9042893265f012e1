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
} as const;
export type EntryKind = (typeof EntryKind)[keyof typeof EntryKind];

export const ENTRY_KINDS: readonly EntryKindMeaning[] = [
  { name: 'intervened', step: false, value: 'index in the list of interventions' },
  { name: 'connecting', step: false, place: 'connection' },
  { name: 'opened', step: true, place: 'connection', value: '1: the opening handshake ended here' },
  { name: 'closed', step: false, place: 'connection', value: 'close code' },
  { name: 'sent', step: true, value: '1: reaches only those who are connected' },
  { name: 'transferStarted', step: true, place: 'connection', value: 'transfer type' },
  { name: 'transferArrived', step: true, place: 'connection', value: 'transfer type' },
  { name: 'transferDropped', step: true, place: 'connection', value: 'drop reason' },
  { name: 'appended', step: true, place: 'partition', value: 'offset' },
  { name: 'watermarkMoved', step: true, place: 'partition', value: 'high watermark' },
  { name: 'acknowledged', step: false, place: 'partition', value: 'records' },
  { name: 'delivered', step: true, value: 'offset, or -1', detail: '1: from storage; hops × 2' },
  { name: 'lost', step: true, value: 'loss cause' },
  { name: 'held', step: false, value: 'bytes in the replay buffer' },
  { name: 'letGo', step: false, value: 'loss cause' },
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
];

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
] as const;
export type LossCause = (typeof LOSS_CAUSES)[number];

export const lossCauseCode = (cause: LossCause): number => LOSS_CAUSES.indexOf(cause);
