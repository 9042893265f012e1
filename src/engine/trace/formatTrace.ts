// A trace as text, one line an entry, and as a hash: goldens, the run log and links use them.

import { DROP_REASONS, EntryKind, LOSS_CAUSES, recordMarksOf, TRANSFER_TYPES } from './entryKinds';
import { ENTRY_KINDS } from './entryMeanings';
import type { EntrySeq, Trace } from './trace';

/** What the columns of a line are, for whoever reads one. */
export const TRACE_LEGEND =
  'seq  time in µs  stage/node  kind  message  place  value and detail  transfer  cause';

/** One entry: `12  10000  kafka/broker-1  appended  A#0  from-A-0  offset 0  -  <11`. */
export function formatEntry(trace: Trace, seq: EntrySeq): string {
  const { entries } = trace;
  const transfer = entries.transfer[seq] as number;
  return [
    seq,
    entries.time[seq],
    nodeName(trace, entries.node[seq] as number),
    ENTRY_KINDS[entries.kind[seq] as number]?.name,
    messageName(trace, entries.message[seq] as number),
    placeName(trace, seq),
    valueText(trace, seq),
    transfer < 0 ? '-' : `t${transfer}`,
    `<${entries.cause[seq]}`,
  ].join('  ');
}

/** Every entry, a line each, the last one ended as well. */
export function formatTrace(trace: Trace): string {
  const lines: string[] = [];
  for (let seq = 0; seq < trace.entries.count; seq += 1) lines.push(formatEntry(trace, seq));
  return `${lines.join('\n')}\n`;
}

/** Who sent it and which of theirs it is, counted from 0: `A#3`. */
export function messageName(trace: Trace, message: number): string {
  if (message < 0) return '-';
  const { messages, legend } = trace;
  return `${legend.nodes[messages.from[message] as number]?.id}#${messages.number[message]}`;
}

/** Sixteen hexadecimal digits that change when any entry, transfer or message changes. */
export function traceHash(trace: Trace): string {
  const { entries, transfers, messages } = trace;
  const hasher = new Hasher();
  for (const column of [entries, transfers, messages].flatMap((table) => Object.values(table))) {
    if (typeof column === 'number') hasher.add(column);
    else for (const value of column as ArrayLike<number> & Iterable<number>) hasher.add(value);
  }
  for (const value of trace.carried) hasher.add(value);
  for (const value of trace.addressees) hasher.add(value);
  return hasher.digest();
}

/** Two independent multiply-and-xor sums of 32 bits; not for secrets. */
class Hasher {
  #one = 0x9e3779b1 | 0;
  #two = 0x85ebca77 | 0;

  add(value: number): void {
    const low = value | 0;
    const high = Math.floor(value / 4_294_967_296) | 0;
    this.#one = Math.imul(this.#one ^ low, 0x01000193) + high;
    this.#two = Math.imul(this.#two ^ high, 0x5bd1e995) ^ low;
    this.#one ^= this.#one >>> 15;
    this.#two ^= this.#two >>> 13;
  }

  digest(): string {
    return [this.#one, this.#two]
      .map((part) => (part >>> 0).toString(16).padStart(8, '0'))
      .join('');
  }
}

function nodeName(trace: Trace, node: number): string {
  const entry = trace.legend.nodes[node];
  return entry ? `${entry.stage}/${entry.id}` : '-';
}

function placeName(trace: Trace, seq: EntrySeq): string {
  const { entries, legend } = trace;
  const place = entries.place[seq] as number;
  if (place < 0) return '-';
  const meaning = ENTRY_KINDS[entries.kind[seq] as number]?.place;
  if (meaning === 'connection') return legend.connections[place]?.id ?? '-';
  if (meaning === 'link') return legend.links[place]?.id ?? '-';
  if (meaning === 'parameter') return legend.parameters[place] ?? '-';
  return legend.partitions[place]?.id ?? '-';
}

function valueText(trace: Trace, seq: EntrySeq): string {
  const { entries } = trace;
  const kind = entries.kind[seq] as number;
  const value = entries.value[seq] as number;
  const detail = entries.detail[seq] as number;
  switch (kind) {
    case EntryKind.TransferStarted:
    case EntryKind.TransferArrived:
      return TRANSFER_TYPES[value] ?? '';
    case EntryKind.TransferDropped:
      return DROP_REASONS[value] ?? '';
    case EntryKind.Lost:
    case EntryKind.LetGo:
      return LOSS_CAUSES[value] ?? '';
    case EntryKind.LogStartMoved:
    case EntryKind.PositionReset:
    case EntryKind.Truncated:
    case EntryKind.RecordRemoved:
      return `${value} ${LOSS_CAUSES[detail] ?? ''}`;
    case EntryKind.Appended:
    case EntryKind.MarkerAppended:
      return detail < 0 ? String(value) : `${value} ${recordText(kind, detail)}`;
    case EntryKind.Delivered:
      return `${value} ${detail % 2 === 1 ? 'from storage ' : ''}hops ${detail >> 1}`;
    default:
      return String(value);
  }
}

function recordText(kind: EntryKind, detail: number): string {
  const { producer, flag } = recordMarksOf(detail);
  const transaction = producer < 0 ? '' : `producer ${producer}`;
  if (kind === EntryKind.MarkerAppended) return `${transaction} ${flag ? 'commits' : 'aborts'}`;
  return [transaction, flag ? 'tombstone' : ''].filter((part) => part !== '').join(' ');
}
