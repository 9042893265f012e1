// What changed around the messages at one instant: people, machines, links, settings, logs.

import { EntryKind } from '../../engine/index';
import { nameOf } from '../people';
import { type Instant, ofKind, type Phrase } from './instant';
import { listText } from './messageWords';

/** A phrase for those whom entries of one kind are about. */
interface Change {
  readonly kind: EntryKind;
  readonly one: string;
  readonly more: string;
}

const ABOUT_NODES: readonly Change[] = [
  { kind: EntryKind.WentAway, one: 'goes away', more: 'go away' },
  { kind: EntryKind.CameBack, one: 'is back', more: 'are back' },
  { kind: EntryKind.Crashed, one: 'crashes', more: 'crash' },
  { kind: EntryKind.Restarted, one: 'restarts', more: 'restart' },
  { kind: EntryKind.Joined, one: 'comes', more: 'come' },
];

export function changePhrases(instant: Instant): Phrase[] {
  return [
    ...ABOUT_NODES.flatMap((change) => nodePhrases(instant, change)),
    ...linkPhrases(instant),
    ...openedPhrases(instant),
    ...settingPhrases(instant),
    ...logPhrases(instant),
  ];
}

function nodePhrases(instant: Instant, { kind, one, more }: Change): Phrase[] {
  const { trace } = instant.index;
  const names = ofKind(instant, kind).map((seq) =>
    nameOf(trace, trace.entries.node[seq] as number),
  );
  if (names.length === 0) return [];
  return [{ text: `${listText(names, 'people')} ${names.length === 1 ? one : more}`, rank: 0 }];
}

function linkPhrases(instant: Instant): Phrase[] {
  const { entries, legend } = instant.index.trace;
  return instant.seqs.flatMap((seq) => {
    const kind = entries.kind[seq];
    if (kind !== EntryKind.LinkCut && kind !== EntryKind.LinkRestored) return [];
    const [one = -1, other = -1] = legend.links[entries.place[seq] as number]?.ends ?? [];
    const between = `${nameOf(instant.index.trace, one)} and ${nameOf(instant.index.trace, other)}`;
    const verb = kind === EntryKind.LinkCut ? 'is cut' : 'is mended';
    return [{ text: `the line between ${between} ${verb}`, rank: 1 }];
  });
}

function openedPhrases(instant: Instant): Phrase[] {
  const { entries, legend } = instant.index.trace;
  const people = ofKind(instant, EntryKind.Opened).map(
    (seq) => legend.connections[entries.place[seq] as number]?.client ?? -1,
  );
  const names = [...new Set(people)].map((node) => nameOf(instant.index.trace, node));
  if (names.length === 0) return [];
  const verb = names.length === 1 ? 'is' : 'are';
  return [{ text: `${listText(names, 'people')} ${verb} connected`, rank: 20 }];
}

function settingPhrases(instant: Instant): Phrase[] {
  const { entries, legend } = instant.index.trace;
  return ofKind(instant, EntryKind.ParameterSet).map((seq) => ({
    text: `${legend.parameters[entries.place[seq] as number] ?? 'a setting'} is changed`,
    rank: 2,
  }));
}

function logPhrases(instant: Instant): Phrase[] {
  const { trace } = instant.index;
  const { entries } = trace;
  return instant.seqs.flatMap((seq): Phrase[] => {
    const kind = entries.kind[seq];
    const value = entries.value[seq] as number;
    if (kind === EntryKind.LogStartMoved) {
      return [{ text: `the log lets go of all before place ${value}`, rank: 12 }];
    }
    if (kind === EntryKind.Truncated) {
      return [{ text: `the log loses all from place ${value} on`, rank: 11 }];
    }
    if (kind === EntryKind.PositionReset) {
      const reader = nameOf(trace, entries.node[seq] as number);
      return [{ text: `${reader} reads on from place ${value}`, rank: 14 }];
    }
    return [];
  });
}
