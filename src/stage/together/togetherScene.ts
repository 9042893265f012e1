// The picture of both together at an instant as data; a function of its arguments and of nothing
// else.

import type { SimTime } from '../../engine/index';
import type { Motion } from '../messageMark';
import type { Picture } from '../picture';
import { joinStills, type Still } from '../still';
import { browserStill } from './browserStill';
import { clusterStill } from './clusterStill';
import { gatewayStill } from './gatewayStill';
import { togetherFlights } from './togetherFlights';
import { type TogetherInstant, togetherInstant } from './togetherInstant';
import type { TogetherLayout } from './togetherLayout';

export interface TogetherMoment {
  readonly time: SimTime;
  readonly motion: Motion;
  /** What stands already, by its key: it is not built again. */
  readonly drawnKey?: string | undefined;
}

export function togetherScene(
  layout: TogetherLayout,
  { time, motion, drawnKey }: TogetherMoment,
): Picture {
  const instant = togetherInstant(layout.index, layout, time);
  const stillKey = stillKeyOf(layout, instant);
  return {
    width: layout.size.width,
    height: layout.size.height,
    stillKey,
    still: stillKey === drawnKey ? null : stillOf(layout, instant),
    flights: togetherFlights(layout, instant, motion),
  };
}

const stillOf = (layout: TogetherLayout, instant: TogetherInstant): Still =>
  joinStills([
    clusterStill(layout, instant),
    gatewayStill(layout, instant),
    browserStill(layout, instant),
  ]);

/** Everything that the still part depends on, as text. */
function stillKeyOf(layout: TogetherLayout, instant: TogetherInstant): string {
  const { world, browsers, gateways, brokersUp } = instant;
  const { parts } = layout;
  return [
    layout.key,
    brokersUp,
    ...parts.services.map((node) => {
      const { up, away } = world.nodes[node] ?? {};
      return `${Number(up)}${Number(away)}`;
    }),
    ...parts.topics.map(({ partition }) => {
      const { logStart, highWatermark, logEnd } = world.partitions[partition] ?? {};
      return `${logStart},${highWatermark},${logEnd}`;
    }),
    ...gateways.map(({ state, reads }) => `${state},${reads}`),
    ...browsers.map(({ state, gateway, line, meant, got, missed }) =>
      [state, gateway, line, meant, got, missed].join(),
    ),
  ].join(' ');
}
