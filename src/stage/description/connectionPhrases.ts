// What the ends of connections do and report at one instant.

import { EntryKind } from '../../engine/index';
import { nameOf } from '../people';
import { type Instant, ofKind, type Phrase } from './instant';
import { listText } from './messageWords';

/** Reported when a close frame bore no code. */
const NO_CODE = 1005;

export function connectionPhrases(instant: Instant): Phrase[] {
  return [
    ...sayOf(instant, EntryKind.PongMissed, { one: 'gets no pong', more: 'get no pong', rank: 3 }),
    ...closingPhrases(instant),
    ...closedPhrases(instant),
    ...refusedPhrases(instant),
    ...resumePhrases(instant),
  ];
}

interface Saying {
  readonly one: string;
  readonly more: string;
  readonly rank: number;
}

function sayOf(instant: Instant, kind: EntryKind, { one, more, rank }: Saying): Phrase[] {
  const names = ofKind(instant, kind).map((seq) => whoOf(instant, seq));
  if (names.length === 0) return [];
  return [{ text: `${listText(names, 'ends')} ${names.length === 1 ? one : more}`, rank }];
}

function closingPhrases(instant: Instant): Phrase[] {
  return ofKind(instant, EntryKind.Closing).map((seq) => {
    const code = numberIn(instant, seq);
    const text = code === NO_CODE ? 'without a code' : `with ${code}`;
    return { text: `${whoOf(instant, seq)} closes ${text}`, rank: 4 };
  });
}

/** Ends that die at once with their path are said by who goes away. */
function closedPhrases(instant: Instant): Phrase[] {
  const { detail } = instant.index.trace.entries;
  const seqs = ofKind(instant, EntryKind.Closed).filter((seq) => (detail[seq] as number) >= 0);
  return seqs.map((seq) => ({
    text: `${whoOf(instant, seq)} reports ${numberIn(instant, seq)}`,
    rank: 5,
  }));
}

function refusedPhrases(instant: Instant): Phrase[] {
  return ofKind(instant, EntryKind.UpgradeRefused).map((seq) => ({
    text: `${whoOf(instant, seq)} is refused with ${numberIn(instant, seq)}`,
    rank: 4,
  }));
}

function resumePhrases(instant: Instant): Phrase[] {
  const { detail } = instant.index.trace.entries;
  return ofKind(instant, EntryKind.ResumeAnswered).map((seq) => {
    const count = numberIn(instant, seq);
    const texts = [
      'has missed nothing',
      count === 1 ? 'gets 1 message again' : `gets ${count} messages again`,
      'is told that messages are gone',
    ];
    return { text: `${whoOf(instant, seq)} ${texts[detail[seq] as number]}`, rank: 6 };
  });
}

const whoOf = ({ index: { trace } }: Instant, seq: number): string =>
  nameOf(trace, trace.entries.node[seq] as number);

const numberIn = ({ index }: Instant, seq: number): number =>
  index.trace.entries.value[seq] as number;
