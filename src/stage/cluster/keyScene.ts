// The legend under the cluster: each mark as it is drawn above, and what it means.

import type { PaintName } from '../encoding';
import { bookmarkPath, boxPath, diamondPath, hatchPath, tickPath } from '../shapes';
import { baseLine, type Still, type StillPath, word } from '../still';
import { type KeyMark, type KeyPlace, LINE_HEIGHT, textLeft } from './geometry/keyRow';
import { againPath, latePath, voidPath } from './geometry/recordSigns';

interface Corner {
  readonly left: number;
  readonly top: number;
}

export function keyStill(legend: readonly KeyPlace[], { left, top }: Corner): Still {
  return {
    paths: legend.flatMap((place) => {
      const y = top + place.line * LINE_HEIGHT + LINE_HEIGHT / 2;
      return markPaths(place.mark, left + place.left, y);
    }),
    words: legend.map((place) => {
      const y = baseLine(top + place.line * LINE_HEIGHT + LINE_HEIGHT / 2);
      const at = { x: left + textLeft(place), y, anchor: 'start' } as const;
      return word(`key ${place.mark}`, place.text, at);
    }),
  };
}

function markPaths(mark: KeyMark, x: number, y: number): StillPath[] {
  const box = { left: x + 3, right: x + 23, top: y - 11, bottom: y + 11 };
  const brick = boxPath(box, 5);
  const path = (d: string, paint: PaintName, part = ''): StillPath => ({
    key: `key ${mark}${part}`,
    d,
    paint,
  });
  switch (mark) {
    case 'safe':
      return [path(brick, 'brick-left')];
    case 'unsafe':
      return [path(brick, 'brick-left-unsafe')];
    case 'copying':
      return [path(brick, 'copying'), path(diamondPath(x + 13, y, 5), 'copy-head', ' head')];
    case 'watermark':
      return [path(`M${x + 13} ${y - 12}V${y + 12}`, 'watermark')];
    case 'next':
      return [path(bookmarkPath(x + 13, y - 8, 8, 16), 'bookmark')];
    case 'committed':
      return [path(bookmarkPath(x + 13, y - 8, 8, 16), 'committed')];
    case 'lag':
      return [path(hatchPath({ left: x, right: x + 24, top: y - 4, bottom: y + 4 }), 'lag')];
    case 'label':
      return [path(brick, 'brick-left'), path(`M${x + 8} ${y + 4}H${x + 18}`, 'tick', ' text')];
    case 'tombstone':
      return [path(brick, 'brick-left'), path(`M${x + 6} ${y + 4}H${x + 20}`, 'strike', ' line')];
    case 'gone':
      return [path(brick, 'brick-gone')];
    case 'open':
      return [path(brick, 'brick-left-open')];
    case 'void':
      return [path(brick, 'brick-void'), path(voidPath(box), 'strike', ' line')];
    case 'late':
      return [path(brick, 'brick-left'), path(latePath(box), 'bookmark', ' bar')];
    case 'again':
      return [path(brick, 'brick-left'), path(againPath(box), 'brick-gone', ' frame')];
    case 'control':
      return [path(brick, 'brick-control'), path(tickPath(x + 13, y, 5), 'tick', ' tick')];
    case 'stable':
      return [path(`M${x + 13} ${y - 12}V${y + 12}`, 'stable-mark')];
  }
}
