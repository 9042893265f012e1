// What a scenario gives the engine: who is there, on which stages, at which distances, and what
// happens to them.

import type { ProgramSettings } from './actors/kafkaProgram';
import type { Workload } from './actors/talk';
import type { WebSocketSettings } from './actors/websocketStage';
import type { SimDuration, SimTime } from './kernel/simTime';
import type { DuplexMode } from './network/duplex';
import type { StageId } from './trace/trace';

export interface Participant {
  /** The name that interventions use: `A`, `B`, … */
  readonly id: string;
  readonly name: string;
  readonly writes: boolean;
  readonly reads: boolean;
  /** Null: there from the start. */
  readonly joinsAt: SimTime | null;
}

/** All that a reader may change while the scene runs; each stage reads what concerns it. */
export type Settings = ProgramSettings & WebSocketSettings;

/** Names of the settings, in the order in which the trace numbers them. */
export const SETTING_NAMES: readonly (keyof Settings)[] = [
  'durability',
  'replayWindow',
  'retention',
  'linger',
  'acks',
  'autoOffsetReset',
  'fetchMaxWait',
  'pollTimeout',
  'replication',
  'prefetch',
];

export interface Distances {
  /** One way between two people who share a connection. */
  readonly direct: SimDuration;
  /** One way from a person to the relay or the broker: half of `direct` in a fair race. */
  readonly half: SimDuration;
}

/** A bare line between two people. */
export interface BareLine {
  readonly latency: SimDuration;
  readonly rateBytesPerSecond: number;
  readonly turnaround: SimDuration;
}

export const ACTION_KINDS = [
  'disconnect',
  'reconnect',
  'cut',
  'restore',
  'crash',
  'restart',
  'drop',
  'set',
] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];

/**
 * Something that happens to the model from outside: a fault of the script, or a reader's
 * intervention.
 */
export interface Action {
  readonly at: SimTime;
  readonly kind: ActionKind;
  /** A node, a link, or (for `set`) a setting. */
  readonly target: string;
  readonly value?: string | number | boolean;
}

export interface Scene {
  readonly stages: readonly StageId[];
  readonly participants: readonly Participant[];
  /**
   * On the WebSocket stage a relay stands half-way; without it the first person's program is the
   * server end.
   */
  readonly hasRelay: boolean;
  readonly mode: 'loop' | 'threads';
  readonly workload: Workload;
  readonly settings: Settings;
  readonly distances: Distances;
  readonly bareLine: BareLine;
  readonly script: readonly Action[];
  readonly horizon: SimTime;
}

/** How a bare stage's medium works. */
export const bareDuplex = (stage: StageId): DuplexMode =>
  stage === 'half-duplex' ? 'half-duplex' : 'full-duplex';
