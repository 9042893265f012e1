// The instants that matter: where a step stops, what bears a mark on the timeline, where nothing
// moves.

import { instant, type SimTime } from '../kernel/simTime';
import { spanOf } from './activity';
import { EntryKind, PASSED_BY_STEPS } from './entryKinds';
import { type Interval, merge } from './series/interval';
import type { EntrySeq, NodeIndex, Trace } from './trace';
import { lastSeqAt, type TraceIndex } from './traceIndex';

/** A stretch without motion is passed quickly if it is longer than this, in microseconds. */
const QUIET = 250_000;

const isStep = Object.values(EntryKind).map((kind) => !PASSED_BY_STEPS.has(kind));

/**
 * Whether a step stops at this entry: a step kind, and not the travel of an ack, a poll or a
 * handshake.
 */
function stopsAt(trace: Trace, seq: EntrySeq): boolean {
  const { entries, transfers } = trace;
  if (!isStep[entries.kind[seq] as number]) return false;
  const transfer = entries.transfer[seq] as number;
  return transfer < 0 || (transfers.carriedCount[transfer] as number) > 0;
}

/** Ascending and without repetition, from 0 on. */
export function stepInstants(index: TraceIndex): Float64Array {
  const { entries } = index.trace;
  const instants: number[] = [];
  for (let seq = 0; seq < entries.count; seq += 1) {
    const time = entries.time[seq] as number;
    if (time >= 0 && stopsAt(index.trace, seq) && time !== instants.at(-1)) instants.push(time);
  }
  return Float64Array.from(instants);
}

/** The next instant after `time` at which a step stops; null at the end. */
export function stepAfter(index: TraceIndex, time: SimTime): SimTime | null {
  const { entries } = index.trace;
  for (let seq = lastSeqAt(index, time) + 1; seq < entries.count; seq += 1) {
    if (stopsAt(index.trace, seq)) return instant(Math.max(0, entries.time[seq] as number));
  }
  return null;
}

/** The last instant before `time` at which a step stops; null at the beginning. */
export function stepBefore(index: TraceIndex, time: SimTime): SimTime | null {
  const { entries } = index.trace;
  for (let seq = lastSeqAt(index, time); seq >= 0; seq -= 1) {
    const at = entries.time[seq] as number;
    if (at < 0) return null;
    if (at < time && stopsAt(index.trace, seq)) return instant(at);
  }
  return null;
}

/** The entries of exactly this instant, in order. */
export function entriesAt(index: TraceIndex, time: number): EntrySeq[] {
  const { entries } = index.trace;
  const found: EntrySeq[] = [];
  for (let seq = lastSeqAt(index, time); seq >= 0 && entries.time[seq] === time; seq -= 1) {
    found.unshift(seq);
  }
  return found;
}

/**
 * Spans of more than 250 ms, from 0 on, in which no message and no byte of a handshake moves on any
 * stage.
 */
export function quietStretches(index: TraceIndex): Interval[] {
  const { transfers, horizon } = index.trace;
  const busy: Interval[] = [];
  for (let transfer = 0; transfer < transfers.count; transfer += 1) {
    if ((transfers.carriedCount[transfer] as number) > 0) busy.push(spanOf(index, transfer));
  }
  for (const time of stepInstants(index)) busy.push({ from: time, to: time });
  const quiet: Interval[] = [];
  let free = 0;
  for (const { from, to } of merge(busy)) {
    if (from - free > QUIET) quiet.push({ from: free, to: from });
    free = Math.max(free, to);
  }
  if (horizon - free > QUIET) quiet.push({ from: free, to: horizon });
  return quiet;
}

export type MarkKind =
  | 'away'
  | 'back'
  | 'cut'
  | 'restored'
  | 'crashed'
  | 'restarted'
  | 'set'
  | 'joined'
  | 'missed'
  | 'stalled'
  | 'resumed'
  | 'isolated'
  | 'rejoined'
  | 'diskFilled'
  | 'diskFreed';

/** Something that the timeline shows with a flag. */
export interface TimelineMark {
  readonly time: number;
  readonly kind: MarkKind;
  /** -1 where no node is meant. */
  readonly node: NodeIndex;
  /** A reader's own act, not the script's. */
  readonly byUser: boolean;
}

const MARKS: ReadonlyMap<number, MarkKind> = new Map<number, MarkKind>([
  [EntryKind.WentAway, 'away'],
  [EntryKind.CameBack, 'back'],
  [EntryKind.LinkCut, 'cut'],
  [EntryKind.LinkRestored, 'restored'],
  [EntryKind.Crashed, 'crashed'],
  [EntryKind.Restarted, 'restarted'],
  [EntryKind.ParameterSet, 'set'],
  [EntryKind.Joined, 'joined'],
  [EntryKind.Lost, 'missed'],
  [EntryKind.Stalled, 'stalled'],
  [EntryKind.Resumed, 'resumed'],
  [EntryKind.Isolated, 'isolated'],
  [EntryKind.Rejoined, 'rejoined'],
  [EntryKind.DiskFilled, 'diskFilled'],
]);

function markKindOf({ trace: { entries } }: TraceIndex, seq: EntrySeq): MarkKind | undefined {
  const kind = MARKS.get(entries.kind[seq] as number);
  return kind === 'diskFilled' && entries.value[seq] === 0 ? 'diskFreed' : kind;
}

/** In order of time; one of a kind and node name an instant. */
export function marksOf(index: TraceIndex): TimelineMark[] {
  const { entries, legend } = index.trace;
  const marks: TimelineMark[] = [];
  const seen = new Set<string>();
  let intervenedAt = Number.NaN;
  for (let seq = 0; seq < entries.count; seq += 1) {
    const time = entries.time[seq] as number;
    if (entries.kind[seq] === EntryKind.Intervened) intervenedAt = time;
    const kind = markKindOf(index, seq);
    if (!kind) continue;
    const node = entries.node[seq] as number;
    const key = `${time} ${kind} ${legend.nodes[node]?.id ?? ''}`;
    if (seen.has(key)) continue;
    seen.add(key);
    marks.push({ time, kind, node, byUser: time === intervenedAt });
  }
  return marks;
}

/** A participant's time away, the same on all stages. */
export interface Absence extends Interval {
  readonly node: NodeIndex;
  readonly id: string;
}

export function absencesOf(index: TraceIndex): Absence[] {
  const { entries, legend, horizon } = index.trace;
  const absences: Absence[] = [];
  const since = new Map<string, { node: NodeIndex; from: number }>();
  for (let seq = 0; seq < entries.count; seq += 1) {
    const node = entries.node[seq] as number;
    const id = legend.nodes[node]?.id ?? '';
    const time = entries.time[seq] as number;
    if (entries.kind[seq] === EntryKind.WentAway && !since.has(id))
      since.set(id, { node, from: time });
    const began = since.get(id);
    if (entries.kind[seq] !== EntryKind.CameBack || !began) continue;
    absences.push({ ...began, id, to: time });
    since.delete(id);
  }
  for (const [id, began] of since) absences.push({ ...began, id, to: horizon });
  return absences;
}
