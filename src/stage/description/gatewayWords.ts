// Gateways between a cluster and browsers as lists of words: whether they run, how many pages are
// on them, what they read.

import type { StageId, TraceIndex, World } from '../../engine/index';
import { plural } from '../numberText';
import type { Described } from './describeStage';

/** Each gateway; empty where there are none. */
export function gatewayWords({ trace }: TraceIndex, stage: StageId, world: World): Described[] {
  const { nodes, connections } = trace.legend;
  return nodes.flatMap(({ role, stage: own, name, id }, node): Described[] => {
    if (own !== stage || role !== 'gateway') return [];
    const pages = connections.filter(({ server, purpose }, at) => {
      const isOpen = world.connections[at]?.state === 'open';
      return server === node && purpose === 'websocket' && isOpen;
    });
    const position = world.readers.find(({ reader }) => reader === node)?.position;
    const reads = position === undefined ? '' : `, reads ${position} next`;
    const { up, away } = world.nodes[node] ?? {};
    const state =
      up === false ? 'stopped' : away ? 'away' : `${plural(pages.length, 'page')}${reads}`;
    return [{ key: id, name, state }];
  });
}
