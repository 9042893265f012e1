// The assignors by name; chooses none.

import type { Assignor, AssignorName } from './assignor';
import { cooperativeSticky } from './cooperativeSticky';
import { range } from './range';
import { roundRobin } from './roundRobin';
import { serverRange } from './serverRange';
import { sticky } from './sticky';
import { uniform } from './uniform';

export const ASSIGNORS: Readonly<Record<AssignorName, Assignor>> = {
  range,
  roundrobin: roundRobin,
  sticky,
  'cooperative-sticky': cooperativeSticky,
  uniform,
  'server-range': serverRange,
};
