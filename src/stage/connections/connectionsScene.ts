// The picture of a fleet at an instant as data; a function of its arguments and of nothing else.

import type { SimTime } from '../../engine/index';
import type { Motion } from '../messageMark';
import type { Picture } from '../picture';
import { joinStills, type Still } from '../still';
import type { ConnectionsLayout } from './connectionsLayout';
import { crowdStill } from './crowdStill';
import { type FleetInstant, fleetInstant } from './fleetInstant';
import { fleetStill } from './fleetStill';
import { flightMarks } from './flightMarks';
import { footStill } from './footStill';
import { seatStill } from './seatStill';

export interface ConnectionsMoment {
  readonly time: SimTime;
  readonly motion: Motion;
  /** What stands already, by its key: it is not built again. */
  readonly drawnKey?: string | undefined;
}

export function connectionsScene(
  layout: ConnectionsLayout,
  { time, motion, drawnKey }: ConnectionsMoment,
): Picture {
  const instant = fleetInstant(layout.index, layout, time);
  const stillKey = stillKeyOf(layout, instant);
  return {
    width: layout.size.width,
    height: layout.size.height,
    stillKey,
    still: stillKey === drawnKey ? null : stillOf(layout, instant),
    flights: flightMarks(layout, instant, motion),
  };
}

const stillOf = (layout: ConnectionsLayout, instant: FleetInstant): Still =>
  joinStills([
    crowdStill(layout, instant),
    seatStill(layout, instant),
    fleetStill(layout, instant),
    footStill(layout, instant),
  ]);

/** Everything that the still part depends on, as text. */
function stillKeyOf({ key, seats, parts }: ConnectionsLayout, instant: FleetInstant): string {
  const { newest, servers, nowhere, isBalancerUp, isBackplaneUp, kept, world } = instant;
  const clients = seats.map((seat, client) => {
    if (seat === undefined) return '';
    const { up, away } = world.nodes[parts.clients[client] as number] ?? {};
    const flags = `${Number(up)}${Number(away)}`;
    const { homes, dialled, news } = instant;
    return `${homes[client]},${dialled[client]},${news[client]},${flags}`;
  });
  return [
    key,
    newest,
    ...servers.map(({ state, news, line, behind }) => `${state} ${news} ${line} ${behind}`),
    nowhere.join(),
    Number(isBalancerUp),
    Number(isBackplaneUp),
    kept,
    ...clients,
  ].join(' ');
}
