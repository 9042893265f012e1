// Builds the HTTP stages of a scene: a web server half-way, and for each person what they read and
// write on.

import { HttpConnection } from '../../http/httpConnection';
import type { NetworkNode } from '../../network/node';
import {
  dialBefore,
  hearing,
  inNoGroup,
  planAll,
  raisePeople,
  UNBOUNDED_WIRE,
  type World,
} from '../../raise';
import type { Scene, StageRaiser } from '../../scene';
import type { LegendConnection, StageId } from '../../trace/trace';
import { EventStream } from './eventStream';
import { HttpStage } from './httpStage';
import { Mailbox } from './mailbox';
import type { Outlet } from './outlet';
import { EventSource, LongPoller, Poller, type Reader, type ReaderParts } from './reader';

/** What makes one technique of it. */
interface Technique {
  /**
   * Polling asks and sends on one connection; what waits for an answer needs a second for sending.
   */
  readonly purposes: readonly LegendConnection['purpose'][];
  readonly reader: (parts: ReaderParts) => Reader;
  readonly outlet: (world: World, reader: NetworkNode) => Outlet;
  readonly keeps: (world: World) => boolean;
}

const always = (): boolean => true;

const POLLING: Technique = {
  purposes: ['http'],
  reader: (parts) => new Poller(parts),
  outlet: ({ environment }, reader) => new Mailbox({ environment, reader, patience: () => 0 }),
  keeps: always,
};

const LONG_POLLING: Technique = {
  purposes: ['post', 'get'],
  reader: (parts) => new LongPoller(parts),
  outlet: ({ environment, settings }, reader) =>
    new Mailbox({ environment, reader, patience: () => settings.longPollTimeout }),
  keeps: always,
};

const SERVER_SENT_EVENTS: Technique = {
  purposes: ['post', 'get'],
  reader: (parts) => new EventSource(parts),
  outlet: ({ environment, settings }, reader) => new EventStream({ environment, reader, settings }),
  keeps: ({ settings }) => settings.eventWindow > 0,
};

/** The raisers that a scene with HTTP stages brings. */
export const HTTP_RAISERS: Readonly<Record<'polling' | 'long-polling' | 'sse', StageRaiser>> = {
  polling: (world, scene, stage) => raiseHttp(world, scene, { stage, technique: POLLING }),
  'long-polling': (world, scene, stage) =>
    raiseHttp(world, scene, { stage, technique: LONG_POLLING }),
  sse: (world, scene, stage) => raiseHttp(world, scene, { stage, technique: SERVER_SENT_EVENTS }),
};

interface HttpSetting {
  readonly stage: StageId;
  readonly technique: Technique;
}

function raiseHttp(world: World, scene: Scene, { stage: id, technique }: HttpSetting): void {
  const { builder, environment } = world;
  const placed = raisePeople(world, scene, { stage: id, groupOf: inNoGroup });
  const heard = hearing(world, placed);
  const server = builder.node({ id: 'server', stage: id, name: 'server', role: 'server' });
  const people = placed.map(({ node }) => node);
  const keeps = (): boolean => technique.keeps(world);
  const stage = new HttpStage(environment, scene.workload, { people, server, hears: heard, keeps });
  world.brought.push(stage);
  const latency = scene.distances.half;
  const connections = people.flatMap((node) => {
    const link = builder.link({ stage: id, ends: [node, server], latency, ...UNBOUNDED_WIRE });
    const own = technique.purposes.map((purpose) => {
      const route = builder.connection(id, purpose, { link, client: node, server });
      return new HttpConnection(environment, route, stage);
    });
    const [posts, gets = posts] = own as [HttpConnection, HttpConnection?];
    const target = { host: server.id, person: node.id };
    const parts = { environment, settings: world.settings, connection: gets, target };
    const outlet = technique.outlet(world, node);
    stage.join({ node, posts, gets, reader: technique.reader(parts), outlet });
    return own;
  });
  // SYN, SYN-ACK and what asks at once take one way each.
  dialBefore(world, 3 * latency, () => {
    for (const { tcp } of connections) {
      environment.context.cause = NOTHING;
      tcp.open();
    }
  });
  world.starts.push(() => stage.start());
  planAll(world, stage.people);
}

/** The cause of what a scene begins with. */
const NOTHING = -1;
