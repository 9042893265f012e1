// Messages on their way: between services, cluster, gateways and browsers.

import type { TransferInFlight } from '../../engine/index';
import type { MessageMark, Motion } from '../messageMark';
import { round } from '../shapes';
import { shareOfWay } from '../topology/messageMarks';
import type { TogetherInstant } from './togetherInstant';
import { dockOf, edgeOf, type Point, type TogetherLayout } from './togetherLayout';

const RADIUS = 7;

export function togetherFlights(
  layout: TogetherLayout,
  { world }: TogetherInstant,
  motion: Motion,
): MessageMark[] {
  const marks: MessageMark[] = [];
  for (const transfer of world.transfers) {
    const [message] = transfer.messages;
    const way = message === undefined ? null : wayOf(layout, transfer);
    if (message === undefined || way === null) continue;
    const { trace } = layout.index;
    const share = shareOfWay(trace, transfer, { time: world.time, motion });
    const [from, to] = way;
    marks.push({
      key: `t${transfer.transfer}`,
      side: layout.parts.sideOf(message),
      x: round(from.x + (to.x - from.x) * share),
      y: round(from.y + (to.y - from.y) * share),
      radius: RADIUS,
      heading: to.x >= from.x ? 1 : -1,
      tail: 0,
      text: '',
      isStack: transfer.messages.length > 1,
    });
  }
  return marks;
}

/** Null: it belongs to another stage. */
function wayOf(
  layout: TogetherLayout,
  { connection, from }: TransferInFlight,
): [Point, Point] | null {
  const { connections } = layout.index.trace.legend;
  const { client = -1, server = -1, stage } = connections[connection] ?? {};
  if (stage !== layout.stage) return null;
  const isToBrokers = layout.parts.brokers.includes(server);
  const isService = layout.parts.services.includes(client);
  const one = edgeOf(layout, client, isToBrokers && isService ? 'right' : 'left');
  const other = isToBrokers ? dockOf(layout, client) : edgeOf(layout, server, 'right');
  return from === client ? [one, other] : [other, one];
}
