// What the controller writes when a partition's brokers come, go or ask: the new leader, ISR and
// ELR, and both epochs. It elects, but does not know who is alive.

/** No broker leads the partition: it is offline. */
export const NO_LEADER = -1;

/** RECOVERING: the leader was chosen uncleanly, and records may be lost. */
export type LeaderRecoveryState = 'RECOVERED' | 'RECOVERING';

/** What the controller holds of a partition; brokers are plain numbers. */
export interface PartitionRegistration {
  /** In the order of assignment: the first is the preferred leader. */
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  /** Eligible leader replicas: out of the ISR, yet with every committed record (KIP-966). */
  readonly elr: readonly number[];
  /** The last leader of a partition that has none, or the replicas that dropped out of the ELR. */
  readonly lastKnownElr: readonly number[];
  /** `NO_LEADER` while offline. */
  readonly leader: number;
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  readonly leaderRecoveryState: LeaderRecoveryState;
}

/**
 * PREFERRED: back to the first replica, if it is in the ISR. ONLINE: keep the partition online, as
 * long as nothing is lost. UNCLEAN: keep it online, whatever is lost.
 */
export type Election = 'PREFERRED' | 'ONLINE' | 'UNCLEAN';

export interface PartitionEvent {
  readonly election: Election;
  /** Brokers that may lead: neither fenced nor shutting down. */
  readonly alive: readonly number[];
  /** `min.insync.replicas`, capped at the replication factor. */
  readonly minIsr: number;
  readonly elrEnabled: boolean;
  /** Whether a leaderless partition remembers its last leader; Kafka 4.3 always does. */
  readonly lastKnownLeaderEnabled: boolean;
  /** The ISR that a leader has proposed, or what is left of it without lost brokers. */
  readonly targetIsr?: readonly number[];
  /** Brokers that went down without closing their logs: what they acknowledged may be gone. */
  readonly uncleanShutdown?: readonly number[];
  /** What the leader reports with its proposal: that it has recovered. */
  readonly leaderRecoveryState?: LeaderRecoveryState;
}

/** The ISR and what follows from it, before anybody is elected. */
interface Candidates {
  readonly isr: readonly number[];
  readonly elr: readonly number[];
  readonly lastKnownElr: readonly number[];
}

interface Elected {
  readonly leader: number;
  readonly isUnclean: boolean;
}

/**
 * The partition after `event`; the same object when nothing changes. A new leader raises both
 * epochs, any other change the partition epoch alone (Kafka 4.3, PartitionChangeBuilder).
 */
export function changePartition(
  before: PartitionRegistration,
  event: PartitionEvent,
): PartitionRegistration {
  const candidates = candidatesAfter(before, event);
  const elected = elect(before, event, candidates);
  const isNewLeader = elected.leader !== before.leader;
  const sets = setsAfter(before, event, { candidates, elected });
  const reported = event.leaderRecoveryState ?? before.leaderRecoveryState;
  const leaderRecoveryState = isNewLeader && elected.isUnclean ? 'RECOVERING' : reported;
  const isSame =
    !isNewLeader &&
    leaderRecoveryState === before.leaderRecoveryState &&
    isSameList(sets.isr, before.isr) &&
    isSameList(sets.elr, before.elr) &&
    isSameList(sets.lastKnownElr, before.lastKnownElr);
  if (isSame) return before;
  return {
    replicas: before.replicas,
    ...sets,
    leader: elected.leader,
    leaderEpoch: before.leaderEpoch + (isNewLeader ? 1 : 0),
    partitionEpoch: before.partitionEpoch + 1,
    leaderRecoveryState,
  };
}

/**
 * While the ISR is smaller than the minimum the high watermark stands still, so whoever leaves it
 * still has every committed record and stays eligible, unless it went down uncleanly (KIP-966).
 */
function candidatesAfter(before: PartitionRegistration, event: PartitionEvent): Candidates {
  const isr = event.targetIsr ?? before.isr;
  const { elr, lastKnownElr } = before;
  if (!event.elrEnabled) return { isr, elr, lastKnownElr };
  if (isr.length >= event.minIsr) return { isr, elr: [], lastKnownElr: [] };
  const outside = [...new Set([...elr, ...before.isr])].filter((broker) => !isr.includes(broker));
  const isLost = (broker: number) => event.uncleanShutdown?.includes(broker) === true;
  const eligible = outside.filter((broker) => !isLost(broker)).sort(ascending);
  const known = [...new Set([...outside, ...lastKnownElr])].filter(
    (broker) => !isr.includes(broker) && !eligible.includes(broker),
  );
  return { isr, elr: eligible, lastKnownElr: known.sort(ascending) };
}

/** The order of assignment decides: neither the longest log nor votes play a part. */
function elect(
  before: PartitionRegistration,
  event: PartitionEvent,
  { isr, elr }: Candidates,
): Elected {
  const isAlive = (broker: number) => event.alive.includes(broker);
  const eligible = isr.length > 0 ? isr : elr;
  const mayLead = (broker: number) => eligible.includes(broker) && isAlive(broker);
  const clean = (leader: number): Elected => ({ leader, isUnclean: false });
  const unclean = (leader: number): Elected => ({ leader, isUnclean: true });

  const [preferred = NO_LEADER] = before.replicas;
  if (event.election === 'PREFERRED' && mayLead(preferred)) return clean(preferred);
  if (mayLead(before.leader)) return clean(before.leader);
  const first = before.replicas.find(mayLead);
  if (first !== undefined) return clean(first);

  const [lastLeader = NO_LEADER, ...others] = before.lastKnownElr;
  const remembersLeader = event.elrEnabled && event.lastKnownLeaderEnabled && others.length === 0;
  if (remembersLeader && eligible.length === 0 && isAlive(lastLeader)) return unclean(lastLeader);

  const anybody = event.election === 'UNCLEAN' ? before.replicas.find(isAlive) : undefined;
  return anybody === undefined ? clean(NO_LEADER) : unclean(anybody);
}

function setsAfter(
  before: PartitionRegistration,
  event: PartitionEvent,
  { candidates, elected }: { readonly candidates: Candidates; readonly elected: Elected },
): Candidates {
  const { leader } = elected;
  const isNewLeader = leader !== before.leader;
  const isLossy = isNewLeader && elected.isUnclean;
  const isFromElr = isNewLeader && candidates.elr.includes(leader);
  const target = isLossy || isFromElr ? [leader] : candidates.isr;
  // Without ELR the last member of an ISR is never removed, so that it can lead when it is back.
  const isr = target.length > 0 || event.elrEnabled ? target : before.isr;
  const keepsElr = event.elrEnabled && !isLossy;
  const elr = isFromElr ? candidates.elr.filter((broker) => broker !== leader) : candidates.elr;
  const known = keepsElr ? candidates.lastKnownElr : [];
  const lastKnownElr = event.lastKnownLeaderEnabled
    ? lastLeaderAfter(before, event, { isr, leader })
    : known;
  return { isr, elr: keepsElr ? elr : [], lastKnownElr };
}

/** A partition that loses its last replica remembers who led it, until somebody leads again. */
function lastLeaderAfter(
  before: PartitionRegistration,
  event: PartitionEvent,
  { isr, leader }: { readonly isr: readonly number[]; readonly leader: number },
): readonly number[] {
  if (!event.elrEnabled) return before.lastKnownElr;
  const isEmptied = isr.length === 0 && before.isr.length > 0;
  if (isEmptied) return [before.leader];
  return leader === NO_LEADER ? before.lastKnownElr : [];
}

const ascending = (one: number, other: number): number => one - other;

const isSameList = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((item, place) => item === other[place]);
