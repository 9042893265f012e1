// The frame of the matrix: names and states of brokers and of the controller, names of partitions,
// columns that are out, lines between rows.

import type { PartitionIndex } from '../../engine/index';
import { fittingText, type InkName } from '../encoding';
import { nameOf } from '../people';
import { boxPath, circlePath, crossPath } from '../shapes';
import { baseLine, joinStills, type Still, type StillPath, type Word, word } from '../still';
import { rowParts } from './cellScene';
import { type BrokerColumn, CELL_PADDING, MARGIN, type MatrixLayout } from './clusterLayout';
import type { ClusterInstant } from './state/clusterInstant';
import { brokerWords, groupWords, isOut, partitionWord } from './state/clusterWords';

const NAME_SIZE = 16;
const NAME_Y = 19;
const STATE_Y = 42;
const BESIDE_DOT = 18;

export function headStill(layout: MatrixLayout, instant: ClusterInstant): Still {
  return joinStills([
    ...layout.columns.map((column) => brokerStill(layout, instant, column)),
    controllerStill(layout),
    readersHead(layout, instant),
    rulesStill(layout),
    ...layout.partitions.map((partition, row) => rowLabel(layout, instant, { partition, row })),
  ]);
}

interface TextAt {
  readonly left: number;
  readonly room: number;
  readonly y: number;
  readonly ink: InkName;
  readonly size?: number;
}

function textAt(key: string, wordings: readonly string[], at: TextAt): Word[] {
  const { left, room, y, ink, size } = at;
  const share = (size ?? 14) / 14;
  const weight = ink === 'quiet' ? 400 : 600;
  const text = fittingText(wordings, room / share, weight);
  if (text === '') return [];
  const place = { x: left, y: baseLine(y, size), ink, anchor: 'start' as const };
  return [word(key, text, size === undefined ? place : { ...place, size })];
}

function brokerStill(
  layout: MatrixLayout,
  instant: ClusterInstant,
  { node, left, width }: BrokerColumn,
): Still {
  const broker = instant.broker(node);
  const isGone = isOut(broker) || broker?.fenced === true;
  const key = `broker ${node}`;
  const from = left + CELL_PADDING;
  const paths: StillPath[] = [];
  if (isGone) {
    const box = { left, right: left + width, top: 2, bottom: layout.footTop };
    paths.push({ key: `${key} out`, d: boxPath(box, 8), paint: 'sunken' });
  }
  paths.push(
    isOut(broker)
      ? { key: `${key} mark`, d: crossPath(from + 6, NAME_Y, 7), paint: 'cross' }
      : { key: `${key} mark`, d: circlePath(from + 5, NAME_Y, 5.5), paint: 'broker-up' },
  );
  const name = [nameOf(instant.index.trace, node)];
  const room = width - CELL_PADDING - BESIDE_DOT;
  const at = { left: from + BESIDE_DOT, room, y: NAME_Y, ink: 'strong', size: NAME_SIZE } as const;
  const state = { left: from, room: width - CELL_PADDING, y: STATE_Y, ink: 'strong' } as const;
  const faults = brokerWords(broker);
  return {
    paths,
    words: [
      ...textAt(`${key} name`, name, at),
      ...(faults.length > 0 ? textAt(`${key} state`, faults, state) : []),
    ],
  };
}

function controllerStill({ controller, labelWidth }: MatrixLayout): Still {
  if (controller < 0) return { paths: [], words: [] };
  const place = { left: MARGIN, room: labelWidth, ink: 'quiet' } as const;
  return {
    paths: [],
    words: [
      ...textAt('controller', ['controller'], { ...place, y: NAME_Y }),
      ...textAt('controller state', ['runs'], { ...place, y: STATE_Y }),
    ],
  };
}

function readersHead({ readers }: MatrixLayout, instant: ClusterInstant): Still {
  const words = readers.flatMap(({ key, group, crowd, left, width }) => {
    const name = nameOf(instant.index.trace, group);
    const titles =
      group >= 0
        ? [`Readers, group ${name}`, `group ${name}`, name]
        : crowd.length > 0
          ? [`${crowd.length} more readers`, `${crowd.length} more`]
          : ['Readers'];
    const state = group >= 0 ? groupWords(instant, group) : [''];
    const isNews = instant.group(group)?.rebalancing === true;
    const place = { left, room: width };
    return [
      ...textAt(`${key} name`, titles, { ...place, y: NAME_Y, ink: 'strong', size: NAME_SIZE }),
      ...textAt(`${key} state`, state, { ...place, y: STATE_Y, ink: isNews ? 'strong' : 'quiet' }),
    ];
  });
  return { paths: [], words };
}

function rulesStill({ partitions, headHeight, rowHeight, size }: MatrixLayout): Still {
  const lines = Array.from({ length: partitions.length + 1 }, (_, row) => {
    const y = Math.round(headHeight + row * rowHeight);
    return `M${MARGIN / 2} ${y}H${Math.round(size.width - MARGIN / 2)}`;
  });
  return { paths: [{ key: 'rules', d: lines.join(''), paint: 'rule' }], words: [] };
}

/** "P0", and below it what is wrong, or else its topic where there are several. */
function rowLabel(
  layout: MatrixLayout,
  instant: ClusterInstant,
  { partition, row }: { readonly partition: PartitionIndex; readonly row: number },
): Still {
  const { number = 0, topic = '' } = instant.index.trace.legend.partitions[partition] ?? {};
  const { middle } = rowParts(layout, row);
  const fault = partitionWord(instant, partition);
  const below = fault ?? (layout.hasTopics ? topic : '');
  const key = `partition ${partition}`;
  const place = { left: MARGIN, room: layout.labelWidth - 6 };
  const y = below === '' ? middle : middle - 11;
  return {
    paths: [],
    words: [
      ...textAt(`${key} name`, [`P${number}`], { ...place, y, ink: 'strong', size: NAME_SIZE }),
      ...textAt(`${key} state`, [below], {
        ...place,
        y: middle + 10,
        ink: fault === null ? 'quiet' : 'strong',
      }),
    ],
  };
}
