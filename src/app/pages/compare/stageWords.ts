// What each stage is called, what it looks like in plain words, and the field's word for it.

import type { StageId, Trace, TraceIndex } from '../../../engine/index';
import { plural } from '../../../stage/numberText';
import { middleOf, peopleOf } from '../../../stage/people';

export interface StageWords {
  readonly title: string;
  readonly subtitle: string;
  readonly duplex: string;
}

export const STAGE_WORDS: Readonly<Record<StageId, StageWords>> = {
  websocket: { title: 'WebSocket', subtitle: 'one line, both ways', duplex: 'full-duplex' },
  kafka: {
    title: 'Kafka',
    subtitle: 'two one-way streets with a stop',
    duplex: 'half-duplex here',
  },
  'half-duplex': { title: 'Half-duplex', subtitle: 'one line, in turns', duplex: 'half-duplex' },
  'full-duplex': { title: 'Full-duplex', subtitle: 'one line, both ways', duplex: 'full-duplex' },
  polling: { title: 'Polling', subtitle: 'asking again and again', duplex: 'by request' },
  'long-polling': { title: 'Long polling', subtitle: 'asking, then waiting', duplex: 'by request' },
  sse: { title: 'Server-sent events', subtitle: 'one way, from the server', duplex: 'one way' },
  together: { title: 'Together', subtitle: 'WebSocket in front, Kafka behind', duplex: 'both' },
};

/** What stands under the name of a stage that shows one talk, or who is joined to whom. */
export function subtitleOf({ trace }: TraceIndex, stage: StageId): string {
  const servers = trace.legend.nodes.filter((node) => node.role === 'server');
  const own = servers.filter((node) => node.stage === stage).length;
  if (own > 1) return `${plural(own, 'server')} behind a balancer`;
  if (!joinsEachToEach(trace)) return STAGE_WORDS[stage].subtitle;
  const people = new Set(peopleOf(trace, stage).map(({ node }) => node));
  const lines = trace.legend.links.filter(({ ends }) => ends.some((node) => people.has(node)));
  const words = plural(lines.length, 'line');
  return stage === 'kafka' ? `${words} to a hub, and a stop there` : `${words}, from each to each`;
}

/** Several people on WebSocket without a relay: the scene is about their lines. */
const joinsEachToEach = (trace: Trace): boolean =>
  peopleOf(trace, 'websocket').length > 2 &&
  middleOf(trace, 'websocket') === null &&
  trace.legend.nodes.every(({ role }) => role !== 'balancer');

/** "3 brokers, 6 partitions, 3 copies each". */
export function clusterSubtitle({ trace }: TraceIndex): string {
  const { nodes } = trace.legend;
  const partitions = trace.legend.partitions.filter(({ stage }) => stage === 'kafka');
  const brokers = nodes.filter(({ role }) => role === 'broker').length;
  const copies = Math.max(...partitions.map(({ replicas }) => replicas.length));
  return [
    plural(brokers, 'broker'),
    plural(partitions.length, 'partition'),
    copies === 1 ? 'one copy each' : `${copies} copies each`,
  ].join(', ');
}
