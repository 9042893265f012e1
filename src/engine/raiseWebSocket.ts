// Builds the WebSocket stage of a scene: two people on one connection, or more around a relay.

import { WebSocketStage } from './actors/websocketStage';
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
import { hears, type Scene } from './scene';
import type { NodeIndex } from './trace/trace';
import { WebSocketConnection } from './websocket/connection';

export function raiseWebSocket(world: World, scene: Scene): void {
  const placed = raisePeople(world, scene, { stage: 'websocket', groupOf: inNoGroup });
  const people = placed.map(({ node }) => node);
  const { builder, environment } = world;
  for (const { node, participant } of placed) {
    const heard = placed.filter((writer) => hears(participant, writer.participant));
    builder.hears(
      node,
      heard.map((writer) => writer.node.index),
    );
  }
  const { hasRelay, distances } = scene;
  const relay = hasRelay
    ? builder.node({ id: 'relay', stage: 'websocket', name: 'relay', role: 'relay' })
    : null;
  const stage = new WebSocketStage(environment, world.settings, scene.workload, {
    people,
    relay,
    hears: hearing(placed),
  });
  world.websocket.push(stage);
  const server = relay ?? (people[0] as NetworkNode);
  const latency = relay ? distances.half : distances.direct;
  const connections = people
    .filter((client) => client !== server)
    .map((client) => {
      // The link is named from left to right, whoever dials.
      const ends = relay ? ([client, server] as const) : ([server, client] as const);
      const link = builder.link({ stage: 'websocket', ends, latency, ...UNBOUNDED_WIRE });
      const route = builder.connection('websocket', 'websocket', { link, client, server });
      const connection = new WebSocketConnection(environment, route, stage);
      stage.join(connection);
      return connection;
    });
  // SYN, SYN-ACK, GET and 101 take one way each.
  dialBefore(world, 4 * latency, () => {
    for (const connection of connections) {
      environment.context.cause = NOTHING;
      connection.tcp.open();
    }
  });
  planAll(world, stage.people);
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
