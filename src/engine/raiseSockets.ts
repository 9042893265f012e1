// Builds a WebSocket stage whose connections have a life of their own at each end.

import { SocketStage } from './actors/socketStage';
import type { World } from './raise';
import { raiseConnected } from './raiseWebSocket';
import type { Scene } from './scene';
import { LiveConnection } from './websocket/life/liveConnection';
import { negotiate } from './websocket/wire/handshake/negotiate';

export function raiseSockets(world: World, scene: Scene): void {
  const { environment, settings } = world;
  const { sockets, workload } = scene;
  raiseConnected(world, scene, {
    stage: (cast) => new SocketStage(environment, { settings, sockets, workload }, cast),
    connect: (stage, route) => {
      const handshake = negotiate(route.server.id, sockets.handshake);
      const setup = { scene: sockets, settings, handshake };
      const connection = new LiveConnection(environment, route, { setup, listener: stage });
      stage.take(connection);
      return connection;
    },
    rateBytesPerSecond: sockets.rateBytesPerSecond,
    handshake: sockets.handshake,
  });
}
