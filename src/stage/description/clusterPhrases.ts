// What changed in a cluster at one instant: copies, leaders, brokers, groups, transactions, disks.

import { EntryKind, type EntrySeq, electionKindOf } from '../../engine/index';
import { plural } from '../numberText';
import { nameOf } from '../people';
import { type Instant, ofKind, type Phrase } from './instant';
import { listText } from './messageWords';

export function clusterPhrases(instant: Instant): Phrase[] {
  return [
    ...NODE_CHANGES.flatMap((change) => nodePhrases(instant, change)),
    ...diskPhrases(instant),
    ...isolationPhrases(instant),
    ...leaderPhrases(instant),
    ...copyPhrases(instant),
    ...memberPhrases(instant),
    ...ownerPhrases(instant),
    ...refusalPhrases(instant),
    ...transactionPhrases(instant),
    ...cleaningPhrases(instant),
  ];
}

interface NodeChange {
  readonly kind: EntryKind;
  readonly one: string;
  readonly more: string;
  readonly rank: number;
}

const NODE_CHANGES: readonly NodeChange[] = [
  { kind: EntryKind.Stalled, one: 'stalls', more: 'stall', rank: 0 },
  { kind: EntryKind.Resumed, one: 'goes on', more: 'go on', rank: 0 },
  { kind: EntryKind.Rejoined, one: 'is reachable again', more: 'are reachable again', rank: 0 },
  { kind: EntryKind.BrokerFenced, one: 'is fenced: it may not lead', more: 'are fenced', rank: 3 },
  { kind: EntryKind.BrokerUnfenced, one: 'may lead again', more: 'may lead again', rank: 3 },
  { kind: EntryKind.MemberJoined, one: 'joins its group', more: 'join their group', rank: 7 },
  { kind: EntryKind.RebalanceStarted, one: 'rebalances', more: 'rebalance', rank: 8 },
  { kind: EntryKind.RebalanceEnded, one: 'is done rebalancing', more: 'are done', rank: 8 },
  { kind: EntryKind.TransactionBegan, one: 'begins a transaction', more: 'begin one', rank: 15 },
  { kind: EntryKind.Worked, one: 'has worked on a message', more: 'have worked', rank: 60 },
  { kind: EntryKind.Draining, one: 'says goodbye to its clients', more: 'say goodbye', rank: 3 },
  { kind: EntryKind.ReadOn, one: 'has read the topic further', more: 'have read on', rank: 61 },
  { kind: EntryKind.Skipped, one: 'passes what is not for readers', more: 'pass it', rank: 62 },
];

const nodeAt = ({ index }: Instant, seq: EntrySeq): number =>
  index.trace.entries.node[seq] as number;
const valueAt = ({ index }: Instant, seq: EntrySeq): number =>
  index.trace.entries.value[seq] as number;
const detailAt = ({ index }: Instant, seq: EntrySeq): number =>
  index.trace.entries.detail[seq] as number;

function namesOf(instant: Instant, seqs: readonly EntrySeq[]): string[] {
  const { trace } = instant.index;
  return [...new Set(seqs.map((seq) => nodeAt(instant, seq)))].map((node) => {
    const name = nameOf(trace, node);
    return trace.legend.nodes[node]?.role === 'group' ? `group ${name}` : name;
  });
}

const manyText = (names: readonly string[]): string => listText(names, 'of them');

function nodePhrases(instant: Instant, { kind, one, more, rank }: NodeChange): Phrase[] {
  const names = namesOf(instant, ofKind(instant, kind));
  if (names.length === 0) return [];
  return [{ text: `${manyText(names)} ${names.length === 1 ? one : more}`, rank }];
}

/** "partition 2", "orders 2" where there are several topics, "3 partitions". */
function partitionText(instant: Instant, seqs: readonly EntrySeq[]): string {
  const { entries, legend } = instant.index.trace;
  const places = [...new Set(seqs.map((seq) => entries.place[seq] as number))];
  if (places.length !== 1) return plural(places.length, 'partition');
  const { topic = '', number = 0 } = legend.partitions[places[0] ?? -1] ?? {};
  const topics = new Set(legend.partitions.map((partition) => partition.topic));
  return topics.size > 1 ? `${topic} ${number}` : `partition ${number}`;
}

function diskPhrases(instant: Instant): Phrase[] {
  return ofKind(instant, EntryKind.DiskFilled).map((seq) => {
    const [name = ''] = namesOf(instant, [seq]);
    const state = valueAt(instant, seq) === 1 ? 'is full' : 'has room again';
    return { text: `the disk of ${name} ${state}`, rank: 0 };
  });
}

function isolationPhrases(instant: Instant): Phrase[] {
  return ofKind(instant, EntryKind.Isolated).map((seq) => {
    const [name = ''] = namesOf(instant, [seq]);
    const whom = valueAt(instant, seq) === 2 ? 'its clients' : 'the other brokers';
    return { text: `${name} is cut off from ${whom}`, rank: 0 };
  });
}

function leaderPhrases(instant: Instant): Phrase[] {
  const changes = ofKind(instant, EntryKind.LeaderChanged);
  const lost = changes.filter((seq) => valueAt(instant, seq) < 0);
  const leaders = [...new Set(changes.map((seq) => valueAt(instant, seq)))].filter(
    (node) => node >= 0,
  );
  return [
    ...leaders.map((leader) => {
      const own = changes.filter((seq) => valueAt(instant, seq) === leader);
      const isUnclean = own.some((seq) => electionKindOf(detailAt(instant, seq)) === 'unclean');
      const name = nameOf(instant.index.trace, leader);
      const risk = isUnclean ? ', though it was not in sync' : '';
      return { text: `${name} becomes leader of ${partitionText(instant, own)}${risk}`, rank: 4 };
    }),
    ...(lost.length === 0
      ? []
      : [{ text: `nobody leads ${partitionText(instant, lost)}`, rank: 4 }]),
  ];
}

function copyPhrases(instant: Instant): Phrase[] {
  const phrases: Phrase[] = [];
  const changed = ofKind(instant, EntryKind.IsrChanged);
  const grown = changed.filter((seq) => detailAt(instant, seq) === 1);
  const shrunk = changed.filter((seq) => detailAt(instant, seq) !== 1);
  const cut = ofKind(instant, EntryKind.FollowerTruncated);
  const copied = ofKind(instant, EntryKind.Replicated);
  const say = (text: string, rank: number) => phrases.push({ text, rank });
  if (shrunk.length > 0) say(`${partitionText(instant, shrunk)}: a copy is no longer in sync`, 5);
  if (grown.length > 0) say(`${partitionText(instant, grown)}: a copy is in sync again`, 5);
  if (cut.length > 0) {
    const names = manyText(namesOf(instant, cut));
    say(`${names} cut back ${partitionText(instant, cut)} to match the leader`, 6);
  }
  if (copied.length > 0) {
    const names = manyText(namesOf(instant, copied));
    const verb = new Set(namesOf(instant, copied)).size === 1 ? 'has' : 'have';
    say(`${names} ${verb} copied ${partitionText(instant, copied)}`, 52);
  }
  return phrases;
}

const LEAVING: readonly string[] = [
  'leaves its group',
  'is dropped from its group: no heartbeat came',
  'is dropped from its group: it did not poll in time',
];

function memberPhrases(instant: Instant): Phrase[] {
  return LEAVING.flatMap((words, why) => {
    const seqs = ofKind(instant, EntryKind.MemberLeft);
    const names = namesOf(
      instant,
      seqs.filter((seq) => valueAt(instant, seq) === why),
    );
    return names.map((name) => ({ text: `${name} ${words}`, rank: 7 }));
  });
}

/** Whom the coordinator gives a partition, and what each member learns of it. */
function ownerPhrases(instant: Instant): Phrase[] {
  const phrases: Phrase[] = [];
  const set = ofKind(instant, EntryKind.OwnerSet);
  const assigned = ofKind(instant, EntryKind.Assigned);
  const revoked = ofKind(instant, EntryKind.Revoked);
  if (assigned.length > 0) {
    const names = namesOf(instant, assigned);
    const verb = names.length === 1 ? 'takes' : 'take';
    phrases.push({
      text: `${manyText(names)} ${verb} ${partitionText(instant, assigned)}`,
      rank: 9,
    });
  }
  if (revoked.length > 0) {
    const names = namesOf(instant, revoked);
    const verb = names.length === 1 ? 'gives up' : 'give up';
    phrases.push({
      text: `${manyText(names)} ${verb} ${partitionText(instant, revoked)}`,
      rank: 9,
    });
  }
  if (set.length > 0) {
    const text = `the coordinator deals out ${partitionText(instant, set)}`;
    phrases.push({ text, rank: 51 });
  }
  return phrases;
}

function refusalPhrases(instant: Instant): Phrase[] {
  const refused = ofKind(instant, EntryKind.Refused);
  const retried = ofKind(instant, EntryKind.Retried);
  return [
    ...(refused.length === 0
      ? []
      : [
          {
            text: `${manyText(namesOf(instant, refused))} refuses a request for ${partitionText(instant, refused)}`,
            rank: 36,
          },
        ]),
    ...(retried.length === 0
      ? []
      : [
          {
            text: `${manyText(namesOf(instant, retried))} tries again on ${partitionText(instant, retried)}`,
            rank: 38,
          },
        ]),
  ];
}

function transactionPhrases(instant: Instant): Phrase[] {
  const markers = ofKind(instant, EntryKind.MarkerAppended);
  const stable = ofKind(instant, EntryKind.StableOffsetMoved);
  return [
    ...ofKind(instant, EntryKind.TransactionEnded).map((seq) => {
      const [name = ''] = namesOf(instant, [seq]);
      const how = detailAt(instant, seq) === 1 ? 'is committed' : 'is aborted';
      return { text: `the transaction of ${name} ${how}`, rank: 15 };
    }),
    ...(markers.length === 0
      ? []
      : [
          { text: `a marker ends the transaction in ${partitionText(instant, markers)}`, rank: 33 },
        ]),
    ...stable.slice(0, 1).map((seq) => ({
      text: `readers of committed records may read up to place ${valueAt(instant, seq)}`,
      rank: 53,
    })),
  ];
}

function cleaningPhrases(instant: Instant): Phrase[] {
  const removed = ofKind(instant, EntryKind.RecordRemoved);
  if (removed.length === 0) return [];
  const what = plural(removed.length, 'older message');
  return [{ text: `cleaning takes ${what} out of ${partitionText(instant, removed)}`, rank: 13 }];
}
