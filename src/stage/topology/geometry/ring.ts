// People who are joined directly, each to each: they sit in a ring, and a wire leads from each to
// each other one.

import type { Person } from '../../people';
import type { Lane } from './lanes';
import type { LayoutFrame, Seat } from './seats';
import type { LabelLevel, StageSize } from './stageUnit';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The two ends of a wire, each at the edge of a person. */
export interface Wire {
  readonly from: Point;
  readonly to: Point;
}

/** Pixels that the name below a person needs. */
const NAME_ROOM = 26;
const EDGE = 8;
/** Share of the way to the next person that a person may fill. */
const FILL = 0.36;
/** Pixels between a person and the wires at their door. */
const DOOR = 3;

export interface RingRoom {
  readonly size: StageSize;
  readonly centreY: number;
  readonly labels: LabelLevel;
}

/** Clockwise, the first person at the upper left. */
export function ringSeats(people: readonly Person[], room: RingRoom): Seat[] {
  const { size, centreY, labels } = room;
  const count = people.length;
  const below = labels === 'none' ? 0 : NAME_ROOM;
  const half = (size.height - below) / 2 - EDGE;
  const apart = Math.sin(Math.PI / count);
  // The next person is 2 · sin(π/n) ring radii away, and the ring is half the room less a person.
  const radius = Math.min(34, (2 * FILL * apart * half) / (1 + 2 * FILL * apart));
  const ringY = half - radius;
  const ringX = Math.min(size.width / 2 - EDGE - radius, 1.9 * ringY);
  return people.map((person, place) => {
    const angle = -Math.PI / 2 + ((2 * place - 1) * Math.PI) / count;
    return {
      ...person,
      x: size.width / 2 + ringX * Math.cos(angle),
      y: centreY - below / 2 + ringY * Math.sin(angle),
      radius,
    };
  });
}

/** A lane for each connection of two people. */
export function wiresOf({ index, stage, seats }: LayoutFrame): Lane[] {
  const seatOf = new Map(seats.map((seat) => [seat.node, seat]));
  return index.trace.legend.connections.flatMap((connection, at) => {
    const one = seatOf.get(connection.server);
    const other = seatOf.get(connection.client);
    if (connection.stage !== stage || one === undefined || other === undefined) return [];
    const from = doorOf(one, other);
    const to = doorOf(other, one);
    const { client, server, link } = connection;
    return [
      {
        connection: at,
        ways: [{ connection: at, link, ends: [client, server] as const }],
        alongside: [],
        person: one.node,
        shape: 'pipe' as const,
        wire: { from, to },
        isAlwaysOpen: false,
        leftNode: one.node,
        rightNode: other.node,
        headings: [1, -1] as const,
        left: Math.min(from.x, to.x),
        right: Math.max(from.x, to.x),
        top: Math.min(from.y, to.y),
        bottom: Math.max(from.y, to.y),
        rightwardY: (from.y + to.y) / 2,
        leftwardY: (from.y + to.y) / 2,
      },
    ];
  });
}

/** Where the wire to `other` leaves a person. */
function doorOf(seat: Seat, other: Seat): Point {
  const length = Math.hypot(other.x - seat.x, other.y - seat.y);
  const share = length === 0 ? 0 : (seat.radius + DOOR) / length;
  return { x: seat.x + (other.x - seat.x) * share, y: seat.y + (other.y - seat.y) * share };
}

/** The point at this share of a wire. */
export const along = ({ from, to }: Wire, share: number): Point => ({
  x: from.x + (to.x - from.x) * share,
  y: from.y + (to.y - from.y) * share,
});
