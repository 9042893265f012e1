// Where backplane, servers, balancer and clients stand, for one run and size.

import type { StageId, TraceIndex } from '../../engine/index';
import type { Box } from '../shapes';
import { type FleetParts, fleetParts } from './fleetParts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where a client sits; seats stay, whatever server the client is on. */
export interface Seat {
  readonly x: number;
  readonly y: number;
}

export interface ServerColumn {
  readonly box: Box;
  readonly left: number;
  readonly right: number;
}

export interface ConnectionsLayout {
  readonly index: TraceIndex;
  readonly stage: StageId;
  readonly size: Size;
  readonly parts: FleetParts;
  readonly backplane: Box;
  readonly columns: readonly ServerColumn[];
  readonly balancer: Box;
  /** Half the side of a client's square, and of a small square that stands for several. */
  readonly seatHalf: number;
  /** By client; in a crowd the senders alone have one. */
  readonly seats: readonly (Seat | undefined)[];
  /** Null: clients are drawn one by one. */
  readonly crowd: CrowdLayout | null;
  readonly footY: number;
  readonly key: string;
}

/** Where many clients are counted instead of seated. */
export interface CrowdLayout {
  readonly top: number;
  readonly perRow: number;
  readonly pitch: number;
  /** Connections that a small square stands for. */
  readonly each: number;
}

/** Fifty and the one who sends; more are drawn in aggregate. */
export const MOST_SEATS = 51;
export const MARGIN = 12;
const BACKPLANE_HEIGHT = 30;
const BOX_HEIGHT = 52;
const BALANCER_HEIGHT = 26;
const GAPS = { backplane: 30, servers: 26, balancer: 24 } as const;
const FOOT_HEIGHT = 48;
const WIDEST_BOX = 180;
const LARGEST_PITCH = 30;
/** One row is liked better than two of larger squares. */
const ROOMY_PITCH = 23;
const SMALLEST_PITCH = 17;
const CROWD_HEIGHT = 90;
/** Pixels from square to square, and from which width of a column on. */
const CROWD_PITCH = { wide: 12, narrow: 8, from: 120 } as const;
const SENDER_ROW = 34;
/** More than this a gap does not grow. */
const MOST_SPARE = 60;

const known = new WeakMap<TraceIndex, FleetParts>();

function partsOf(index: TraceIndex, stage: StageId): FleetParts {
  const kept = known.get(index) ?? fleetParts(index, stage);
  known.set(index, kept);
  return kept;
}

/** Pixels that the picture needs at a width. */
export function connectionsHeight(index: TraceIndex, stage: StageId, width: number): number {
  const parts = partsOf(index, stage);
  return Math.ceil(fixedHeight() + clientsHeight(parts, seating(parts, width)));
}

const fixedHeight = (): number =>
  2 * MARGIN +
  BACKPLANE_HEIGHT +
  BOX_HEIGHT +
  BALANCER_HEIGHT +
  GAPS.backplane +
  GAPS.servers +
  GAPS.balancer +
  FOOT_HEIGHT;

interface Seating {
  readonly columnWidth: number;
  readonly pitch: number;
  readonly perRow: number;
  readonly rows: number;
}

function seating({ clients, servers, firstHomes }: FleetParts, width: number): Seating {
  const columnWidth = (width - 2 * MARGIN) / Math.max(1, servers.length);
  const most = Math.max(
    1,
    ...servers.map((_, place) => firstHomes.reduce((sum, home) => sum + Number(home === place), 0)),
  );
  const room = columnWidth - 10;
  const rows = (pitch: number): number => Math.ceil(most / Math.max(1, Math.floor(room / pitch)));
  const isSeated = clients.length <= MOST_SEATS;
  const isRoomy = rows(ROOMY_PITCH) === 1;
  const least = isRoomy ? ROOMY_PITCH : SMALLEST_PITCH;
  let pitch = LARGEST_PITCH;
  while (isSeated && pitch > least && rows(pitch) > (isRoomy ? 1 : 2)) pitch -= 1;
  const perRow = Math.max(1, Math.min(most, Math.floor(room / pitch)));
  return { columnWidth, pitch, perRow, rows: Math.ceil(most / perRow) };
}

const clientsHeight = ({ clients }: FleetParts, { rows, pitch }: Seating): number =>
  clients.length > MOST_SEATS ? SENDER_ROW + CROWD_HEIGHT : rows * pitch;

export function layoutConnections(
  index: TraceIndex,
  stage: StageId,
  size: Size,
): ConnectionsLayout {
  const parts = partsOf(index, stage);
  const seats = seating(parts, size.width);
  const isCrowd = parts.clients.length > MOST_SEATS;
  const spare = size.height - fixedHeight() - clientsHeight(parts, seats);
  const more = Math.max(0, Math.min(MOST_SPARE, spare / 3));
  const inner = { left: MARGIN, right: size.width - MARGIN };
  const backplane = { ...inner, top: MARGIN, bottom: MARGIN + BACKPLANE_HEIGHT };
  const boxTop = backplane.bottom + GAPS.backplane + more;
  const columns = parts.servers.map((_, place): ServerColumn => {
    const left = MARGIN + place * seats.columnWidth;
    const half = Math.min(WIDEST_BOX, seats.columnWidth - 8) / 2;
    const middle = left + seats.columnWidth / 2;
    const box = {
      left: middle - half,
      right: middle + half,
      top: boxTop,
      bottom: boxTop + BOX_HEIGHT,
    };
    return { box, left, right: left + seats.columnWidth };
  });
  const balancerTop = boxTop + BOX_HEIGHT + GAPS.servers + more;
  const balancer = { ...inner, top: balancerTop, bottom: balancerTop + BALANCER_HEIGHT };
  const top = balancer.bottom + GAPS.balancer + more;
  return {
    index,
    stage,
    size,
    parts,
    backplane,
    columns,
    balancer,
    seatHalf: isCrowd ? 12 : Math.round(seats.pitch * 0.36),
    seats: isCrowd
      ? senderSeats(index, parts, { top, columns })
      : seatsOf(parts, { top, columns, seats }),
    crowd: isCrowd ? crowdLayout(parts, { top: top + SENDER_ROW, columns }) : null,
    footY: size.height - MARGIN - FOOT_HEIGHT,
    key: `${stage} ${size.width} ${size.height}`,
  };
}

/** Row after row below their first server; each row a little aside, so that lines pass between. */
function seatsOf(
  { clients, firstHomes }: FleetParts,
  at: { readonly top: number; readonly columns: readonly ServerColumn[]; readonly seats: Seating },
): Seat[] {
  const { pitch, perRow, rows } = at.seats;
  const taken = at.columns.map(() => 0);
  const totals = at.columns.map((_, place) =>
    firstHomes.reduce((sum, home) => sum + Number(home === place), 0),
  );
  return clients.map((_, client) => {
    const home = firstHomes[client] as number;
    const { left, right } = at.columns[home] as ServerColumn;
    const place = taken[home] as number;
    taken[home] = place + 1;
    const row = Math.floor(place / perRow);
    const aside = rows > 1 ? (row / rows - (rows - 1) / rows / 2) * pitch : 0;
    const inRow = Math.min(perRow, (totals[home] as number) - row * perRow);
    const start = (left + right) / 2 - ((Math.max(inRow, row > 0 ? perRow : 0) - 1) * pitch) / 2;
    return {
      x: start + (place % perRow) * pitch + aside * (perRow > 1 ? 1 : 0),
      y: at.top + (row + 0.5) * pitch,
    };
  });
}

/** In a crowd those who send are still seen. */
function senderSeats(
  { trace }: TraceIndex,
  { clients, firstHomes }: FleetParts,
  at: { readonly top: number; readonly columns: readonly ServerColumn[] },
): (Seat | undefined)[] {
  const { messages } = trace;
  const senders = new Set<number>();
  for (let message = 0; message < messages.count; message += 1) {
    senders.add(messages.from[message] as number);
  }
  const taken = at.columns.map(() => 0);
  return clients.map((node, client) => {
    const home = firstHomes[client] as number;
    const column = at.columns[home];
    if (!senders.has(node) || column === undefined) return undefined;
    const place = taken[home] as number;
    taken[home] = place + 1;
    const x = column.left + 18 + place * 28;
    return x > column.right - 14 ? undefined : { x, y: at.top + SENDER_ROW / 2 - 4 };
  });
}

const NICE = [1, 2, 5] as const;

function crowdLayout(
  { clients, servers }: FleetParts,
  at: { readonly top: number; readonly columns: readonly ServerColumn[] },
): CrowdLayout {
  const [column] = at.columns;
  const room = column === undefined ? 0 : column.right - column.left - 14;
  const pitch = room < CROWD_PITCH.from ? CROWD_PITCH.narrow : CROWD_PITCH.wide;
  const perRow = Math.max(3, Math.min(20, Math.floor(room / pitch)));
  // After a deploy a server may have half as many again as its share.
  const most = Math.min(clients.length, (2 * clients.length) / Math.max(1, servers.length));
  const wanted = most / (perRow * Math.floor(CROWD_HEIGHT / pitch));
  let each = 1;
  for (let step = 0; each < wanted; step += 1) {
    each = (NICE[step % NICE.length] as number) * 10 ** Math.floor(step / NICE.length);
  }
  return { top: at.top, perRow, pitch, each };
}
