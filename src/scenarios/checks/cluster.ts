// Checks on several brokers: who holds what, who takes over, and what survives the loss of one.
import type { EntrySeq, LegendPartition, NodeIndex, StageId } from '../../engine/index';
import { EntryKind } from '../../engine/index';
import type { Run } from '../runScenario';
import { type Check, verdict } from './check';
import { atEnd, entriesOf, nodesOf, timeOf } from './reading';

/** A cluster has at least so many brokers that one may fail and two still agree. */
const SEVERAL = 3;

const partitionsOf = (run: Run, stage: StageId): readonly LegendPartition[] =>
  run.index.trace.legend.partitions.filter((partition) => partition.stage === stage);

/** Several brokers keep a log that can still be read when everything has been delivered. */
export const isSeveralBrokersAroundALog: Check = (run, stage) => {
  const brokers = nodesOf(run, stage).filter(({ role }) => role === 'broker');
  const keeps = partitionsOf(run, stage).length > 0 && atEnd(run, stage).stored > 0;
  return verdict(
    brokers.length >= SEVERAL && keeps,
    firstOfEach(run, entriesOf(run, stage, EntryKind.Appended)),
  );
};

/** Some topic has partitions that lie on different brokers first, and records were written there. */
export const spreadsATopicOverBrokers: Check = (run, stage) => {
  const leaders = new Map<string, Set<NodeIndex | undefined>>();
  for (const { topic, replicas } of partitionsOf(run, stage)) {
    leaders.set(topic, (leaders.get(topic) ?? new Set()).add(replicas[0]));
  }
  const isSpread = [...leaders.values()].some((brokers) => brokers.size > 1);
  const written = firstOfEach(run, entriesOf(run, stage, EntryKind.Appended));
  return verdict(isSpread && written.length > 1, written);
};

/** A broker crashed, another one came to lead its partition, and wrote there. */
export const aFollowerTakesOver: Check = (run, stage) => {
  const { entries } = run.index.trace;
  const dead = new Set(crashesOf(run, stage).map((seq) => entries.node[seq]));
  const taken = entriesOf(run, stage, EntryKind.LeaderChanged).filter((seq) => {
    const leader = entries.value[seq] ?? -1;
    return leader >= 0 && !dead.has(leader);
  });
  const written = entriesOf(run, stage, EntryKind.Appended).filter((seq) =>
    taken.some(
      (change) =>
        entries.place[change] === entries.place[seq] &&
        entries.value[change] === entries.node[seq] &&
        timeOf(run, seq) >= timeOf(run, change),
    ),
  );
  return verdict(dead.size > 0 && written.length > 0, [...taken, ...written.slice(0, 1)]);
};

/** A broker crashed, and still every message can be read and has reached every reader. */
export const survivesTheLossOfABroker: Check = (run, stage) => {
  const { sent, missed, waiting, stored } = atEnd(run, stage);
  return verdict(missed === 0 && waiting === 0 && stored >= sent, crashesOf(run, stage));
};

function crashesOf(run: Run, stage: StageId): EntrySeq[] {
  const { entries, legend } = run.index.trace;
  return entriesOf(run, stage, EntryKind.Crashed).filter(
    (seq) => legend.nodes[entries.node[seq] ?? -1]?.role === 'broker',
  );
}

/** The first of these entries on each node. */
function firstOfEach(run: Run, seqs: readonly EntrySeq[]): EntrySeq[] {
  const { node } = run.index.trace.entries;
  const first = new Map<NodeIndex, EntrySeq>();
  for (const seq of seqs) {
    const where = node[seq] ?? -1;
    if (!first.has(where)) first.set(where, seq);
  }
  return [...first.values()];
}
