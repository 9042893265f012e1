// Where everything stands on a stage of one run and size; nothing here depends on the time.

import type {
  ConnectionIndex,
  LegendConnection,
  LinkIndex,
  NodeIndex,
  StageId,
  TraceIndex,
} from '../../engine/index';
import { middleOf, peopleOf } from '../people';
import { type LogLayout, layoutLog } from './logLayout';
import { type LayoutFrame, type Seat, seatOf } from './seats';
import type { Box } from './shapes';
import { type LabelLevel, type StageSize, stageUnit } from './stageUnit';

/** A pipe carries both ways, a street one way; a turning lane carries one way at a time. */
export type LaneShape = 'pipe' | 'street' | 'turning';

/** One connection as it is drawn. */
export interface Lane extends Box {
  readonly connection: ConnectionIndex;
  readonly link: LinkIndex;
  readonly shape: LaneShape;
  readonly leftNode: NodeIndex;
  readonly rightNode: NodeIndex;
  /** Centre line of what travels to the right, and to the left. */
  readonly rightwardY: number;
  readonly leftwardY: number;
  /** Ways in which messages may travel: 1 to the right, -1 to the left. */
  readonly headings: readonly (1 | -1)[];
}

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
  readonly relay: (Box & { readonly node: NodeIndex }) | null;
  readonly log: LogLayout | null;
  /** Bottom edge of the pipe, the relay or the log. */
  readonly floorY: number;
  /** Names this layout: two that draw differently have different keys. */
  readonly key: string;
}

/** Scenes that last longer are about waiting, not about a talk. */
const LONG_SCENE_US = 2_000_000;
/** Pixels between a person and the lane at their door. */
const DOOR = 8;
const TRACK = 24;
const STREET_HALF = 18;
const PIPE_HALF = 42;

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
  const seats = people.map((person) => seatOf(person, { size, rows, centreY, pitch: scale.pitch }));
  const middle = middleOf(trace, stage);
  const isKafka = middle !== null && trace.legend.nodes[middle]?.role === 'broker';
  const frame = { index, stage, size, seats, centreY, unit: scale.unit };
  const log = isKafka ? layoutLog(frame, scale.places) : null;
  const relay = middle !== null && !isKafka ? relayBox(middle, frame) : null;
  const lanes = lanesOf(frame, log ?? relay);
  const key = [
    ...[stage, size.width, size.height, scale.labels, scale.unit, scale.places, lanes.length],
    ...people.map(({ id, name }) => `${id}${name}`),
  ].join(' ');
  return {
    ...frame,
    labels: scale.labels,
    markRadius: Math.min(16, STREET_HALF * scale.unit - 2),
    lanes,
    laneOf: new Map(lanes.map((lane) => [lane.connection, lane])),
    relay,
    log,
    floorY: Math.max(centreY, ...[log, relay, ...lanes].map((box) => box?.bottom ?? 0)),
    key,
  };
}

const digitsOf = (count: number): number => String(Math.max(0, count - 1)).length;

function relayBox(node: NodeIndex, { size, seats, unit }: LayoutFrame): Box & { node: NodeIndex } {
  const half = Math.max(32, Math.min(56, size.width * 0.08));
  const ys = seats.map(({ y }) => y);
  const reach = PIPE_HALF * unit + 8;
  return {
    node,
    left: size.width / 2 - half,
    right: size.width / 2 + half,
    top: Math.min(...ys) - reach,
    bottom: Math.max(...ys) + reach,
  };
}

function lanesOf(frame: LayoutFrame, middle: Box | null): Lane[] {
  const { connections } = frame.index.trace.legend;
  return connections.flatMap((connection, at) => {
    if (connection.stage !== frame.stage) return [];
    const seat = frame.seats.find(({ node }) => isEnd(connection, node));
    if (seat === undefined) return [];
    return [laneOf(frame, { connection, at, seat, middle })];
  });
}

const isEnd = ({ client, server }: LegendConnection, node: NodeIndex): boolean =>
  client === node || server === node;

interface LaneParts {
  readonly connection: LegendConnection;
  readonly at: ConnectionIndex;
  /** The person at one end; of two, the one on the left. */
  readonly seat: Seat;
  readonly middle: Box | null;
}

function laneOf(frame: LayoutFrame, { connection, at, seat, middle }: LaneParts): Lane {
  const { size, unit } = frame;
  const door = seat.radius + DOOR;
  const isLeft = seat.side === 'left';
  const other = connection.client === seat.node ? connection.server : connection.client;
  const far = middle === null ? size.width - seat.x - door : 0;
  const left = isLeft ? seat.x + door : (middle?.right ?? size.width / 2) + DOOR;
  const right = isLeft ? (middle === null ? far : middle.left - DOOR) : seat.x - door;
  const shape = shapeOf(frame, connection);
  const headings = headingsOf(connection, shape, isLeft);
  const heading = headings.length === 1 ? headings[0] : undefined;
  const middleY = heading === undefined ? seat.y : seat.y - heading * TRACK * unit;
  const half = (shape === 'pipe' ? PIPE_HALF : shape === 'turning' ? TRACK : STREET_HALF) * unit;
  const track = shape === 'pipe' ? TRACK * unit : 0;
  return {
    connection: at,
    link: connection.link,
    shape,
    leftNode: isLeft ? seat.node : other,
    rightNode: isLeft ? other : seat.node,
    headings,
    left,
    right,
    top: middleY - half,
    bottom: middleY + half,
    rightwardY: middleY - track,
    leftwardY: middleY + track,
  };
}

function shapeOf({ index }: LayoutFrame, { purpose, link }: LegendConnection): LaneShape {
  if (purpose === 'producer' || purpose === 'consumer') return 'street';
  return index.trace.legend.links[link]?.duplex === 'full-duplex' ? 'pipe' : 'turning';
}

/** A producer's street leads away from its person, a consumer's towards them. */
function headingsOf(
  { purpose }: LegendConnection,
  shape: LaneShape,
  isLeft: boolean,
): readonly (1 | -1)[] {
  if (shape !== 'street') return [1, -1];
  return (purpose === 'producer') === isLeft ? [1] : [-1];
}
