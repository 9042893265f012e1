// Builds the WebSocket stage of a scene: around a relay, or each on a connection to each other one.

import { type WebSocketCast, WebSocketStage } from './actors/websocketStage';
import type { NetworkNode } from './network/node';
import type { TcpConnectionOptions } from './network/tcpConnection';
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
import { hears, type Scene } from './scene';
import type { HandshakeTerms } from './trace/trace';
import { WebSocketConnection } from './websocket/connection';

/** How a stage and its connections are made. */
interface Making<Stage extends WebSocketStage> {
  stage(cast: WebSocketCast): Stage;
  /** Makes a connection; what it gives back is opened before 0. */
  connect(stage: Stage, route: TcpConnectionOptions): { open(): void };
  readonly rateBytesPerSecond: number;
  readonly handshake?: HandshakeTerms;
}

export function raiseWebSocket(world: World, scene: Scene): void {
  const { environment, settings } = world;
  raiseConnected(world, scene, {
    stage: (cast) => new WebSocketStage(environment, settings, scene.workload, cast),
    connect: (stage, route) => {
      const connection = new WebSocketConnection(environment, route, stage);
      stage.join(connection, route);
      return connection.tcp;
    },
    rateBytesPerSecond: UNBOUNDED_WIRE.rateBytesPerSecond,
  });
}

/** Everyone who is there, the links between them, and connections of the given making. */
export function raiseConnected<Stage extends WebSocketStage>(
  world: World,
  scene: Scene,
  making: Making<Stage>,
): void {
  const placed = raisePeople(world, scene, { stage: 'websocket', groupOf: inNoGroup });
  const people = placed.map(({ node }) => node);
  const { builder, environment } = world;
  const hearers = hearing(world, placed);
  const { hasRelay, distances } = scene;
  const relay = hasRelay
    ? builder.node({ id: 'relay', stage: 'websocket', name: 'relay', role: 'relay' })
    : null;
  const stage = making.stage({ people, relay, hears: hearers });
  world.websocket.push(stage);
  const latency = relay ? distances.half : distances.direct;
  const pairs =
    relay === null ? pairsOf(placed) : people.map((client) => ({ client, server: relay }));
  const { rateBytesPerSecond, handshake } = making;
  const wire = { ...UNBOUNDED_WIRE, rateBytesPerSecond };
  const connections = pairs.map(({ client, server }) => {
    // The link is named from left to right, whoever dials.
    const ends = relay ? ([client, server] as const) : ([server, client] as const);
    const link = builder.link({ stage: 'websocket', ends, latency, ...wire });
    const parts = { link, client, server, ...(handshake && { handshake }) };
    return making.connect(stage, builder.connection('websocket', 'websocket', parts));
  });
  // SYN, SYN-ACK, GET and 101 take one way each.
  dialBefore(world, 4 * latency, () => {
    for (const connection of connections) {
      environment.context.cause = NOTHING;
      connection.open();
    }
  });
  planAll(world, stage.people);
}

interface Pair {
  readonly client: NetworkNode;
  readonly server: NetworkNode;
}

/** Everyone who has anything to say to another one, with the earlier one's program as server. */
function pairsOf(placed: readonly PlacedParticipant[]): Pair[] {
  return placed.flatMap(({ node: server, participant: one }, place) =>
    placed
      .slice(place + 1)
      .filter(({ participant: other }) => hears(one, other) || hears(other, one))
      .map(({ node: client }) => ({ client, server })),
  );
}

/** The cause of what a scene begins with. */
const NOTHING = -1;
