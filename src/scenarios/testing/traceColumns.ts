// A trace laid open for comparison: its columns by name, and its entries as rows.

import type { EntryKind, Trace } from '../../engine/index';

/** Every column of a trace; `until` cuts entries, transfers and messages to what had begun. */
export function columnsOf(trace: Trace, until = trace.entries.count): Record<string, number[]> {
  const columns: Record<string, number[]> = {};
  const { entries, transfers, messages, carried, addressees } = trace;
  const transferCount = transfers.startSeq.filter((seq) => seq < until).length;
  const messageCount = messages.sentSeq.filter((seq) => seq < until).length;
  const lastTransfer = transferCount - 1;
  const lastMessage = messageCount - 1;
  take(columns, 'entries', { table: entries, rows: until });
  take(columns, 'transfers', { table: transfers, rows: transferCount });
  take(columns, 'messages', { table: messages, rows: messageCount });
  // What had not ended by then may end one way or another.
  columns['transfers.endSeq'] = (columns['transfers.endSeq'] ?? []).map((seq) =>
    seq < until ? seq : -1,
  );
  columns['carried'] = [...carried].slice(0, endOf(lastTransfer, transfers));
  columns['addressees'] = [...addressees].slice(0, readersEnd(lastMessage, messages));
  return columns;
}

const endOf = (row: number, { carriedFrom, carriedCount }: Trace['transfers']): number =>
  (carriedFrom[row] ?? 0) + (carriedCount[row] ?? 0);

const readersEnd = (row: number, { readersFrom, readersCount }: Trace['messages']): number =>
  (readersFrom[row] ?? 0) + (readersCount[row] ?? 0);

function take(
  columns: Record<string, number[]>,
  name: string,
  from: { readonly table: object; readonly rows: number },
): void {
  for (const [column, values] of Object.entries(from.table)) {
    if (typeof values === 'number') continue;
    columns[`${name}.${column}`] = [...(values as ArrayLike<number> & Iterable<number>)].slice(
      0,
      from.rows,
    );
  }
}

/** One entry with its columns by name. */
export interface Row {
  readonly seq: number;
  readonly time: number;
  readonly kind: EntryKind;
  readonly node: number;
  readonly place: number;
  readonly message: number;
  readonly transfer: number;
  readonly value: number;
  readonly detail: number;
  readonly cause: number;
}

/** The entries as rows, in order, up to and including `time`. */
export function rowsOf(trace: Trace, time = Number.POSITIVE_INFINITY): Row[] {
  const { entries } = trace;
  const rows: Row[] = [];
  for (let seq = 0; seq < entries.count && (entries.time[seq] as number) <= time; seq += 1) {
    rows.push({
      seq,
      time: entries.time[seq] as number,
      kind: entries.kind[seq] as EntryKind,
      node: entries.node[seq] as number,
      place: entries.place[seq] as number,
      message: entries.message[seq] as number,
      transfer: entries.transfer[seq] as number,
      value: entries.value[seq] as number,
      detail: entries.detail[seq] as number,
      cause: entries.cause[seq] as number,
    });
  }
  return rows;
}

/** The messages that a transfer carries. */
export function carriedBy(trace: Trace, transfer: number): number[] {
  const from = trace.transfers.carriedFrom[transfer] as number;
  const count = trace.transfers.carriedCount[transfer] as number;
  return [...trace.carried.subarray(from, from + count)];
}
