// The connections of a stage as they are drawn: where each lane lies and which ways it leads.

import type {
  ConnectionIndex,
  LegendConnection,
  LinkIndex,
  NodeIndex,
} from '../../../engine/index';
import type { Box } from '../../shapes';
import type { Wire } from './ring';
import type { LayoutFrame, Seat } from './seats';

/** A pipe carries both ways, a street one way; a turning lane carries one way at a time. */
type LaneShape = 'pipe' | 'street' | 'turning';

/** A connection that a lane stands for. */
export interface LaneWay {
  readonly connection: ConnectionIndex;
  readonly link: LinkIndex;
  readonly ends: readonly [NodeIndex, NodeIndex];
}

/** What is drawn as one line: a connection, or those of one person to several brokers. */
export interface Lane extends Box {
  /** Of the first way: it names the lane. */
  readonly connection: ConnectionIndex;
  /** To the broker that leads at the start first; a street has one for each broker. */
  readonly ways: readonly LaneWay[];
  /** Connections that have no lane of their own: what they carry is drawn here. */
  readonly alongside: readonly ConnectionIndex[];
  /** The person at one end; of two, the one on the left. */
  readonly person: NodeIndex;
  readonly shape: LaneShape;
  /** Not a lane from left to right but a line between two people; null: a lane. */
  readonly wire: Wire | null;
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

export function lanesOf(frame: LayoutFrame, middle: MiddleBox | null): Lane[] {
  const { connections } = frame.index.trace.legend;
  const own = connections.flatMap((connection, at) =>
    connection.stage === frame.stage ? [{ connection, at }] : [],
  );
  const drawn = own.filter(({ connection }) => connection.purpose !== 'coordinator');
  return joined(drawn).flatMap((ways) => {
    // The log's own broker first: the others matter only once one of them leads.
    const [first = ways[0]] = ways.filter(({ connection }) =>
      isEnd(connection, middle?.node ?? -1),
    );
    const seat = frame.seats.find(({ node }) => first && isEnd(first.connection, node));
    if (first === undefined || seat === undefined) return [];
    const sorted = [first, ...ways.filter((way) => way !== first)];
    const alongside = own.filter(
      ({ connection }) =>
        connection.purpose === 'coordinator' &&
        first.connection.purpose === 'consumer' &&
        connection.client === first.connection.client,
    );
    return [laneOf(frame, { ways: sorted, alongside, ...first, seat, middle })];
  });
}

/** The box in the middle, and the node that it stands for. */
type MiddleBox = Box & { readonly node: NodeIndex };

interface Placed {
  readonly connection: LegendConnection;
  readonly at: ConnectionIndex;
}

/** One person's streets of one purpose are one lane, whichever broker they lead to. */
function joined(connections: readonly Placed[]): Placed[][] {
  const lanes = new Map<string, Placed[]>();
  for (const placed of connections) {
    const { purpose, client } = placed.connection;
    const key = isStreet(placed.connection) ? `${purpose} ${client}` : `${placed.at}`;
    lanes.set(key, [...(lanes.get(key) ?? []), placed]);
  }
  return [...lanes.values()];
}

/** Of what goes one way, what leads away from its person, and what leads to them. */
const AWAY: readonly LegendConnection['purpose'][] = ['producer', 'post'];
const HOME: readonly LegendConnection['purpose'][] = ['consumer', 'get'];

const isStreet = ({ purpose }: LegendConnection): boolean =>
  AWAY.includes(purpose) || HOME.includes(purpose);

const isEnd = ({ client, server }: LegendConnection, node: NodeIndex): boolean =>
  client === node || server === node;

interface LaneParts extends Placed {
  readonly ways: readonly Placed[];
  readonly alongside: readonly Placed[];
  /** The person at one end; of two, the one on the left. */
  readonly seat: Seat;
  readonly middle: Box | null;
}

function laneOf(frame: LayoutFrame, parts: LaneParts): Lane {
  const { connection, at, seat, middle } = parts;
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
    ways: parts.ways.map((way) => ({
      connection: way.at,
      link: way.connection.link,
      ends: [way.connection.client, way.connection.server],
    })),
    alongside: parts.alongside.map((way) => way.at),
    person: seat.node,
    isAlwaysOpen: connection.purpose === 'channel',
    shape,
    wire: null,
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

function shapeOf({ index }: LayoutFrame, connection: LegendConnection): LaneShape {
  if (isStreet(connection)) return 'street';
  // A request and its answer take turns on whatever line.
  if (connection.purpose === 'http') return 'turning';
  return index.trace.legend.links[connection.link]?.duplex === 'full-duplex' ? 'pipe' : 'turning';
}

/** A street's one way: to the left or to the right. */
function headingsOf(
  { purpose }: LegendConnection,
  shape: LaneShape,
  isLeft: boolean,
): readonly (1 | -1)[] {
  if (shape !== 'street') return [1, -1];
  return AWAY.includes(purpose) === isLeft ? [1] : [-1];
}
