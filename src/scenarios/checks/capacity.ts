// Checks on what several brokers take together, against what one of them can write.
import type { EntrySeq, NodeIndex, StageId } from '../../engine/index';
import { EntryKind } from '../../engine/index';
import type { Run } from '../runScenario';
import { type Check, verdict } from './check';
import { atEnd, durationMs, entriesOf } from './reading';

/** What counts as thousands of messages a second. */
const THOUSANDS = 2_000;
/** The way of the first and of the last message counts as well, so a little less is expected. */
const NEARLY = 0.9;

/** Together several brokers take nearly what each of them can write, all of it and for all. */
export const brokersAddUp: Check = (run, stage) => {
  const { throughputPerSecond: rate, sent, delivered } = atEnd(run, stage);
  const append = durationMs(run, 'append');
  const writers = firstWriteOfEach(run, stage);
  const expected = NEARLY * writers.size * (1_000 / append);
  const addUp = append > 0 && writers.size > 1 && rate !== null && rate >= expected;
  return verdict(addUp && delivered === sent, [...writers.values()]);
};

/** Two thousand messages a second or more reach their reader, and none of them is missed. */
export const takesThousandsASecond: Check = (run, stage) => {
  const { throughputPerSecond: rate, missed } = atEnd(run, stage);
  const takes = rate !== null && rate >= THOUSANDS && missed === 0;
  return verdict(takes, [...firstWriteOfEach(run, stage).values()]);
};

/** Brokers add up to thousands a second, and all of it can be read again afterwards. */
export const takesMuchAndKeepsIt: Check = (run, stage) => {
  const { stored, delivered } = atEnd(run, stage);
  const addUp = brokersAddUp(run, stage);
  const isMuch = takesThousandsASecond(run, stage).holds;
  return verdict(addUp.holds && isMuch && stored > 0 && stored >= delivered, addUp.evidence);
};

/** By the broker that leads: the first record that it writes. */
function firstWriteOfEach(run: Run, stage: StageId): Map<NodeIndex, EntrySeq> {
  const { entries } = run.index.trace;
  const firsts = new Map<NodeIndex, EntrySeq>();
  for (const seq of entriesOf(run, stage, EntryKind.Appended)) {
    const broker = entries.node[seq] ?? -1;
    if (!firsts.has(broker)) firsts.set(broker, seq);
  }
  return firsts;
}
