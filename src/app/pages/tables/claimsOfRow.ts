// What the run says of the claims behind a row: only those whose scene it is.
import type { Claim } from '../../../content/claims/claim';
import { checkClaim, findClaim, isMeasured } from '../../../content/claims/registry';
import type { ComparisonRow } from '../../../content/comparisons/comparison';
import { SIDES } from '../../../content/comparisons/comparison';
import type { Run } from '../../../scenarios/run';
import { isShownBy } from './shownScene';

export interface CheckedClaim {
  readonly claim: Claim;
  readonly holds: boolean;
}

/** The panel has room for so many. */
const MOST_CLAIMS = 3;

/** The first claims of the row that are proved in just this run, each with its verdict. */
export function checkedClaimsOf(row: ComparisonRow, run: Run): CheckedClaim[] {
  const ids = new Set(SIDES.flatMap((side) => row.cells[side].claims));
  return [...ids]
    .map((id) => findClaim(id))
    .filter((claim) => claim !== undefined)
    .filter(isMeasured)
    .filter((claim) => isSceneOf(claim, run))
    .slice(0, MOST_CLAIMS)
    .map((claim) => ({ claim, holds: checkClaim(claim, run).holds }));
}

const isSceneOf = (claim: Claim, run: Run): boolean =>
  isShownBy(run, { scenario: claim.scenario, atUs: 'end' });
