// Puts a scene on its stages, runs it to the horizon, and returns its trace.

import { applyAction } from './action';
import { ChannelStage } from './actors/channelStage';
import { KafkaStage } from './actors/kafkaStage';
import type { Person } from './actors/talk';
import { WebSocketStage } from './actors/websocketStage';
import { instant, microseconds } from './kernel/simTime';
import { Simulation } from './kernel/simulation';
import { LegendBuilder } from './legendBuilder';
import type { Link } from './network/link';
import type { Environment, NetworkNode } from './network/node';
import { type Action, bareDuplex, type Scene, SETTING_NAMES, type Settings } from './scene';
import { TraceRecorder } from './trace/recordTrace';
import type { StageId, Trace } from './trace/trace';
import { WebSocketConnection } from './websocket/connection';

/** Most events that one run may handle; a scene of 100,000 messages needs about a third of it. */
export const EVENT_LIMIT = 10_000_000;

/** Everything that a run consists of while it is going on. */
export interface World {
  readonly environment: Environment;
  readonly builder: LegendBuilder;
  readonly settings: Settings;
  readonly kafka: KafkaStage[];
  readonly websocket: WebSocketStage[];
  /** What starts at 0, once every opening handshake has ended. */
  readonly starts: (() => void)[];
}

/**
 * Runs a scene. A reader's `interventions` take effect after everything that their instant holds,
 * so the trace up
 * to and including it stays as it was; the scene's own script is part of the model and has no such
 * rank.
 * @throws EventLimitError when the scene asks for more events than a run may handle.
 */
export function simulate(scene: Scene, seed: number, interventions: readonly Action[]): Trace {
  const start = instant(-4 * scene.distances.direct);
  const { horizon } = scene;
  const simulation = new Simulation({ seed, start, horizon, eventLimit: EVENT_LIMIT });
  const recorder = new TraceRecorder(simulation);
  const environment: Environment = { context: simulation, recorder };
  const builder = new LegendBuilder(environment);
  const settings = { ...scene.settings };
  const world: World = { environment, builder, settings, kafka: [], websocket: [], starts: [] };

  for (const stage of scene.stages) raiseStage(world, scene, stage);
  // An event of the last microsecond before 0 makes the start follow whatever the handshakes do at
  // 0.
  simulation.schedule(
    instant(-1),
    () => simulation.after(microseconds(1), begin, world),
    undefined,
  );
  for (const action of scene.script) {
    simulation.schedule(action.at, () => applyAction(world, action), undefined);
  }
  scheduleArrivals(world, scene);

  const inOrder = interventions
    .map((action, index) => ({ action, index }))
    .sort((one, other) => one.action.at - other.action.at || one.index - other.index);
  for (const { action, index } of inOrder) {
    if (action.at > horizon) break;
    simulation.runUntil(action.at);
    applyAction(world, action, index);
  }
  simulation.runUntil(horizon);
  return recorder.finish(builder.finish(scene.stages, SETTING_NAMES), start, horizon);
}

function begin(world: World): void {
  for (const start of world.starts) start();
}

function scheduleArrivals(world: World, scene: Scene): void {
  for (const { id, joinsAt } of scene.participants) {
    if (joinsAt === null) continue;
    const arrive = () => {
      for (const node of world.builder.nodes) {
        if (node.id !== id) continue;
        node.join();
        for (const stage of world.kafka) stage.readerJoined(node);
      }
    };
    world.environment.context.schedule(joinsAt, arrive, undefined);
  }
}

function raiseStage(world: World, scene: Scene, stage: StageId): void {
  const people = scene.participants.map(({ id, name, joinsAt }) => {
    const node = world.builder.node({ id, stage, name, role: 'participant' });
    node.joined = joinsAt === null;
    return node;
  });
  if (stage === 'websocket') raiseWebSocket(world, scene, people);
  else if (stage === 'kafka') raiseKafka(world, scene, people);
  else raiseChannel(world, scene, { stage, people });
}

function planAll(world: World, people: readonly Person[]): void {
  world.starts.push(() => {
    for (const person of people) person.plan();
  });
}

/** Dials so early that the connection is ready at 0. */
function dialBefore(world: World, durationBeforeZero: number, dial: () => void): void {
  world.environment.context.schedule(instant(-durationBeforeZero), dial, undefined);
}

function raiseWebSocket(world: World, scene: Scene, people: readonly NetworkNode[]): void {
  const { builder, environment } = world;
  const { hasRelay, distances } = scene;
  const relay = hasRelay
    ? builder.node({ id: 'relay', stage: 'websocket', name: 'relay', role: 'relay' })
    : null;
  const stage = new WebSocketStage(environment, world.settings, scene.workload, { people, relay });
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

function raiseKafka(world: World, scene: Scene, people: readonly NetworkNode[]): void {
  const { builder, environment, settings } = world;
  const latency = scene.distances.half;
  const node = builder.node({ id: 'broker-1', stage: 'kafka', name: 'broker 1', role: 'broker' });
  const roles = scene.participants;
  const logs = people.map((sender, index) =>
    roles[index]?.writes
      ? builder.partition(
          node,
          sender,
          people.filter((other, at) => other !== sender && roles[at]?.reads),
        )
      : null,
  );
  const written = logs.filter((log) => log !== null);
  const stage = new KafkaStage(environment, settings, scene.workload, {
    broker: node,
    logs: written,
  });
  world.kafka.push(stage);
  people.forEach((client, index) => {
    const link = builder.link({ stage: 'kafka', ends: [client, node], latency, ...UNBOUNDED_WIRE });
    const route = (purpose: 'producer' | 'consumer') =>
      builder.connection('kafka', purpose, { link, client, server: node });
    const own = logs[index] ?? null;
    const others = written.filter((log) => log !== own);
    const readsSomething = roles[index]?.reads === true && others.length > 0;
    stage.add(
      {
        node: client,
        writes: own ? { route: route('producer'), log: own } : null,
        reads: readsSomething ? { route: route('consumer'), logs: others } : null,
      },
      scene.mode,
    );
  });
  // SYN and SYN-ACK.
  dialBefore(world, 2 * latency, () => stage.dial());
  planAll(world, stage.people);
  // A loop that has something to say at 0 says it before it polls.
  const start = () => environment.context.after(microseconds(0), () => stage.start(), undefined);
  world.starts.push(start);
}

function raiseChannel(
  world: World,
  scene: Scene,
  parts: { readonly stage: StageId; readonly people: readonly NetworkNode[] },
): void {
  const { builder, environment } = world;
  const [first, second] = parts.people as readonly [NetworkNode, NetworkNode];
  const line = { stage: parts.stage, ends: [first, second] as const, ...scene.bareLine };
  const link: Link = builder.link({ ...line, duplex: bareDuplex(parts.stage) });
  const { index } = builder.connection(parts.stage, 'channel', {
    link,
    client: first,
    server: second,
  });
  const stage = new ChannelStage(environment, scene.workload, parts.people, { index, link });
  planAll(world, stage.people);
}

/** The cause of what a scene begins with. */
const NOTHING = -1;

/** A wire that carries as much as anyone sends, both ways at once. */
const UNBOUNDED_WIRE = {
  rateBytesPerSecond: Number.POSITIVE_INFINITY,
  duplex: 'full-duplex',
  turnaround: microseconds(0),
} as const;
