// The picture of a cluster at an instant as data; a function of its arguments and of nothing else.

import type { MessageMark, Motion } from '../messageMark';
import type { Still } from '../still';
import type { ClusterLayout } from './clusterLayout';
import { flightMarks } from './flightMarks';
import { listStill } from './listScene';
import { matrixStill } from './matrixScene';
import { type ClusterInstant, clusterInstant } from './state/clusterInstant';
import { absenceWord, copyRole } from './state/clusterWords';
import { countUntil, heardOn } from './state/heard';

export interface ClusterScene {
  readonly width: number;
  readonly height: number;
  /** Two scenes with the same key have the same still part. */
  readonly stillKey: string;
  /** Null: it is the one that the caller said is drawn already. */
  readonly still: Still | null;
  /** Records on their way; none where there is no room for columns. */
  readonly flights: readonly MessageMark[];
}

export interface ClusterMoment {
  readonly time: number;
  readonly motion: Motion;
  /** What stands already, by its key: it is not built again. */
  readonly drawnKey?: string | undefined;
}

export function clusterScene(layout: ClusterLayout, moment: ClusterMoment): ClusterScene {
  const { time, motion, drawnKey } = moment;
  const instant = clusterInstant(layout.index, time);
  const stillKey = stillKeyOf(layout, instant);
  const isDrawn = stillKey === drawnKey;
  return {
    width: layout.size.width,
    height: layout.size.height,
    stillKey,
    still: isDrawn
      ? null
      : layout.shape === 'list'
        ? listStill(layout, instant)
        : matrixStill(layout, instant),
    flights: layout.shape === 'list' ? [] : flightMarks(layout, instant, motion),
  };
}

/** Everything that the picture depends on, as text. */
function stillKeyOf(layout: ClusterLayout, instant: ClusterInstant): string {
  const { state, world, index } = instant;
  const { nodes } = index.trace.legend;
  const parts: (string | number)[] = [layout.key, instant.removedCount];
  for (const broker of state.brokers) {
    const flags = [
      broker.up,
      broker.away,
      broker.fenced,
      broker.stalled,
      broker.isolatedFromBrokers,
      broker.isolatedFromClients,
      broker.diskFull,
    ];
    parts.push(flags.map(Number).join(''));
  }
  for (const partition of layout.partitions) {
    const { leader, logStart, highWatermark, logEnd, stableOffset, replicas } =
      instant.leadership(partition);
    parts.push(leader, logStart, highWatermark, logEnd, stableOffset);
    for (const replica of replicas) {
      parts.push(replica.logEnd, copyRole(instant, partition, replica));
    }
  }
  for (const { rebalancing, ownerships } of state.groups) {
    parts.push(Number(rebalancing));
    for (const { owner, position, committed, believers } of ownerships) {
      parts.push(owner, position, committed, believers.join('+'));
    }
  }
  for (const { position, committed } of world.readers) parts.push(position, committed);
  for (const node of layout.hearers) {
    parts.push(countUntil(heardOn(index, layout.stage).get(node) ?? [], instant.time));
  }
  nodes.forEach(({ role, stage }, node) => {
    if (role !== 'participant' || stage !== layout.stage) return;
    parts.push(absenceWord(instant, node) ?? 'here', Number(instant.isMember(node)));
  });
  return parts.join(' ');
}
