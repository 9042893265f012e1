// Who and what a fleet of servers is made of, read once a run; nothing here depends on the time.

import {
  type ConnectionIndex,
  EntryKind,
  type LinkIndex,
  type NodeIndex,
  type StageId,
  type TraceIndex,
} from '../../engine/index';

/** A client's connection to one of the servers. */
export interface FleetWay {
  readonly connection: ConnectionIndex;
  /** Places among the clients and the servers. */
  readonly client: number;
  readonly server: number;
}

/** A server's line to the backplane. */
export interface BackplaneWay {
  readonly connection: ConnectionIndex;
  readonly link: LinkIndex;
  readonly server: number;
}

export interface FleetParts {
  /** Those of one server stand together, as they were when the scene began. */
  readonly clients: readonly NodeIndex[];
  readonly servers: readonly NodeIndex[];
  readonly balancer: NodeIndex;
  /** -1: there is none. */
  readonly backplane: NodeIndex;
  /** Log of the backplane; -1: it keeps none. */
  readonly partition: number;
  readonly ways: readonly FleetWay[];
  readonly backplaneWays: readonly BackplaneWay[];
  /** By connection: its place among the ways; a hole for others. */
  readonly wayOf: readonly (FleetWay | undefined)[];
  /** By client: the server that it was on first. */
  readonly firstHomes: Int32Array;
  /** By node: its place among the clients, one more than it is; 0: none. */
  readonly clientPlus: Int32Array;
  /** Times at which each server began to say goodbye, or was back. */
  readonly goodbyes: readonly (readonly number[])[];
  readonly returns: readonly (readonly number[])[];
}

export function fleetParts(index: TraceIndex, stage: StageId): FleetParts {
  const { nodes, connections, partitions } = index.trace.legend;
  const ofRole = (wanted: string): NodeIndex[] =>
    nodes.flatMap(({ role, stage: own }, at) => (own === stage && role === wanted ? [at] : []));
  const servers = ofRole('server');
  const people = ofRole('participant');
  const first = firstServers(index, servers);
  const clients = [...people].sort((one, other) => {
    return (first.get(one) ?? 0) - (first.get(other) ?? 0) || one - other;
  });
  const clientPlus = new Int32Array(nodes.length);
  clients.forEach((node, place) => {
    clientPlus[node] = place + 1;
  });
  const ways: FleetWay[] = [];
  const backplaneWays: BackplaneWay[] = [];
  const wayOf: (FleetWay | undefined)[] = [];
  connections.forEach(({ client, server, purpose, stage: own, link }, connection) => {
    if (own !== stage) return;
    if (purpose === 'backplane') {
      backplaneWays.push({ connection, link, server: servers.indexOf(client) });
      return;
    }
    const place = (clientPlus[client] as number) - 1;
    const way = { connection, client: place, server: servers.indexOf(server) };
    ways.push(way);
    wayOf[connection] = way;
  });
  return {
    clients,
    servers,
    balancer: ofRole('balancer')[0] ?? -1,
    backplane: ofRole('backplane')[0] ?? -1,
    partition: partitions.findIndex((partition) => partition.stage === stage),
    ways,
    backplaneWays,
    wayOf,
    firstHomes: Int32Array.from(
      clients,
      (node, place) => first.get(node) ?? place % servers.length,
    ),
    clientPlus,
    goodbyes: servers.map((node) => timesOf(index, node, EntryKind.Draining)),
    returns: servers.map((node) => timesOf(index, node, EntryKind.Restarted)),
  };
}

/** By client: the place of the server of its first connection. */
function firstServers(
  { trace }: TraceIndex,
  servers: readonly NodeIndex[],
): ReadonlyMap<NodeIndex, number> {
  const first = new Map<NodeIndex, number>();
  for (const { client, server, purpose } of trace.legend.connections) {
    if (purpose !== 'websocket' || first.has(client)) continue;
    const place = servers.indexOf(server);
    if (place >= 0) first.set(client, place);
  }
  return first;
}

function timesOf({ trace: { entries } }: TraceIndex, node: NodeIndex, kind: EntryKind): number[] {
  const times: number[] = [];
  for (let seq = 0; seq < entries.count; seq += 1) {
    if (entries.kind[seq] === kind && entries.node[seq] === node) {
      times.push(entries.time[seq] as number);
    }
  }
  return times;
}
