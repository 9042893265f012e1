// Which message a line carries: its number where it leaves its sender, outside the outer life
// lines.

import { type Word, word } from '../../still';
import type { DiagramLayout } from '../diagramLayout';
import type { LineMark } from './lineMarks';

/** Numbers over the first life line and under the last, in the order of leaving. */
export function numberWords(layout: DiagramLayout, lines: readonly LineMark[]): Word[] {
  const { transfers, messages } = layout.story.index.trace;
  const people = layout.lifeLines.filter(({ person }) => person !== null);
  const first = people[0];
  const last = people.at(-1);
  const middle = (layout.top + layout.bottom) / 2;
  return lines.flatMap((line): Word[] => {
    const from = transfers.from[line.transfer];
    const outer = [first, last].find((seat) => seat?.node === from);
    const isOwn = line.messages.every((message) => messages.from[message] === from);
    if (outer === undefined || !isOwn || line.x1 < layout.left || line.x1 > layout.right) return [];
    const number = messages.number[line.messages[0] ?? -1] ?? 0;
    const count = line.messages.length;
    const text = count > 1 ? `×${count}` : String(number);
    const ink = outer.side === 'left' ? ('letter-left' as const) : ('letter-right' as const);
    const y = outer.y < middle ? outer.y - 9 : outer.y + 20;
    return [word(`sent ${line.transfer}`, text, { x: line.x1, y, ink })];
  });
}
