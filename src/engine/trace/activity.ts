// When a person sends and gets over a whole run, under one of three lenses.

import { TRANSFER_TYPES } from './entryKinds';
import { type Interval, merge } from './series/interval';
import { intersect } from './series/overlap';
import type { ConnectionIndex, NodeIndex, TransferIndex } from './trace';
import type { TraceIndex } from './traceIndex';

/** Where one looks: at all bytes, at messages on each connection, or at what a person does. */
export type Lens = 'wire' | 'connection' | 'conversation';

export interface Activity {
  readonly sends: readonly Interval[];
  readonly gets: readonly Interval[];
  /** Both at once, as the lens defines it. */
  readonly both: readonly Interval[];
}

/**
 * The spans in which a person's bytes or messages travel out and in, from the start of the run to
 * its horizon.
 * Under the connection lens "both" asks for both ways on the same connection.
 */
export function activityOf(index: TraceIndex, lens: Lens, subject: NodeIndex): Activity {
  const { transfers } = index.trace;
  const out = new Map<ConnectionIndex, Interval[]>();
  const into = new Map<ConnectionIndex, Interval[]>();
  for (let transfer = 0; transfer < transfers.count; transfer += 1) {
    const isFrom = transfers.from[transfer] === subject;
    if (!isFrom && transfers.to[transfer] !== subject) continue;
    const counts = lens === 'wire' ? hasBytes(index, transfer) : carriesMessages(index, transfer);
    if (!counts) continue;
    const side = isFrom ? out : into;
    const connection = transfers.connection[transfer] as number;
    const spans = side.get(connection) ?? [];
    spans.push(spanOf(index, transfer));
    side.set(connection, spans);
  }
  const sends = merge([...out.values()].flat());
  const gets = merge([...into.values()].flat());
  if (lens === 'conversation') return { sends, gets, both: intersect(sends, gets) };
  const shared = [...out].flatMap(([connection, spans]) =>
    intersect(merge(spans), merge(into.get(connection) ?? [])),
  );
  return { sends, gets, both: merge(shared) };
}

/** From its first byte leaving to its last byte arriving, or to the horizon. */
export function spanOf(index: TraceIndex, transfer: TransferIndex): Interval {
  const { transfers, entries, horizon } = index.trace;
  const end = transfers.endSeq[transfer] as number;
  return {
    from: entries.time[transfers.startSeq[transfer] as number] as number,
    to: end < 0 ? horizon : (entries.time[end] as number),
  };
}

function carriesMessages(index: TraceIndex, transfer: TransferIndex): boolean {
  return (index.trace.transfers.carriedCount[transfer] as number) > 0;
}

function hasBytes(index: TraceIndex, transfer: TransferIndex): boolean {
  return TRANSFER_TYPES[index.trace.transfers.type[transfer] as number] !== 'tcp';
}
