// Which member moves its group on in a partition: the one that was placed there last. What a zombie
// still hands over, or a poll from before the member was placed elsewhere, moves nobody.

import type { NodeIndex, PartitionIndex, Trace } from './trace';

export interface Step {
  readonly partition: PartitionIndex;
  /** The group, or whoever reads for itself. */
  readonly reader: NodeIndex;
  readonly member: NodeIndex;
  readonly position: number;
}

export class ReadingMembers {
  readonly #nodes: number;
  /** By partition and reader: one more than the member's node; 0: nobody was placed yet. */
  readonly #placed: Int32Array;
  readonly #positions: Float64Array;
  /** By partition and member: 1 while it reads. */
  readonly #reads: Uint8Array;
  readonly #groupOf: readonly NodeIndex[];

  constructor({ legend }: Trace) {
    this.#nodes = legend.nodes.length;
    this.#placed = new Int32Array(this.#nodes * legend.partitions.length);
    this.#positions = new Float64Array(this.#placed.length);
    this.#reads = new Uint8Array(this.#placed.length);
    this.#groupOf = legend.nodes.map(({ group }) => group);
  }

  positionOf(reader: NodeIndex, partition: PartitionIndex): number {
    return this.#positions[partition * this.#nodes + reader] as number;
  }

  /** The group goes on here, with this member. */
  place({ partition, reader, member, position }: Step): void {
    const key = partition * this.#nodes + reader;
    this.#placed[key] = member + 1;
    this.#positions[key] = position;
    this.#reads[partition * this.#nodes + member] = 1;
  }

  /** It gives the partition up. */
  leave(member: NodeIndex, partition: PartitionIndex): void {
    this.#reads[partition * this.#nodes + member] = 0;
  }

  /** Whether it takes what comes; who reads for itself was given its partitions by hand. */
  reads(member: NodeIndex, partition: PartitionIndex): boolean {
    const isAlone = (this.#groupOf[member] as number) < 0;
    return isAlone || this.#reads[partition * this.#nodes + member] === 1;
  }

  /** @returns whether handing over what lies before `position` has moved the group. */
  handOver({ partition, reader, member, position }: Step): boolean {
    const key = partition * this.#nodes + reader;
    const placed = this.#placed[key] as number;
    const isTheirs = placed === 0 || placed === member + 1;
    if (!isTheirs || position <= (this.#positions[key] as number)) return false;
    this.#positions[key] = position;
    return true;
  }
}
