// Checks on the state that a reader builds from what it reads: the events of each key, in order.
import type { EntrySeq, NodeIndex, StageId } from '../../engine/index';
import { EntryKind } from '../../engine/index';
import type { Run } from '../runScenario';
import { type Check, verdict } from './check';
import { entriesOf } from './reading';

/**
 * A reader who came late has had the same events of each key, in the same order, as every reader
 * who was there all the time: whatever is computed from them is the same.
 */
export const rebuildsTheSameState: Check = (run, stage) => {
  const { entries } = run.index.trace;
  const joins = entriesOf(run, stage, EntryKind.Joined);
  const late = new Set(joins.map((seq) => entries.node[seq] ?? -1));
  const histories = [...historiesOf(run, stage)];
  const told = histories.filter(([reader]) => !late.has(reader));
  const rebuilt = histories.filter(([reader]) => late.has(reader));
  const isSame = rebuilt.every(([, own]) =>
    told.every(([, live]) => areSame(own.byKey, live.byKey)),
  );
  const isTold = told.length > 0 && rebuilt.length === late.size;
  return verdict(
    isSame && isTold,
    rebuilt.flatMap(([, { deliveries }]) => deliveries),
  );
};

/** What a reader was handed. */
interface History {
  /** The messages of each key, as one text. */
  readonly byKey: Map<number, string>;
  readonly deliveries: EntrySeq[];
}

function historiesOf(run: Run, stage: StageId): Map<NodeIndex, History> {
  const { entries, messages } = run.index.trace;
  const histories = new Map<NodeIndex, History>();
  for (const seq of entriesOf(run, stage, EntryKind.Delivered)) {
    const reader = entries.node[seq] ?? -1;
    const message = entries.message[seq] ?? -1;
    const key = messages.key[message] ?? -1;
    const history: History = histories.get(reader) ?? { byKey: new Map(), deliveries: [] };
    history.byKey.set(key, `${history.byKey.get(key) ?? ''} ${message}`);
    history.deliveries.push(seq);
    histories.set(reader, history);
  }
  return histories;
}

const areSame = (one: Map<number, string>, other: Map<number, string>): boolean =>
  one.size === other.size && [...one].every(([key, events]) => other.get(key) === events);
