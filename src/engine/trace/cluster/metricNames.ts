// The names under which Kafka reports what an operator watches, where, and what each one means.

export interface MetricName {
  readonly name: string;
  /** The bean that reports it; a client's own bears its `client-id` besides. */
  readonly bean: string;
  /** The attribute read: of a meter its count since the start, not one of its rates. */
  readonly attribute: 'Value' | 'Count' | 'total' | 'max' | 'rate';
  readonly unit:
    | 'partitions'
    | 'brokers'
    | 'controllers'
    | 'times'
    | 'records'
    | 'requests'
    | 'records a second';
  /** One plain sentence. */
  readonly meaning: string;
}

const REPLICAS = 'kafka.server:type=ReplicaManager';
const CONTROLLER = 'kafka.controller:type=KafkaController';
const ELECTIONS = 'kafka.controller:type=ControllerStats';
const TOPICS = 'kafka.server:type=BrokerTopicMetrics';
const PRODUCER = 'kafka.producer:type=producer-metrics';
const FETCHING = 'kafka.consumer:type=consumer-fetch-manager-metrics';
const COORDINATOR = 'kafka.consumer:type=consumer-coordinator-metrics';

/** Kafka 4.3, docs/operations/monitoring; the order of the page: health, changes, traffic, clients. */
export const METRIC_NAMES: readonly MetricName[] = [
  {
    name: 'UnderReplicatedPartitions',
    bean: REPLICAS,
    attribute: 'Value',
    unit: 'partitions',
    meaning: 'Partitions with fewer copies in sync than they have copies.',
  },
  {
    name: 'UnderMinIsrPartitionCount',
    bean: REPLICAS,
    attribute: 'Value',
    unit: 'partitions',
    meaning: 'Partitions with fewer copies in sync than min.insync.replicas asks for.',
  },
  {
    name: 'OfflinePartitionsCount',
    bean: CONTROLLER,
    attribute: 'Value',
    unit: 'partitions',
    meaning: 'Partitions that nobody leads: nothing can be written or read there.',
  },
  {
    name: 'ActiveControllerCount',
    bean: CONTROLLER,
    attribute: 'Value',
    unit: 'controllers',
    meaning: 'Controllers in charge; it should be one.',
  },
  {
    name: 'ActiveBrokerCount',
    bean: CONTROLLER,
    attribute: 'Value',
    unit: 'brokers',
    meaning: 'Brokers that the controller trusts to lead.',
  },
  {
    name: 'FencedBrokerCount',
    bean: CONTROLLER,
    attribute: 'Value',
    unit: 'brokers',
    meaning: 'Brokers that the controller has given up for now.',
  },
  {
    name: 'IsrShrinksPerSec',
    bean: REPLICAS,
    attribute: 'Count',
    unit: 'times',
    meaning: 'How often a copy fell out of sync.',
  },
  {
    name: 'IsrExpandsPerSec',
    bean: REPLICAS,
    attribute: 'Count',
    unit: 'times',
    meaning: 'How often a copy came back in sync.',
  },
  {
    name: 'LeaderElectionRateAndTimeMs',
    bean: ELECTIONS,
    attribute: 'Count',
    unit: 'times',
    meaning: 'How often a partition got a new leader.',
  },
  {
    name: 'UncleanLeaderElectionsPerSec',
    bean: ELECTIONS,
    attribute: 'Count',
    unit: 'times',
    meaning: 'How often the new leader may have lacked records that were confirmed.',
  },
  {
    name: 'MessagesInPerSec',
    bean: TOPICS,
    attribute: 'Count',
    unit: 'records',
    meaning: 'Records that leaders have written.',
  },
  {
    name: 'FailedProduceRequestsPerSec',
    bean: TOPICS,
    attribute: 'Count',
    unit: 'requests',
    meaning: 'Writes that a leader refused, for instance with too few copies in sync.',
  },
  {
    name: 'record-send-total',
    bean: PRODUCER,
    attribute: 'total',
    unit: 'records',
    meaning: 'Records that producers have put on the line, each try counted.',
  },
  {
    name: 'record-retry-total',
    bean: PRODUCER,
    attribute: 'total',
    unit: 'times',
    meaning: 'How often producers tried again.',
  },
  {
    name: 'record-error-total',
    bean: PRODUCER,
    attribute: 'total',
    unit: 'records',
    meaning: 'Records that their producer gave up.',
  },
  {
    name: 'record-error-rate',
    bean: PRODUCER,
    attribute: 'rate',
    unit: 'records a second',
    meaning: 'Of these, how many a second over the last half minute or more.',
  },
  {
    name: 'records-lag-max',
    bean: FETCHING,
    attribute: 'max',
    unit: 'records',
    meaning: 'How far the slowest reader of a partition is behind.',
  },
  {
    name: 'records-consumed-total',
    bean: FETCHING,
    attribute: 'total',
    unit: 'records',
    meaning: 'Records that readers were handed, repeats counted.',
  },
  {
    name: 'rebalance-total',
    bean: COORDINATOR,
    attribute: 'total',
    unit: 'times',
    meaning: 'How often a group finished dealing its partitions out anew.',
  },
];
