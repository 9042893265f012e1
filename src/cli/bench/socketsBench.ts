// Ten thousand connections on four servers, and ten messages for all of them: what an entry of the
// trace costs, in the bare heap's time.

import { raiseFleet } from '../../engine/doors/fleet';
import { indexTrace, ledgerAt, milliseconds, type Scene, simulate } from '../../engine/index';
import {
  atMs,
  comparison,
  everyoneSays,
  participant,
  workloadOf,
} from '../../scenarios/sceneParts';
import { MEASURED, median, ROUNDS, secondsOf } from './baselines';
import { bareHeapMedian } from './kernelBench';

export interface SocketsResult {
  readonly connections: number;
  readonly deliveries: number;
  readonly entries: number;
  /** Time to simulate and index, an entry, in pops of the bare heap; at most 15 is wanted. */
  readonly ratioPerEntry: number;
}

const READERS = 10_000;
const BROADCASTS = 10;
const GAP = milliseconds(20);

function fleetScene(): Scene {
  const head = participant(0, { reads: false });
  const readers = Array.from({ length: READERS }, (_, place) =>
    participant(place + 1, { id: `C${place + 1}`, writes: false }),
  );
  return comparison(
    {},
    {
      stages: ['websocket'],
      participants: [head, ...readers],
      mode: 'threads',
      workload: workloadOf(everyoneSays([head], { count: BROADCASTS, first: atMs(10), gap: GAP })),
      horizon: atMs(300),
      raisers: {
        websocket: raiseFleet({
          servers: 4,
          backplane: 'pubsub',
          balancing: 'round-robin',
          connectionsPerServer: READERS,
        }),
      },
    },
  );
}

const run = (scene: Scene) => indexTrace(simulate(scene, 7, []));

/** Heap and model in turns, so that a machine that is busy for a while is so for both. */
export function benchSockets(): SocketsResult {
  const scene = fleetScene();
  // Warm when it is measured.
  const index = run(scene);
  const heap: number[] = [];
  const seconds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    heap.push(bareHeapMedian());
    seconds.push(secondsOf(() => run(scene)));
  }
  const pop = median(heap) / MEASURED;
  const { trace } = index;
  const { delivered } = ledgerAt(index, 'websocket', trace.horizon);
  return {
    connections: trace.legend.connections.filter(({ purpose }) => purpose === 'websocket').length,
    deliveries: delivered,
    entries: trace.entries.count,
    ratioPerEntry: median(seconds) / trace.entries.count / pop,
  };
}
