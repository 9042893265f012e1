// The timing vectors, each measured on the media and links of the engine.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { instant, microseconds, type SimDuration } from '../kernel/simTime';
import type { DuplexMode } from './duplex';
import { Link } from './link';
import { twoNodes } from './twoNodes';

interface Vector {
  readonly id: string;
  readonly kind: string;
  readonly [field: string]: string | number;
}

const path = new URL('../vectors/duplex-timing.json', import.meta.url);
const file = JSON.parse(readFileSync(path, 'utf8')) as { readonly vectors: readonly Vector[] };

/** What each kind gives and expects; another field would be a promise that nobody keeps. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  serialisation: ['bits', 'bandwidth', 'txMs'],
  requestResponse: ['n', 'rttMs', 'txReqMs', 'txRespMs', 'turnaroundMs', 'totalMs'],
  pipelined: ['n', 'window', 'rttMs', 'txMs', 'throughputMsgPerMs', 'utilisation'],
  utilisation: ['a', 'window', 'U'],
  linkExchange: [
    ...['msgsAtoB', 'msgsBtoA', 'txMs', 'turnaroundMs'],
    ...['fullDuplexMs', 'halfDuplexOneTurnMs', 'halfDuplexAlternatingMs'],
  ],
};
const EVERYWHERE = ['id', 'kind', 'source', 'note'];

const measures: Readonly<Record<string, (vector: Numbers) => Record<string, number>>> = {
  serialisation,
  requestResponse,
  pipelined,
  utilisation,
  linkExchange,
};

type Numbers = (field: string) => number;

test('the file holds vectors of every kind, and no kind or field that nobody measures', () => {
  expect(new Set(file.vectors.map(({ kind }) => kind))).toEqual(new Set(Object.keys(FIELDS)));
  for (const vector of file.vectors) {
    const known = [...EVERYWHERE, ...(FIELDS[vector.kind] ?? [])];
    expect(known).toEqual(expect.arrayContaining(Object.keys(vector)));
  }
});

test.each(file.vectors)('$id', (vector) => {
  const numbers: Numbers = (field) => {
    const value = vector[field];
    if (typeof value !== 'number') throw new Error(`${vector.id} has no number "${field}".`);
    return value;
  };
  const measured = measures[vector.kind]?.(numbers) ?? {};
  expect(Object.keys(measured)).not.toHaveLength(0);
  for (const [field, value] of Object.entries(measured)) {
    expect(value, field).toBeCloseTo(numbers(field), 8);
  }
});

const US_PER_MS = 1_000;
/** A byte takes a microsecond, so a message of so many bytes takes as long as it is long. */
const BYTE_A_MICROSECOND = 1_000_000;

function line(duplex: DuplexMode, latencyMs: number, turnaroundMs = 0): Link {
  const { environment, ends } = twoNodes();
  return new Link(environment, {
    index: 0,
    id: 'a-b',
    ends,
    latency: microseconds(latencyMs * US_PER_MS),
    rateBytesPerSecond: BYTE_A_MICROSECOND,
    loss: 0,
    duplex,
    turnaround: microseconds(turnaroundMs * US_PER_MS) as SimDuration,
  });
}

function serialisation(of: Numbers): Record<string, number> {
  const { environment, ends } = twoNodes();
  const link = new Link(environment, {
    ...{ index: 0, id: 'a-b', ends, loss: 0, duplex: 'full-duplex' },
    latency: microseconds(0),
    rateBytesPerSecond: of('bandwidth') / 8,
    turnaround: microseconds(0),
  });
  // Whole microseconds are the engine's finest: a message a thousand times as long shows fractions.
  const { arrival } = link.reserve(0, instant(0), (1_000 * of('bits')) / 8);
  return { txMs: arrival / 1_000 / US_PER_MS };
}

/** Each side answers when the other's last byte is there and the medium has turned round. */
function requestResponse(of: Numbers): Record<string, number> {
  const link = line('half-duplex', of('rttMs') / 2, of('turnaroundMs'));
  const [request, response] = [of('txReqMs') * US_PER_MS, of('txRespMs') * US_PER_MS];
  let now = 0;
  for (let round = 0; round < of('n'); round += 1) {
    now = link.reserve(0, instant(now), request).arrival;
    now = link.reserve(1, instant(now), response).arrival;
  }
  // The medium turns after the last response as well, before anybody may ask again.
  const next = link.reserve(0, instant(now), 0);
  return { totalMs: next.start / US_PER_MS };
}

/** Sends messages with at most `window` of them unacknowledged; an ack takes no time to leave. */
function slidingWindow(window: number, txMs: number, rttMs: number) {
  const link = line('full-duplex', rttMs / 2);
  const tx = Math.round(txMs * US_PER_MS);
  const acked: number[] = [];
  const starts: number[] = [];
  const count = window * 40;
  for (let sent = 0; sent < count; sent += 1) {
    const mayStart = acked[sent - window] ?? 0;
    const { start, arrival } = link.reserve(0, instant(mayStart), tx);
    starts.push(start);
    acked.push(link.reserve(1, instant(arrival), 0).arrival);
  }
  // From one full window to another the pattern repeats.
  const period = (starts[count - 1] as number) - (starts[count - 1 - window * 20] as number);
  const perMs = (window * 20 * US_PER_MS) / period;
  return { perMs, busy: (window * 20 * tx) / period };
}

function pipelined(of: Numbers): Record<string, number> {
  const { perMs, busy } = slidingWindow(of('window'), of('txMs'), of('rttMs'));
  return { throughputMsgPerMs: perMs, utilisation: busy };
}

function utilisation(of: Numbers): Record<string, number> {
  const { busy } = slidingWindow(of('window'), 1, 2 * of('a'));
  return { U: busy };
}

/** When a medium is free again after both sides have said what they had. */
function exchange(of: Numbers, duplex: DuplexMode, order: readonly (0 | 1)[]): number {
  const link = line(duplex, 0, of('turnaroundMs'));
  const tx = of('txMs') * US_PER_MS;
  return Math.max(...order.map((way) => link.reserve(way, instant(0), tx).arrival)) / US_PER_MS;
}

function linkExchange(of: Numbers): Record<string, number> {
  const there = new Array<0>(of('msgsAtoB')).fill(0);
  const back = new Array<1>(of('msgsBtoA')).fill(1);
  const alternating = there.flatMap((way, turn) => [way, ...back.slice(turn, turn + 1)]);
  return {
    fullDuplexMs: exchange(of, 'full-duplex', [...there, ...back]),
    halfDuplexOneTurnMs: exchange(of, 'half-duplex', [...there, ...back]),
    halfDuplexAlternatingMs: exchange(of, 'half-duplex', alternating),
  };
}
