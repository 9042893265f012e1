// Checks on what is kept: for readers who are away, who come late, and over a restart.
import type { EntrySeq } from '../../engine/index';
import { EntryKind, LOSS_CAUSES, missesAt } from '../../engine/index';
import { type Check, verdict } from './check';
import { atEnd, durationMs, entriesOf, firstArrivalPerSender, messagesOf, timeOf } from './reading';

/** Messages have arrived, and none of them could be read again. */
export const forgetsWhatArrived: Check = (run, stage) => {
  const { stored, delivered } = atEnd(run, stage);
  return verdict(stored === 0 && delivered > 0, firstArrivalPerSender(run, stage));
};

/** After a restart nothing comes back from storage, and nothing is left there. */
export const losesEverythingInARestart: Check = (run, stage) => {
  const { stored, recovered } = atEnd(run, stage);
  const restarts = entriesOf(run, stage, EntryKind.Restarted);
  return verdict(stored === 0 && recovered === 0, restarts);
};

/** After a restart every message that was acknowledged can still be read. */
export const keepsEverythingOverARestart: Check = (run, stage) => {
  const restarts = entriesOf(run, stage, EntryKind.Restarted);
  const { entries } = run.index.trace;
  const acknowledged = entriesOf(run, stage, EntryKind.Acknowledged)
    .map((seq) => entries.value[seq] ?? 0)
    .reduce((sum, records) => sum + records, 0);
  const { stored } = atEnd(run, stage);
  return verdict(acknowledged > 0 && stored >= acknowledged, restarts);
};

/** Whoever was away has missed what was said meanwhile, and only that. */
export const missesWhatCameWhileAway: Check = (run, stage) => {
  const lost = entriesOf(run, stage, EntryKind.Lost);
  const { entries } = run.index.trace;
  const whileAway = lost.filter((seq) =>
    AWAY_CAUSES.has(LOSS_CAUSES[entries.value[seq] ?? -1] ?? ''),
  );
  const { missed } = atEnd(run, stage);
  return verdict(missed > 0 && whileAway.length === missed, whileAway);
};

const AWAY_CAUSES = new Set<string>(['reader away', 'cut on the way']);

/** Whoever was away misses what had grown too old by their return, and nothing else. */
export const missesOnlyWhatGrewTooOld: Check = (run, stage) => {
  const { missed, waiting, recovered } = atEnd(run, stage);
  const back = entriesOf(run, stage, EntryKind.CameBack);
  const cuts = entriesOf(run, stage, EntryKind.LogStartMoved);
  const sent = new Map(messagesOf(run, stage).map(({ index, sentSeq }) => [index, sentSeq]));
  const [returned] = back.map((seq) => timeOf(run, seq));
  const oldest = (returned ?? 0) - durationMs(run, 'retention.ms') * 1_000;
  const wereOld = missesAt(run.index, stage, run.horizon, missed).every(
    ({ cause, message }) =>
      cause === 'retention passed' && timeOf(run, sent.get(message) ?? -1) < oldest,
  );
  const isOneCut = missed > 0 && waiting === 0 && recovered > 0;
  return verdict(isOneCut && wereOld, [...cuts, ...back]);
};

/** Messages were sent while their reader was away, none needed them, and none was missed. */
export const needsNobodyOnline: Check = (run, stage) => {
  const { coupled, missed } = atEnd(run, stage);
  const away = entriesOf(run, stage, EntryKind.WentAway);
  const back = entriesOf(run, stage, EntryKind.CameBack);
  const leaves = firstTime(run.horizon, away, (seq) => timeOf(run, seq));
  const returns = firstTime(run.horizon, back, (seq) => timeOf(run, seq));
  const meanwhile = messagesOf(run, stage).filter(({ sentSeq }) => {
    const sentAt = timeOf(run, sentSeq);
    return sentAt >= leaves && sentAt < returns;
  });
  return verdict(
    coupled === 0 && missed === 0,
    meanwhile.map(({ sentSeq }) => sentSeq),
  );
};

function firstTime(
  otherwise: number,
  seqs: readonly EntrySeq[],
  at: (seq: EntrySeq) => number,
): number {
  const [first] = seqs;
  return first === undefined ? otherwise : at(first);
}

/** A reader who came late got everything that was said before they came. */
export const replaysForALateReader: Check = (run, stage) => {
  const joined = entriesOf(run, stage, EntryKind.Joined);
  const { entries } = run.index.trace;
  const replayed = joined.flatMap((seq) => {
    const reader = entries.node[seq] ?? -1;
    const earlier = messagesOf(run, stage).filter(
      (message) => message.from !== reader && timeOf(run, message.sentSeq) < timeOf(run, seq),
    );
    return earlier.map((message) =>
      message.deliveries.find((delivery) => entries.node[delivery] === reader),
    );
  });
  const arrived = replayed.filter((seq) => seq !== undefined);
  return verdict(arrived.length === replayed.length, arrived);
};
