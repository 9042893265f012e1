// Clients one by one: a square each with its line to its server, by what it has of the newest
// message; who sends is round.

import type { PaintName } from '../encoding';
import { circlePath, crossPath, round, squarePath } from '../shapes';
import { baseLine, type Still, type StillPath, type Word, word } from '../still';
import type { ConnectionsLayout, Seat } from './connectionsLayout';
import { type FleetInstant, News } from './fleetInstant';

/** Every seat and line; in a crowd, those of the senders alone. */
export function seatStill(layout: ConnectionsLayout, instant: FleetInstant): Still {
  const paths: StillPath[] = [];
  const words: Word[] = [];
  layout.seats.forEach((seat, client) => {
    if (seat !== undefined) paths.push(...linePaths(layout, instant, { seat, client }));
  });
  layout.seats.forEach((seat, client) => {
    if (seat === undefined) return;
    paths.push(...bodyPaths(layout, instant, { seat, client }));
    const letter = letterOf(layout, client);
    if (letter === '') return;
    const at = { x: seat.x, y: baseLine(seat.y), ink: 'letter-left' } as const;
    words.push(word(`seat ${client}`, letter, at));
  });
  return { paths, words };
}

interface Seated {
  readonly seat: Seat;
  readonly client: number;
}

/** Where a client's line ends at a server. */
export function portX({ columns }: ConnectionsLayout, server: number, x: number): number {
  const box = columns[server]?.box;
  return box === undefined ? x : Math.max(box.left + 8, Math.min(box.right - 8, x));
}

function linePaths(
  layout: ConnectionsLayout,
  instant: FleetInstant,
  { seat, client }: Seated,
): StillPath[] {
  const home = instant.homes[client] as number;
  const dialled = instant.dialled[client] as number;
  const server = home >= 0 ? home : dialled;
  const column = layout.columns[server];
  if (column === undefined) return [];
  const { balancer, seatHalf } = layout;
  const x = round(seat.x);
  const d =
    `M${x} ${round(seat.y - seatHalf)}V${round(balancer.bottom)}` +
    `M${x} ${round(balancer.top)}L${round(portX(layout, server, x))} ${round(column.box.bottom)}`;
  return [{ key: `way ${client}`, d, paint: home >= 0 ? 'wire' : 'quiet' }];
}

const SQUARES: readonly PaintName[] = ['brick-right', 'brick-right', 'glyph-right', 'lost-shape'];

function bodyPaths(
  layout: ConnectionsLayout,
  instant: FleetInstant,
  { seat: { x, y }, client }: Seated,
): StillPath[] {
  const { seatHalf: half, parts } = layout;
  const node = instant.world.nodes[parts.clients[client] as number];
  const isGone = node?.up === false || node?.away === true;
  const key = `seat ${client}`;
  if (letterOf(layout, client) !== '') {
    const paint = isGone ? 'person-away' : 'person-left';
    return [{ key, d: circlePath(x, y, Math.max(half, 11)), paint }];
  }
  const news = instant.news[client] as News;
  const paint = isGone ? 'person-away' : (SQUARES[news] as PaintName);
  const paths: StillPath[] = [{ key, d: squarePath(x, y, half), paint }];
  if (news === News.Missed) {
    paths.push({ key: `${key} missed`, d: crossPath(x, y, half * 0.5), paint: 'lost-cross' });
  }
  return paths;
}

/** Of a sender: the first letter of its name. */
function letterOf({ index, parts, crowd }: ConnectionsLayout, client: number): string {
  const node = parts.clients[client] as number;
  const isSender = crowd !== null || index.trace.messages.from.includes(node);
  return isSender ? (index.trace.legend.nodes[node]?.name ?? '').charAt(0) : '';
}
