// Checks on readers that do not keep up: what waits for them, and whether anyone waits with them.
import type { StageId } from '../../engine/index';
import { instant, measuresAt } from '../../engine/index';
import type { Run } from '../runScenario';
import { type Check, verdict } from './check';
import { messagesOf, nodesOf, timeOf } from './reading';

/** From here on a reader counts as behind, in messages. */
const BEHIND = 10;
const SECOND = 1_000_000;
/** A fast reader's own work on a few messages that come together, in milliseconds. */
const SAME_MS = 5;

/** Somebody falls behind, and another reader gets each half of the messages as soon as before. */
export const slowReadersHoldUpNobody: Check = (run, stage) => {
  const readers = latenciesByReader(run, stage);
  const fast = readers.find(({ latencies }) => {
    const half = Math.floor(latencies.length / 2);
    const [before, after] = [median(latencies.slice(0, half)), median(latencies.slice(half))];
    return before > 0 && after - before < SAME_MS;
  });
  const isBehind = mostBehind(run, stage) >= BEHIND;
  return verdict(isBehind && fast !== undefined, fast?.deliveries ?? []);
};

/** What came faster than it was read has been read in the end. */
export const worksOffABurst: Check = (run, stage) => {
  const messages = messagesOf(run, stage);
  const { lag, sent, delivered } = measuresAt(run.index, stage, run.horizon);
  const isDone = mostBehind(run, stage) >= BEHIND && lag === 0 && delivered === sent;
  return verdict(
    isDone,
    messages.flatMap(({ deliveries }) => deliveries.slice(-1)),
  );
};

/** The most that lay in the log for readers at any full second. */
function mostBehind(run: Run, stage: StageId): number {
  let most = 0;
  for (let time = 0; time <= run.horizon; time += SECOND) {
    most = Math.max(most, measuresAt(run.index, stage, instant(time)).lag ?? 0);
  }
  return most;
}

interface ReaderLatencies {
  /** In milliseconds, in the order in which the messages were handed over. */
  readonly latencies: readonly number[];
  readonly deliveries: readonly number[];
}

function latenciesByReader(run: Run, stage: StageId): ReaderLatencies[] {
  const { entries } = run.index.trace;
  const messages = messagesOf(run, stage);
  const { nodes } = run.index.trace.legend;
  const groups = nodesOf(run, stage).filter(({ role }) => role === 'group');
  return groups.map((group) => {
    const reader = nodes.indexOf(group);
    const read = messages.flatMap(({ wantedAt, deliveries }) => {
      const seq = deliveries.find((at) => nodes[entries.node[at] as number]?.group === reader);
      return seq === undefined ? [] : [{ seq, ms: (timeOf(run, seq) - wantedAt) / 1_000 }];
    });
    return {
      latencies: read.map(({ ms }) => ms),
      deliveries: read.map(({ seq }) => seq),
    };
  });
}

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
