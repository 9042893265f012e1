// Where everything of a cluster stands, for one run and size; nothing here depends on the time.

import {
  EntryKind,
  type NodeIndex,
  type PartitionIndex,
  type StageId,
  type TraceIndex,
} from '../../engine/index';
import type { Side } from '../encoding';
import { peopleOf } from '../people';
import { type BrickRow, brickRow } from './geometry/brickRow';
import { heardHeight } from './geometry/heardRow';
import { type KeyFeatures, type KeyPlace, keyHeight, keyPlaces } from './geometry/keyRow';
import { type ReaderColumn, readerColumns } from './geometry/readerColumns';
import { heardOn } from './state/heard';
import { type RecordDetail, type RecordLabels, recordLabels } from './state/recordLabels';

export interface ClusterSize {
  readonly width: number;
  readonly height: number;
  /** What is written on each record besides its offset; undefined: nothing. */
  readonly detail?: RecordDetail | undefined;
}

/** A broker's column of the matrix. */
export interface BrokerColumn {
  readonly node: NodeIndex;
  readonly left: number;
  readonly width: number;
}

export interface PlacedReaders extends ReaderColumn {
  readonly left: number;
  readonly width: number;
}

/** What both shapes of the picture need. */
interface ClusterFrame {
  readonly index: TraceIndex;
  readonly stage: StageId;
  readonly size: ClusterSize;
  /** -1: no controller is drawn. */
  readonly controller: NodeIndex;
  readonly brokers: readonly NodeIndex[];
  /** In the order of the rows. */
  readonly partitions: readonly PartitionIndex[];
  readonly hasTopics: boolean;
  readonly sideOf: ReadonlyMap<NodeIndex, Side>;
  /** Null: records bear their offsets alone. */
  readonly labels: RecordLabels | null;
  readonly bricks: BrickRow;
  /** People of whom the picture says what they got, in which order. */
  readonly hearers: readonly NodeIndex[];
  /** Where that begins. */
  readonly heardTop: number;
  readonly legend: readonly KeyPlace[];
  readonly key: string;
}

/** Brokers are columns, partitions are rows. */
export interface MatrixLayout extends ClusterFrame {
  readonly shape: 'matrix';
  readonly labelWidth: number;
  readonly headHeight: number;
  readonly rowHeight: number;
  readonly footTop: number;
  readonly columns: readonly BrokerColumn[];
  readonly readers: readonly PlacedReaders[];
}

/** Too narrow for columns: one partition below the other, its leader's log in full width. */
export interface ListLayout extends ClusterFrame {
  readonly shape: 'list';
  readonly readers: readonly ReaderColumn[];
  readonly brickHeight: number;
  readonly height: number;
}

export type ClusterLayout = MatrixLayout | ListLayout;
export type { RecordDetail };

export const MARGIN = 16;
const LABEL_WIDTH = 98;
const COLUMN_GAP = 8;
const LEAST_COLUMN = 112;
const WIDEST_COLUMN = 420;
const LEAST_READERS = 118;
const ROOMY_READERS = 292;
const HEAD_HEIGHT = 58;
const IDLE_HEIGHT = 70;
const FOOT_GAP = 10;
const LARGEST_ROW = 132;
/** One or two rows take the room that more would have. */
const FEW_ROWS = 2;
const LARGEST_OF_FEW = 190;
/** More rows leave no room for a second line in a brick. */
const MOST_LABELLED = 4;
const MOST_HEARERS = 3;
/** Pixels around the bricks of a cell. */
export const CELL_PADDING = 8;
/** A list shows no more readers of a partition than this. */
const MOST_LISTED = 3;

export function layoutCluster(index: TraceIndex, stage: StageId, size: ClusterSize): ClusterLayout {
  const { nodes, partitions } = index.trace.legend;
  const ofRole = (wanted: string): NodeIndex[] =>
    nodes.flatMap(({ role, stage: own }, at) => (own === stage && role === wanted ? [at] : []));
  const own = partitions.flatMap((partition, at) => (partition.stage === stage ? [at] : []));
  const topics = [...new Set(own.map((at) => partitions[at]?.topic ?? ''))];
  const rows = topics.flatMap((topic) => own.filter((at) => partitions[at]?.topic === topic));
  const frame = {
    index,
    stage,
    size,
    controller: ofRole('controller')[0] ?? -1,
    brokers: ofRole('broker'),
    partitions: rows,
    hasTopics: topics.length > 1,
    sideOf: new Map(peopleOf(index.trace, stage).map(({ node, side }) => [node, side])),
    labels:
      size.detail === undefined || rows.length > MOST_LABELLED
        ? null
        : recordLabels(index, size.detail),
    key: `${stage} ${size.width} ${size.height} ${size.detail ?? ''}`,
  };
  const widths = columnWidths(frame.brokers.length, readerCount(index, stage), size.width);
  return widths === null ? layoutList(frame) : layoutMatrix(frame, widths);
}

/** Pixels that the picture needs at a width. */
export function clusterHeight(
  index: TraceIndex,
  stage: StageId,
  { width, detail }: Omit<ClusterSize, 'height'>,
): number {
  const layout = layoutCluster(index, stage, { width, height: 0, detail });
  if (layout.shape === 'list') return layout.height;
  return Math.ceil(layout.heardTop + heardHeight(layout.hearers.length));
}

const readerCount = (index: TraceIndex, stage: StageId): number =>
  readerColumns(index, stage, Number.POSITIVE_INFINITY).length;

interface Widths {
  readonly broker: number;
  readonly reader: number;
  readonly readerColumns: number;
}

/** Readers have what they like while brokers keep their least; null: there is no room for columns. */
function columnWidths(brokers: number, readers: number, width: number): Widths | null {
  const free = width - 2 * MARGIN - LABEL_WIDTH;
  const spare = free - brokers * (LEAST_COLUMN + COLUMN_GAP);
  const fitting = Math.floor(spare / LEAST_READERS);
  if (spare < 0 || (readers > 0 && fitting < 1)) return null;
  const shown = Math.min(readers, fitting);
  const liked = shown === 1 ? ROOMY_READERS : shown === 2 ? 220 : 170;
  const reader = shown === 0 ? 0 : Math.min(liked, spare / shown);
  const broker = Math.min(WIDEST_COLUMN, (free - shown * reader) / brokers - COLUMN_GAP);
  return broker < LEAST_COLUMN ? null : { broker, reader, readerColumns: shown };
}

type Known = Omit<ClusterFrame, 'bricks' | 'legend' | 'hearers' | 'heardTop'>;

function layoutMatrix(frame: Known, widths: Widths): MatrixLayout {
  const { index, stage, size, partitions, brokers } = frame;
  const from = MARGIN + LABEL_WIDTH;
  const step = widths.broker + COLUMN_GAP;
  const readersFrom = from + brokers.length * step;
  const readers = readerColumns(index, stage, widths.readerColumns).map((column, at) => ({
    ...column,
    left: readersFrom + at * widths.reader + 12,
    width: widths.reader - 12,
  }));
  const legend = keyPlaces(keyWidth(readersFrom, readers, size.width), featuresOf(frame));
  const foot = footHeight({ legend, readers });
  const rows = Math.max(1, partitions.length);
  const least = leastRow(partitions.length, frame.labels !== null);
  const room = size.height - HEAD_HEIGHT - foot;
  const hearers = hearersIn(frame, room - rows * least);
  const free = (room - heardHeight(hearers.length)) / rows;
  const largest = rows <= FEW_ROWS ? LARGEST_OF_FEW : LARGEST_ROW;
  const rowHeight = Math.max(least, Math.min(largest, free));
  return {
    ...frame,
    shape: 'matrix',
    bricks: brickRow(widths.broker - 2 * CELL_PADDING, charactersOf(frame)),
    legend,
    hearers,
    heardTop: HEAD_HEIGHT + rowHeight * partitions.length + foot,
    labelWidth: LABEL_WIDTH,
    headHeight: HEAD_HEIGHT,
    rowHeight,
    footTop: HEAD_HEIGHT + rowHeight * partitions.length,
    columns: brokers.map((node, at) => ({ node, left: from + at * step, width: widths.broker })),
    readers,
  };
}

const hasMembers = (readers: readonly ReaderColumn[]): boolean =>
  readers.some(({ members }) => members.length > 0);

/** The legend leaves the place below groups to those who are idle. */
const keyWidth = (readersFrom: number, readers: readonly ReaderColumn[], width: number): number =>
  (hasMembers(readers) ? readersFrom : width) - 2 * MARGIN;

const footHeight = ({ legend, readers }: Pick<MatrixLayout, 'legend' | 'readers'>): number =>
  FOOT_GAP + Math.max(keyHeight(legend), hasMembers(readers) ? IDLE_HEIGHT : 0);

/** Many rows are lower each, down to what two lines of text and a brick need. */
const leastRow = (rows: number, hasLabels: boolean): number =>
  hasLabels ? 100 : rows <= 4 ? 88 : rows <= 6 ? 68 : 52;

/** Where the scene is about records, always; else where `free` pixels are left over. */
function hearersIn({ index, stage, labels }: Known, free: number): readonly NodeIndex[] {
  const heard = heardOn(index, stage);
  if (heard.size === 0 || heard.size > MOST_HEARERS) return [];
  const isOneLog = [...heard.values()].every((list) =>
    list.every(({ partition }) => partition === list[0]?.partition),
  );
  const hasRoom = isOneLog && free >= heardHeight(heard.size);
  return labels !== null || hasRoom ? [...heard.keys()].sort((one, other) => one - other) : [];
}

function layoutList(frame: Known): ListLayout {
  const { index, stage, size, partitions, brokers } = frame;
  const width = size.width - 2 * MARGIN;
  const legend = keyPlaces(width, featuresOf(frame));
  const readers = readerColumns(index, stage, MOST_LISTED);
  const copies = Math.max(
    0,
    ...partitions.map((at) => index.trace.legend.partitions[at]?.replicas.length ?? 0),
  );
  const heads = brokers.length + (frame.controller < 0 ? 0 : 1);
  const groups = readers.filter(({ members }) => members.length > 0).length;
  const brickHeight = frame.labels === null ? LIST_BRICK_HEIGHT : LABELLED_BRICK_HEIGHT;
  const block = blockHeight(copies, readers.length, brickHeight);
  const heardTop =
    listTop(heads, groups) + partitions.length * block + FOOT_GAP + keyHeight(legend);
  const hearers = hearersIn(frame, 0);
  return {
    ...frame,
    shape: 'list',
    bricks: brickRow(width - 2 * CELL_PADDING, charactersOf(frame)),
    legend,
    hearers,
    heardTop,
    readers,
    brickHeight,
    height: heardTop + heardHeight(hearers.length),
  };
}

export const LIST_LINE = 24;
/** Pixels of the lines about brokers and groups, groups having two each. */
export const listTop = (heads: number, groups: number): number =>
  8 + (heads + 2 * groups) * LIST_LINE + 8;
const LIST_BRICK_HEIGHT = 30;
const LABELLED_BRICK_HEIGHT = 38;
/** A partition of a list: its name, its leader's log, a line a follower and a line a reader. */
export const blockHeight = (copies: number, readers: number, brickHeight: number): number =>
  34 + brickHeight + 24 + (Math.max(0, copies - 1) + readers) * LIST_LINE + 10;

const digitsOf = ({ logs }: TraceIndex): number =>
  String(Math.max(0, ...logs.map((log) => log.length - 1))).length;

const charactersOf = ({ index, labels }: Known): number =>
  Math.max(digitsOf(index), labels?.length ?? 0);

function featuresOf({ index, stage, labels }: Known): KeyFeatures {
  const has = (kind: EntryKind): boolean =>
    (index.standing.cluster.happenings[kind] ?? []).length > 0;
  const heard = labels === null ? [] : [...heardOn(index, stage).values()].flat();
  return {
    label: labels?.example ?? '',
    hasTombstones: labels?.detail === 'key' && has(EntryKind.RecordRemoved),
    hasGone: has(EntryKind.RecordRemoved),
    hasTransactions: has(EntryKind.MarkerAppended),
    hasLate: heard.some(({ isLate }) => isLate),
    hasAgain: heard.some(({ isAgain }) => isAgain),
  };
}
