// How many clusters a property is tried on, and which: those of `npm test`, or what a soak asks.

const { SOAK_RUNS, SOAK_SEED } = process.env;
const isSoak = import.meta.env.MODE === 'soak';

/** 2,000, or 100,000 for `npm run soak`; `SOAK_RUNS` says otherwise. */
export const NUMBER_OF_RUNS = Number(SOAK_RUNS ?? (isSoak ? 100_000 : 2_000));

/**
 * What fast-check is told. Whatever fails ends at once and prints its seed and its numbers, which
 * `drawnCluster` makes the same cluster of; a simpler one may take an hour to find. `SOAK_SEED`
 * names other clusters than the usual ones.
 */
export const RUN_SETTINGS = {
  seed: Number(SOAK_SEED ?? 20_261_121),
  numRuns: NUMBER_OF_RUNS,
  endOnFailure: true,
};

/** Milliseconds that so many runs may take on a busy machine; none is about time. */
export const PATIENCE = Math.max(300_000, NUMBER_OF_RUNS * 200);
