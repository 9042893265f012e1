// Builds the stage on which both work together: services on a Kafka cluster, gateways that are its
// clients and WebSocket servers at once, and browsers on their sockets.

import { Balancer } from './actors/fleet/balancer';
import { type Connector, Dialler } from './actors/fleet/dialler';
import { SocketServer } from './actors/fleet/socketServer';
import { FanOut, type GatewayHabits, type ReadLog } from './actors/gateways/fanOut';
import { Gateway } from './actors/gateways/gateway';
import { GatewayProgram } from './actors/gateways/gatewayProgram';
import { GatewayStage } from './actors/gateways/gatewayStage';
import { gatewayReading, serviceReading } from './actors/gateways/readingTraces';
import type { ProgramMaker } from './actors/kafkaProgram';
import { present } from './assert';
import type { NetworkNode } from './network/node';
import {
  dialBefore,
  hearing,
  inNoGroup,
  type PlacedParticipant,
  planAll,
  raisePeople,
  UNBOUNDED_WIRE,
  type World,
} from './raise';
import { type Hosting, raiseCluster } from './raiseKafka';
import { hears, type Participant, type Scene, type StageRaiser } from './scene';
import { WebSocketConnection } from './websocket/connection';

export interface TogetherScene extends GatewayHabits {
  /** 1–8. */
  readonly gateways: number;
  /** Ids of the participants that are browsers; the others are services. */
  readonly browsers: readonly string[];
  /** The topic that gateways read for browsers, of one partition. */
  readonly reads: string;
  /** The one to which they write what browsers say; null: browsers say nothing. */
  readonly writes: string | null;
}

/** Raises such a stage. */
export const raiseTogether =
  (together: TogetherScene): StageRaiser =>
  (world, scene) => {
    const isBrowser = ({ id }: Participant) => together.browsers.includes(id);
    const pages = { ...scene, participants: scene.participants.filter(isBrowser) };
    const browsers = raisePeople(world, pages, { stage: 'together', groupOf: inNoGroup });
    for (const { node } of browsers) world.builder.inBrowser(node);
    const gateways = gatewaysFor(together);
    // The services follow once they are there.
    const everyone = [...browsers];
    const stage = new GatewayStage(world.environment, scene.workload, {
      browsers: browsers.map(({ node }) => node),
      resume: together.resume,
      readersOf: (writer) => readersOf(everyone, writer),
    });
    const services = scene.participants.filter((participant) => !isBrowser(participant));
    const backends = { ...scene, participants: [...services, ...gateways] };
    const forgets = !together.resume && browsers.length > 0;
    const hosting = hostingOf(world, { gateways, browsers, stage, forgets });
    const { cluster, placed } = raiseCluster(world, backends, hosting);
    everyone.push(...placed.filter(({ participant }) => services.includes(participant)));
    const { reads } = together;
    const { index } = present(cluster.partitionsOf(reads)[0], `${reads} has a partition`);
    join(world, scene, { together, stage, everyone, log: { cluster, partition: index } });
  };

/** The gateways as the cluster's clients: they write and read what browsers do. */
function gatewaysFor({ gateways, groups, reads, writes }: TogetherScene): readonly Participant[] {
  return Array.from({ length: gateways }, (_, place) => ({
    id: `gateway-${place + 1}`,
    name: `gateway ${place + 1}`,
    writes: writes !== null,
    reads: true,
    joinsAt: null,
    writesTo: writes,
    readsFrom: [reads],
    readsPartition: null,
    group: groups === 'one' ? 'gateways' : null,
    transactionalId: null,
  }));
}

/** What the cluster has to know about those of its clients that are gateways. */
function hostingOf(
  { environment }: World,
  site: {
    readonly gateways: readonly Participant[];
    readonly browsers: readonly PlacedParticipant[];
    readonly stage: GatewayStage;
    readonly forgets: boolean;
  },
): Hosting {
  const { gateways, browsers, stage, forgets } = site;
  const program: ProgramMaker = (parts) => {
    const { process } = parts;
    const made = new GatewayProgram(parts, stage.listenerAt(process.node));
    const place = stage.gateways.length;
    const server = new SocketServer(process.node, place, Number.POSITIVE_INFINITY);
    stage.add(new Gateway({ server, process, program: made }));
    return made;
  };
  const readersOn = (topic: string) =>
    browsers
      .filter(({ node, participant: { readsFrom } }) => node.joined && readsFrom?.includes(topic))
      .map(({ node }) => node);
  const isBrowsers = (message: number) => stage.isBrowser(environment.recorder.senderOf(message));
  return {
    stage: 'together',
    gatewayOf: (participant) =>
      gateways.includes(participant) ? { program, readersOf: readersOn, forgets } : null,
    traceAt: (participant) =>
      gateways.includes(participant)
        ? gatewayReading((node, record) => stage.read(node, record))
        : serviceReading(isBrowsers),
  };
}

/** Everyone who is there and reads what someone writes. */
function readersOf(everyone: readonly PlacedParticipant[], writer: number): readonly number[] {
  const speaker = everyone.find(({ node }) => node.index === writer)?.participant;
  return everyone
    .filter(({ node, participant }) => {
      return node.joined && speaker !== undefined && hears(participant, speaker);
    })
    .map(({ node }) => node.index);
}

/** Brings gateways and browsers together. */
function join(
  world: World,
  scene: Scene,
  site: {
    readonly together: TogetherScene;
    readonly stage: GatewayStage;
    readonly everyone: readonly PlacedParticipant[];
    readonly log: ReadLog;
  },
): void {
  const { environment, settings } = world;
  const { stage, together, log } = site;
  const { gateways, browsers } = stage;
  const heard = hearing(world, site.everyone);
  const servers = gateways.map(({ server }) => server);
  const dialler = new Dialler(environment, settings, {
    clients: browsers.map(({ node }) => node),
    balancer: new Balancer(null, servers, 'round-robin'),
    connector: connectorOf(world, scene, stage),
  });
  const fanOut = new FanOut(environment, {
    habits: together,
    gateways,
    browsers,
    isFor: (message, browser) => heard(browser, environment.recorder.senderOf(message)),
    payloadBytes: scene.workload.payloadBytes,
    whyGone: (node) => dialler.sessionOf(node)?.whyGone ?? 'reader away',
    log,
  });
  stage.joinedBy(dialler, fanOut);
  world.brought.push(stage);
  dialBefore(world, HANDSHAKE_WAYS * scene.distances.half, () => {
    environment.context.cause = NOTHING;
    dialler.dialAll();
  });
  planAll(
    world,
    browsers.map(({ person }) => person),
  );
}

/** A line from each browser to each gateway that it dials. */
function connectorOf(
  { builder, environment }: World,
  { distances }: Scene,
  stage: GatewayStage,
): Connector {
  return (client: NetworkNode, { node: server }) => {
    const link = builder.link({
      stage: 'together',
      ends: [client, server],
      latency: distances.half,
      ...UNBOUNDED_WIRE,
    });
    const route = builder.connection('together', 'websocket', { link, client, server });
    return new WebSocketConnection(environment, route, stage);
  };
}

/** SYN, SYN-ACK, GET and 101 take one way each. */
const HANDSHAKE_WAYS = 4;
/** The cause of what a scene begins with. */
const NOTHING = -1;
