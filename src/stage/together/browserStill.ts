// What stands of the browsers: a square each with its line to its gateway, and how much it has got.

import { fittingText, type PaintName } from '../encoding';
import { crossPath, round, squarePath } from '../shapes';
import { baseLine, type Still, type StillPath, type Word, word } from '../still';
import type { BrowserInstant, TogetherInstant } from './togetherInstant';
import { edgeOf, type TogetherLayout } from './togetherLayout';

const LINES: Readonly<Record<BrowserInstant['line'], PaintName>> = {
  open: 'wire',
  connecting: 'quiet',
  cut: 'pipe-closed',
};

export function browserStill(layout: TogetherLayout, instant: TogetherInstant): Still {
  const paths: StillPath[] = [];
  const words: Word[] = [];
  for (const browser of instant.browsers) paths.push(...linePaths(layout, browser));
  for (const browser of instant.browsers) {
    const { node, state } = browser;
    const { x, y } = layout.at.get(node) ?? { x: 0, y: 0 };
    const half = layout.browserHalf;
    const paint = state === 'here' ? 'person-right' : 'person-away';
    paths.push({ key: `browser ${node}`, d: squarePath(x, y, half, 4), paint });
    const name = layout.index.trace.legend.nodes[node]?.name ?? '';
    const ink = state === 'here' ? 'letter-right' : 'letter-away';
    words.push(word(`letter ${node}`, name.charAt(0), { x, y: baseLine(y), ink }));
    words.push(...besideWords(layout, browser, name));
  }
  return { paths, words };
}

function linePaths(layout: TogetherLayout, { node, gateway, line }: BrowserInstant): StillPath[] {
  if (gateway < 0) return [];
  const from = edgeOf(layout, gateway, 'right');
  const to = edgeOf(layout, node, 'left');
  const d = `M${round(from.x)} ${round(from.y)}L${round(to.x)} ${round(to.y)}`;
  const paths: StillPath[] = [{ key: `line ${node}`, d, paint: LINES[line] }];
  if (line === 'cut') {
    const cross = crossPath((from.x + to.x) / 2, (from.y + to.y) / 2, 6);
    paths.push({ key: `cut ${node}`, d: cross, paint: 'cross' });
  }
  return paths;
}

/** Its name, or that it is away; below, what it has got or misses. */
function besideWords(layout: TogetherLayout, browser: BrowserInstant, name: string): Word[] {
  const { node, state, meant, got, missed } = browser;
  const { x, y } = layout.at.get(node) ?? { x: 0, y: 0 };
  const at = { x: x + layout.browserHalf + 6, anchor: 'start' } as const;
  const room = layout.besideRoom;
  const first =
    state === 'here' ? name : fittingText([`${name}, ${state}`, state, 'off'], room, 400);
  const second =
    missed > 0
      ? fittingText([`${missed} missed`, `−${missed}`], room, 600)
      : fittingText([`${got} of ${meant}`, `${got}/${meant}`, `${got}`], room, 400);
  const ink = missed > 0 ? 'lost' : 'quiet';
  return [
    word(`name ${node}`, fittingText([first], room, 400), { ...at, y: baseLine(y - 9) }),
    word(`got ${node}`, second, { ...at, y: baseLine(y + 9), ink }),
  ];
}
