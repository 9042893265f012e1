// Where everything stands on a stage of one run and size; nothing here depends on the time.

import type { ConnectionIndex, NodeIndex, StageId, Trace, TraceIndex } from '../../engine/index';
import type { Side } from '../encoding';
import { middleOf, peopleOf } from '../people';
import type { Box } from '../shapes';
import { type Chevron, layoutChevrons } from './chevrons';
import { type Lane, lanesOf } from './geometry/lanes';
import { type LogLayout, layoutLog } from './geometry/logLayout';
import { ringSeats, wiresOf } from './geometry/ring';
import { type LayoutFrame, type Seat, seatOf } from './geometry/seats';
import { type LabelLevel, type StageSize, stageUnit } from './geometry/stageUnit';

export interface TopologyLayout {
  readonly index: TraceIndex;
  readonly stage: StageId;
  readonly size: StageSize;
  readonly unit: number;
  readonly labels: LabelLevel;
  /** Centre line of the whole picture. */
  readonly centreY: number;
  readonly markRadius: number;
  readonly seats: readonly Seat[];
  readonly lanes: readonly Lane[];
  readonly laneOf: ReadonlyMap<ConnectionIndex, Lane>;
  /** By lane; none where many leave no room for them. */
  readonly chevrons: ReadonlyMap<ConnectionIndex, readonly Chevron[]>;
  readonly sideOf: ReadonlyMap<NodeIndex, Side>;
  readonly relay: (Box & { readonly node: NodeIndex }) | null;
  readonly log: LogLayout | null;
  /** Bottom edge of the pipe, the relay or the log. */
  readonly floorY: number;
  /** Names this layout: two that draw differently have different keys. */
  readonly key: string;
}

/** Scenes that last longer are about waiting, not about a talk. */
const LONG_SCENE_US = 2_000_000;
const STREET_HALF = 18;
/** More people than this leave no room for chevrons. */
const MOST_WITH_CHEVRONS = 4;
const RELAY_HALF = 49;

export function layoutTopology(index: TraceIndex, stage: StageId, size: StageSize): TopologyLayout {
  const { trace } = index;
  const people = peopleOf(trace, stage);
  const rows = Math.max(1, Math.ceil(people.length / 2));
  const scale = stageUnit(size, {
    rows,
    digits: digitsOf(trace.messages.count),
    isAboutWaiting: trace.horizon >= LONG_SCENE_US && rows === 1,
  });
  const centreY = size.height / 2 - (scale.labels === 'captions' ? 6 : 0);
  const middle = middleOf(trace, stage);
  const isRing = middle === null && people.length > 2;
  const seats = isRing
    ? ringSeats(people, { size, centreY, labels: scale.labels })
    : people.map((person) => seatOf(person, { size, rows, centreY, pitch: scale.pitch }));
  const isKafka = middle !== null && trace.legend.nodes[middle]?.role === 'broker';
  const frame = { index, stage, size, seats, centreY, unit: scale.unit };
  const log = isKafka ? layoutLog(frame, scale.places) : null;
  const relay = middle !== null && !isKafka ? relayBox(middle, frame) : null;
  const lanes = isRing ? wiresOf(frame) : lanesOf(frame, log ?? relay);
  const key = [
    ...[stage, size.width, size.height, scale.labels, scale.unit, scale.places, lanes.length],
    ...people.map(({ id, name }) => `${id}${name}`),
  ].join(' ');
  return {
    ...frame,
    labels: scale.labels,
    markRadius: Math.min(16, STREET_HALF * scale.unit - 2),
    lanes,
    laneOf: new Map(
      lanes.flatMap((lane) =>
        [...lane.ways.map(({ connection }) => connection), ...lane.alongside].map(
          (connection) => [connection, lane] as const,
        ),
      ),
    ),
    chevrons: new Map(
      (isRing || people.length > MOST_WITH_CHEVRONS ? [] : lanes).map((lane) => [
        lane.connection,
        layoutChevrons(lane, scale.unit),
      ]),
    ),
    sideOf: new Map(seats.map(({ node, side }) => [node, side])),
    relay,
    log,
    floorY: Math.max(centreY, ...[log, relay, ...lanes].map((box) => box?.bottom ?? 0)),
    key,
  };
}

const digitsOf = (count: number): number => String(Math.max(0, count - 1)).length;

/** Pixels that several rows of people need; 0 for one row, which fits anywhere. */
export function leastHeight(trace: Trace, stage: StageId): number {
  const rows = Math.ceil(peopleOf(trace, stage).length / 2);
  return rows > 1 ? 48 * rows : 0;
}

function relayBox(node: NodeIndex, { size, seats, unit }: LayoutFrame): Box & { node: NodeIndex } {
  const half = Math.max(32, Math.min(56, size.width * 0.08));
  const ys = seats.map(({ y }) => y);
  const reach = RELAY_HALF * unit;
  return {
    node,
    left: size.width / 2 - half,
    right: size.width / 2 + half,
    top: Math.min(...ys) - reach,
    bottom: Math.max(...ys) + reach,
  };
}
