// What stands of a fleet besides its clients: backplane, servers with their counts, balancer.

import { fittingText, type InkName, type PaintName } from '../encoding';
import { countText } from '../numberText';
import { type Box, boxPath, crossPath, round } from '../shapes';
import { baseLine, joinStills, type Still, type StillPath, type Word, word } from '../still';
import type { ConnectionsLayout, ServerColumn } from './connectionsLayout';
import type { FleetInstant, ServerInstant } from './fleetInstant';

const CORNER = 6;
const PADDING = 6;
const WIDE_BOX = 96;

export function fleetStill(layout: ConnectionsLayout, instant: FleetInstant): Still {
  return joinStills([
    backplaneStill(layout, instant),
    ...layout.columns.map((column, place) => serverStill(layout, instant, { column, place })),
    balancerStill(layout, instant),
  ]);
}

const middleOf = ({ top, bottom }: Box): number => (top + bottom) / 2;

function centred(key: string, wordings: readonly string[], at: Centre): Word[] {
  const { box, y, ink } = at;
  const room = box.right - box.left - 2 * PADDING;
  const text = fittingText(wordings, room, ink === 'quiet' ? 400 : 600);
  if (text === '') return [];
  return [word(key, text, { x: (box.left + box.right) / 2, y: baseLine(y), ink })];
}

interface Centre {
  readonly box: Box;
  readonly y: number;
  readonly ink: InkName;
}

function backplaneStill(
  { parts, backplane: box }: ConnectionsLayout,
  instant: FleetInstant,
): Still {
  const isThere = parts.backplane >= 0;
  const { kept, isBackplaneUp } = instant;
  const what = !isThere
    ? ['no backplane: each server knows its own connections alone', 'no backplane']
    : !isBackplaneUp
      ? ['the backplane has stopped', 'stopped']
      : parts.partition < 0
        ? ['pub/sub: passes on what comes, keeps nothing', 'pub/sub keeps nothing', 'pub/sub']
        : [`the topic keeps ${kept}`, `topic: ${kept} kept`, `topic ${kept}`];
  const paint: PaintName = !isThere ? 'slot' : isBackplaneUp ? 'middle' : 'middle-stopped';
  const ink: InkName = isThere ? 'strong' : 'quiet';
  return {
    paths: [{ key: 'backplane', d: boxPath(box, CORNER), paint }],
    words: centred('backplane', what, { box, y: middleOf(box), ink }),
  };
}

function balancerStill(
  { balancer: box }: ConnectionsLayout,
  { isBalancerUp }: FleetInstant,
): Still {
  const what = isBalancerUp ? ['balancer'] : ['the balancer has stopped', 'stopped'];
  return {
    paths: [
      {
        key: 'balancer',
        d: boxPath(box, CORNER),
        paint: isBalancerUp ? 'middle' : 'middle-stopped',
      },
    ],
    words: centred('balancer', what, { box, y: middleOf(box), ink: 'strong' }),
  };
}

interface At {
  readonly column: ServerColumn;
  readonly place: number;
}

function serverStill(
  layout: ConnectionsLayout,
  instant: FleetInstant,
  { column, place }: At,
): Still {
  const server = instant.servers[place] as ServerInstant;
  const { box } = column;
  const key = `server ${place}`;
  const number = place + 1;
  const isStopped = server.state === 'stopped';
  const paint: PaintName =
    server.state === 'runs' ? 'middle' : isStopped ? 'middle-stopped' : 'leader-frame-lost';
  const paths: StillPath[] = [{ key, d: boxPath(box, CORNER), paint }];
  const isWide = box.right - box.left >= WIDE_BOX;
  if (isStopped && isWide) {
    paths.push({
      key: `${key} stopped`,
      d: crossPath(box.left + 14, box.top + 17, 6),
      paint: 'cross',
    });
  }
  const inner = isStopped && isWide ? { ...box, left: box.left + 16, right: box.right - 16 } : box;
  return joinStills([
    {
      paths,
      words: [
        ...centred(`${key} name`, [`server ${number}`, `srv ${number}`, `${number}`], {
          box: inner,
          y: box.top + 17,
          ink: 'strong',
        }),
        ...centred(`${key} state`, stateWords(server), { box, y: box.bottom - 15, ink: 'quiet' }),
      ],
    },
    lineStill(layout, server, { column, place }),
  ]);
}

function stateWords({ state, connections }: ServerInstant): string[] {
  if (state === 'stopped') return ['stopped', '✕'];
  if (state === 'leaving') return ['says goodbye', 'leaves', '…'];
  const count = countText(connections);
  return [`${count} ${connections === 1 ? 'connection' : 'connections'}`, `${count} open`, count];
}

/** Between a server and the backplane. */
function lineStill(
  { parts, backplane }: ConnectionsLayout,
  { line, behind, state }: ServerInstant,
  { column, place }: At,
): Still {
  if (parts.backplane < 0) return { paths: [], words: [] };
  const x = round((column.box.left + column.box.right) / 2);
  const d = `M${x} ${round(backplane.bottom)}V${round(column.box.top)}`;
  const middle = (backplane.bottom + column.box.top) / 2;
  const key = `line ${place}`;
  const isOff = state === 'stopped' || line !== 'open';
  const paths: StillPath[] = [{ key, d, paint: isOff ? 'copy-out' : 'wire' }];
  if (isOff && state !== 'stopped') {
    paths.push({ key: `${key} off`, d: crossPath(x, middle, 5), paint: 'cut-end' });
  }
  const late = behind > 0 ? [`${behind} behind`, `${behind}`] : [];
  const said = line === 'cut' ? [['cut', ...late.slice(0, 1)].join(', '), ...late, 'cut'] : late;
  const room = { left: x + 6, right: column.right - 2 };
  const text = said.length === 0 ? '' : fittingText(said, room.right - room.left - 4, 400);
  const at = { x: room.left + 4, y: baseLine(middle), anchor: 'start' } as const;
  return { paths, words: text === '' ? [] : [word(`${key} state`, text, at)] };
}
