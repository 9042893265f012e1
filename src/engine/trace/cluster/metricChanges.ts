// The operator's metrics around a fault: what each was before, what it is now.

import { EntryKind } from '../entryKinds';
import type { EntrySeq, NodeIndex, StageId } from '../trace';
import { lastSeqAt, type TraceIndex } from '../traceIndex';
import { type Metric, metricsAt } from './metrics';

/** Something that went wrong on a stage with brokers. */
export interface Fault {
  readonly time: number;
  readonly kind: EntryKind;
  /** -1 where it is about a link. */
  readonly node: NodeIndex;
}

export interface MetricChange extends Metric {
  /** Just before the fault; null while nothing has gone wrong yet. */
  readonly was: number | null;
  readonly change: number | null;
}

export interface MetricsAround {
  /** The newest at or before the time asked for. */
  readonly fault: Fault | null;
  readonly metrics: readonly MetricChange[];
}

/** Every metric at `time`, beside what it was just before the newest fault. */
export function metricsAround(
  index: TraceIndex,
  time: number,
  minInsyncReplicas?: number,
): MetricsAround {
  const fault = newestFault(index, time);
  const now = metricsAt(index, time, minInsyncReplicas);
  if (fault === null) {
    return { fault, metrics: now.map((metric) => ({ ...metric, was: null, change: null })) };
  }
  // Times are whole microseconds: one earlier is before everything of the fault's instant.
  const before = metricsAt(index, fault.time - 1, minInsyncReplicas);
  return {
    fault,
    metrics: now.map((metric, at) => {
      const was = before[at]?.value ?? 0;
      return { ...metric, was, change: metric.value - was };
    }),
  };
}

const FAULTS: readonly EntryKind[] = [
  EntryKind.Crashed,
  EntryKind.Isolated,
  EntryKind.LinkCut,
  EntryKind.WentAway,
  EntryKind.Stalled,
  EntryKind.DiskFilled,
  EntryKind.BrokerFenced,
];
const RECOVERIES: readonly EntryKind[] = [
  EntryKind.Restarted,
  EntryKind.Rejoined,
  EntryKind.CameBack,
  EntryKind.Resumed,
];

function newestFault(index: TraceIndex, time: number): Fault | null {
  const { entries, legend } = index.trace;
  const stages = new Set<StageId>();
  for (const { role, stage } of legend.nodes) if (role === 'broker') stages.add(stage);
  const until = lastSeqAt(index, time);
  const ailing = new Set<NodeIndex>();
  let newest: Fault | null = null;
  for (let seq = 0; seq <= until; seq += 1) {
    const kind = entries.kind[seq] as EntryKind;
    const node = entries.node[seq] as number;
    if (RECOVERIES.includes(kind)) ailing.delete(node);
    if (!FAULTS.includes(kind) || !isOnStage(index, seq, stages)) continue;
    if (kind === EntryKind.DiskFilled && entries.value[seq] === 0) continue;
    // Being fenced is what a crash leads to: what was before the crash is the better "was".
    if (kind === EntryKind.BrokerFenced && ailing.has(node)) continue;
    if (kind !== EntryKind.LinkCut) ailing.add(node);
    newest = {
      time: entries.time[seq] as number,
      kind,
      node: kind === EntryKind.LinkCut ? -1 : node,
    };
  }
  return newest;
}

function isOnStage({ trace }: TraceIndex, seq: EntrySeq, stages: ReadonlySet<StageId>): boolean {
  const { entries, legend } = trace;
  const stage =
    entries.kind[seq] === EntryKind.LinkCut
      ? legend.links[entries.place[seq] as number]?.stage
      : legend.nodes[entries.node[seq] as number]?.stage;
  return stage !== undefined && stages.has(stage);
}
