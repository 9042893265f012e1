// Many clients in aggregate: for each server a block of small squares, each standing for several
// connections, those who have the newest message first, and a lane as wide as they are many.

import type { PaintName } from '../encoding';
import { boxPath, crossPath, squarePath } from '../shapes';
import type { Still, StillPath } from '../still';
import type { ConnectionsLayout, CrowdLayout, ServerColumn } from './connectionsLayout';
import { type FleetInstant, News } from './fleetInstant';

/** In the order in which they stand. */
const ORDER = [News.Got, News.Missed, News.Coming, News.None] as const;
const PAINTS: readonly PaintName[] = ['brick-right', 'brick-right', 'glyph-right', 'lost-cross'];
const LANE = { least: 6, most: 0.5 } as const;

export function crowdStill(layout: ConnectionsLayout, instant: FleetInstant): Still {
  const { crowd, columns } = layout;
  if (crowd === null) return { paths: [], words: [] };
  const most = Math.max(1, ...instant.servers.map(({ connections }) => connections));
  const paths = columns.flatMap((column, place) => [
    ...lanePaths(layout, { column, place, most, instant }),
    ...blockPaths(crowd, { column, place, instant }),
  ]);
  return { paths, words: [] };
}

interface Block {
  readonly column: ServerColumn;
  readonly place: number;
  readonly instant: FleetInstant;
}

function lanePaths(
  { balancer, crowd }: ConnectionsLayout,
  { column, place, instant, most }: Block & { readonly most: number },
): StillPath[] {
  const count = instant.servers[place]?.connections ?? 0;
  if (count === 0 || crowd === null) return [];
  const widest = (column.right - column.left) * LANE.most;
  const half = Math.max(LANE.least, (count / most) * widest) / 2;
  const middle = (column.left + column.right) / 2;
  const sides = { left: middle - half, right: middle + half };
  const upper = { ...sides, top: column.box.bottom, bottom: balancer.top };
  const lower = { ...sides, top: balancer.bottom, bottom: crowd.top - 4 };
  const d = boxPath(upper, 2) + boxPath(lower, 2);
  return [{ key: `lane ${place}`, d, paint: 'pipe' }];
}

function blockPaths(crowd: CrowdLayout, { column, place, instant }: Block): StillPath[] {
  const { top, perRow, pitch, each } = crowd;
  const news = instant.servers[place]?.news ?? [0, 0, 0, 0];
  const start = (column.left + column.right) / 2 - ((perRow - 1) * pitch) / 2;
  const half = pitch * 0.33;
  let at = 0;
  let counted = 0;
  // Once something is said, only who sends has no news, and has a seat of their own.
  const shown = instant.newest < 0 ? ORDER : ORDER.filter((what) => what !== News.None);
  return shown.flatMap((what): StillPath[] => {
    counted += news[what] as number;
    // What is less than one square in all still shows.
    const end = Math.max(Math.ceil(counted / each), at + Number((news[what] as number) > 0));
    let d = '';
    for (; at < end; at += 1) {
      const x = start + (at % perRow) * pitch;
      const y = top + (Math.floor(at / perRow) + 0.5) * pitch;
      d += what === News.Missed ? crossPath(x, y, half) : squarePath(x, y, half, 1);
    }
    if (d === '') return [];
    return [{ key: `block ${place} ${what}`, d, paint: PAINTS[what] as PaintName }];
  });
}
