// Checks on how long a message takes, and on what explains it.
import type { StageId } from '../../engine/index';
import { EntryKind } from '../../engine/index';
import type { Run } from '../runScenario';
import { type Check, verdict } from './check';
import {
  atEnd,
  carriersOf,
  connectionsOf,
  copyingMs,
  durationMs,
  entriesOf,
  firstArrivalPerSender,
  messagesOf,
  otherStage,
  timeOf,
} from './reading';

/** Up to here a person feels an answer as immediate. */
const IMMEDIATE_MS = 100;
/** Up to here a moving cursor looks alive (`LAT-W-fit` in the list of claims). */
const FRESH_MS = 50;

const medianLatency = (run: Run, stage: StageId): number | null =>
  run.scenario.stages.includes(stage) ? atEnd(run, stage).latencyMs.p50 : null;

function arrivalsOnBoth(run: Run, stage: StageId): number[] {
  return [stage, otherStage(stage)].flatMap((one) => firstArrivalPerSender(run, one));
}

/**
 * From the wish to say it to its arrival, half of the messages take less time than on the other.
 */
export const isQuickerThanTheOther: Check = (run, stage) => {
  const here = medianLatency(run, stage);
  const there = medianLatency(run, otherStage(stage));
  const isQuicker = here !== null && there !== null && here < there;
  return verdict(isQuicker, arrivalsOnBoth(run, stage));
};

/** Quicker than the other, and both ways on the same connection at once, which the other is not. */
export const isQuickerAndTwoWay: Check = (run, stage) => {
  const quicker = isQuickerThanTheOther(run, stage);
  const other = otherStage(stage);
  if (!quicker.holds) return quicker;
  const [here, there] = [stage, other].map((one) => atEnd(run, one).overlapConnection ?? 0);
  return verdict((here ?? 0) > 0 && there === 0, quicker.evidence);
};

/** The same question the other way round. */
export const isSlowerThanTheOther: Check = (run, stage) => {
  const here = medianLatency(run, stage);
  const there = medianLatency(run, otherStage(stage));
  const isSlower = here !== null && there !== null && here > there;
  return verdict(isSlower, arrivalsOnBoth(run, stage));
};

/** What a message takes longer here is exactly the producer's wait for a batch plus the copying. */
export const isSlowerByBatchingAndCopying: Check = (run, stage) => {
  const here = medianLatency(run, stage);
  const there = medianLatency(run, otherStage(stage));
  if (here === null || there === null) return verdict(false, []);
  const explained = durationMs(run, 'linger.ms') + copyingMs(run);
  const written = entriesOf(run, stage, EntryKind.Appended).slice(0, 1);
  const safe = entriesOf(run, stage, EntryKind.WatermarkMoved).slice(0, 1);
  const evidence = [...written, ...safe, ...firstArrivalPerSender(run, stage)];
  const isWhole = explained > 0 && Math.round((here - there - explained) * 1_000) === 0;
  return verdict(isWhole && written.length > 0, evidence);
};

/** A message takes as long as its way is long, and not a microsecond more. */
export const takesOnlyTheWay: Check = (run, stage) => {
  const { links } = run.index.trace.legend;
  const used = new Set(connectionsOf(run, stage).map(({ link }) => link));
  const wayUs = [...used].map((link) => links[link]?.latency ?? 0);
  const { p50 } = atEnd(run, stage).latencyMs;
  const isOneWay = used.size === 1 && p50 !== null && Math.round(p50 * 1_000) === wayUs[0];
  return verdict(isOneWay, firstArrivalPerSender(run, stage));
};

/** Each message leaves in the instant of the wish, on a connection that others have used as well. */
export const leavesWithoutOpening: Check = (run, stage) => {
  const messages = messagesOf(run, stage);
  const carriers = carriersOf(run, stage);
  const leaves = messages.map(({ index, from }) =>
    carriers.find((one) => one.from === from && one.messages.includes(index)),
  );
  const isPrompt = messages.every(({ wantedAt }, at) => {
    const startSeq = leaves[at]?.startSeq;
    return startSeq !== undefined && timeOf(run, startSeq) === wantedAt;
  });
  const opened = entriesOf(run, stage, EntryKind.Opened);
  const isShared = opened.length > 0 && opened.length < messages.length;
  return verdict(isPrompt && isShared, opened);
};

/** Nearly every message is there before anyone notices a delay. */
export const feelsImmediate: Check = (run, stage) => {
  const { p99 } = atEnd(run, stage).latencyMs;
  return verdict(p99 !== null && p99 < IMMEDIATE_MS, firstArrivalPerSender(run, stage));
};

/** Nearly every update is younger than 50 ms when it arrives. */
export const staysFresh: Check = (run, stage) => {
  const { p99 } = atEnd(run, stage).latencyMs;
  return verdict(p99 !== null && p99 < FRESH_MS, firstArrivalPerSender(run, stage));
};

/** From the wish to ask to the arrival of the answer takes longer here than on the other stage. */
export const answersLater: Check = (run, stage) => {
  const here = firstRoundTrip(run, stage);
  const there = firstRoundTrip(run, otherStage(stage));
  if (here === null || there === null) return verdict(false, []);
  return verdict(here.tookUs > there.tookUs, [here.seq, there.seq]);
};

function firstRoundTrip(run: Run, stage: StageId): { tookUs: number; seq: number } | null {
  if (!run.scenario.stages.includes(stage)) return null;
  const messages = messagesOf(run, stage);
  const answer = messages.find(({ replyTo, deliveries }) => replyTo >= 0 && deliveries.length > 0);
  const question = messages.find(({ index }) => index === answer?.replyTo);
  const [seq] = answer?.deliveries ?? [];
  if (question === undefined || seq === undefined) return null;
  return { tookUs: timeOf(run, seq) - question.wantedAt, seq };
}
