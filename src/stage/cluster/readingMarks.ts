// Where readers stand in a log: bookmarks under the bricks, and the hatched way to the high
// watermark while one reader alone is meant.

import type { NodeIndex, PartitionIndex } from '../../engine/index';
import { bookmarkPath, hatchPath } from '../shapes';
import { EMPTY_STILL, type Still, type StillPath } from '../still';
import { type BrickPlace, firstOffset } from './bricks';
import type { ClusterLayout } from './clusterLayout';
import { edgeOf } from './geometry/brickRow';
import type { ClusterInstant } from './state/clusterInstant';
import { readingOf } from './state/clusterWords';

export interface ReadingPlace {
  readonly partition: PartitionIndex;
  readonly readers: readonly NodeIndex[];
  /** Of the leader's bricks. */
  readonly bricks: BrickPlace;
  /** Upper edge and height of the marks. */
  readonly top: number;
  readonly height: number;
}

const MARK_WIDTH = 8;
const LEAST_HATCH = 4;

export function readingMarks(
  layout: ClusterLayout,
  instant: ClusterInstant,
  { partition, readers, bricks, top, height }: ReadingPlace,
): Still {
  const leadership = instant.leadership(partition);
  const first = firstOffset(layout.bricks, leadership);
  const x = (offset: number): number =>
    Math.max(bricks.left, bricks.left + edgeOf(layout.bricks, first, offset)) + MARK_WIDTH / 2;
  const paths: StillPath[] = [];
  const isAlone = readers.length === 1;
  for (const reader of readers) {
    const { position, committed, lag } = readingOf(instant, partition, reader);
    const key = `reads ${partition} ${reader}`;
    const from = x(position) + MARK_WIDTH / 2 + 1;
    const to = x(leadership.highWatermark) - MARK_WIDTH / 2;
    if (isAlone && lag > 0 && to - from >= LEAST_HATCH) {
      const box = { left: from, right: to, top: top + 1, bottom: top + Math.min(9, height - 2) };
      paths.push({ key: `${key} lag`, d: hatchPath(box), paint: 'lag' });
    }
    if (committed >= 0 && committed !== position && isAlone) {
      const d = bookmarkPath(x(committed), top, MARK_WIDTH, height);
      paths.push({ key: `${key} committed`, d, paint: 'committed' });
    }
    const d = bookmarkPath(x(position), top, MARK_WIDTH, height);
    paths.push({ key, d, paint: 'bookmark' });
  }
  return paths.length === 0 ? EMPTY_STILL : { paths, words: [] };
}
