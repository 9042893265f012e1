// Runs every claim's proof and its counter-proof, as the registry lists them.
import { describe, expect, test } from 'vitest';
import type { ParameterValues } from '../../scenarios/defineScenario';
import { findScenario } from '../../scenarios/registry';
import { type Run, runScenario } from '../../scenarios/runScenario';
import { COMPARISON_ROWS } from '../comparisons/registry';
import { CLAIMS, checkClaim, claimsOf, findClaim, isMeasured, UNMEASURED_CLAIMS } from './registry';

const SEEDS = [7, 1, 20_261];

const runs = new Map<string, Run>();

function runOf(scenarioId: string, parameters: ParameterValues, seed: number): Run {
  const key = JSON.stringify([scenarioId, parameters, seed]);
  const known = runs.get(key);
  if (known !== undefined) return known;
  const run = runScenario({ scenarioId, parameters, seed, interventions: [] });
  runs.set(key, run);
  return run;
}

describe.each(CLAIMS.map((claim) => [claim.id, claim] as const))('claim %s', (_, claim) => {
  test.each(SEEDS)('holds in its scenario, with evidence, for seed %i', (seed) => {
    const run = runOf(claim.scenario, {}, seed);
    const { holds, evidence } = checkClaim(claim, run);
    expect(holds).toBe(true);
    expect(evidence.length).toBeGreaterThan(0);
    const { count } = run.index.trace.entries;
    expect(evidence.every((seq) => seq >= 0 && seq < count)).toBe(true);
  });

  const { failsIn } = claim;
  if (failsIn.scenario === null) {
    test('says why no run can make it fail', () => expect(failsIn.reason).not.toBe(''));
    return;
  }
  test.each(SEEDS)('fails in its counter-scenario for seed %i', (seed) => {
    const run = runOf(failsIn.scenario, failsIn.parameters ?? {}, seed);
    const stage = failsIn.stage ?? claim.stage;
    expect(run.scenario.stages).toContain(stage);
    expect(checkClaim(claim, run, stage).holds).toBe(false);
  });
});

describe('the list of claims', () => {
  const ids = [...CLAIMS, ...UNMEASURED_CLAIMS].map(({ id }) => id);

  test('names each claim once', () => {
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('names all claims of the documents', () => {
    const listed =
      'DX-half DX-half-wait DX-full DX-full-rt DX-K-half DX-K-notsim DX-K-order DX-K-noback ' +
      'DX-K-separate DX-W-full DX-W-nowait DX-W-instant W-single W-long W-bidir W-type W-cs ' +
      'W-transient W-immediate W-nodur W-miss W-many W-state W-horiz W-limit W-1to1 W-upgrade ' +
      'W-proto LAT-W LAT-W-why LAT-W-fit LAT-K LAT-K-why K-type K-pubsub K-es K-components ' +
      'K-decouple K-pipe K-logs K-volume K-durable K-disk K-retain K-pace K-ft K-thr K-rate ' +
      'K-dist K-scale K-proto INT-W INT-W-ui INT-K INT-K-hub UC-W UC-W-notif UC-K CH-K CH-W ' +
      'CH-K2 BOTH PURP';
    expect(new Set(ids)).toEqual(new Set(listed.split(' ')));
  });

  test('finds a claim by its id and by its scenario', () => {
    const miss = findClaim('W-miss');
    expect(miss !== undefined && isMeasured(miss) && miss.scenario).toBe('tunnel');
    expect(claimsOf('tunnel')).toContain(miss);
    expect(claimsOf('no-such-scene')).toEqual([]);
  });

  test('rests on scenarios and parameters that exist', () => {
    for (const { scenario, failsIn } of CLAIMS) {
      expect(findScenario(scenario), scenario).toBeDefined();
      if (failsIn.scenario === null) continue;
      const known = findScenario(failsIn.scenario)?.parameters.map(({ name }) => name);
      expect(known).toEqual(expect.arrayContaining(Object.keys(failsIn.parameters ?? {})));
    }
  });

  test('has every measured claim behind some cell, but those on the two as a whole', () => {
    const cited = COMPARISON_ROWS.flatMap(({ cells }) => [
      ...cells.websocket.claims,
      ...cells.kafka.claims,
    ]);
    const uncited = CLAIMS.map(({ id }) => id).filter((id) => !cited.includes(id));
    expect(uncited).toEqual(['BOTH', 'PURP']);
  });
});
