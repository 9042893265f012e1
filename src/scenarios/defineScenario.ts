// What a scenario is: its name, what can be set, and the scene that the engine is to run.

import type { RandomStream, Scene, SimTime, StageId } from '../engine/index';

/** Durations are whole microseconds; choices and switches are texts. */
export type ParameterValue = number | string;
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

/** One thing that can be set, under the name that the address and the command line use. */
export interface ParameterDefinition {
  readonly name: string;
  readonly label: string;
  readonly type: 'duration' | 'integer' | 'choice';
  readonly default: ParameterValue;
  readonly unit: string | null;
  /** Bounds of a number, both included; null for a choice. */
  readonly min: number | null;
  readonly max: number | null;
  /** What a choice may be; empty for a number. */
  readonly options: readonly string[];
  /** The engine's setting that it fixes; null: it shapes the scene itself. */
  readonly setting: string | null;
  /** Whether an intervention may change it while the scene runs. */
  readonly isLive: boolean;
  /** What is said beside its field; absent: `content/parameterHelp.ts` has it. */
  readonly help?: string;
}

export interface Bookmark {
  readonly id: string;
  readonly title: string;
  readonly at: SimTime;
}

/** Draws and values that a scene is built from. */
export interface SceneInputs {
  readonly values: ParameterValues;
  random(stream: string): RandomStream;
}

export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** Headline over the stages, 12 words at most. */
  readonly question: string;
  readonly stages: readonly StageId[];
  readonly parameters: readonly ParameterDefinition[];
  /** Ids of the people, in the order in which they stand. */
  readonly people: readonly string[];
  /** Whom the Disconnect toggle takes away. */
  readonly disconnectTarget: string;
  /** The broker that the toggle stops instead of taking someone away. */
  readonly stopTarget?: string;
  /**
   * Kafka's stage shows brokers, partitions and readers, even where it is one talk alone;
   * `connections`: WebSocket's shows servers with their connections besides; `together`: the scene
   * is about services, gateways and browsers, and not about two who talk.
   */
  readonly stageView?: 'cluster' | 'connections' | 'together';
  /** Its cluster's metrics are shown from the start, not only once something happens to a broker. */
  readonly isWatched?: boolean;
  /** What it is about in each record: the cluster's picture shows it below the offset. */
  readonly recordDetail?: 'key' | 'number';
  /** Values with which everything is there that an intervention may act on. */
  readonly fullest?: ParameterValues;
  readonly scene: (inputs: SceneInputs) => Scene;
  readonly bookmarks: (inputs: SceneInputs) => readonly Bookmark[];
}

/** Checks a scenario's own consistency as it is defined; throws on a fault of its author. */
export function defineScenario(scenario: Scenario): Scenario {
  const names = scenario.parameters.map((parameter) => parameter.name);
  if (new Set(names).size !== names.length) {
    throw new Error(`Scenario ${scenario.id} defines a parameter twice.`);
  }
  if (!scenario.people.includes(scenario.disconnectTarget)) {
    throw new Error(`Scenario ${scenario.id} disconnects nobody of its own.`);
  }
  return scenario;
}
