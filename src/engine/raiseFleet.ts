// Builds a WebSocket stage with several servers behind a balancer, and what joins them.

import type { Backplane } from './actors/fleet/backplane';
import { Balancer, type Balancing } from './actors/fleet/balancer';
import { type Connector, Dialler } from './actors/fleet/dialler';
import { LogBackplane } from './actors/fleet/logBackplane';
import { PubSubBackplane } from './actors/fleet/pubSubBackplane';
import { SocketFleet } from './actors/fleet/socketFleet';
import { SocketServer } from './actors/fleet/socketServer';
import type { Link } from './network/link';
import type { NetworkNode } from './network/node';
import {
  dialBefore,
  inNoGroup,
  type PlacedParticipant,
  planAll,
  raisePeople,
  UNBOUNDED_WIRE,
  type World,
} from './raise';
import { hears, type Scene, type StageRaiser } from './scene';
import type { NodeIndex } from './trace/trace';
import { WebSocketConnection } from './websocket/connection';
import { type HandshakeOutcome, plainHandshake } from './websocket/wire/handshake/openingHandshake';

/**
 * What brings a message from one server to the others. `none`: nothing does, each knows what its
 * own memory holds; `pubsub`: passed on to who is connected now; `kafka`: a topic that all read.
 */
export type BackplaneKind = 'none' | 'pubsub' | 'kafka';

export interface FleetScene {
  /** 1–8. */
  readonly servers: number;
  readonly backplane: BackplaneKind;
  readonly balancing: Balancing;
  /** Connections that one server takes: its file descriptors, its memory. */
  readonly connectionsPerServer: number;
}

/** SYN, SYN-ACK, GET and 101 take one way each. */
const HANDSHAKE_WAYS = 4;

/** Raises the WebSocket stage of a scene as such a fleet. */
export const raiseFleet =
  (fleet: FleetScene): StageRaiser =>
  (world, scene) => {
    const placed = raisePeople(world, scene, { stage: 'websocket', groupOf: inNoGroup });
    const { builder, environment, settings } = world;
    const clients = placed.map(({ node }) => node);
    sayWhoHears(world, placed);
    const balancer = builder.node({
      id: 'balancer',
      stage: 'websocket',
      name: 'balancer',
      role: 'balancer',
    });
    const servers = Array.from({ length: fleet.servers }, (_, place) => {
      const name = `server ${place + 1}`;
      const id = `server-${place + 1}`;
      const node = builder.node({ id, stage: 'websocket', name, role: 'server' });
      return new SocketServer(node, place, fleet.connectionsPerServer);
    });
    const stage = new SocketFleet(environment, scene.workload, {
      clients,
      servers,
      balancer,
      hears: hearing(placed),
    });
    world.brought.push(stage);
    const dialler = new Dialler(environment, settings, {
      clients,
      balancer: new Balancer(balancer, servers, fleet.balancing),
      connector: connectorOf(world, scene, { balancer, stage }),
    });
    const backplane = raiseBackplane(world, scene, { kind: fleet.backplane, servers, stage });
    stage.joinedBy(dialler, backplane);
    dialBefore(world, HANDSHAKE_WAYS * scene.distances.half, () => {
      backplane?.start();
      environment.context.cause = NOTHING;
      dialler.dialAll();
    });
    planAll(world, stage.people);
  };

// Simplified: The balancer passes packets on and ends no connection itself; which server a
// connection goes to is settled as its client dials.
/** A path from each client to each server that it is sent to; the balancer stands on it. */
function connectorOf(
  { builder, environment }: World,
  { distances }: Scene,
  { balancer, stage }: { readonly balancer: NetworkNode; readonly stage: SocketFleet },
): Connector {
  const lines: Link[] = [];
  // By server: it is worked out once.
  const handshakes: HandshakeOutcome[] = [];
  return (client, { node: server, place }) => {
    const link = builder.link({
      stage: 'websocket',
      ends: [client, server],
      via: balancer,
      latency: distances.half,
      ...UNBOUNDED_WIRE,
    });
    // A client has one line to the balancer, wherever that sends it on to.
    if (lines[client.index]?.cut) link.cutOff();
    lines[client.index] ??= link;
    const route = builder.connection('websocket', 'websocket', { link, client, server });
    const handshake = handshakes[place] ?? plainHandshake(server.id);
    handshakes[place] = handshake;
    return new WebSocketConnection(environment, { ...route, handshake }, stage);
  };
}

function raiseBackplane(
  { builder, environment }: World,
  { workload, kafka }: Scene,
  parts: {
    readonly kind: BackplaneKind;
    readonly servers: readonly SocketServer[];
    readonly stage: SocketFleet;
  },
): Backplane | null {
  const { kind, servers, stage } = parts;
  if (kind === 'none') return null;
  const name = kind === 'kafka' ? 'topic' : 'pub/sub';
  const node = builder.node({ id: 'backplane', stage: 'websocket', name, role: 'backplane' });
  const routes = servers.map(({ node: client }) => {
    const link = builder.link({
      stage: 'websocket',
      ends: [client, node],
      latency: kafka.brokerDistance,
      ...UNBOUNDED_WIRE,
    });
    return builder.connection('websocket', 'backplane', { link, client, server: node });
  });
  const { payloadBytes } = workload;
  if (kind === 'pubsub') {
    return new PubSubBackplane(environment, stage, { servers, routes, payloadBytes });
  }
  const readers = servers.map(({ node: server }) => server.index);
  const log = { topic: 'backplane', number: 0, replicas: [node.index], sender: -1, readers };
  // The Kafka stage numbers its partitions from 0, so this one comes after them.
  const namePartition = () => builder.partition(log, 'websocket');
  const own = { servers, routes, payloadBytes, node, namePartition };
  return new LogBackplane(environment, stage, own);
}

/** Where all hear all writers, there is nothing to be said. */
function sayWhoHears({ builder }: World, placed: readonly PlacedParticipant[]): void {
  const writers = placed.filter(({ participant }) => participant.writes);
  for (const { node, participant } of placed) {
    const heard = writers.filter((writer) => hears(participant, writer.participant));
    const others = writers.filter((writer) => writer.node !== node);
    if (heard.length === others.length) continue;
    builder.hears(
      node,
      heard.map((writer) => writer.node.index),
    );
  }
}

/** Whether the node of one participant reads what the node of another one writes. */
function hearing(
  placed: readonly PlacedParticipant[],
): (reader: NodeIndex, writer: NodeIndex) => boolean {
  const by = new Map(placed.map(({ node, participant }) => [node.index, participant]));
  return (reader, writer) => {
    const [listener, speaker] = [by.get(reader), by.get(writer)];
    return listener !== undefined && speaker !== undefined && hears(listener, speaker);
  };
}

/** The cause of what a scene begins with. */
const NOTHING = -1;
