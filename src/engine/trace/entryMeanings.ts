// What an entry of each kind says, column by column, for whoever writes a trace down as text; no
// run needs it.

/** What one kind of entry is called, and what its columns hold; absent: unused. */
export interface EntryKindMeaning {
  readonly name: string;
  readonly place?: string;
  readonly value?: string;
  readonly detail?: string;
}

/** In the order of `EntryKind`. */
export const ENTRY_KINDS: readonly EntryKindMeaning[] = [
  { name: 'intervened', value: 'index in the list of interventions' },
  { name: 'connecting', place: 'connection' },
  { name: 'opened', place: 'connection', value: '1: the opening handshake ended here' },
  {
    name: 'closed',
    place: 'connection',
    value: 'close code',
    detail: '1: clean, 0: not, + 2: never open; absent: both ends at once',
  },
  { name: 'sent', value: '1: reaches only those who are connected' },
  { name: 'transferStarted', place: 'connection', value: 'transfer type' },
  { name: 'transferArrived', place: 'connection', value: 'transfer type' },
  { name: 'transferDropped', place: 'connection', value: 'drop reason' },
  {
    name: 'appended',
    place: 'partition',
    value: 'offset',
    detail: 'producer of its transaction, from 1, × 2 + 1: a tombstone; -1: neither',
  },
  { name: 'watermarkMoved', place: 'partition', value: 'high watermark' },
  {
    name: 'acknowledged',
    place: 'partition',
    value: 'records',
    detail: 'place of the first among those of the transfer',
  },
  { name: 'delivered', value: 'offset, or -1', detail: '1: from storage; hops × 2' },
  { name: 'lost', value: 'loss cause' },
  { name: 'held', value: 'bytes in the replay buffer' },
  { name: 'letGo', value: 'loss cause, or -1: it goes on to its reader' },
  { name: 'logStartMoved', place: 'partition', value: 'offset', detail: 'loss cause' },
  {
    name: 'positionReset',
    place: 'partition',
    value: 'position',
    detail: 'loss cause',
  },
  { name: 'committed', place: 'partition', value: 'committed offset' },
  { name: 'wentAway' },
  { name: 'cameBack' },
  { name: 'crashed' },
  { name: 'restarted' },
  { name: 'linkCut', place: 'link' },
  { name: 'linkRestored', place: 'link' },
  { name: 'parameterSet', place: 'parameter', value: 'value' },
  { name: 'joined' },
  {
    name: 'truncated',
    place: 'partition',
    value: 'log end offset',
    detail: 'loss cause',
  },
  { name: 'replicated', place: 'partition', value: 'log end offset of the follower' },
  {
    name: 'followerTruncated',
    place: 'partition',
    value: 'log end offset of the follower',
  },
  {
    name: 'isrChanged',
    place: 'partition',
    value: 'in-sync replicas, a bit for each place of the assignment',
    detail: '1: grew',
  },
  {
    name: 'leaderChanged',
    place: 'partition',
    value: 'node of the leader, or -1',
    detail: 'leader epoch × 4 + kind of election',
  },
  { name: 'brokerFenced' },
  { name: 'brokerUnfenced' },
  { name: 'refused', place: 'partition', value: 'error code' },
  { name: 'retried', place: 'partition', value: 'try, from 1' },
  { name: 'memberJoined', place: 'group', value: 'generation or member epoch' },
  {
    name: 'memberLeft',
    place: 'group',
    value: '0: said so, 1: session timeout, 2: poll interval',
  },
  { name: 'rebalanceStarted', place: 'group', value: 'generation or group epoch' },
  { name: 'rebalanceEnded', place: 'group', value: 'generation or group epoch' },
  {
    name: 'ownerSet',
    place: 'partition',
    value: 'node of the owner, or -1',
    detail: 'generation or member epoch',
  },
  { name: 'assigned', place: 'partition', value: 'position' },
  { name: 'revoked', place: 'partition' },
  { name: 'transactionBegan', value: 'number of the transaction' },
  {
    name: 'transactionEnded',
    value: 'number of the transaction',
    detail: '1: committed',
  },
  {
    name: 'markerAppended',
    place: 'partition',
    value: 'offset',
    detail: 'producer, from 1, × 2 + 1: commit',
  },
  { name: 'stableOffsetMoved', place: 'partition', value: 'last stable offset' },
  { name: 'recordRemoved', place: 'partition', value: 'offset', detail: 'loss cause' },
  { name: 'stalled' },
  { name: 'resumed' },
  { name: 'isolated', value: '1: from brokers, 2: from clients' },
  { name: 'rejoined' },
  { name: 'diskFilled', value: '1: full, 0: free again' },
  { name: 'worked' },
  { name: 'skipped', place: 'partition', value: 'position' },
  { name: 'draining' },
  { name: 'readOn', place: 'partition', value: 'position' },
  { name: 'accepted', place: 'connection' },
  { name: 'closing', place: 'connection', value: 'close code, 1005: none' },
  {
    name: 'buffered',
    place: 'connection',
    value: 'bufferedAmount',
  },
  {
    name: 'queued',
    place: 'connection',
    value: '1: waits to leave for this reader, 0: never will',
  },
  { name: 'pongMissed', place: 'connection' },
  { name: 'upgradeRefused', place: 'connection', value: 'status' },
  {
    name: 'resumeAnswered',
    place: 'connection',
    value: 'messages sent again',
    detail: '0: nothing missed, 1: replayed, 2: not all can be replayed',
  },
];
