// Puts a scene on its stages, runs it to the horizon, and returns its trace.

import { applyAction } from './action';
import { instant, microseconds } from './kernel/simTime';
import { Simulation } from './kernel/simulation';
import { LegendBuilder } from './legendBuilder';
import type { Environment } from './network/node';
import type { World } from './raise';
import { raiseKafka } from './raiseKafka';
import { raiseWebSocket } from './raiseWebSocket';
import { type Action, type Scene, SETTING_NAMES } from './scene';
import { TraceRecorder } from './trace/recordTrace';
import type { StageId, Trace } from './trace/trace';

/** Most events that one run may handle; a scene of 100,000 messages needs about a third of it. */
export const EVENT_LIMIT = 10_000_000;

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
  const stages = { kafka: [], websocket: [], brought: [] };
  const world: World = { environment, builder, settings, ...stages, starts: [] };

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
        for (const stage of [...world.websocket, ...world.brought]) stage.readerJoined();
        for (const stage of world.kafka) stage.readerJoined(node);
      }
    };
    world.environment.context.schedule(joinsAt, arrive, undefined);
  }
}

function raiseStage(world: World, scene: Scene, stage: StageId): void {
  const brought = scene.raisers[stage];
  if (brought) brought(world, scene, stage);
  else if (stage === 'websocket') raiseWebSocket(world, scene);
  else if (stage === 'kafka') raiseKafka(world, scene);
  else throw new Error(`The scene brings nobody who raises its stage ${stage}.`);
}
