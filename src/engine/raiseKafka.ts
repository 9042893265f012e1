// Builds the Kafka stage of a scene: brokers, controller, topics, and everyone's way to them.

import { PROGRAMS, type ProgramMaker } from './actors/kafkaProgram';
import { type KafkaPart, KafkaStage, type PassingPart } from './actors/kafkaStage';
import type { ReadingTraceMaker } from './kafka/client/fetching/readingTrace';
import { onlyPartition } from './kafka/client/producing/onlyPartition';
import { Cluster } from './kafka/cluster/cluster';
import type { PartitionPlan } from './kafka/cluster/clusterPlan';
import { placeReplicas } from './kafka/cluster/placement';
import { createCoordinators } from './kafka/transactions/clusterCoordinators';
import { microseconds } from './kernel/simTime';
import type { Link } from './network/link';
import type { NetworkNode } from './network/node';
import type { TcpConnectionOptions } from './network/tcpConnection';
import {
  dialBefore,
  type PlacedParticipant,
  planAll,
  raisePeople,
  UNBOUNDED_WIRE,
  type World,
} from './raise';
import { hears, type Participant, type Scene, topicOf, topicsOf } from './scene';
import type { LegendConnection, NodeIndex, StageId } from './trace/trace';

/** A cluster that is part of another stage. */
export interface Hosting {
  readonly stage: StageId;
  /** Null: this participant reads and writes for itself. */
  readonly gatewayOf: (participant: Participant) => PassingPart | null;
  /** Who takes down what somebody reads; null: as usual. */
  readonly traceAt: ((participant: Participant) => ReadingTraceMaker) | null;
}

/** The cluster as far as it stands. */
interface Site {
  readonly world: World;
  readonly scene: Scene;
  readonly hosting: Hosting;
  readonly groups: ReadonlyMap<string, NetworkNode>;
  readonly placed: readonly PlacedParticipant[];
  readonly brokers: readonly NetworkNode[];
  readonly partitions: readonly PartitionPlan[];
}

export function raiseKafka(world: World, scene: Scene): void {
  raiseCluster(world, scene, { stage: 'kafka', gatewayOf: () => null, traceAt: null });
}

/** A cluster with its clients: all participants of this scene. */
export function raiseCluster(
  world: World,
  scene: Scene,
  hosting: Hosting,
): { readonly placed: readonly PlacedParticipant[]; readonly cluster: Cluster } {
  const { builder, environment, settings } = world;
  const { keys, groups: protocols } = scene.kafka;
  const { stage: id, gatewayOf } = hosting;
  refuseLonelyGroups(scene);
  const groups = raiseGroups(world, scene, id);
  const groupOf = ({ group }: Participant) => groups.get(group ?? '')?.index ?? -1;
  const roleOf = (participant: Participant) => (gatewayOf(participant) ? 'gateway' : 'participant');
  const placed = raisePeople(world, scene, { stage: id, groupOf, roleOf });
  const brokers = raiseBrokers(world, scene, id);
  const controller = builder.node({ ...CONTROLLER, stage: id });
  const partitions = raiseTopics(world, scene, { hosting, placed, brokers });
  const site: Site = { world, scene, hosting, groups, placed, brokers, partitions };
  const links = raiseBrokerLinks(site);
  builder.keys.push(...keys);
  const plan = { brokers, controller, links, partitions, keys };
  const cluster = new Cluster(environment, settings, plan);
  const nodeOf = (group: string) => nodeOfGroup(site, group);
  cluster.coordinators = createCoordinators(environment, cluster, { nodeOf, protocols });
  cluster.compactor = protocols?.createCompactor(cluster) ?? null;
  const stage = new KafkaStage(environment, settings, scene.workload, cluster);
  world.kafka.push(stage);
  for (const player of placed) stage.add(partOf(site, player, cluster));
  cluster.start();
  // SYN and SYN-ACK.
  dialBefore(world, 2 * scene.distances.half, () => stage.dial());
  planAll(world, stage.people);
  // A loop that has something to say at 0 says it before it polls.
  const start = () => environment.context.after(microseconds(0), () => stage.start(), undefined);
  world.starts.push(start);
  return { placed, cluster };
}

/** Without its protocols a group would wait for ever. */
function refuseLonelyGroups({ participants, kafka }: Scene): void {
  if (kafka.groups !== null) return;
  for (const { name, group, transactionalId } of participants) {
    if (group === null && transactionalId === null) continue;
    const what = group === null ? 'has transactions' : `is in the group ${group}`;
    throw new Error(
      `${name} ${what}, but the scene brings no protocols for that (KafkaScene.groups).`,
    );
  }
}

/** A node for each group that has members: copies are counted for it. It comes with the first. */
function raiseGroups(
  { builder }: World,
  { participants }: Scene,
  stage: StageId,
): Map<string, NetworkNode> {
  const groups = new Map<string, NetworkNode>();
  for (const { group, joinsAt } of participants) {
    if (group === null) continue;
    const entry = { id: group, name: group, stage, role: 'group' } as const;
    const node = groups.get(group) ?? builder.node(entry);
    if (!groups.has(group)) node.joined = false;
    if (joinsAt === null) node.joined = true;
    groups.set(group, node);
  }
  return groups;
}

function raiseBrokers({ builder }: World, { kafka }: Scene, stage: StageId): NetworkNode[] {
  return Array.from({ length: kafka.brokers }, (_, place) => {
    const number = place + 1;
    return builder.node({
      id: `broker-${number}`,
      stage,
      name: `broker ${number}`,
      role: 'broker',
    });
  });
}

function raiseTopics(
  { builder }: World,
  scene: Scene,
  cast: Pick<Site, 'hosting' | 'placed' | 'brokers'>,
): PartitionPlan[] {
  const { brokers, hosting } = cast;
  const places = brokers.map((_, place) => place);
  const { replicationFactor } = scene.kafka;
  return topicsOf(scene).flatMap((topic) => {
    const writers = cast.placed.filter(({ participant }) => topicOf(participant) === topic.id);
    const readers = cast.placed.filter(({ participant: reader }) =>
      hosting.gatewayOf(reader)
        ? reader.readsFrom?.includes(topic.id)
        : writers.some(({ participant: writer }) => hears(reader, writer)),
    );
    const [first] = writers;
    const isOnly = writers.length === 1 && first && !hosting.gatewayOf(first.participant);
    const sender = isOnly ? first.node.index : -1;
    return Array.from({ length: topic.partitions }, (_, number) => {
      const placement = { brokers: places, replicationFactor, startBroker: topic.firstBroker };
      const replicas = placeReplicas(number, placement);
      const those = readers.filter(({ participant: { readsPartition } }) => {
        return readsPartition === null || readsPartition === number;
      });
      const entry = {
        topic: topic.id,
        number,
        replicas: replicas.map((place) => (brokers[place] as NetworkNode).index),
        sender,
        readers: [...new Set(those.map(({ node }) => builder.readerFor(node)))],
      };
      const index = builder.partition(entry, hosting.stage);
      return { index, topic: topic.id, number, replicas };
    });
  });
}

function raiseBrokerLinks({ world, scene, hosting: { stage }, brokers }: Site): Link[] {
  const latency = scene.kafka.brokerDistance;
  return brokers.flatMap((first, place) =>
    brokers.slice(place + 1).map((second) => {
      const line = { stage, ends: [first, second], latency, ...UNBOUNDED_WIRE } as const;
      return world.builder.link(line);
    }),
  );
}

/** What one participant needs on this stage. */
function partOf(site: Site, { participant, node }: PlacedParticipant, cluster: Cluster): KafkaPart {
  const { world, scene, placed, brokers, partitions, hosting } = site;
  const { builder } = world;
  const { stage } = hosting;
  const passesOn = hosting.gatewayOf(participant);
  const latency = scene.distances.half;
  const links = brokers.map((broker) =>
    builder.link({ stage, ends: [node, broker], latency, ...UNBOUNDED_WIRE }),
  );
  const routes = (purpose: LegendConnection['purpose'], of = purpose as string) =>
    links.map((link, place): TcpConnectionOptions => {
      const server = brokers[place] as NetworkNode;
      return builder.connection(stage, purpose, { link, client: node, server, of });
    });
  const partitionsOf = (topic: string) =>
    partitions.filter((partition) => partition.topic === topic).map(({ index }) => index);
  const heard = placed.filter(({ participant: writer }) => hears(participant, writer));
  const topics = passesOn
    ? (participant.readsFrom ?? [])
    : [...new Set(heard.map(({ participant: writer }) => topicOf(writer)))];
  const written = topicOf(participant);
  const createPartitioner = scene.kafka.groups?.createPartitioner ?? onlyPartition;
  return {
    node,
    writes: participant.writes
      ? {
          routes: routes('producer'),
          topics: [{ name: written, partitions: partitionsOf(written), createPartitioner }],
        }
      : null,
    reads:
      topics.length > 0
        ? {
            routes: routes('consumer'),
            coordinatorRoutes: routes('coordinator'),
            group: participant.group ?? participant.id,
            reader: site.groups.get(participant.group ?? '') ?? node,
            topics,
            partition: participant.readsPartition,
            protocols: participant.group === null ? null : scene.kafka.groups,
            ...(hosting.traceAt ? { trace: hosting.traceAt(participant) } : {}),
          }
        : null,
    passesOn,
    program:
      passesOn?.program ??
      programOf(site, participant, {
        cluster,
        routes: () => routes('coordinator', 'transactions'),
      }),
  };
}

/** Who has a `transactional.id` reads and writes in transactions, whatever the others do. */
function programOf(
  { world, scene }: Site,
  { transactionalId }: Participant,
  way: { readonly cluster: Cluster; readonly routes: () => readonly TcpConnectionOptions[] },
): ProgramMaker {
  const { groups } = scene.kafka;
  if (transactionalId === null || groups === null) return PROGRAMS[scene.mode];
  const { environment } = world;
  const site = { environment, cluster: way.cluster, routes: way.routes(), transactionalId };
  return groups.transactionalProgram(site);
}

/** A group without members by subscription is its one reader's, and bears that reader's id. */
function nodeOfGroup({ groups, placed }: Site, group: string): NodeIndex {
  const own = placed.find(({ participant }) => participant.id === group)?.node;
  return (groups.get(group) ?? own)?.index ?? -1;
}

const CONTROLLER = {
  id: 'controller',
  name: 'controller',
  role: 'controller',
} as const;
