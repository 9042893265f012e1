// Every claim of the documents by its id, and what a run says of those that it can measure.
import type { EntrySeq } from '../../engine/index';
import type { Run } from '../../scenarios/runScenario';
import type { Claim, UnmeasuredClaim } from './claim';
import { clusterClaims } from './cluster';
import { duplexClaims } from './duplex';
import { kafkaClaims } from './kafka';
import { kafkaReaderClaims } from './kafkaReaders';
import { kafkaSystemClaims } from './kafkaSystems';
import { latencyClaims } from './latency';
import { togetherClaims } from './together';
import { unmeasuredClaims } from './unmeasured';
import { webSocketClaims } from './webSocket';
import { webSocketFleetClaims } from './webSocketFleet';

/** The claims that some scene measures, in the order of the documents' topics. */
export const CLAIMS: readonly Claim[] = [
  ...duplexClaims,
  ...webSocketClaims,
  ...webSocketFleetClaims,
  ...latencyClaims,
  ...kafkaClaims,
  ...kafkaReaderClaims,
  ...clusterClaims,
  ...kafkaSystemClaims,
  ...togetherClaims,
];

export const UNMEASURED_CLAIMS: readonly UnmeasuredClaim[] = unmeasuredClaims;

const byId = new Map<string, Claim | UnmeasuredClaim>(
  [...CLAIMS, ...UNMEASURED_CLAIMS].map((claim) => [claim.id, claim]),
);

export const findClaim = (id: string): Claim | UnmeasuredClaim | undefined => byId.get(id);

export const isMeasured = (claim: Claim | UnmeasuredClaim): claim is Claim => 'check' in claim;

/** The claims whose proof is this scenario. */
export const claimsOf = (scenarioId: string): readonly Claim[] =>
  CLAIMS.filter((claim) => claim.scenario === scenarioId);

/** One line of the command line's `checks`. */
export interface ClaimResult {
  readonly claim: string;
  readonly holds: boolean;
  readonly evidence: readonly EntrySeq[];
}

/** What `run` says of `claim` at its horizon; on a run without the claim's stage it does not hold. */
export function checkClaim(claim: Claim, run: Run, stage = claim.stage): ClaimResult {
  if (!run.scenario.stages.includes(stage)) return { claim: claim.id, holds: false, evidence: [] };
  return { claim: claim.id, ...claim.check(run, stage) };
}
