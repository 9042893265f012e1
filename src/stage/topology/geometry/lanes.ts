// The connections of a stage as they are drawn: where each lane lies and which ways it leads.

import type {
  ConnectionIndex,
  LegendConnection,
  LinkIndex,
  NodeIndex,
} from '../../../engine/index';
import type { Box } from '../../shapes';
import type { LayoutFrame, Seat } from './seats';

/** A pipe carries both ways, a street one way; a turning lane carries one way at a time. */
type LaneShape = 'pipe' | 'street' | 'turning';

/** One connection as it is drawn. */
export interface Lane extends Box {
  readonly connection: ConnectionIndex;
  readonly link: LinkIndex;
  readonly shape: LaneShape;
  /** A bare channel: there is nothing to open. */
  readonly isAlwaysOpen: boolean;
  readonly leftNode: NodeIndex;
  readonly rightNode: NodeIndex;
  /** Centre line of what travels to the right, and to the left. */
  readonly rightwardY: number;
  readonly leftwardY: number;
  /** Ways in which messages may travel: 1 to the right, -1 to the left. */
  readonly headings: readonly (1 | -1)[];
}

/** Pixels between a person and the lane at their door. */
const DOOR = 8;
const TRACK = 24;
const STREET_HALF = 18;
const PIPE_HALF = 42;

export function lanesOf(frame: LayoutFrame, middle: Box | null): Lane[] {
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
    isAlwaysOpen: connection.purpose === 'channel',
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
