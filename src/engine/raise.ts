// What raising any stage of a scene needs: the world under construction, its people, and the time
// before 0.

import type { KafkaStage } from './actors/kafkaStage';
import type { Person } from './actors/talk';
import type { WebSocketStage } from './actors/websocketStage';
import { instant, microseconds } from './kernel/simTime';
import type { LegendBuilder } from './legendBuilder';
import type { Environment, NetworkNode } from './network/node';
import { hears, type Participant, type Scene, type Settings } from './scene';
import type { LegendNode, NodeIndex, StageId } from './trace/trace';

/** What a stage that a scene brings hears of while the run goes on. */
export interface BroughtStage {
  /** A reader changed a setting. */
  settingsChanged(): void;
  /** A participant came late. */
  readerJoined(): void;
  /** A machine is to be taken down in good order. */
  shutDown?(node: NetworkNode): void;
}

/** Everything that a run consists of while it is going on. */
export interface World {
  readonly environment: Environment;
  readonly builder: LegendBuilder;
  readonly settings: Settings;
  readonly kafka: KafkaStage[];
  readonly websocket: WebSocketStage[];
  /** Stages that only few scenes have, raised by what the scene brought. */
  readonly brought: BroughtStage[];
  /** What starts at 0, once every opening handshake has ended. */
  readonly starts: (() => void)[];
}

/** A participant on one stage. */
export interface PlacedParticipant {
  readonly participant: Participant;
  readonly node: NetworkNode;
}

/** Makes a node for everyone; `groupOf` gives the node of a member's group, or -1. */
export function raisePeople(
  { builder }: World,
  scene: Scene,
  options: {
    readonly stage: StageId;
    readonly groupOf: (participant: Participant) => NodeIndex;
    /** Absent: they are participants. */
    readonly roleOf?: (participant: Participant) => LegendNode['role'];
  },
): PlacedParticipant[] {
  const { stage, groupOf, roleOf } = options;
  return scene.participants.map((participant) => {
    const { id, name, joinsAt } = participant;
    const role = roleOf?.(participant) ?? 'participant';
    const node = builder.node({ id, stage, name, role }, groupOf(participant));
    node.joined = joinsAt === null;
    return { participant, node };
  });
}

/** Says in the legend who reads what whom writes, and tells a stage without logs. */
export function hearing(
  { builder }: World,
  placed: readonly PlacedParticipant[],
): (reader: NodeIndex, writer: NodeIndex) => boolean {
  const by = new Map(placed.map(({ node, participant }) => [node.index, participant]));
  const heard = (reader: NodeIndex, writer: NodeIndex): boolean => {
    const [listener, speaker] = [by.get(reader), by.get(writer)];
    return listener !== undefined && speaker !== undefined && hears(listener, speaker);
  };
  for (const { node } of placed) {
    builder.hears(
      node,
      placed.map((writer) => writer.node.index).filter((writer) => heard(node.index, writer)),
    );
  }
  return heard;
}

export const inNoGroup = (): NodeIndex => -1;

export function planAll(world: World, people: readonly Person[]): void {
  world.starts.push(() => {
    for (const person of people) person.plan();
  });
}

/** Dials so early that the connection is ready at 0. */
export function dialBefore(world: World, durationBeforeZero: number, dial: () => void): void {
  world.environment.context.schedule(instant(-durationBeforeZero), dial, undefined);
}

/** A wire that carries as much as anyone sends, both ways at once. */
export const UNBOUNDED_WIRE = {
  rateBytesPerSecond: Number.POSITIVE_INFINITY,
  duplex: 'full-duplex',
  turnaround: microseconds(0),
} as const;
