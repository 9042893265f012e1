// The rows of the log in a diagram: one for each partition, or for each broker where those are
// many.

import type { LegendPartition, MessageIndex, PartitionIndex } from '../../engine/index';
import { nameOf } from '../people';
import type { Stay } from './story/logStays';
import type { StageStory } from './story/stageStory';

/** A row of the log before it is placed; bars that overlap in time lie under each other in it. */
export interface BandShape {
  readonly key: string;
  /** Empty where the whole log has one name. */
  readonly label: string;
  /** Bars under each other at most. */
  readonly depth: number;
  /** Pixels below the log's upper edge. */
  readonly offset: number;
  readonly height: number;
}

export interface Band extends BandShape {
  readonly top: number;
  readonly bottom: number;
}

export interface Bands {
  readonly bands: readonly BandShape[];
  readonly height: number;
  /** By place in the story's stays: the band, and the row in it from the top. */
  readonly bandOf: Int32Array;
  readonly rowOf: Int32Array;
  /** Where each message stands among the stays; of several tries the last. */
  readonly placeOf: ReadonlyMap<MessageIndex, number>;
}

/** More partitions than this share the row of their leader. */
const MOST_PARTITIONS = 8;
/** A bar with words in it needs this. */
export const WORDY_BAR = 20;
const EDGE = 4;
const GAP = 4;
const MOST_HEIGHT = 132;
const LEAST_HEIGHT = 52;
/** Rows beyond this are counted, not drawn. */
const MOST_ROWS = 64;

const known = new WeakMap<StageStory, Bands>();

export function bandsOf(story: StageStory): Bands {
  const bands = known.get(story) ?? readBands(story);
  known.set(story, bands);
  return bands;
}

interface Owner {
  readonly key: string;
  readonly label: string;
}

function readBands(story: StageStory): Bands {
  const { owners, ownerOf } = ownersOf(story);
  const bandOf = Int32Array.from(story.stays, ownerOf);
  const { rowOf, depths } = rowsOf(story.stays, bandOf, owners.length);
  const heights = heightsOf(depths);
  const inner = heights.reduce((sum, height) => sum + height + GAP, -GAP);
  const height = Math.max(LEAST_HEIGHT, inner + 2 * EDGE);
  let offset = (height - inner) / 2;
  const bands = owners.map((owner, at) => {
    const band = { ...owner, depth: depths[at] ?? 1, offset, height: heights[at] ?? WORDY_BAR };
    offset += band.height + GAP;
    return band;
  });
  const placeOf = new Map(story.stays.map(({ message }, at) => [message, at] as const));
  return { bands, height, bandOf, rowOf, placeOf };
}

function ownersOf(story: StageStory) {
  const { index, stage } = story;
  const { nodes, partitions } = index.trace.legend;
  const own = partitions.flatMap((partition, at) => (partition.stage === stage ? [at] : []));
  if (own.length > MOST_PARTITIONS) {
    const brokers = nodes.flatMap((node, at) =>
      node.stage === stage && node.role === 'broker' ? [at] : [],
    );
    return {
      owners: brokers.map(
        (node): Owner => ({
          key: `broker ${node}`,
          label: nameOf(index.trace, node),
        }),
      ),
      ownerOf: ({ broker }: Stay): number => brokers.indexOf(broker),
    };
  }
  return {
    owners: own.map((at): Owner => ({ key: `partition ${at}`, label: partitionLabel(story, at) })),
    ownerOf: ({ partition }: Stay): number => own.indexOf(partition),
  };
}

/** Empty in a talk of two, whose logs are simply the log. */
export function partitionLabel({ index, stage }: StageStory, at: PartitionIndex): string {
  const { partitions } = index.trace.legend;
  const own = partitions.filter((partition) => partition.stage === stage);
  const { topic, number } = partitions[at] ?? { topic: '', number: 0 };
  if (own.length === 1 || isTalk(own)) return '';
  const topics = new Set(own.map((partition) => partition.topic));
  if (topics.size === own.length) return topic;
  return topics.size === 1 ? `partition ${number}` : `${topic} ${number}`;
}

/** Two who read what the other writes. */
function isTalk([one, other, third]: readonly LegendPartition[]): boolean {
  if (one === undefined || other === undefined || third !== undefined) return false;
  const isReadBy = ({ readers }: LegendPartition, { sender }: LegendPartition): boolean =>
    readers.length === 1 && readers[0] === sender;
  return isReadBy(one, other) && isReadBy(other, one);
}

/** Each bar in the first row that is free, in the order of writing. */
function rowsOf(stays: readonly Stay[], bandOf: Int32Array, count: number) {
  const rowOf = new Int32Array(stays.length);
  const busy: number[][] = Array.from({ length: count }, () => []);
  stays.forEach(({ from, to }, at) => {
    const rows = busy[bandOf[at] as number] ?? [];
    const free = rows.findIndex((until) => until <= from);
    const row = free >= 0 ? free : Math.min(MOST_ROWS, rows.length);
    rows[row] = Math.max(to, rows[row] ?? 0);
    rowOf[at] = row;
  });
  return { rowOf, depths: busy.map((rows) => Math.max(1, rows.length)) };
}

/** Room for words in every bar, or less where the bars are many. */
function heightsOf(depths: readonly number[]): number[] {
  const wordy = depths.map((depth) => depth * WORDY_BAR);
  const room = MOST_HEIGHT - 2 * EDGE - (depths.length - 1) * GAP;
  if (wordy.reduce((sum, height) => sum + height, 0) <= room) return wordy;
  const share = Math.max(WORDY_BAR, Math.floor(room / depths.length));
  return wordy.map((height) => Math.min(height, share));
}
