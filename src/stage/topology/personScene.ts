// People as they stand there at one instant: their shape, their letter, their name, what each does.

import type { World } from '../../engine/index';
import { INKS, LEAST_TEXT, type PaintName, textWidth } from '../encoding';
import { circlePath, squarePath } from '../shapes';
import { baseLine, joinStills, keptInside, type Still, type Word, word } from '../still';
import type { Seat } from './geometry/seats';
import type { TopologyLayout } from './topologyLayout';

/** What a person does now, in the words of the stage; empty when there is nothing to say. */
export type PersonDoing = (seat: Seat) => string;

const LETTER_FROM_RADIUS = 16;
const NAME_SIZE = 16;
/** Pixels from a person's lower edge to the base line of the name, and on to that of the caption. */
const TO_NAME = 21;
const TO_CAPTION = 22;

export function peopleStill(layout: TopologyLayout, world: World, doing: PersonDoing): Still {
  return joinStills(layout.seats.map((seat) => personStill(layout, world, { seat, doing })));
}

interface SeatDoing {
  readonly seat: Seat;
  readonly doing: PersonDoing;
}

function personStill(layout: TopologyLayout, world: World, { seat, doing }: SeatDoing): Still {
  const { x, y, radius, side, id } = seat;
  const here = isHere(world, seat);
  const paint: PaintName = here ? `person-${side}` : 'person-away';
  const d =
    side === 'left'
      ? circlePath(x, y, radius)
      : squarePath(x, y, radius, Math.max(5, radius * 0.2));
  const words: Word[] = [];
  if (radius >= LETTER_FROM_RADIUS) {
    const size = Math.max(LEAST_TEXT, Math.round(radius * 0.72));
    const ink = here ? (`letter-${side}` as const) : 'letter-away';
    words.push(word(`letter ${id}`, id, { x, y: baseLine(y, size), ink, size }));
  }
  return {
    paths: [{ key: `person ${id}`, d, paint }],
    words: [...words, ...labels(layout, seat, { caption: doing(seat), here })],
  };
}

function isHere(world: World, { node }: Seat): boolean {
  const state = world.nodes[node];
  return state?.up === true && state.joined && !state.away;
}

interface Label {
  readonly caption: string;
  readonly here: boolean;
}

function labels(layout: TopologyLayout, seat: Seat, { caption, here }: Label): Word[] {
  const { size, labels: level } = layout;
  const isOneRow = layout.seats.length <= 2;
  if (level === 'none' || !(isOneRow || hasRoomBelow(layout, seat))) return [];
  const { id } = seat;
  // Where no caption has room, an absence is said beside the name.
  const isSaid = level === 'captions' || here;
  const wordings = isSaid ? [seat.name] : [`${seat.name}, ${caption}`, seat.name];
  const name = fittingName(wordings, nameRoom(layout, seat));
  const nameY = seat.y + seat.radius + TO_NAME;
  const at = (text: string, ink: 'strong' | 'quiet', textSize: number): number =>
    keptInside(seat.x, textWidth(text, textSize, INKS[ink].weight), size.width);
  const words = [
    word(`name ${id}`, name, {
      x: at(name, 'strong', NAME_SIZE),
      y: nameY,
      ink: 'strong',
      size: NAME_SIZE,
    }),
  ];
  if (level === 'captions' && caption !== '') {
    const x = at(caption, 'quiet', LEAST_TEXT);
    words.push(word(`caption ${id}`, caption, { x, y: nameY + TO_CAPTION }));
  }
  return words;
}

const AIR = 4;

/** Pixels between the edge of the picture and what stands in the middle. */
function nameRoom({ relay, log, lanes, size }: TopologyLayout, { side }: Seat): number {
  if (lanes.some(({ wire }) => wire !== null)) return Number.POSITIVE_INFINITY;
  const middle = relay ?? log;
  const half = size.width / 2;
  const reach = side === 'left' ? (middle?.left ?? half) : size.width - (middle?.right ?? half);
  return reach - 2 * AIR;
}

const fittingName = (wordings: readonly string[], room: number): string =>
  wordings.find((text) => textWidth(text, NAME_SIZE, 600) <= room) ?? wordings.at(-1) ?? '';

function hasRoomBelow({ seats, lanes }: TopologyLayout, seat: Seat): boolean {
  // In a ring there is room for the lowest, and the others have the next one beside them.
  if (lanes.some(({ wire }) => wire !== null)) return true;
  const next = seats.find(({ side, row }) => side === seat.side && row === seat.row + 1);
  const before = seats.find(({ side, row }) => side === seat.side && row === seat.row - 1);
  const pitch = next ? next.y - seat.y : before ? seat.y - before.y : Number.POSITIVE_INFINITY;
  return pitch >= 2 * seat.radius + TO_NAME + 8;
}

/** The words for a person who is not simply sending or getting; null for one who is here. */
export function absenceWord(world: World, { node }: Seat): string | null {
  const state = world.nodes[node];
  if (state === undefined || !state.joined) return 'comes later';
  if (state.away) return 'away';
  return state.up ? null : 'stopped';
}

export function movingWord(world: World, { node }: Seat): string {
  const state = world.nodes[node];
  if (state?.sending && state.getting) return 'sends + gets';
  if (state?.sending) return 'sends';
  return state?.getting ? 'gets' : '';
}
