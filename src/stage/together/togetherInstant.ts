// The stage where both work together at an instant: who is on which gateway, who has got how much,
// what gateways read.

import {
  missesAt,
  type NodeIndex,
  type SimTime,
  type StageId,
  type TraceIndex,
  type World,
} from '../../engine/index';
import { newsTimes } from '../connections/newsTimes';
import { sharedWorldAt } from '../sharedWorld';
import type { TogetherParts } from './togetherParts';

export interface BrowserInstant {
  readonly node: NodeIndex;
  readonly state: 'here' | 'away' | 'stopped';
  /** Its gateway, and how far that is; -1: it has none. */
  readonly gateway: NodeIndex;
  readonly line: 'open' | 'connecting' | 'cut';
  /** Of what was said for it. */
  readonly meant: number;
  readonly got: number;
  readonly missed: number;
}

export interface GatewayInstant {
  readonly node: NodeIndex;
  readonly state: 'runs' | 'away' | 'stopped';
  /** The offset that it reads next; null: it reads nothing. */
  readonly reads: number | null;
}

export interface TogetherInstant {
  readonly world: World;
  readonly browsers: readonly BrowserInstant[];
  readonly gateways: readonly GatewayInstant[];
  readonly brokersUp: number;
}

const EVERY_MISS = 100_000;

export function togetherInstant(
  index: TraceIndex,
  { stage, parts }: { readonly stage: StageId; readonly parts: TogetherParts },
  time: SimTime,
): TogetherInstant {
  const world = sharedWorldAt(index, time);
  const missed = new Map<NodeIndex, number>();
  for (const { reader } of missesAt(index, stage, time, EVERY_MISS)) {
    missed.set(reader, (missed.get(reader) ?? 0) + 1);
  }
  const { meant, got } = countsOf(index, time);
  return {
    world,
    browsers: parts.browsers.map((node) => ({
      node,
      state: stateOf(world, node) === 'runs' ? 'here' : (stateOf(world, node) as 'away'),
      ...lineOf(index, { world, node }),
      meant: meant[node] ?? 0,
      got: got[node] ?? 0,
      missed: missed.get(node) ?? 0,
    })),
    gateways: parts.gateways.map((node) => ({
      node,
      state: stateOf(world, node),
      reads: readsOf(index, { world, parts, node }),
    })),
    brokersUp: parts.brokers.filter((node) => world.nodes[node]?.up).length,
  };
}

function stateOf({ nodes }: World, node: NodeIndex): 'runs' | 'away' | 'stopped' {
  if (nodes[node]?.up === false) return 'stopped';
  return nodes[node]?.away ? 'away' : 'runs';
}

/** By node: how many messages were said for it, and how many it has got. */
function countsOf(
  index: TraceIndex,
  time: number,
): { readonly meant: readonly number[]; readonly got: readonly number[] } {
  const { messages, entries, addressees, legend } = index.trace;
  const { delivered } = newsTimes(index);
  const meant = legend.nodes.map(() => 0);
  const got = legend.nodes.map(() => 0);
  for (let message = 0; message < messages.count; message += 1) {
    if ((entries.time[messages.sentSeq[message] as number] as number) > time) break;
    const from = messages.readersFrom[message] as number;
    const to = from + (messages.readersCount[message] as number);
    for (let copy = from; copy < to; copy += 1) {
      const reader = addressees[copy] as number;
      meant[reader] = (meant[reader] as number) + 1;
      if ((delivered[copy] as number) <= time) got[reader] = (got[reader] as number) + 1;
    }
  }
  return { meant, got };
}

function lineOf(
  { trace: { legend } }: TraceIndex,
  { world, node }: { readonly world: World; readonly node: NodeIndex },
): Pick<BrowserInstant, 'gateway' | 'line'> {
  let found: Pick<BrowserInstant, 'gateway' | 'line'> = { gateway: -1, line: 'open' };
  legend.connections.forEach(({ client, server, link }, at) => {
    const state = world.connections[at]?.state ?? 'closed';
    if (client !== node || state === 'closed') return;
    const line = world.links[link]?.cut ? 'cut' : state;
    found = { gateway: server, line };
  });
  return found;
}

/** As the trace has it of its own reading, or of its group's if it was the last to read for it. */
function readsOf(
  { trace: { legend } }: TraceIndex,
  at: { readonly world: World; readonly parts: TogetherParts; readonly node: NodeIndex },
): number | null {
  const { world, parts, node } = at;
  const topic = parts.topics.find(({ isForBrowsers }) => isForBrowsers);
  const group = legend.nodes[node]?.group ?? -1;
  if (topic === undefined || world.nodes[node]?.up === false) return null;
  if (group >= 0 && !isFetching(legend.connections, at)) return null;
  const reader = group < 0 ? node : group;
  const found = world.readers.find((one) => {
    return one.partition === topic.partition && one.reader === reader;
  });
  return found?.position ?? null;
}

/** A member without a partition has no line to read it on. */
const isFetching = (
  connections: TraceIndex['trace']['legend']['connections'],
  { world, node }: { readonly world: World; readonly node: NodeIndex },
): boolean =>
  connections.some(({ client, purpose }, at) => {
    const isOpen = world.connections[at]?.state === 'open';
    return client === node && purpose === 'consumer' && isOpen;
  });
