// What stands still on the Kafka stage: people, streets, the log, and why a message waits in it.

import type { World } from '../../engine/index';
import { nameOf } from '../people';
import { EMPTY_STILL, joinStills, type Still, word } from '../still';
import { longestThatFits } from './geometry/captionRoom';
import type { Seat } from './geometry/seats';
import { laneStill } from './laneScene';
import { logCopies } from './logCopies';
import { logStill } from './logScene';
import { hasPile, pilesStill } from './missScene';
import { absenceWord, movingWord, peopleStill } from './personScene';
import type { TopologyLayout } from './topologyLayout';

export function kafkaStill(layout: TopologyLayout, world: World): Still {
  const piles = pilesStill(layout, world.time);
  return joinStills([
    ...layout.lanes.map((lane) => laneStill(layout, world, lane)),
    layout.log === null ? EMPTY_STILL : logStill(layout, world, layout.log),
    peopleStill(layout, world, (seat) => doing(layout, world, seat)),
    piles,
    layout.labels === 'names' && hasPile(piles, 'middle')
      ? EMPTY_STILL
      : captionStill(layout, world, hasPile(piles, 'left') || hasPile(piles, 'right')),
  ]);
}

function doing({ index }: TopologyLayout, world: World, seat: Seat): string {
  const moving = movingWord(world, seat);
  const isReader = index.trace.legend.partitions.some(({ readers }) => readers.includes(seat.node));
  return absenceWord(world, seat) ?? (moving !== '' ? moving : isReader ? 'waits' : '');
}

/** What happens to a message in the log right now, in one line below it. */
function captionStill(layout: TopologyLayout, world: World, isCrowded: boolean): Still {
  const { log, labels } = layout;
  if (log === null || labels === 'none' || !logCopies(layout, world).isUp) return EMPTY_STILL;
  const words = waitingWords(layout, world) ?? [
    'each one stops, is written, waits',
    'each one stops here',
    'each stops here',
  ];
  const room = isCrowded && labels === 'names' ? log.right - log.left : layout.size.width;
  const text = longestThatFits(layout, words, room);
  const isOneRow = layout.seats.length <= 2;
  const y = log.bottom + (labels === 'captions' && isOneRow ? 24 : 17);
  if (text === '') return EMPTY_STILL;
  return { paths: [], words: [word('log caption', text, { x: layout.size.width / 2, y })] };
}

/** Why the oldest message that a reader lacks waits, the longest wording first; null: none waits. */
export function waitingWords({ index, stage }: TopologyLayout, world: World): string[] | null {
  const { partitions, nodes } = index.trace.legend;
  for (const { partition, reader, position } of world.readers) {
    const state = world.partitions[partition];
    if (nodes[reader]?.stage !== stage || state === undefined) continue;
    const next =
      position +
      onTheirWay(index.trace.messages.from, world, {
        sender: partitions[partition]?.sender ?? -1,
        reader,
      });
    const waiting = state.logEnd - Math.max(next, state.logStart);
    if (waiting <= 0 || world.nodes[reader]?.joined === false) continue;
    if (world.nodes[reader]?.away) {
      return [`${waiting} waiting for ${nameOf(index.trace, reader)}`, `${waiting} waiting`];
    }
    if (next >= state.highWatermark) return ['waits: copy'];
    return [isAwaitingAck(world, reader) ? 'waits: ack' : 'waits: poll'];
  }
  return null;
}

/** How many of a sender's messages have left the log for this reader and not arrived. */
function onTheirWay(
  senderOf: Int32Array,
  world: World,
  { sender, reader }: { readonly sender: number; readonly reader: number },
): number {
  let count = 0;
  for (const { type, to, messages } of world.transfers) {
    if (type !== 'records' || to !== reader) continue;
    count += messages.filter((message) => senderOf[message] === sender).length;
  }
  return count;
}

/** In the loop a reader polls only after the ack for its own message. */
function isAwaitingAck(world: World, reader: number): boolean {
  const own = world.transfers.filter(({ from, to }) => from === reader || to === reader);
  if (own.some(({ type }) => type === 'poll')) return false;
  return own.some(({ type }) => type === 'ack' || type === 'produce');
}
