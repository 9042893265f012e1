// A cluster without room for columns: brokers line by line, then each partition with its leader's
// log in full width, its other copies and its readers in words.

import type { NodeIndex, PartitionIndex, ReplicaState } from '../../engine/index';
import { fittingText, type InkName } from '../encoding';
import { nameOf } from '../people';
import { boxPath, circlePath, crossPath } from '../shapes';
import { baseLine, EMPTY_STILL, joinStills, type Still, word } from '../still';
import { copyStill } from './bricks';
import {
  blockHeight,
  CELL_PADDING,
  LIST_LINE,
  type ListLayout,
  listTop,
  MARGIN,
} from './clusterLayout';
import { heardStill } from './heardScene';
import { keyStill } from './keyScene';
import { readingMarks } from './readingMarks';
import type { ClusterInstant } from './state/clusterInstant';
import {
  absenceWord,
  brokerWords,
  copyRole,
  groupWords,
  isOut,
  lagWords,
  lettersOf,
  mistakenWords,
  partitionWord,
  readingOf,
  roleWords,
  withoutPartition,
} from './state/clusterWords';

export function listStill(layout: ListLayout, instant: ClusterInstant): Still {
  const { brokers, controller, readers, partitions } = layout;
  const groups = readers.filter(({ group }) => group >= 0).map(({ group }) => group);
  const heads = brokers.length + (controller < 0 ? 0 : 1);
  const copies = Math.max(0, ...partitions.map((at) => replicasOf(instant, at).length));
  const top = listTop(heads, groups.length);
  const block = blockHeight(copies, readers.length, layout.brickHeight);
  const foot = top + partitions.length * block;
  return joinStills([
    ...brokers.map((node, line) => brokerLine(layout, instant, { node, line })),
    controller < 0
      ? EMPTY_STILL
      : textLine(layout, 'controller', ['Controller runs'], { y: lineY(brokers.length) }),
    ...groups.map((group, at) => groupLines(layout, instant, { group, line: heads + 2 * at })),
    ...partitions.map((partition, at) =>
      partitionStill(layout, instant, { partition, top: top + at * block }),
    ),
    keyStill(layout.legend, { left: MARGIN, top: foot + 6 }),
    heardStill(layout, instant),
  ]);
}

const replicasOf = (instant: ClusterInstant, partition: PartitionIndex) =>
  instant.leadership(partition).replicas;

const lineY = (line: number): number => 8 + line * LIST_LINE + LIST_LINE / 2;

interface LineAt {
  readonly y: number;
  readonly ink?: InkName;
  /** Pixels from the margin. */
  readonly indent?: number;
}

function textLine(
  { size }: ListLayout,
  key: string,
  wordings: readonly string[],
  { y, ink = 'quiet', indent = 0 }: LineAt,
): Still {
  const room = size.width - 2 * MARGIN - indent;
  const text = fittingText(wordings, room, ink === 'quiet' ? 400 : 600);
  if (text === '') return EMPTY_STILL;
  const at = { x: MARGIN + indent, y: baseLine(y), ink, anchor: 'start' } as const;
  return { paths: [], words: [word(key, text, at)] };
}

const BESIDE_DOT = 18;

interface NodeLine {
  readonly node: NodeIndex;
  readonly line: number;
}

function brokerLine(layout: ListLayout, instant: ClusterInstant, { node, line }: NodeLine): Still {
  const broker = instant.broker(node);
  const y = lineY(line);
  const x = MARGIN + 6;
  const name = nameOf(instant.index.trace, node);
  const faults = brokerWords(broker);
  const wordings =
    faults.length === 0 ? [`${name} runs`] : faults.map((words) => `${name} ${words}`);
  const mark = isOut(broker)
    ? { key: `broker ${node} mark`, d: crossPath(x, y, 6), paint: 'cross' as const }
    : { key: `broker ${node} mark`, d: circlePath(x, y, 5), paint: 'broker-up' as const };
  const ink = faults.length === 0 ? 'quiet' : 'strong';
  return joinStills([
    { paths: [mark], words: [] },
    textLine(layout, `broker ${node}`, wordings, { y, ink, indent: BESIDE_DOT }),
  ]);
}

function groupLines(
  layout: ListLayout,
  instant: ClusterInstant,
  { group, line }: { readonly group: NodeIndex; readonly line: number },
): Still {
  const name = nameOf(instant.index.trace, group);
  const [doing = ''] = groupWords(instant, group);
  const without = withoutPartition(instant, group);
  const reasons = [...new Set(without.map(({ why }) => why))];
  const listed = reasons.map((why) => {
    const own = without.filter((member) => member.why === why);
    return `${own.map(({ node }) => lettersOf(instant, node)).join(' ')} ${why}`;
  });
  const counted = reasons.map(
    (why) => `${without.filter((member) => member.why === why).length} ${why}`,
  );
  const isNews = instant.group(group)?.rebalancing === true;
  return joinStills([
    textLine(layout, `group ${group}`, [`Group ${name}: ${doing}`], {
      y: lineY(line),
      ink: isNews ? 'strong' : 'quiet',
    }),
    without.length === 0
      ? EMPTY_STILL
      : textLine(layout, `group ${group} without`, [listed.join(', '), counted.join(', ')], {
          y: lineY(line + 1),
          indent: BESIDE_DOT,
        }),
  ]);
}

interface Block {
  readonly partition: PartitionIndex;
  readonly top: number;
}

function partitionStill(layout: ListLayout, instant: ClusterInstant, block: Block): Still {
  const { partition, top } = block;
  const { width } = layout.size;
  const shown = shownCopy(instant, partition);
  const bricksTop = top + 34;
  const place = { left: MARGIN + CELL_PADDING, top: bricksTop, height: layout.brickHeight };
  const isLed = instant.leadership(partition).leader === shown?.broker;
  const isGone = isOut(instant.broker(shown?.broker ?? -1));
  const key = `partition ${partition}`;
  const frame = {
    left: MARGIN,
    right: width - MARGIN,
    top: bricksTop - 6,
    bottom: bricksTop + layout.brickHeight + 6,
  };
  const paint = isLed && !isGone ? 'leader-frame' : 'leader-frame-lost';
  const readers = instant.index.trace.legend.partitions[partition]?.readers ?? [];
  const marks = { partition, readers, bricks: place, top: frame.bottom + 2, height: 12 };
  const rule = `M${MARGIN / 2} ${Math.round(top)}H${Math.round(width - MARGIN / 2)}`;
  return joinStills([
    { paths: [{ key: `${key} rule`, d: rule, paint: 'rule' }], words: [] },
    titleLine(layout, instant, block),
    { paths: [{ key: `${key} frame`, d: boxPath(frame, 5), paint }], words: [] },
    shown === undefined
      ? EMPTY_STILL
      : copyStill(layout, instant, {
          partition,
          replica: shown,
          isStale: isGone,
          isCopying: false,
          place,
          key,
        }),
    readingMarks(layout, instant, marks),
    ...detailLines(layout, instant, { ...block, shown: shown?.broker ?? -1 }),
  ]);
}

/** The leader's copy; without a leader the first one in sync. */
function shownCopy(instant: ClusterInstant, partition: PartitionIndex): ReplicaState | undefined {
  const { leader, replicas } = instant.leadership(partition);
  return (
    replicas.find(({ broker }) => broker === leader) ??
    replicas.find(({ broker, inSync }) => inSync && !isOut(instant.broker(broker))) ??
    replicas[0]
  );
}

function titleLine(layout: ListLayout, instant: ClusterInstant, { partition, top }: Block): Still {
  const { trace } = instant.index;
  const { number = 0, topic = '' } = trace.legend.partitions[partition] ?? {};
  const { leader, replicas } = instant.leadership(partition);
  const name = layout.hasTopics ? `P${number} ${topic}` : `P${number}`;
  const role = replicas.find(({ broker }) => broker === leader);
  const news = role === undefined ? '' : copyRole(instant, partition, role);
  const lead =
    partitionWord(instant, partition) ??
    `${nameOf(trace, leader)} ${news === 'new leader' ? 'became leader' : 'leads'}`;
  const inSync = `${replicas.filter((one) => one.inSync).length} of ${replicas.length} in sync`;
  const wordings = [
    `${name}: ${lead}, ${inSync}`,
    `P${number}: ${lead}, ${inSync}`,
    `P${number}: ${lead}`,
  ];
  return textLine(layout, `partition ${partition} title`, wordings, { y: top + 16, ink: 'strong' });
}

/** A line a follower, then a line a reader. */
function detailLines(
  layout: ListLayout,
  instant: ClusterInstant,
  { partition, top, shown }: Block & { readonly shown: NodeIndex },
): Still[] {
  const { trace } = instant.index;
  const from = top + 34 + layout.brickHeight + 24 + LIST_LINE / 2;
  const { logEnd } = instant.leadership(partition);
  const others = replicasOf(instant, partition).filter(({ broker }) => broker !== shown);
  const followers = others.map((replica) => {
    const behind = Math.max(0, logEnd - replica.logEnd);
    const [role = ''] = roleWords(instant, partition, replica).slice(-1);
    return [`${nameOf(trace, replica.broker)}: ${role}${behind > 0 ? `, ${behind} to copy` : ''}`];
  });
  const readers = layout.readers.flatMap((column) => {
    const reader = column.readerOf[partition] ?? -1;
    if (column.crowd.length > 0) return [[`${column.crowd.length} more readers`]];
    return reader < 0 ? [] : [readerWords(instant, partition, reader)];
  });
  return [...followers, ...readers].map((wordings, line) =>
    textLine(layout, `partition ${partition} line ${line}`, wordings, {
      y: from + line * LIST_LINE,
    }),
  );
}

function readerWords(
  instant: ClusterInstant,
  partition: PartitionIndex,
  reader: NodeIndex,
): readonly string[] {
  const { trace } = instant.index;
  const { owner, position, lag, mistaken } = readingOf(instant, partition, reader);
  const name = owner < 0 ? 'nobody yet' : nameOf(trace, owner);
  const group = instant.group(reader) === undefined ? '' : `${nameOf(trace, reader)}: `;
  const absence = owner < 0 ? null : absenceWord(instant, owner);
  const doing = owner < 0 ? '' : absence === null ? ` reads ${position} next` : ` ${absence}`;
  const [deluded] = mistaken;
  const behind = lagWords(lag);
  if (deluded !== undefined) {
    const [thinks = ''] = mistakenWords(lettersOf(instant, deluded));
    return [`${name}${doing}, ${behind}, ${thinks}`, `${name}, ${thinks}`];
  }
  return [
    `${group}${name}${doing}, ${behind}`,
    `${name}${doing}, ${behind}`,
    `${name}${absence === null ? '' : ` ${absence}`}, ${behind}`,
  ];
}
