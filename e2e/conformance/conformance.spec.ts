// The engine held against the browser and `ws`: the same scripts run in both, and what is seen of
// them is the same.

import { expect, test } from '@playwright/test';
import { drawnScripts } from './drawnScripts';
import { EngineRun } from './engineRun';
import { requestView, responseView } from './handshakeView';
import { type Loopback, loopback, PLAIN_SERVER } from './loopback';
import type { Observation } from './observation';
import { RealRun } from './realRun';
import type { Script } from './script';
import { WRITTEN_SCRIPTS } from './scripts';

// A busy machine takes its time.
test.setTimeout(120_000);

const SEED = 6_455;
const DRAWN = 40;

/** What must agree; how far each step led is only what the real run waits for. */
function viewOf({ moments, lives, missed }: Observation) {
  return {
    moments: moments.map(({ deed, readyState, bufferedAmount }) => ({
      ...{ deed, readyState, bufferedAmount },
    })),
    lives: lives.map((life) => {
      const response = responseView(life.response, life.request);
      // How soon a server that refuses lets go of the line is its own affair.
      const isRefused = /^\d+$/.test(response);
      const finishedFirst = isRefused ? null : life.finishedFirst;
      return { ...life, request: requestView(life.request), response, finishedFirst };
    }),
    missed,
  };
}

async function expectAgreement(real: Loopback, script: Script): Promise<void> {
  const engine = new EngineRun(script, real.host).observe();
  const observed = await new RealRun(real, script, engine).observe();
  expect.soft(viewOf(observed), script.name).toEqual(viewOf(engine));
}

async function expectAll(page: Parameters<typeof loopback>[0], scripts: readonly Script[]) {
  const subprotocols = [...new Set(scripts.flatMap(({ terms }) => terms.serverSubprotocols))];
  const real = await loopback(page, { ...PLAIN_SERVER, subprotocols });
  try {
    for (const script of scripts) await expectAgreement(real, script);
  } finally {
    real.close();
  }
}

test('at least forty scripts, twenty of them drawn', () => {
  expect(WRITTEN_SCRIPTS.length + DRAWN).toBeGreaterThanOrEqual(40);
  expect(DRAWN).toBeGreaterThanOrEqual(20);
});

test('scripts that are written down', ({ page }) => expectAll(page, WRITTEN_SCRIPTS));
test('scripts drawn at random', ({ page }) => expectAll(page, drawnScripts(SEED, DRAWN)));
