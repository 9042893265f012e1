// Checks on talking both ways: at once, in turns, and how soon a word gets in.
import type { EntrySeq, StageId } from '../../engine/index';
import type { Run } from '../runScenario';
import { type Check, verdict } from './check';
import {
  atEnd,
  carriersOf,
  firstArrivalPerSender,
  messagesOf,
  otherStage,
  type Transfer,
  timeOf,
} from './reading';

/** Below this share of the time, people who always talk cannot be said to talk at once. */
const NEARLY_ALWAYS = 0.95;
/** A wait shorter than this is none (`DX-W-nowait` in the list of claims). */
const NO_WAIT_US = 1_000;

/** Words arrive in both directions, and no connection ever carries them both ways at once. */
export const oneDirectionAtATime: Check = (run, stage) => {
  const arrivals = firstArrivalPerSender(run, stage);
  return verdict(arrivals.length > 1 && atEnd(run, stage).overlapConnection === 0, arrivals);
};

/** Words arrive in both directions, and connections carry them both ways at once. */
export const bothDirectionsAtOnce: Check = (run, stage) => {
  const arrivals = firstArrivalPerSender(run, stage);
  const overlap = atEnd(run, stage).overlapConnection ?? 0;
  return verdict(arrivals.length > 1 && overlap > 0, arrivals);
};

/** On one connection words move both ways nearly all the time in which any move. */
export const bothDirectionsNearlyAlways: Check = (run, stage) => {
  const arrivals = firstArrivalPerSender(run, stage);
  const overlap = atEnd(run, stage).overlapConnection ?? 0;
  return verdict(arrivals.length > 1 && overlap >= NEARLY_ALWAYS, arrivals);
};

/** No word leaves while one from the other side is on its way, and at least one had to wait. */
export const startsOnlyWhenTheOtherIsDone: Check = (run, stage) => {
  const carriers = carriersOf(run, stage);
  const collides = carriers.some((one, place) =>
    carriers.slice(0, place).some((earlier) => startsDuring(run, one, earlier)),
  );
  const wishes = new Map(messagesOf(run, stage).map(({ index, wantedAt }) => [index, wantedAt]));
  const late = carriers.filter(({ messages, startSeq }) => {
    const wantedAt = wishes.get(messages[0] ?? -1);
    return wantedAt !== undefined && timeOf(run, startSeq) > wantedAt;
  });
  return verdict(
    !collides && late.length > 0,
    late.map(({ startSeq }) => startSeq),
  );
};

/** Whether `one` sets out against the way of `earlier` while that one still travels. */
function startsDuring(run: Run, one: Transfer, earlier: Transfer): boolean {
  const end = earlier.endSeq < 0 ? run.horizon : timeOf(run, earlier.endSeq);
  return one.from === earlier.to && timeOf(run, one.startSeq) < end;
}

/** The first word of the one who answers gets through sooner here than on the other stage. */
export const interruptsSooner: Check = (run, stage) => {
  const here = interruption(run, stage);
  const there = interruption(run, otherStage(stage));
  if (here === null || there === null) return verdict(false, []);
  return verdict(here.tookUs < there.tookUs, [here.seq, there.seq]);
};

/** How long the slower of the two sides' first words took from the wish to the other's ear. */
function interruption(run: Run, stage: StageId): { tookUs: number; seq: EntrySeq } | null {
  const firsts = new Map<number, { tookUs: number; seq: EntrySeq }>();
  for (const message of messagesOf(run, stage)) {
    const [seq] = message.deliveries;
    if (seq === undefined || firsts.has(message.from)) continue;
    firsts.set(message.from, { tookUs: timeOf(run, seq) - message.wantedAt, seq });
  }
  const slowestFirst = [...firsts.values()].sort((one, other) => other.tookUs - one.tookUs);
  return firsts.size < 2 ? null : (slowestFirst[0] ?? null);
}

/** Everyone sends in the instant in which they want to, also while the other is talking. */
export const sendsWithoutWaiting: Check = (run, stage) => {
  const messages = messagesOf(run, stage);
  const prompt = messages.filter(
    (message) => timeOf(run, message.sentSeq) - message.wantedAt < NO_WAIT_US,
  );
  const meetsTheOther = (atEnd(run, stage).overlapParticipant ?? 0) > 0;
  const evidence = prompt.map((message) => message.sentSeq);
  return verdict(meetsTheOther && prompt.length === messages.length, evidence);
};

/** Nobody sends and gets in the same instant, and no connection carries words both ways. */
export const sendsAndGetsInTurns: Check = (run, stage) => {
  const arrivals = firstArrivalPerSender(run, stage);
  const { overlapConnection, overlapParticipant } = atEnd(run, stage);
  const inTurns = overlapConnection === 0 && overlapParticipant === 0;
  return verdict(arrivals.length > 1 && inTurns, arrivals);
};
