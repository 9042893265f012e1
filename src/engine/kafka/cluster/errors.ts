// The errors that brokers answer with, by Kafka's names and codes; who answers which is elsewhere.

interface ErrorFacts {
  /** The number on the wire. */
  readonly code: number;
  /** Whether the same request may succeed later (RetriableException). */
  readonly isRetriable: boolean;
  /** Whether the client asks anew who leads before it tries again (InvalidMetadataException). */
  readonly isStaleMetadata: boolean;
}

const fatal = (code: number) => ({ code, isRetriable: false, isStaleMetadata: false });
const retriable = (code: number) => ({ code, isRetriable: true, isStaleMetadata: false });
const staleMetadata = (code: number) => ({ code, isRetriable: true, isStaleMetadata: true });

/** Kafka 4.3, org.apache.kafka.common.protocol.Errors: those that this model can answer with. */
export const KAFKA_ERRORS = {
  NONE: fatal(0),
  OFFSET_OUT_OF_RANGE: fatal(1),
  UNKNOWN_TOPIC_OR_PARTITION: staleMetadata(3),
  LEADER_NOT_AVAILABLE: staleMetadata(5),
  NOT_LEADER_OR_FOLLOWER: staleMetadata(6),
  REQUEST_TIMED_OUT: retriable(7),
  MESSAGE_TOO_LARGE: fatal(10),
  NETWORK_EXCEPTION: staleMetadata(13),
  COORDINATOR_LOAD_IN_PROGRESS: retriable(14),
  COORDINATOR_NOT_AVAILABLE: retriable(15),
  NOT_COORDINATOR: retriable(16),
  NOT_ENOUGH_REPLICAS: retriable(19),
  NOT_ENOUGH_REPLICAS_AFTER_APPEND: retriable(20),
  INVALID_REQUIRED_ACKS: fatal(21),
  ILLEGAL_GENERATION: fatal(22),
  UNKNOWN_MEMBER_ID: fatal(25),
  REBALANCE_IN_PROGRESS: fatal(27),
  NOT_CONTROLLER: retriable(41),
  OUT_OF_ORDER_SEQUENCE_NUMBER: fatal(45),
  DUPLICATE_SEQUENCE_NUMBER: fatal(46),
  INVALID_PRODUCER_EPOCH: fatal(47),
  INVALID_TXN_STATE: fatal(48),
  INVALID_PRODUCER_ID_MAPPING: fatal(49),
  CONCURRENT_TRANSACTIONS: retriable(51),
  KAFKA_STORAGE_ERROR: staleMetadata(56),
  FENCED_LEADER_EPOCH: staleMetadata(74),
  UNKNOWN_LEADER_EPOCH: retriable(75),
  MEMBER_ID_REQUIRED: fatal(79),
  UNSTABLE_OFFSET_COMMIT: retriable(88),
  PRODUCER_FENCED: fatal(90),
  INVALID_UPDATE_VERSION: fatal(95),
  INELIGIBLE_REPLICA: fatal(107),
  FENCED_MEMBER_EPOCH: fatal(110),
  STALE_MEMBER_EPOCH: fatal(113),
} as const satisfies Readonly<Record<string, ErrorFacts>>;

/** The name of an error; `NONE` means that all went well. */
export type KafkaError = keyof typeof KAFKA_ERRORS;
