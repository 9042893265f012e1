// What stands still on a bare channel: two people and one line, a pipe or a lane that takes turns.

import type { World } from '../../engine/index';
import { waitingInAccumulatorAt } from '../../engine/index';
import { joinStills, type Still } from '../still';
import { laneStill } from './laneScene';
import { pilesStill } from './missScene';
import { absenceWord, movingWord, peopleStill } from './personScene';
import type { TopologyLayout } from './topologyLayout';
import { tagStill } from './websocketScene';

export function channelStill(layout: TopologyLayout, world: World): Still {
  const { index, stage } = layout;
  const waiting = waitingInAccumulatorAt(index, stage, world.time).map(
    (message) => index.trace.messages.from[message],
  );
  return joinStills([
    ...layout.lanes.map((lane) => laneStill(layout, world, lane)),
    peopleStill(layout, world, (seat) => {
      const absence = absenceWord(world, seat);
      if (absence !== null) return absence;
      const moving = movingWord(world, seat);
      return moving === '' && waiting.includes(seat.node) ? 'waits' : moving;
    }),
    tagStill(layout, world),
    pilesStill(layout, world.time),
  ]);
}
