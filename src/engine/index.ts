// The engine's only door: everything outside imports from here.

export type { ProgramSettings } from './actors/kafkaProgram';
export type { Want, Workload } from './actors/talk';
export { assert, present } from './assert';
export { DEFAULT_KAFKA_SETTINGS } from './kafka/configuration';
export { FURTHER_DEFAULTS } from './kafka/furtherDefaults';
export { formatDuration, parseDuration } from './kernel/durationText';
export { createRandomStream, type RandomStream } from './kernel/random';
export {
  instant,
  microseconds,
  milliseconds,
  type SimDuration,
  type SimTime,
  seconds,
} from './kernel/simTime';
export { EventLimitError, Simulation } from './kernel/simulation';
export {
  ACTION_KINDS,
  type Action,
  type ActionKind,
  hears,
  type KafkaScene,
  type Participant,
  type Scene,
  type Settings,
  type TopicScene,
  topicOf,
} from './scene';
export { type Activity, activityOf, type Lens } from './trace/activity';
export {
  type BrokerState,
  type ClusterState,
  clusterAt,
  type GroupState,
  type Ownership,
  type PartitionLeadership,
  type ReplicaState,
} from './trace/cluster/clusterAt';
export {
  type DropReason,
  EntryKind,
  electionDetail,
  electionKindOf,
  LOSS_CAUSES,
  type LossCause,
  type RecordMarks,
  recordDetail,
  recordMarksOf,
  TRANSFER_TYPES,
  type TransferType,
} from './trace/entryKinds';
export { ENTRY_KINDS } from './trace/entryMeanings';
export {
  formatEntry,
  formatTrace,
  messageName,
  TRACE_LEGEND,
  traceHash,
} from './trace/formatTrace';
export {
  type Ledger,
  ledgerAt,
  type Measures,
  type Miss,
  measuresAt,
  missesAt,
  type Percentiles,
} from './trace/measures';
export { type RecordingClock, TraceRecorder } from './trace/recordTrace';
export type { Interval } from './trace/series/interval';
export {
  type Absence,
  absencesOf,
  entriesAt,
  type MarkKind,
  marksOf,
  quietStretches,
  stepAfter,
  stepBefore,
  stepInstants,
  type TimelineMark,
} from './trace/steps';
export * from './trace/trace';
export { indexTrace, recordAt, type TraceIndex } from './trace/traceIndex';
export {
  type ConnectionState,
  heldAt,
  type NodeState,
  type PartitionState,
  type ReaderPosition,
  type TransferInFlight,
  type World,
  waitingInAccumulatorAt,
  worldAt,
} from './trace/worldAt';
export { PLAIN_SOCKET_SETTINGS, PLAIN_SOCKETS, type SocketScene } from './websocket/socketScene';
export { EVENT_LIMIT, simulate } from './world';
