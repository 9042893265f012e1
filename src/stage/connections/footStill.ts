// What a reader needs below the picture: who has the newest message, and what the signs mean.

import { INKS, type InkName, LEAST_TEXT, type PaintName, textWidth } from '../encoding';
import { countText } from '../numberText';
import { crossPath, squarePath } from '../shapes';
import { baseLine, type Still, type StillPath, type Word, word } from '../still';
import { type ConnectionsLayout, MARGIN } from './connectionsLayout';
import { type FleetInstant, News } from './fleetInstant';

const SIGN_HALF = 6;
const SIGN_ROOM = 18;
const BETWEEN = 16;

interface Sign {
  readonly key: string;
  readonly paint: PaintName;
  readonly isCross: boolean;
  readonly wordings: readonly string[];
}

const SIGNS: readonly Sign[] = [
  { key: 'got', paint: 'glyph-right', isCross: false, wordings: ['has it', 'has it'] },
  { key: 'coming', paint: 'brick-right', isCross: false, wordings: ['not yet', 'not yet'] },
  { key: 'missed', paint: 'lost-cross', isCross: true, wordings: ['missed it', 'missed'] },
];

export function footStill(layout: ConnectionsLayout, instant: FleetInstant): Still {
  const lower = layout.footY + 38;
  const upper = layout.footY + 14;
  const key = signs(layout, lower);
  const text = first(newsWords(layout, instant), layout.size.width - 2 * MARGIN, 'strong');
  const at = { x: MARGIN, y: baseLine(upper), anchor: 'start', ink: 'strong' } as const;
  return { paths: key.paths, words: [word('news', text, at), ...key.words] };
}

function newsWords({ index, parts, crowd }: ConnectionsLayout, instant: FleetInstant): string[] {
  const { newest, servers, nowhere } = instant;
  const sum = (what: News): number =>
    servers.reduce((total, { news }) => total + news[what], nowhere[what]);
  const off = nowhere.reduce((total, count) => total + count, 0);
  const isOff = off === 0 ? '' : `; ${countText(off)} not connected`;
  if (newest < 0) {
    const on = countText(parts.clients.length - off);
    return [`${on} of ${countText(parts.clients.length)} connected${isOff}`, `${on} connected`];
  }
  const got = sum(News.Got);
  const all = got + sum(News.Coming) + sum(News.Missed);
  const number = index.trace.messages.number[newest];
  const share = `${countText(got)} of ${countText(all)} have it`;
  const each = crowd === null ? '' : `; a square is ${countText(crowd.each)} connections`;
  return [
    `message ${number}: ${share}${isOff}${each}`,
    `message ${number}: ${share}${isOff}`,
    `message ${number}: ${share}`,
    share,
  ];
}

const widthOf = (text: string, ink: InkName): number =>
  textWidth(text, LEAST_TEXT, INKS[ink].weight);

const first = (wordings: readonly string[], room: number, ink: InkName): string =>
  wordings.find((text) => widthOf(text, ink) <= room) ?? wordings.at(-1) ?? '';

function signs({ size }: ConnectionsLayout, y: number): Still {
  const paths: StillPath[] = [];
  const words: Word[] = [];
  const room = size.width - 2 * MARGIN;
  const long = SIGNS.reduce((sum, { wordings }) => sum + signWidth(wordings[0] ?? ''), 0);
  let x = MARGIN;
  for (const { key, paint, isCross, wordings } of SIGNS) {
    const text = wordings[long <= room ? 0 : 1] ?? '';
    const centre = x + SIGN_HALF;
    const d = isCross ? crossPath(centre, y, SIGN_HALF * 0.8) : squarePath(centre, y, SIGN_HALF);
    paths.push({ key: `sign ${key}`, d, paint });
    words.push(word(`sign ${key}`, text, { x: x + SIGN_ROOM, y: baseLine(y), anchor: 'start' }));
    x += signWidth(text);
  }
  return { paths, words };
}

const signWidth = (text: string): number => SIGN_ROOM + widthOf(text, 'quiet') + BETWEEN;
