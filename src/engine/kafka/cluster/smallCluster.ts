// A cluster on a clock of its own and a client at no distance, for tests of what brokers do.

import { instant, milliseconds } from '../../kernel/simTime';
import { Simulation } from '../../kernel/simulation';
import { Link } from '../../network/link';
import { type Environment, NetworkNode } from '../../network/node';
import type { TcpConnection } from '../../network/tcpConnection';
import type { Parcel } from '../../network/transfer';
import type { EntryKind } from '../../trace/entryKinds';
import { TraceRecorder } from '../../trace/recordTrace';
import type { Legend, MessageIndex, PartitionIndex, Trace } from '../../trace/trace';
import { DEFAULT_KAFKA_SETTINGS, type KafkaSettings } from '../configuration';
import type {
  Acks,
  BrokerPlace,
  FetchRequest,
  FetchResponse,
  KafkaBody,
  KafkaRequest,
  Offset,
  ProducedRecord,
  ProduceResult,
  RecordBatch,
} from '../wire/requests';
import type { Broker } from './broker';
import { BrokerChannel } from './brokerChannel';
import { Cluster } from './cluster';
import { placeReplicas } from './placement';
import { LogCompactor } from './replication/logCompactor';

const NOTHING: Legend = {
  stages: [],
  nodes: [],
  links: [],
  connections: [],
  partitions: [],
  keys: [],
  parameters: [],
};

/** An answer as it left the broker. */
export interface Answer {
  readonly at: number;
  readonly parcel: Parcel<KafkaBody>;
}

/** The client's end of one connection, without a way to travel. */
export class NearClient {
  readonly answers: Answer[] = [];
  readonly channel: BrokerChannel;
  state: 'open' | 'closed' = 'open';

  constructor(environment: Environment, broker: Broker, client: NetworkNode) {
    const connection = {
      client,
      server: broker.node,
      get state() {
        return near.state;
      },
      send: (_: NetworkNode, parcel: Parcel<KafkaBody>) => {
        this.answers.push({ at: environment.context.now, parcel });
      },
      unreachable: () => {
        if (this.state === 'closed') return;
        this.state = 'closed';
        broker.forget(this.channel);
      },
    };
    const near = this;
    this.channel = new BrokerChannel(connection as unknown as TcpConnection<KafkaBody>, broker);
    broker.node.listeners.push({
      unreachable: connection.unreachable,
      reachable: () => {
        this.state = 'open';
      },
    });
  }

  ask(request: KafkaRequest): void {
    if (this.state === 'open') this.channel.receive(request);
  }

  /** Sends records of one batch; `batch` says what differs from a plain one. */
  produce(acks: Acks, messages: readonly MessageIndex[], batch: Partial<RecordBatch> = {}): void {
    this.ask({ api: 'produce', acks, batches: [batchOf(messages, batch)] });
  }

  fetch(fields: Partial<FetchRequest> = {}): void {
    this.ask({
      api: 'fetch',
      from: null,
      maxWait: 500_000,
      minBytes: 1,
      isolation: 'read_uncommitted',
      round: 0,
      ...fields,
    });
  }

  /** Results of every produce request so far. */
  get produced(): ProduceResult[] {
    return this.answers.flatMap(({ parcel: { body } }) =>
      body.api === 'produced' ? body.results : [],
    );
  }

  get fetched(): FetchResponse[] {
    return this.answers.flatMap(({ parcel: { body } }) => (body.api === 'fetched' ? [body] : []));
  }
}

const recordOf = (message: MessageIndex, fields: Partial<ProducedRecord> = {}) => ({
  message,
  payloadBytes: 64,
  key: -1,
  isTombstone: false,
  ...fields,
});

function batchOf(messages: readonly MessageIndex[], fields: Partial<RecordBatch>): RecordBatch {
  const records = messages.map((message) => recordOf(message));
  return {
    partition: 0,
    producerId: -1,
    producerEpoch: -1,
    baseSequence: -1,
    isTransactional: false,
    records,
    bytes: 61 + 75 * records.length,
    ...fields,
  };
}

export interface SmallClusterOptions {
  readonly brokers?: number;
  readonly partitions?: number;
  readonly replicationFactor?: number;
  readonly settings?: Partial<KafkaSettings>;
  readonly horizon?: number;
}

/** Three brokers and one partition with three replicas, unless said otherwise; starts at 0. */
export function smallCluster(options: SmallClusterOptions = {}) {
  const { brokers = 3, partitions = 1, replicationFactor = 3, settings, horizon = 1e9 } = options;
  const simulation = new Simulation({
    seed: 7,
    start: instant(0),
    horizon: instant(horizon),
    eventLimit: 10_000_000,
  });
  const recorder = new TraceRecorder(simulation);
  const environment: Environment = { context: simulation, recorder };
  const nodes = Array.from({ length: brokers + 2 }, (_, index) => {
    return new NetworkNode(environment, index, `n${index}`);
  });
  const machines = nodes.slice(0, brokers);
  const cluster = new Cluster(
    environment,
    { ...DEFAULT_KAFKA_SETTINGS, minInsyncReplicas: 2, ...settings },
    {
      brokers: machines,
      controller: nodes[brokers] as NetworkNode,
      links: linksBetween(environment, machines),
      partitions: Array.from({ length: partitions }, (_, number) => ({
        index: number,
        topic: 'topic',
        number,
        replicas: placeReplicas(number, {
          brokers: machines.map((_, place) => place),
          replicationFactor,
          startBroker: 0,
        }),
      })),
      keys: ['k0', 'k1', 'k2'],
    },
  );
  cluster.compactor = new LogCompactor(cluster);
  cluster.start();
  const client = nodes[brokers + 1] as NetworkNode;
  const clientOf = (place: BrokerPlace) =>
    new NearClient(environment, cluster.brokers[place] as Broker, client);
  const trace = (): Trace => recorder.finish(NOTHING, instant(0), instant(horizon));
  const at = (time: number, act: () => void) => simulation.schedule(instant(time), act, undefined);
  const runTo = (time: number) => simulation.runUntil(instant(time));
  const node = (place: BrokerPlace) => machines[place] as NetworkNode;
  return { simulation, environment, cluster, clientOf, trace, at, runTo, node };
}

export type SmallCluster = ReturnType<typeof smallCluster>;

function linksBetween(environment: Environment, machines: readonly NetworkNode[]): Link[] {
  const pairs = machines.flatMap((one, place) =>
    machines.slice(place + 1).map((other) => [one, other] as const),
  );
  return pairs.map(
    (ends, index) =>
      new Link(environment, {
        index,
        id: `${ends[0].id}-${ends[1].id}`,
        ends,
        latency: milliseconds(1.5),
        rateBytesPerSecond: Number.POSITIVE_INFINITY,
        loss: 0,
        duplex: 'full-duplex',
        turnaround: milliseconds(0),
      }),
  );
}

/** What a replica holds: messages by offset, -1 for markers, holes left out. */
export function contentsOf(cluster: Cluster, place: BrokerPlace, partition: PartitionIndex = 0) {
  const log = cluster.brokers[place]?.replicas[partition]?.log;
  const contents: [Offset, MessageIndex][] = [];
  for (let offset = 0; offset < (log?.logEnd ?? 0); offset += 1) {
    if (log?.records.isRemoved(offset) === false) {
      contents.push([offset, log.records.messageAt(offset)]);
    }
  }
  return contents;
}

/** Entries of some kinds: time, kind's name, node, value and detail. */
export function entriesOf(trace: Trace, ...kinds: EntryKind[]) {
  const { entries } = trace;
  const found: { at: number; kind: EntryKind; node: number; value: number; detail: number }[] = [];
  for (let seq = 0; seq < entries.count; seq += 1) {
    const kind = entries.kind[seq] as EntryKind;
    if (!kinds.includes(kind)) continue;
    found.push({
      at: entries.time[seq] as number,
      kind,
      node: entries.node[seq] as number,
      value: entries.value[seq] as number,
      detail: entries.detail[seq] as number,
    });
  }
  return found;
}
