// Requests of HTTP at one instant: who asks, and which requests wait at the server for an answer.

import type { ConnectionIndex, Trace, World } from '../../../engine/index';
import { EntryKind, TRANSFER_TYPES } from '../../../engine/index';
import type { Seat } from '../geometry/seats';
import { type QuietMark, quietPlace } from '../messageMarks';
import type { TopologyLayout } from '../topologyLayout';

/** A request that has arrived and is not answered yet, in microseconds. */
interface Wait {
  readonly connection: ConnectionIndex;
  readonly from: number;
  readonly to: number;
}

const GET = TRANSFER_TYPES.indexOf('get');
const known = new WeakMap<Trace, readonly Wait[]>();

/** The connections on which a request waits at the server. */
function heldRequests({ index, stage }: TopologyLayout, world: World): ConnectionIndex[] {
  if (stage !== 'long-polling') return [];
  const waits = known.get(index.trace) ?? waitsOf(index.trace);
  known.set(index.trace, waits);
  return waits
    .filter(({ from, to }) => from <= world.time && world.time < to)
    .map(({ connection }) => connection)
    .filter((connection) => world.connections[connection]?.state === 'open');
}

/** Each of them rests at the server's door, where it arrived. */
export function heldRequestMarks(layout: TopologyLayout, world: World): QuietMark[] {
  return heldRequests(layout, world).flatMap((connection) => {
    const lane = layout.laneOf.get(connection);
    if (lane === undefined) return [];
    return [{ key: `held ${connection}`, ...quietPlace(lane, { from: lane.person, share: 1 }) }];
  });
}

/**
 * A request waits from its arrival to the next thing that the server sends there, or to the end.
 */
function waitsOf({ transfers, entries, legend, horizon }: Trace): Wait[] {
  const waits: Wait[] = [];
  const open = new Map<ConnectionIndex, number>();
  for (let transfer = 0; transfer < transfers.count; transfer += 1) {
    const connection = transfers.connection[transfer] as number;
    if (legend.connections[connection]?.stage !== 'long-polling') continue;
    const from = open.get(connection);
    const startedAt = entries.time[transfers.startSeq[transfer] as number] as number;
    if (from !== undefined && from <= startedAt) waits.push({ connection, from, to: startedAt });
    open.delete(connection);
    const end = transfers.endSeq[transfer] as number;
    const hasArrived = end >= 0 && entries.kind[end] === EntryKind.TransferArrived;
    if (transfers.type[transfer] !== GET || !hasArrived) continue;
    open.set(connection, entries.time[end] as number);
  }
  for (const [connection, from] of open) waits.push({ connection, from, to: horizon + 1 });
  return waits;
}

/** What someone does whose request is under way; empty: none is. */
export function askingWord(layout: TopologyLayout, world: World, { node }: Seat): string {
  const isMoving = world.nodes[node]?.sending || world.nodes[node]?.getting;
  if (isMoving) return '';
  if (world.transfers.some(({ type, from }) => type === 'get' && from === node)) return 'asks';
  const { connections } = layout.index.trace.legend;
  const waits = heldRequests(layout, world).some((at) => connections[at]?.client === node);
  return waits ? 'waits' : '';
}
