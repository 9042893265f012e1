// Messages on their way through a fleet: along a client's line through the balancer, or between a
// server and the backplane; in a crowd, those that left together are one.

import type { TransferInFlight } from '../../engine/index';
import type { MessageMark, Motion } from '../messageMark';
import { round } from '../shapes';
import { shareOfWay } from '../topology/messageMarks';
import type { ConnectionsLayout } from './connectionsLayout';
import type { FleetInstant } from './fleetInstant';
import { portX } from './seatStill';

const RADIUS = 7;
const RADIUS_OF_MANY = 10;

interface Point {
  readonly x: number;
  readonly y: number;
}

export function flightMarks(
  layout: ConnectionsLayout,
  instant: FleetInstant,
  motion: Motion,
): MessageMark[] {
  const marks = new Map<string, MessageMark>();
  for (const transfer of instant.world.transfers) {
    if (transfer.messages.length === 0) continue;
    const way = wayOf(layout, instant, transfer);
    if (way === null) continue;
    const known = marks.get(way.key);
    if (known !== undefined) {
      if (!known.isStack) marks.set(way.key, { ...known, radius: RADIUS_OF_MANY, isStack: true });
      continue;
    }
    const { time } = instant.world;
    const share = shareOfWay(layout.index.trace, transfer, { time, motion });
    const { x, y } = along(way.points, share);
    marks.set(way.key, {
      key: way.key,
      side: 'left',
      x: round(x),
      y: round(y),
      radius: RADIUS,
      heading: 1,
      tail: 0,
      text: '',
      isStack: transfer.messages.length > 1,
    });
  }
  return [...marks.values()];
}

interface Flight {
  /** Those with the same key are drawn as one. */
  readonly key: string;
  readonly points: readonly Point[];
}

function wayOf(
  layout: ConnectionsLayout,
  { homes }: FleetInstant,
  transfer: TransferInFlight,
): Flight | null {
  const { parts, columns, backplane } = layout;
  const { connection, from, transfer: number, startedAt } = transfer;
  const way = parts.wayOf[connection];
  if (way !== undefined) {
    const isFromServer = parts.servers[way.server] === from;
    const seat = layout.seats[way.client];
    const points = seat ? seatPoints(layout, way.server, seat) : lanePoints(layout, way.server);
    const isHome = homes[way.client] === way.server;
    const key = seat ? `t${number}` : `lane ${way.server} ${startedAt} ${isFromServer} ${isHome}`;
    return { key, points: isFromServer ? points : [...points].reverse() };
  }
  const place = parts.backplaneWays.find((one) => one.connection === connection)?.server;
  const column = place === undefined ? undefined : columns[place];
  if (column === undefined) return null;
  const x = (column.box.left + column.box.right) / 2;
  const points = [
    { x, y: column.box.top - RADIUS },
    { x, y: backplane.bottom + RADIUS },
  ];
  const isUp = from !== parts.backplane;
  return { key: `t${number}`, points: isUp ? points : points.reverse() };
}

/** From a server to a client, through the balancer. */
function seatPoints(layout: ConnectionsLayout, server: number, { x, y }: Point): Point[] {
  const { balancer, columns, seatHalf } = layout;
  const bottom = columns[server]?.box.bottom ?? 0;
  return [
    { x: portX(layout, server, x), y: bottom + RADIUS },
    { x, y: balancer.top },
    { x, y: y - seatHalf },
  ];
}

function lanePoints({ columns, crowd }: ConnectionsLayout, server: number): Point[] {
  const column = columns[server];
  if (column === undefined) return [];
  const x = (column.left + column.right) / 2;
  return [
    { x, y: column.box.bottom + RADIUS_OF_MANY },
    { x, y: (crowd?.top ?? 0) - RADIUS_OF_MANY },
  ];
}

/** The point at a share of the length of a way. */
function along(points: readonly Point[], share: number): Point {
  const parts = points.slice(1).map((to, at) => {
    const from = points[at] as Point;
    return { from, to, length: Math.hypot(to.x - from.x, to.y - from.y) };
  });
  let left = parts.reduce((sum, { length }) => sum + length, 0) * share;
  for (const { from, to, length } of parts) {
    if (left <= length && length > 0) {
      const done = left / length;
      return { x: from.x + (to.x - from.x) * done, y: from.y + (to.y - from.y) * done };
    }
    left -= length;
  }
  return points.at(-1) ?? { x: 0, y: 0 };
}
