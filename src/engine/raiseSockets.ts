// Builds a WebSocket stage whose connections have a life of their own at each end.

import type { World } from './raise';
import { raiseWebSocket } from './raiseWebSocket';
import type { Scene } from './scene';

export function raiseSockets(world: World, scene: Scene): void {
  raiseWebSocket(world, scene);
}
