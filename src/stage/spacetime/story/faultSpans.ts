// When people were away, machines stopped and lines cut, with the words for it.

import {
  EntryKind,
  type EntrySeq,
  type NodeIndex,
  type StageId,
  type Trace,
  type TraceIndex,
} from '../../../engine/index';
import { nameOf } from '../../people';

/** A span of time in which something was wrong. */
export interface Fault {
  readonly from: number;
  readonly to: number;
  /** Whom it is about; -1: a line. */
  readonly node: NodeIndex;
  /** "Ben away". */
  readonly text: string;
}

interface FaultKind {
  readonly begins: EntryKind;
  readonly ends: EntryKind;
  readonly word: string;
}

const KINDS: readonly FaultKind[] = [
  { begins: EntryKind.WentAway, ends: EntryKind.CameBack, word: 'away' },
  { begins: EntryKind.Crashed, ends: EntryKind.Restarted, word: 'stopped' },
  { begins: EntryKind.Stalled, ends: EntryKind.Resumed, word: 'stalled' },
  { begins: EntryKind.Isolated, ends: EntryKind.Rejoined, word: 'cut off' },
  { begins: EntryKind.LinkCut, ends: EntryKind.LinkRestored, word: 'cut' },
  { begins: EntryKind.DiskFilled, ends: EntryKind.DiskFilled, word: 'disk full' },
];
const BEGINS = new Map(KINDS.map((kind) => [kind.begins, kind]));
const ENDS = new Map(KINDS.map((kind) => [kind.ends, kind]));

/** In the order of their beginnings; what never ends lasts to the horizon. */
export function faultsOf({ trace }: TraceIndex, stage: StageId): Fault[] {
  const open = new Map<string, EntrySeq>();
  const faults: Fault[] = [];
  const { entries, horizon } = trace;
  const close = (key: string, kind: FaultKind, to: number): void => {
    const seq = open.get(key);
    if (seq === undefined) return;
    open.delete(key);
    faults.push(faultFrom(trace, { seq, kind, to }));
  };
  for (let seq = 0; seq < entries.count; seq += 1) {
    const kind = entries.kind[seq] as EntryKind;
    const begun = BEGINS.get(kind);
    const ended = ENDS.get(kind);
    if ((begun ?? ended) === undefined || stageOf(trace, seq) !== stage) continue;
    const isBeginning = kind === EntryKind.DiskFilled ? entries.value[seq] === 1 : Boolean(begun);
    const key = `${(begun ?? ended)?.word} ${entries.node[seq]} ${linkOf(trace, seq)}`;
    if (isBeginning && !open.has(key)) open.set(key, seq);
    else if (!isBeginning && ended) close(key, ended, entries.time[seq] as number);
  }
  for (const [key, seq] of [...open]) {
    close(key, BEGINS.get(entries.kind[seq] as EntryKind) as FaultKind, horizon);
  }
  return faults.sort((one, other) => one.from - other.from);
}

const isAboutLink = (kind: number): boolean =>
  kind === EntryKind.LinkCut || kind === EntryKind.LinkRestored;

const linkOf = ({ entries }: Trace, seq: EntrySeq): number =>
  isAboutLink(entries.kind[seq] as number) ? (entries.place[seq] as number) : -1;

function stageOf(trace: Trace, seq: EntrySeq): StageId | undefined {
  const { legend, entries } = trace;
  const link = legend.links[linkOf(trace, seq)];
  return link?.stage ?? legend.nodes[entries.node[seq] as number]?.stage;
}

function faultFrom(
  trace: Trace,
  found: { readonly seq: EntrySeq; readonly kind: FaultKind; readonly to: number },
): Fault {
  const { entries, legend } = trace;
  const { seq, kind, to } = found;
  const link = legend.links[linkOf(trace, seq)];
  const about =
    link === undefined
      ? nameOf(trace, entries.node[seq] as number)
      : link.ends.map((end) => nameOf(trace, end)).join('–');
  return {
    from: entries.time[seq] as number,
    to,
    node: link === undefined ? (entries.node[seq] as number) : -1,
    text: `${about} ${kind.word}`,
  };
}
