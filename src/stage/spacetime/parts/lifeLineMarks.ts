// What stands still: life lines with their letters, the log's frame and its names.

import { fittingText, type InkName, LEAST_TEXT } from '../../encoding';
import { nameOf } from '../../people';
import { boxPath, circlePath, round, squarePath } from '../../shapes';
import { baseLine, type Word, word } from '../../still';
import { type DiagramLayout, type LifeLine, scaleOf } from '../diagramLayout';
import type { Shape } from '../looks';
import type { TimeWindow } from '../timeWindow';

/** Under everything that happens. */
export function lifeLineShapes(layout: DiagramLayout, window: TimeWindow): Shape[] {
  const { lifeLines, left, right, log } = layout;
  const x = scaleOf(layout, window);
  const startOf = ({ node }: LifeLine): number => {
    const comesAt = layout.story.comings.get(node);
    return comesAt === undefined ? left : Math.max(left, Math.min(right, x(comesAt)));
  };
  const d = (lines: readonly LifeLine[]): string =>
    lines.map((line) => `M${round(startOf(line))} ${line.y}H${round(right)}`).join('');
  const absent = lifeLines.map((line) => `M${left} ${line.y}H${round(startOf(line))}`);
  const middle = lifeLines.filter(({ side }) => side === null);
  const sides = (['left', 'right'] as const).map(
    (side): Shape => ({
      key: `life ${side}`,
      look: `life-${side}`,
      d: d(lifeLines.filter((line) => line.side === side)),
    }),
  );
  const frame = log === null ? '' : boxPath(log, 4);
  const rules = (log?.bands ?? []).slice(1).map((band, at) => {
    const before = log?.bands[at]?.bottom ?? band.top;
    return `M${left} ${round((band.top + before) / 2)}H${round(right)}`;
  });
  const isNamed = log?.bands.some(({ label }) => label !== '') === true;
  return [
    { key: 'log fill', look: 'log-fill', d: frame },
    { key: 'band rules', look: 'band-rule', d: isNamed ? rules.join('') : '' },
    { key: 'life absent', look: 'band-rule', d: absent.join('') },
    ...sides,
    { key: 'life middle', look: 'life-middle', d: d(middle) },
    { key: 'log frame', look: 'log-frame', d: frame },
  ];
}

const GLYPH_X = 20;

/** Letters in their shapes. */
export function personShapes({ lifeLines, personRadius, left }: DiagramLayout): Shape[] {
  const x = glyphX(left);
  return (['left', 'right'] as const).map((side) => ({
    key: `persons ${side}`,
    look: `person-${side}`,
    d: lifeLines
      .filter((line) => line.side === side)
      .map(({ y }) =>
        side === 'left' ? circlePath(x, y, personRadius) : squarePath(x, y, personRadius * 0.94, 4),
      )
      .join(''),
  }));
}

const glyphX = (left: number): number => Math.min(GLYPH_X, left / 2);

export function nameWords(layout: DiagramLayout): Word[] {
  const { lifeLines, left, personRadius, log, story } = layout;
  const x = glyphX(left);
  const besideX = x + personRadius + 8;
  const { trace } = story.index;
  const words = lifeLines.flatMap(({ node, person, y }): Word[] => {
    if (person === null) {
      const name = nameOf(trace, node);
      const text = fittingText([name], left - 6, 400);
      return [word(`name ${node}`, text, { x: left - 5, y: baseLine(y), anchor: 'end' })];
    }
    const ink: InkName = person.side === 'left' ? 'letter-left' : 'letter-right';
    const letter = word(`letter ${node}`, person.id, { x, y: baseLine(y), ink });
    const room = left - 10 - besideX;
    if (room < 24) return [letter];
    const name = fittingText([person.name], room, 400);
    return [letter, word(`name ${node}`, name, { x: besideX, y: baseLine(y), anchor: 'start' })];
  });
  return [...words, ...(log === null ? [] : logWords(log, left))];
}

function logWords(log: NonNullable<DiagramLayout['log']>, left: number): Word[] {
  const named = log.bands.filter(({ label }) => label !== '');
  const place = { x: left - 10, anchor: 'end' } as const;
  if (named.length === 0) {
    const y = baseLine((log.top + log.bottom) / 2);
    return [word('log', 'log', { ...place, y, ink: 'strong' })];
  }
  return named.map(({ key, label, top, bottom }) => {
    const number = label.split(' ').at(-1) ?? '';
    const text = fittingText([label, `p${number}`, number], left - 11, 400);
    return word(`band ${key}`, text, { ...place, y: baseLine((top + bottom) / 2, LEAST_TEXT) });
  });
}
