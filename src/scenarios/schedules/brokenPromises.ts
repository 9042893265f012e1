// What a run of connections whose ends live apart promises, each promise read from the trace alone.

import {
  EntryKind,
  indexTrace,
  instant,
  LOSS_CAUSES,
  ledgerAt,
  missesAt,
  simulate,
  stepInstants,
  TRANSFER_TYPES,
  type TraceIndex,
  worldAt,
} from '../../engine/index';
import { naiveCopies } from '../testing/naiveLedger';
import { type Row, rowsOf } from '../testing/traceColumns';
import type { Schedule } from './drawnSchedule';

const STAGE = 'websocket';
const EVERY_MISS = 1_000_000;

interface Story {
  readonly index: TraceIndex;
  readonly rows: readonly Row[];
  readonly schedule: Schedule;
}

/** The promises that a schedule breaks, by name; empty: all hold. */
export function brokenPromises(schedule: Schedule): string[] {
  const index = indexTrace(simulate(schedule.scene, schedule.seed, []));
  const story = { index, rows: rowsOf(index.trace), schedule };
  return Object.entries(PROMISES).flatMap(([name, breaks]) => (breaks(story) ? [name] : []));
}

const PROMISES: Readonly<Record<string, (story: Story) => boolean>> = {
  'bytes of a direction arrive in order': overtakes,
  'nobody gets anything twice or out of order': ({ index, schedule: { scene } }) => {
    const { duplicated, reordered } = ledgerAt(index, STAGE, scene.horizon);
    // Connections of their own race each other.
    const races = scene.sockets.persistence === 'each';
    return duplicated > 0 || (reordered > 0 && !races);
  },
  'nothing is sent after a close frame': sendsAfterClose,
  'no close frame bears 1006 or 1015': ({ rows }) =>
    rows.some(
      ({ kind, value }) => kind === EntryKind.Closing && (value === 1006 || value === 1015),
    ),
  'a clean end has said so itself': hasBareEnd,
  'an end that gets no pong is over at once': hasPatientEnd,
  'the ledger balances at every instant': losesCount,
  'the ledger is what a recount gives': miscounts,
  'every missed message has a cause': hasNamelessMiss,
  'nothing is in flight where there is no connection': hasGhosts,
  'with a buffer only what is too old is missed': missesWithBuffer,
  'whoever cannot get all of it is told': keepsQuiet,
};

function overtakes({ index: { trace }, rows }: Story): boolean {
  const newest = new Map<string, number>();
  return rows.some(({ kind, transfer }) => {
    if (kind !== EntryKind.TransferArrived) return false;
    const { connection, from } = trace.transfers;
    const way = `${connection[transfer]} ${from[transfer]}`;
    const isOlder = transfer < (newest.get(way) ?? -1);
    newest.set(way, transfer);
    // Lives of one connection that overlap are connections of their own.
    return isOlder && !hasSeveralLives({ rows, place: connection[transfer] as number });
  });
}

const hasSeveralLives = ({ rows, place }: { rows: readonly Row[]; place: number }): boolean =>
  rows.filter((row) => row.kind === EntryKind.Connecting && row.place === place).length > 1;

/** From its close frame on, an end sends nothing but segments, until it is opened anew. */
function sendsAfterClose({ rows, schedule: { scene } }: Story): boolean {
  if (scene.sockets.persistence === 'each') return false;
  const closed = new Set<string>();
  return rows.some(({ kind, node, place, value }) => {
    const end = `${place} ${node}`;
    if (kind === EntryKind.Accepted || kind === EntryKind.Connecting) closed.delete(end);
    if (kind !== EntryKind.TransferStarted) return false;
    const type = TRANSFER_TYPES[value];
    // A connection's next life begins with its handshake, before its server says so.
    if (type === 'handshake') closed.delete(end);
    const isAfter = closed.has(end) && type !== 'tcp';
    if (type === 'close') closed.add(end);
    return isAfter;
  });
}

function hasBareEnd({ rows }: Story): boolean {
  const saying = new Set<string>();
  return rows.some(({ kind, node, place, detail }) => {
    const end = `${place} ${node}`;
    if (kind === EntryKind.Closing) saying.add(end);
    return kind === EntryKind.Closed && detail === 1 && !saying.has(end);
  });
}

function hasPatientEnd({ rows }: Story): boolean {
  return rows.some(
    ({ kind, node, place, time, seq }) =>
      kind === EntryKind.PongMissed &&
      !rows.some((later) => {
        const isEnd = later.node === node && later.place === place && later.time === time;
        return later.seq > seq && isEnd && later.kind === EntryKind.Closed;
      }),
  );
}

function losesCount({ index, schedule }: Story): boolean {
  return [...stepInstants(index), schedule.scene.horizon].some((time) => {
    const { sent, delivered, waiting, inFlight, missed } = ledgerAt(index, STAGE, time);
    const least = Math.min(delivered, waiting, inFlight, missed);
    return delivered + waiting + inFlight + missed !== sent || least < 0;
  });
}

/** Looks at a few instants of every run, each time others. */
function miscounts({ index, rows, schedule: { scene, seed } }: Story): boolean {
  const picks = [1, 2, 3].map((part) => rows[(seed * part * 31) % rows.length]?.time ?? 0);
  return [...picks, scene.horizon].some((time) => {
    const copies = naiveCopies(index.trace, STAGE, time);
    const ledger = ledgerAt(index, STAGE, instant(time));
    const states = ['delivered', 'waiting', 'inFlight', 'missed'] as const;
    return states.some(
      (state) => copies.filter((copy) => copy.state === state).length !== ledger[state],
    );
  });
}

function hasNamelessMiss({ index, rows, schedule: { scene } }: Story): boolean {
  const misses = missesAt(index, STAGE, scene.horizon, EVERY_MISS);
  if (misses.length !== ledgerAt(index, STAGE, scene.horizon).missed) return true;
  return misses.some(
    ({ message, reader, cause, time }) =>
      !rows.some((row) => {
        if (row.time !== time) return false;
        const isLoss = row.kind === EntryKind.Lost || row.kind === EntryKind.LetGo;
        const isMine = row.message === message && row.node === reader;
        if (isLoss && isMine) return LOSS_CAUSES[row.value] === cause;
        return row.kind === EntryKind.TransferDropped || row.kind === EntryKind.Crashed;
      }),
  );
}

/** Both ends closed, nothing on the line: then nothing is on its way. */
function hasGhosts({ index, schedule: { scene } }: Story): boolean {
  const { connections, transfers } = worldAt(index, scene.horizon);
  const isSilent = connections.every(
    ({ client, server }) => client === 'closed' && server === 'closed',
  );
  const moves = transfers.some(({ messages }) => messages.length > 0);
  return isSilent && !moves && ledgerAt(index, STAGE, scene.horizon).inFlight > 0;
}

function missesWithBuffer({ index, schedule: { scene, isGentle } }: Story): boolean {
  if (!isGentle) return false;
  const { entries, messages } = index.trace;
  return missesAt(index, STAGE, scene.horizon, EVERY_MISS).some(({ message, time }) => {
    const sentAt = entries.time[messages.sentSeq[message] as number] as number;
    return time - sentAt < scene.settings.replayWindow;
  });
}

/** The first answer that comes after something was missed says that not all can be had. */
function keepsQuiet({ index, rows, schedule: { scene, isGentle } }: Story): boolean {
  if (!isGentle) return false;
  const { transfers, messages } = index.trace;
  return missesAt(index, STAGE, scene.horizon, EVERY_MISS).some(({ message, reader, time }) => {
    const answer = rows.find(({ kind, transfer, time: at }) => {
      const isAnswer = kind === EntryKind.TransferStarted && TYPES.resume === typeOf(transfer);
      const isFromHolder = transfers.from[transfer] === messages.from[message];
      return isAnswer && isFromHolder && transfers.to[transfer] === reader && at >= time;
    });
    // An answer that died unread is followed by another one.
    const told = rows.find(({ kind, node, place, seq }) => {
      const isTold = kind === EntryKind.ResumeAnswered && node === reader;
      return isTold && answer !== undefined && place === answer.place && seq > answer.seq;
    });
    return told !== undefined && told.detail !== 2;
  });

  function typeOf(transfer: number): number {
    return transfers.type[transfer] as number;
  }
}

const TYPES = { resume: TRANSFER_TYPES.indexOf('resume') } as const;
