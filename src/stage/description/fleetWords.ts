// Servers behind a balancer as lists of words: who is on which, in numbers where they are many.

import type { StageId, TraceIndex, World } from '../../engine/index';
import { countText, plural } from '../numberText';
import { nameOf } from '../people';
import type { Described } from './describeStage';

/** More clients than this are counted and not listed. */
export const MOST_LISTED = 50;

/** The balancer, each server, the backplane, and a cut line between the two; empty without them. */
export function fleetWords({ trace }: TraceIndex, stage: StageId, world: World): Described[] {
  const { nodes, connections } = trace.legend;
  if (!nodes.some((node) => node.role === 'balancer' && node.stage === stage)) return [];
  const open = new Map<number, number>();
  const broken: Described[] = [];
  connections.forEach(({ stage: own, purpose, client, server, link, id }, at) => {
    if (own !== stage) return;
    const isOpen = world.connections[at]?.state === 'open';
    if (purpose !== 'backplane') open.set(server, (open.get(server) ?? 0) + Number(isOpen));
    else if (!isOpen || world.links[link]?.cut) {
      const state = world.links[link]?.cut ? 'cut' : 'closed';
      const ends = `${nameOf(trace, client)} and ${nameOf(trace, server)}`;
      broken.push({ key: id, name: `line between ${ends}`, state });
    }
  });
  const machines = nodes.flatMap(({ role, stage: own, name, id }, at): Described[] => {
    if (own !== stage || role === 'participant') return [];
    const isUp = world.nodes[at]?.up !== false;
    const state = !isUp
      ? 'stopped'
      : role === 'server'
        ? plural(open.get(at) ?? 0, 'connection')
        : 'runs';
    return [{ key: id, name, state }];
  });
  return [...machines, ...broken];
}

/** Of so many that nobody would read them one by one. */
export function crowdWords({ trace }: TraceIndex, stage: StageId, world: World): Described[] {
  const { nodes, connections } = trace.legend;
  const all = nodes.filter(({ role, stage: own }) => own === stage && role === 'participant');
  const connected = new Set<number>();
  connections.forEach(({ stage: own, purpose, client }, at) => {
    const isClients = own === stage && purpose === 'websocket';
    if (isClients && world.connections[at]?.state === 'open') connected.add(client);
  });
  const state = `${countText(connected.size)} of ${countText(all.length)} connected`;
  return [{ key: 'crowd', name: 'Clients', state }];
}
