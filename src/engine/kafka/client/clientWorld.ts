// A cluster with clients at ten milliseconds from every broker, for tests of what clients do.

import { instant, microseconds, milliseconds } from '../../kernel/simTime';
import { Simulation } from '../../kernel/simulation';
import { Link } from '../../network/link';
import { type Environment, NetworkNode } from '../../network/node';
import { EntryKind, type TransferType, transferTypeCode } from '../../trace/entryKinds';
import { TraceRecorder } from '../../trace/recordTrace';
import type { Legend, Trace } from '../../trace/trace';
import { Cluster } from '../cluster/cluster';
import { placeReplicas } from '../cluster/placement';
import { DEFAULT_KAFKA_SETTINGS, type KafkaSettings } from '../configuration';
import { GROUP_PROTOCOLS } from '../group/groupProtocols';
import { createCoordinators } from '../transactions/clusterCoordinators';
import type { ProducedRecord } from '../wire/requests';
import { ClientProcess } from './clientProcess';
import type { PartitionerParts } from './producing/onlyPartition';
import { TopicPartitioner } from './producing/topicPartitioner';

const NOTHING: Legend = {
  stages: [],
  nodes: [],
  links: [],
  connections: [],
  partitions: [],
  keys: [],
  parameters: [],
};

export const KEYS = ['red', 'green', 'blue', 'white', 'black'];

export interface ClientWorldOptions {
  readonly brokers?: number;
  readonly partitions?: number;
  /** Instead of one topic: several of one partition each. */
  readonly topics?: readonly string[];
  readonly replicationFactor?: number;
  readonly settings?: Partial<KafkaSettings>;
  readonly seed?: number;
}

/** Three brokers and one partition with three replicas, unless said otherwise; starts at -100 ms. */
export function clientWorld(options: ClientWorldOptions = {}) {
  const { brokers = 3, partitions = 1, replicationFactor = 3, seed = 7, topics } = options;
  const start = instant(-100_000);
  const horizon = instant(1e9);
  const simulation = new Simulation({ seed, start, horizon, eventLimit: 2_000_000 });
  const recorder = new TraceRecorder(simulation);
  const environment: Environment = { context: simulation, recorder };
  const settings: KafkaSettings = {
    ...DEFAULT_KAFKA_SETTINGS,
    minInsyncReplicas: Math.min(2, replicationFactor),
    ...options.settings,
  };
  const nodes: NetworkNode[] = [];
  const newNode = (id: string) => {
    const node = new NetworkNode(environment, nodes.length, id);
    nodes.push(node);
    return node;
  };
  const places = Array.from({ length: brokers }, (_, place) => place);
  const machines = places.map((place) => newNode(`broker-${place + 1}`));
  const cluster = new Cluster(environment, settings, {
    brokers: machines,
    controller: newNode('controller'),
    links: [],
    partitions: Array.from({ length: topics?.length ?? partitions }, (_, index) => ({
      index,
      topic: topics?.[index] ?? 'topic',
      number: topics ? 0 : index,
      replicas: placeReplicas(index, { brokers: places, replicationFactor, startBroker: 0 }),
    })),
    keys: KEYS,
  });
  const topic = {
    name: 'topic',
    partitions: cluster.partitionsOf('topic').map((one) => one.index),
    createPartitioner: (parts: PartitionerParts) => new TopicPartitioner(parts),
  };
  const protocols = GROUP_PROTOCOLS;
  cluster.coordinators = createCoordinators(environment, cluster, { nodeOf: () => 0, protocols });
  let connections = 0;
  /** A participant with ways to all brokers, one set for each of its clients. */
  const client = (id: string) => {
    const node = newNode(id);
    const process = new ClientProcess(environment, node);
    const links = machines.map((server, place) => linkOf(environment, [node, server], place));
    const routes = () =>
      machines.map((server, place) => {
        connections += 1;
        return { index: connections - 1, link: links[place] as Link, client: node, server };
      });
    return { node, process, links, routes };
  };
  const at = (ms: number, act: () => void) => {
    simulation.schedule(instant(Math.round(ms * 1_000)), act, undefined);
  };
  cluster.start();
  let said = 0;
  /** A record of 64 bytes whose message is numbered in the order of saying. */
  const record = (
    fields: Partial<ProducedRecord> = {},
    from = nodes.length - 1,
  ): ProducedRecord => {
    const words = { from, number: said, wantedAt: simulation.now, payloadBytes: 64, replyTo: -1 };
    said += 1;
    const message = recorder.sent({ ...words, key: fields.key ?? -1, readers: [] }, false);
    return { message, payloadBytes: 64, key: -1, isTombstone: false, ...fields };
  };
  const trace = (untilMs = 10_000): Trace => {
    simulation.runUntil(instant(untilMs * 1_000));
    return recorder.finish(NOTHING, start, instant(untilMs * 1_000));
  };
  return { environment, settings, cluster, simulation, machines, topic, client, at, record, trace };
}

export type ClientWorld = ReturnType<typeof clientWorld>;

function linkOf(
  environment: Environment,
  ends: readonly [NetworkNode, NetworkNode],
  index: number,
): Link {
  return new Link(environment, {
    index,
    id: `${ends[0].id}-${ends[1].id}`,
    ends,
    latency: milliseconds(10),
    rateBytesPerSecond: Number.POSITIVE_INFINITY,
    loss: 0,
    duplex: 'full-duplex',
    turnaround: microseconds(0),
  });
}

/** Entries of these kinds in order, with times in milliseconds. */
export function storyOf({ entries }: Trace, ...kinds: EntryKind[]) {
  const story = [];
  for (let seq = 0; seq < entries.count; seq += 1) {
    const kind = entries.kind[seq] as EntryKind;
    if (!kinds.includes(kind)) continue;
    story.push({
      ms: (entries.time[seq] as number) / 1_000,
      kind,
      node: entries.node[seq] as number,
      place: entries.place[seq] as number,
      message: entries.message[seq] as number,
      value: entries.value[seq] as number,
      detail: entries.detail[seq] as number,
      transfer: entries.transfer[seq] as number,
    });
  }
  return story;
}

/** Transfers of one type: when they left, from whom to whom, and what they carry. */
export function transfersOf({ transfers, carried, entries }: Trace, type: TransferType) {
  const found = [];
  const code = transferTypeCode(type);
  for (let transfer = 0; transfer < transfers.count; transfer += 1) {
    if (transfers.type[transfer] !== code) continue;
    const first = transfers.carriedFrom[transfer] as number;
    const count = transfers.carriedCount[transfer] as number;
    found.push({
      ms: (entries.time[transfers.startSeq[transfer] as number] as number) / 1_000,
      from: transfers.from[transfer] as number,
      to: transfers.to[transfer] as number,
      bytes: transfers.bytes[transfer] as number,
      said: [...carried.slice(first, first + count)],
    });
  }
  return found;
}

/** Messages in the order in which the leaders wrote them, by partition; with their repetitions. */
export function writtenTo(trace: Trace, partition: number): number[] {
  return storyOf(trace, EntryKind.Appended)
    .filter(({ place }) => place === partition)
    .map(({ message }) => message);
}
