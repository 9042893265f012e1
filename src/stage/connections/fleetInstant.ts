// A fleet at an instant: which server each client is on, and who has the newest message.

import type { MessageIndex, SimTime, StageId, TraceIndex, World } from '../../engine/index';
import { sharedWorldAt } from '../sharedWorld';
import type { FleetParts } from './fleetParts';
import { latestMessage, newsTimes } from './newsTimes';

/** What a client has of the newest message. */
export const News = { None: 0, Coming: 1, Got: 2, Missed: 3 } as const;
export type News = (typeof News)[keyof typeof News];

export type ServerState = 'runs' | 'leaving' | 'stopped';

export interface ServerInstant {
  readonly state: ServerState;
  readonly connections: number;
  /** Clients on it by what they have of the newest message; the sender has no news. */
  readonly news: readonly [none: number, coming: number, got: number, missed: number];
  /** Whether its line to the backplane is cut, or its connection there is closed. */
  readonly line: 'open' | 'cut' | 'closed';
  /** Messages that the backplane keeps and it has not read. */
  readonly behind: number;
}

export interface FleetInstant {
  readonly world: World;
  readonly newest: MessageIndex;
  /** By client: its server, or -1. */
  readonly homes: Int32Array;
  /** By client: the server that it is dialling, or -1. */
  readonly dialled: Int32Array;
  /** By client. */
  readonly news: Uint8Array;
  readonly servers: readonly ServerInstant[];
  /** By news: all who are on no server. */
  readonly nowhere: readonly [none: number, coming: number, got: number, missed: number];
  readonly isBalancerUp: boolean;
  readonly isBackplaneUp: boolean;
  /** Messages that the backplane keeps. */
  readonly kept: number;
}

type Counts = [none: number, coming: number, got: number, missed: number];

export function fleetInstant(
  index: TraceIndex,
  { parts }: { readonly stage: StageId; readonly parts: FleetParts },
  time: SimTime,
): FleetInstant {
  const world = sharedWorldAt(index, time);
  const homes = new Int32Array(parts.clients.length).fill(-1);
  const dialled = new Int32Array(parts.clients.length).fill(-1);
  for (const { connection, client, server } of parts.ways) {
    const state = world.connections[connection]?.state;
    if (state === 'open') homes[client] = server;
    else if (state === 'connecting') dialled[client] = server;
  }
  const newest = latestMessage(index, time, (sender) => (parts.clientPlus[sender] ?? 0) > 0);
  const news = newsOf(index, { parts, newest, time });
  const counts = parts.servers.map((): Counts => [0, 0, 0, 0]);
  const nowhere: Counts = [0, 0, 0, 0];
  homes.forEach((home, client) => {
    const of = counts[home] ?? nowhere;
    const what = news[client] as News;
    of[what] += 1;
  });
  return {
    world,
    newest,
    homes,
    dialled,
    news,
    servers: parts.servers.map((_, place) => serverInstant(world, { parts, place, counts })),
    nowhere,
    isBalancerUp: world.nodes[parts.balancer]?.up ?? true,
    isBackplaneUp: world.nodes[parts.backplane]?.up ?? true,
    kept: world.partitions[parts.partition]?.logEnd ?? 0,
  };
}

function newsOf(
  index: TraceIndex,
  at: { readonly parts: FleetParts; readonly newest: MessageIndex; readonly time: number },
): Uint8Array {
  const { parts, newest, time } = at;
  const { messages, addressees } = index.trace;
  const news = new Uint8Array(parts.clients.length);
  if (newest < 0) return news;
  const { delivered, lost } = newsTimes(index);
  const from = messages.readersFrom[newest] as number;
  const to = from + (messages.readersCount[newest] as number);
  for (let copy = from; copy < to; copy += 1) {
    const client = (parts.clientPlus[addressees[copy] as number] as number) - 1;
    if (client < 0) continue;
    const hasGot = (delivered[copy] as number) <= time;
    news[client] = hasGot ? News.Got : (lost[copy] as number) <= time ? News.Missed : News.Coming;
  }
  return news;
}

function serverInstant(
  world: World,
  at: { readonly parts: FleetParts; readonly place: number; readonly counts: readonly Counts[] },
): ServerInstant {
  const { parts, place, counts } = at;
  const node = parts.servers[place] as number;
  const news = counts[place] as Counts;
  const way = parts.backplaneWays.find(({ server }) => server === place);
  const isCut = world.links[way?.link ?? -1]?.cut === true;
  const isOpen = world.connections[way?.connection ?? -1]?.state === 'open';
  const { partition } = parts;
  const reader = world.readers.find((one) => one.partition === partition && one.reader === node);
  const end = world.partitions[partition]?.logEnd ?? 0;
  return {
    state: stateOf(world, parts, place),
    connections: news.reduce((sum, count) => sum + count, 0),
    news,
    line: isCut ? 'cut' : isOpen ? 'open' : 'closed',
    behind: reader === undefined ? 0 : end - reader.position,
  };
}

function stateOf({ nodes, time }: World, parts: FleetParts, place: number): ServerState {
  if (nodes[parts.servers[place] as number]?.up === false) return 'stopped';
  const last = (times: readonly number[] | undefined): number =>
    times?.findLast((at) => at <= time) ?? Number.NEGATIVE_INFINITY;
  return last(parts.goodbyes[place]) > last(parts.returns[place]) ? 'leaving' : 'runs';
}
