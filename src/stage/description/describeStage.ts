// The same instant as lists of words: who is there, what is open, what each log holds.

import type { NodeState, SimTime, StageId, TraceIndex, World } from '../../engine/index';
import { heldAt, ledgerAt, worldAt } from '../../engine/index';
import { plural } from '../numberText';
import { middleOf, nameOf, peopleOf } from '../people';
import { STAGE_TITLES } from '../stageTitles';
import { clusterWords } from './clusterWords';
import { crowdWords, fleetWords, MOST_LISTED } from './fleetWords';
import { gatewayWords } from './gatewayWords';

export interface Described {
  /** Stable over a run. */
  readonly key: string;
  readonly name: string;
  readonly state: string;
}

export interface StageWords {
  readonly title: string;
  readonly people: readonly Described[];
  /** Connections, and the machine in the middle. */
  readonly connections: readonly Described[];
  /** Logs and buffers. */
  readonly logs: readonly Described[];
  /** Brokers, partitions and groups; empty where there is one broker and no group. */
  readonly cluster: readonly Described[];
  readonly messages: string;
}

export function describeStage(index: TraceIndex, stage: StageId, time: SimTime): StageWords {
  const world = worldAt(index, time);
  const ledger = ledgerAt(index, stage, time);
  const fleet = fleetWords(index, stage, world);
  const people = peopleOf(index.trace, stage);
  return {
    title: STAGE_TITLES[stage],
    people:
      people.length > MOST_LISTED
        ? crowdWords(index, stage, world)
        : people.map(({ id, name, node }) => ({
            key: id,
            name,
            state: personState(world.nodes[node]),
          })),
    connections:
      fleet.length > 0
        ? fleet
        : [
            ...middleWords(index, stage, world),
            ...gatewayWords(index, stage, world),
            ...connectionWords(index, stage, world),
          ],
    logs: [...logWords(index, stage, world), ...bufferWords(index, stage, time)],
    cluster: clusterWords(index, stage, time),
    messages: [
      `${ledger.delivered} arrived`,
      `${ledger.waiting} waiting`,
      `${ledger.inFlight} on the way`,
      `${ledger.missed} missed`,
    ].join(', '),
  };
}

/** What a person does, in one or two words. */
function personState(state: NodeState | undefined): string {
  if (state === undefined || !state.joined) return 'comes later';
  if (state.away) return 'away';
  if (!state.up) return 'stopped';
  if (state.sending && state.getting) return 'sends and gets at once';
  if (state.sending) return 'sends';
  return state.getting ? 'gets' : 'here';
}

function middleWords({ trace }: TraceIndex, stage: StageId, world: World): Described[] {
  const node = middleOf(trace, stage);
  if (node === null) return [];
  const isUp = world.nodes[node]?.up !== false;
  return [{ key: 'middle', name: nameOf(trace, node), state: isUp ? 'runs' : 'stopped' }];
}

const PURPOSE_WORDS = {
  websocket: 'line',
  producer: 'street to the log',
  consumer: 'street from the log',
  coordinator: 'line to the coordinator',
  http: 'line for requests',
  post: 'street to the server',
  get: 'street from the server',
  channel: 'line',
  backplane: 'line to the backplane',
} as const;

function connectionWords({ trace }: TraceIndex, stage: StageId, world: World): Described[] {
  const { connections } = trace.legend;
  const isClosed = (at: number) => world.connections[at]?.state === 'closed';
  return connections.flatMap((connection, at) => {
    if (connection.stage !== stage) return [];
    // A client opens its lines to other brokers when it needs them; until then nobody misses them.
    const first = connections.findIndex(
      ({ client, purpose }) => client === connection.client && purpose === connection.purpose,
    );
    if (isClosed(at) && (at !== first || connection.purpose === 'coordinator')) return [];
    const { purpose, client, server, link, id } = connection;
    const isOpen = purpose === 'channel' || world.connections[at]?.state === 'open';
    const state = isOpen ? 'open' : (world.connections[at]?.state ?? 'closed');
    const ends = `${nameOf(trace, client)} and ${nameOf(trace, server)}`;
    return [
      {
        key: id,
        name: `${PURPOSE_WORDS[purpose]} between ${ends}`,
        state: world.links[link]?.cut ? 'cut' : state,
      },
    ];
  });
}

function logWords({ trace }: TraceIndex, stage: StageId, world: World): Described[] {
  return trace.legend.partitions.flatMap((partition, at) => {
    const state = world.partitions[at];
    if (partition.stage !== stage || state === undefined) return [];
    const unsafe = state.logEnd - state.highWatermark;
    const readers = world.readers
      .filter((reader) => reader.partition === at)
      .map(({ reader, position }) => `${nameOf(trace, reader)} reads ${position} next`);
    return [
      {
        key: partition.id,
        name:
          partition.sender < 0
            ? `log ${partition.topic} ${partition.number}`
            : `log of ${nameOf(trace, partition.sender)}`,
        state: [
          `${plural(state.highWatermark - state.logStart, 'message')} stored`,
          ...(unsafe > 0 ? [`${unsafe} not yet safe`] : []),
          ...readers,
        ].join(', '),
      },
    ];
  });
}

function bufferWords(index: TraceIndex, stage: StageId, time: SimTime): Described[] {
  const held = heldAt(index, stage, time).length;
  return held === 0 ? [] : [{ key: 'buffer', name: 'buffer', state: `keeps ${held}` }];
}
