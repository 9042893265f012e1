// Holds the cause of every missed copy of a cluster against what the entries say; which copies are
// missed is counted elsewhere.

import {
  assert,
  EntryKind,
  LOSS_CAUSES,
  type Miss,
  missesAt,
  type Trace,
  type TraceIndex,
} from '../../engine/index';
import { carriedBy, type Row, rowsOf } from '../testing/traceColumns';

const EVERY_MISS = 1_000_000;

/** @throws Error when nothing up to a miss gives it the cause that it bears. */
export function missesAreTrue(index: TraceIndex, horizon: number): void {
  const misses = missesAt(index, 'kafka', horizon, EVERY_MISS);
  if (misses.length === 0) return;
  const rows = rowsOf(index.trace);
  const places = new Map<number, number>();
  for (const { kind, message, place } of rows) {
    if (kind === EntryKind.Appended) places.set(message, place);
  }
  for (const miss of misses) {
    const place = places.get(miss.message) ?? -1;
    const isGiven = rows.some((row) => {
      return row.time <= miss.time && causeOf(index.trace, row, { ...miss, place }) === miss.cause;
    });
    assert(isGiven, `a copy is missed because: ${miss.cause}`);
  }
}

/** The cause that an entry gives to a copy of a message that is, or was, written to `place`. */
function causeOf(trace: Trace, row: Row, miss: Miss & { readonly place: number }): string {
  const isMine = row.message === miss.message;
  const isPlace = row.place === miss.place;
  const member = trace.legend.nodes[row.node]?.group;
  const isReader = row.node === miss.reader || member === miss.reader;
  const carries = () => carriedBy(trace, row.transfer).includes(miss.message);
  switch (row.kind) {
    case EntryKind.LetGo:
      return isMine ? (LOSS_CAUSES[row.value] as string) : '';
    case EntryKind.Joined:
      return isReader ? 'before it came' : '';
    case EntryKind.Crashed:
      return 'lost in the crash';
    case EntryKind.TransferDropped:
      return carries() ? 'cut on the way' : '';
    case EntryKind.Closed:
      // What a broker had received and not looked at goes with the connection.
      return row.node === trace.messages.from[miss.message] ? 'cut on the way' : '';
    case EntryKind.Refused:
      return isPlace || miss.place < 0 ? 'refused by the broker' : '';
    case EntryKind.LogStartMoved:
    case EntryKind.Truncated:
      return isPlace ? (LOSS_CAUSES[row.detail] as string) : '';
    case EntryKind.RecordRemoved:
      return isMine && isPlace ? (LOSS_CAUSES[row.detail] as string) : '';
    case EntryKind.PositionReset:
      return isPlace && isReader ? (LOSS_CAUSES[row.detail] as string) : '';
    case EntryKind.Assigned:
      return isPlace && isReader ? 'reset past it' : '';
    case EntryKind.Delivered:
    case EntryKind.Skipped:
      return isPlace && isReader ? 'its transaction was aborted' : '';
    case EntryKind.Appended:
      // Written by a leader that did not know yet that it was deposed.
      return isMine ? 'not copied in time' : '';
    default:
      return '';
  }
}
