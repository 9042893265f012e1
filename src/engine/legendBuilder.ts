// Builds the nodes, links and connections of a scene, and writes down their names as it goes.

import type { SimDuration } from './kernel/simTime';
import type { DuplexMode } from './network/duplex';
import { Link } from './network/link';
import { type Environment, NetworkNode } from './network/node';
import type { TcpConnectionOptions } from './network/tcpConnection';
import type {
  HandshakeTerms,
  Legend,
  LegendConnection,
  LegendLink,
  LegendNode,
  LegendPartition,
  NodeIndex,
  PartitionIndex,
  StageId,
} from './trace/trace';

export interface Line {
  readonly stage: StageId;
  readonly ends: readonly [NetworkNode, NetworkNode];
  readonly latency: SimDuration;
  readonly rateBytesPerSecond: number;
  readonly duplex: DuplexMode;
  readonly turnaround: SimDuration;
  /** The node half-way through which it passes, and after which it is named. */
  readonly via?: NetworkNode;
}

/** Numbers what it makes in the order of making; the trace speaks of things by these numbers. */
export class LegendBuilder {
  readonly nodes: NetworkNode[] = [];
  readonly links: Link[] = [];
  /** Keys that records may bear. */
  readonly keys: string[] = [];
  readonly #environment: Environment;
  readonly #nodes: LegendNode[] = [];
  readonly #links: LegendLink[] = [];
  readonly #connections: LegendConnection[] = [];
  readonly #partitions: LegendPartition[] = [];

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  node(entry: Omit<LegendNode, 'group' | 'hears'>, group = -1): NetworkNode {
    const node = new NetworkNode(this.#environment, this.nodes.length, entry.id);
    this.nodes.push(node);
    const { id, stage, name, role } = entry;
    this.#nodes.push({ id, stage, name, role, group });
    return node;
  }

  /** Says that it runs in a browser. */
  inBrowser({ index }: NetworkNode): void {
    const entry = this.#nodes[index];
    if (entry) this.#nodes[index] = { ...entry, isBrowser: true };
  }

  /** Says that not everybody's messages are meant for a node. */
  hears(reader: NetworkNode, senders: readonly NodeIndex[]): void {
    const entry = this.#nodes[reader.index];
    if (entry) this.#nodes[reader.index] = { ...entry, hears: senders };
  }

  link(line: Line): Link {
    const [first, second] = line.ends;
    const id = `${first.id}-${(line.via ?? second).id}`;
    const index = this.links.length;
    const { stage, ends, via, latency, rateBytesPerSecond, duplex, turnaround } = line;
    const shape = { latency, rateBytesPerSecond, duplex } as const;
    const link = new Link(this.#environment, { index, id, ends, ...shape, loss: 0, turnaround });
    const entry = { id, stage, ends: [first.index, second.index], ...shape } as const;
    this.links.push(link);
    this.#links.push(via ? { ...entry, via: via.index } : entry);
    return link;
  }

  /**
   * Names a connection over a link from its client to its server; the caller builds the connection.
   */
  connection(
    stage: StageId,
    purpose: LegendConnection['purpose'],
    route: {
      readonly link: Link;
      readonly client: NetworkNode;
      readonly server: NetworkNode;
      /** Tells it from another one of the same ends and purpose. */
      readonly of?: string;
      readonly handshake?: HandshakeTerms;
    },
  ): TcpConnectionOptions {
    const index = this.#connections.length;
    const { link, client, server, of = purpose, handshake } = route;
    this.#connections.push({
      id: `${client.id}-${server.id} ${of}`,
      stage,
      link: link.options.index,
      client: client.index,
      server: server.index,
      purpose,
      ...(handshake && { handshake }),
    });
    return { index, link, client, server };
  }

  /** Names a partition; the cluster builds its copies. */
  partition(
    entry: Omit<LegendPartition, 'id' | 'stage'>,
    stage: StageId = 'kafka',
  ): PartitionIndex {
    const { topic, number } = entry;
    this.#partitions.push({ id: `${topic}-${number}`, stage, ...entry });
    return this.#partitions.length - 1;
  }

  /** The node that a participant's copies are counted for: its group's, or its own. */
  readerFor(node: NetworkNode): NodeIndex {
    const group = this.#nodes[node.index]?.group ?? -1;
    return group < 0 ? node.index : group;
  }

  finish(stages: readonly StageId[], parameters: readonly string[]): Legend {
    return {
      stages,
      nodes: this.#nodes,
      links: this.#links,
      connections: this.#connections,
      partitions: this.#partitions,
      parameters,
      keys: this.keys,
    };
  }
}
