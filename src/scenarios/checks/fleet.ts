// Checks on several servers: how many connections each holds, whom a broadcast reaches, and what
// would have to be copied.
import type { EntrySeq, NodeIndex, StageId } from '../../engine/index';
import { EntryKind, LOSS_CAUSES } from '../../engine/index';
import type { Run } from '../runScenario';
import { type Check, verdict } from './check';
import { atEnd, entriesOf, messagesOf, nodesOf } from './reading';

/** Connections of one server that stand at the end, by where they opened. */
function openByServer(run: Run, stage: StageId): ReadonlyMap<NodeIndex, readonly EntrySeq[]> {
  const { entries, legend } = run.index.trace;
  const open = new Map<number, EntrySeq>();
  for (const seq of entriesOf(run, stage, EntryKind.Opened)) {
    open.set(entries.place[seq] as number, seq);
  }
  for (const seq of entriesOf(run, stage, EntryKind.Closed)) {
    const place = entries.place[seq] as number;
    if ((open.get(place) ?? seq) < seq) open.delete(place);
  }
  const byServer = new Map<NodeIndex, EntrySeq[]>();
  for (const [place, seq] of open) {
    const { purpose, server = -1 } = legend.connections[place] ?? {};
    if (purpose !== 'websocket') continue;
    byServer.set(server, [...(byServer.get(server) ?? []), seq]);
  }
  return byServer;
}

/** More than this on one server are not a pair of ends any more. */
const SEVERAL = 5;

/** Every server holds several connections at once, and none of them was closed for it. */
export const holdsManyConnections: Check = (run, stage) => {
  const lists = [...openByServer(run, stage).values()];
  const isMany = lists.length > 0 && lists.every((list) => list.length > SEVERAL);
  return verdict(isMany, lists.flat());
};

/** All servers together hold more than twice what the fullest one does. */
export const sharesItsConnections: Check = (run, stage) => {
  const lists = [...openByServer(run, stage).values()];
  const fullest = Math.max(0, ...lists.map((list) => list.length));
  return verdict(lists.flat().length > 2 * fullest, lists.flat());
};

/** A broadcast reaches some, and all others miss it because they are on another server. */
export const reachesOneServerAlone: Check = (run, stage) => {
  const { reach } = atEnd(run, stage);
  const lost = entriesOf(run, stage, EntryKind.Lost);
  const { value } = run.index.trace.entries;
  const isApart = lost.every((seq) => LOSS_CAUSES[value[seq] as number] === 'not on that server');
  return verdict(reach !== null && reach > 0 && reach < 1 && isApart, lost);
};

/**
 * Of each message a copy is wanting for every server but one: what they miss is what so many copies
 * between servers would bring.
 */
export const wantsACopyForEachServer: Check = (run, stage) => {
  const servers = nodesOf(run, stage).filter(({ role }) => role === 'server').length;
  const copies = messagesOf(run, stage).reduce((sum, { readers }) => sum + readers.length, 0);
  const lost = entriesOf(run, stage, EntryKind.Lost);
  const wanting = (copies * (servers - 1)) / Math.max(1, servers);
  return verdict(servers > 1 && lost.length === wanting, lost);
};
