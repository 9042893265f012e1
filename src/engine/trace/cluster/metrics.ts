// What an operator would watch, under Kafka's own names, read from the trace at any instant; what
// a name means and where Kafka reports it stands in metricNames.ts.

import { EntryKind, electionKindOf, LOSS_CAUSES, TRANSFER_TYPES } from '../entryKinds';
import { LogColumn, ReaderColumn } from '../standing';
import type { EntrySeq, NodeIndex, StageId } from '../trace';
import { lastSeqAt, type TraceIndex } from '../traceIndex';
import { clusterAt, type PartitionLeadership } from './clusterAt';
import { METRIC_NAMES, type MetricName } from './metricNames';
import { oldestSample, sampledRate } from './sampledRate';

export interface Metric extends MetricName {
  readonly value: number;
}

/**
 * Every metric once everything at `time` has happened, over all brokers and clients together.
 * Without `min.insync.replicas` there is no `UnderMinIsrPartitionCount`. Its cost grows with the
 * entries up to `time`: it is asked a few times a second, not in every frame.
 */
export function metricsAt(
  index: TraceIndex,
  time: number,
  minInsyncReplicas?: number,
): readonly Metric[] {
  const values = { ...gauges(index, time, minInsyncReplicas), ...counters(index, time) };
  return METRIC_NAMES.flatMap((meaning) => {
    const value = values[meaning.name];
    return value === undefined ? [] : [{ ...meaning, value }];
  });
}

type Values = Readonly<Record<string, number | undefined>>;

function gauges(index: TraceIndex, time: number, minInsyncReplicas?: number): Values {
  const { brokers, partitions } = clusterAt(index, time);
  const { nodes } = index.trace.legend;
  const isUp = (node: NodeIndex) =>
    brokers.some((broker) => broker.node === node && broker.up && !broker.away);
  // A leader reports these; of a partition whose leader is gone nobody does.
  const led = partitions.filter(({ leader }) => leader >= 0 && isUp(leader));
  const fenced = brokers.filter((broker) => broker.fenced).length;
  return {
    UnderReplicatedPartitions: led.filter((one) => inSyncCount(one) < one.replicas.length).length,
    UnderMinIsrPartitionCount:
      minInsyncReplicas === undefined
        ? undefined
        : led.filter((one) => inSyncCount(one) < Math.min(minInsyncReplicas, one.replicas.length))
            .length,
    OfflinePartitionsCount: partitions.filter(({ leader }) => leader < 0).length,
    ActiveControllerCount: nodes.filter(({ role }) => role === 'controller').length,
    ActiveBrokerCount: brokers.length - fenced,
    FencedBrokerCount: fenced,
    'records-lag-max': lagMax(index, lastSeqAt(index, time)),
  };
}

const inSyncCount = ({ replicas }: PartitionLeadership): number =>
  replicas.filter(({ inSync }) => inSync).length;

/** By the position, not by what is committed, as Kafka's own has it. */
function lagMax({ standing }: TraceIndex, seq: EntrySeq): number {
  let most = 0;
  for (const { partition, series } of standing.readers) {
    const end = standing.logs[partition]?.valueAt(seq, LogColumn.HighWatermark) ?? 0;
    most = Math.max(most, end - series.valueAt(seq, ReaderColumn.Position));
  }
  return most;
}

function counters(index: TraceIndex, time: number): Values {
  const { entries } = index.trace;
  const seq = lastSeqAt(index, time);
  const detail = (at: EntrySeq) => entries.detail[at] as number;
  const value = (at: EntrySeq) => entries.value[at] as number;
  const happened = (kind: EntryKind): readonly EntrySeq[] =>
    (index.standing.cluster.happenings[kind] ?? []).filter((at) => at <= seq);
  const isr = happened(EntryKind.IsrChanged);
  const elections = happened(EntryKind.LeaderChanged).filter((at) => value(at) >= 0);
  const refused = happened(EntryKind.Refused).filter((at) => isFailedProduce(index, at));
  return {
    IsrShrinksPerSec: isr.filter((at) => detail(at) !== 1).length,
    IsrExpandsPerSec: isr.filter((at) => detail(at) === 1).length,
    LeaderElectionRateAndTimeMs: elections.length,
    UncleanLeaderElectionsPerSec: elections.filter((at) => electionKindOf(detail(at)) === 'unclean')
      .length,
    FailedProduceRequestsPerSec: refused.length,
    'record-send-total': recordsSent(index, seq),
    'record-retry-total': happened(EntryKind.Retried).length,
    'rebalance-total': happened(EntryKind.RebalanceEnded).length,
    ...entryCounts(index, seq, time),
  };
}

/**
 * Errors at which a leader counts a failed append: NOT_ENOUGH_REPLICAS and those of idempotence
 * and transactions. It does not count what it expects: that it does not lead, that a record is too
 * large, that a disk fails (Kafka 4.3, ReplicaManager.appendRecordsToLeader).
 */
const APPEND_FAILURES: readonly number[] = [19, 45, 46, 47, 48, 49, 90];

function isFailedProduce({ trace }: TraceIndex, seq: EntrySeq): boolean {
  const { entries, legend } = trace;
  const isBroker = legend.nodes[entries.node[seq] as number]?.role === 'broker';
  return isBroker && APPEND_FAILURES.includes(entries.value[seq] as number);
}

const PRODUCE = TRANSFER_TYPES.indexOf('produce');

/** Records in produce requests that left, those sent again included. */
function recordsSent({ trace }: TraceIndex, seq: EntrySeq): number {
  const { transfers } = trace;
  let sent = 0;
  for (let transfer = 0; transfer < transfers.count; transfer += 1) {
    if ((transfers.startSeq[transfer] as number) > seq) break;
    if (transfers.type[transfer] === PRODUCE) sent += transfers.carriedCount[transfer] as number;
  }
  return sent;
}

const GAVE_UP = LOSS_CAUSES.indexOf('its producer gave up');

/** What is counted entry by entry, on the stages that have brokers. */
function entryCounts({ trace }: TraceIndex, until: EntrySeq, now: number): Values {
  const { entries, legend } = trace;
  const stages = new Set<StageId>();
  for (const { role, stage } of legend.nodes) if (role === 'broker') stages.add(stage);
  const isHere = legend.nodes.map(({ stage }) => stages.has(stage));
  const since = oldestSample(now);
  let [appended, consumed, errors, recent] = [0, 0, 0, 0];
  for (let seq = 0; seq <= until; seq += 1) {
    const kind = entries.kind[seq];
    if (kind === EntryKind.Appended) appended += 1;
    else if (kind === EntryKind.Delivered) consumed += isHere[entries.node[seq] as number] ? 1 : 0;
    else if (kind === EntryKind.LetGo && entries.value[seq] === GAVE_UP) {
      errors += 1;
      recent += (entries.time[seq] as number) >= since ? 1 : 0;
    }
  }
  return {
    MessagesInPerSec: appended,
    'records-consumed-total': consumed,
    'record-error-total': errors,
    'record-error-rate': sampledRate(recent, now),
  };
}
