// Short words for the state of a broker, a copy, a reader, a group; the same in picture and list.

import type { BrokerState, NodeIndex, PartitionIndex, ReplicaState } from '../../../engine/index';
import { plural } from '../../numberText';
import type { ClusterInstant } from './clusterInstant';

/** A change of leader is news for so long: six seconds of screen at normal speed. */
const NEWS_US = 100_000;

/** Wordings of what is wrong with a broker, the longest first; none: nothing is. */
export function brokerWords(broker: BrokerState | undefined): readonly string[] {
  if (broker === undefined) return [];
  const { up, away, stalled, isolatedFromBrokers, isolatedFromClients, diskFull, fenced } = broker;
  const isCutOff = isolatedFromBrokers && isolatedFromClients;
  const faults: readonly (readonly [boolean, string, string])[] = [
    [!up, 'stopped', 'stopped'],
    [up && away, 'away', 'away'],
    [up && stalled, 'stalled', 'stalled'],
    [up && isCutOff, 'cut off', 'cut off'],
    [up && isolatedFromBrokers && !isCutOff, 'cut off from brokers', 'no brokers'],
    [up && isolatedFromClients && !isCutOff, 'cut off from clients', 'no clients'],
    [diskFull, 'disk full', 'disk full'],
    [fenced, 'fenced', 'fenced'],
  ];
  const [first, ...more] = faults.filter(([holds]) => holds);
  if (first === undefined) return [];
  const all = [first, ...more];
  const long = all.map(([, words]) => words).join(', ');
  return [long, all.map(([, , words]) => words).join(', '), first[2]];
}

/** Nothing reaches it. */
export const isOut = (broker: BrokerState | undefined): boolean =>
  broker === undefined || !broker.up || broker.away;

/** Why someone does not act right now; null for one who does. */
export function absenceWord({ world, isStalled }: ClusterInstant, node: NodeIndex): string | null {
  const state = world.nodes[node];
  if (state === undefined || !state.joined) return 'comes later';
  if (state.away) return 'away';
  if (!state.up) return 'stopped';
  return isStalled(node) ? 'stalled' : null;
}

/** What one broker's copy of a partition is. */
export type CopyRole =
  | 'leader'
  | 'new leader'
  /** It leads by the controller's book, and is gone: nobody has noticed yet. */
  | 'leader gone'
  /** It led last, and nobody leads now. */
  | 'was leader'
  | 'in sync'
  | 'not in sync';

export function copyRole(
  instant: ClusterInstant,
  partition: PartitionIndex,
  { broker, inSync }: ReplicaState,
): CopyRole {
  const { leader } = instant.leadership(partition);
  const change = instant.leaderChange(partition);
  if (broker === leader) {
    if (isOut(instant.broker(broker))) return 'leader gone';
    const isNews = change !== null && instant.time - change.time < NEWS_US;
    return isNews ? 'new leader' : 'leader';
  }
  if (leader < 0 && change?.before === broker) return 'was leader';
  return inSync ? 'in sync' : 'not in sync';
}

const ROLE_WORDS: Readonly<Record<CopyRole, readonly string[]>> = {
  leader: ['leader'],
  'new leader': ['became leader', 'new leader'],
  'leader gone': ['leader, gone', 'gone'],
  'was leader': ['was leader'],
  'in sync': ['follower, in sync', 'in sync'],
  'not in sync': ['not in sync'],
};

/** Wordings of a copy's role, the longest first. */
export function roleWords(
  instant: ClusterInstant,
  partition: PartitionIndex,
  replica: ReplicaState,
): readonly string[] {
  const role = copyRole(instant, partition, replica);
  const behind = instant.leadership(partition).logEnd - replica.logEnd;
  const words = ROLE_WORDS[role];
  if (role !== 'not in sync' || behind <= 0) return words;
  return [`not in sync, ${behind} behind`, ...words];
}

/** What is wrong with a partition as a whole; null: nothing is. */
export function partitionWord(instant: ClusterInstant, partition: PartitionIndex): string | null {
  const { leader } = instant.leadership(partition);
  if (leader < 0) return 'no leader';
  return isOut(instant.broker(leader)) ? 'leader gone' : null;
}

/** How one reader stands with a partition. */
export interface Reading {
  /** The one who reads it now: a member or a person; -1: nobody of the group. */
  readonly owner: NodeIndex;
  readonly position: number;
  /** -1: nothing committed. */
  readonly committed: number;
  readonly lag: number;
  /** Members that believe that they own it, and do not. */
  readonly mistaken: readonly NodeIndex[];
}

/** `reader`: a group or a person who reads for themselves. */
export function readingOf(
  instant: ClusterInstant,
  partition: PartitionIndex,
  reader: NodeIndex,
): Reading {
  const { highWatermark } = instant.leadership(partition);
  const lagFrom = (position: number): number => Math.max(0, highWatermark - position);
  const owned = instant.group(reader)?.ownerships.find((one) => one.partition === partition);
  if (owned !== undefined) {
    const { owner, position, committed, believers } = owned;
    const mistaken = believers.filter((member) => member !== owner);
    return { owner, position, committed, lag: lagFrom(position), mistaken };
  }
  const own = instant.world.readers.find(
    (one) => one.partition === partition && one.reader === reader,
  );
  const position = own?.position ?? 0;
  const committed = own?.committed ?? -1;
  return { owner: reader, position, committed, lag: lagFrom(position), mistaken: [] };
}

/** "3 behind", or "up to date". */
export const lagWords = (lag: number): string => (lag === 0 ? 'up to date' : `${lag} behind`);

/** Of a member that has not noticed that another owns its partition now. */
export const mistakenWords = (letters: string): readonly string[] => [
  `${letters} thinks it owns it`,
  `${letters} claims it`,
  `${letters} too`,
];

/** What a group does, in a few words. */
export function groupWords(instant: ClusterInstant, group: NodeIndex): readonly string[] {
  const state = instant.group(group);
  if (state === undefined) return [''];
  if (state.rebalancing) return ['rebalancing'];
  return [plural(state.members.filter(instant.isMember).length, 'member')];
}

/** Members without a partition in the coordinator's eyes, each with why. */
export function withoutPartition(
  instant: ClusterInstant,
  group: NodeIndex,
): { readonly node: NodeIndex; readonly why: string }[] {
  const state = instant.group(group);
  const owners = new Set(state?.ownerships.map(({ owner }) => owner));
  return (state?.members ?? [])
    .filter((node) => !owners.has(node))
    .map((node) => {
      const absence = absenceWord(instant, node);
      return { node, why: absence ?? (instant.isMember(node) ? 'idle' : 'not in it') };
    });
}

/** Letters for a person's mark: the id if it is short, else the first letters of the words of it. */
export function lettersOf({ index }: ClusterInstant, node: NodeIndex): string {
  const { id = '', name = '' } = index.trace.legend.nodes[node] ?? {};
  if (id.length <= 3) return id;
  const initials = name
    .split(/[\s-]+/)
    .map((part) => (/^\d+$/.test(part) ? part : (part[0] ?? '')));
  return initials.join('').toUpperCase().slice(0, 3);
}
