// An HTTP/1.1 connection: one request at a time, in order, as long as the formula says, and nothing
// sent again.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { instant, microseconds } from '../kernel/simTime';
import { Link } from '../network/link';
import { NO_MESSAGES, type Parcel } from '../network/transfer';
import { twoNodes } from '../network/twoNodes';
import type { HttpBody } from './httpBody';
import { HttpConnection } from './httpConnection';

const MS = 1_000;
/** A byte takes a microsecond, so a request of so many bytes takes as long as it is long. */
const BYTE_A_MICROSECOND = 1_000_000;

const parcel = (body: HttpBody, bytes: number): Parcel<HttpBody> => ({
  ...{ type: body.part === 'poll' ? 'get' : 'emptyAnswer', bytes, payloadBytes: 0 },
  ...{ messages: NO_MESSAGES, body },
});

/** A line as the vectors have it; the server answers each request as soon as it has it. */
function connected({ rttMs = 20, turnaroundMs = 0, responseBytes = 0, answers = true } = {}) {
  const world = twoNodes();
  const { environment, ends, simulation } = world;
  const link = new Link(environment, {
    ...{ index: 0, id: 'a-b', ends, loss: 0, duplex: 'half-duplex' },
    latency: microseconds((rttMs * MS) / 2),
    rateBytesPerSecond: BYTE_A_MICROSECOND,
    turnaround: microseconds(turnaroundMs * MS),
  });
  const heard: string[] = [];
  const say = (what: string): number => heard.push(`${what} ${simulation.now / MS}`);
  const [client, server] = ends;
  const connection = new HttpConnection(
    environment,
    { index: 0, link, client, server },
    {
      opened: () => say('opened'),
      asked: () => {
        say('asked');
        if (answers) connection.respond(parcel({ part: 'nothing' }, responseBytes));
      },
      answered: () => say('answered'),
      closed: (_, { dropped, unsent }) =>
        say(`closed, ${dropped.length} and ${unsent.length} gone,`),
    },
  );
  const ask = (bytes = 0): void => connection.request(parcel({ part: 'poll' }, bytes));
  const at = (ms: number, act: () => void) => simulation.schedule(instant(ms * MS), act, undefined);
  connection.tcp.open();
  return { ...world, connection, heard, ask, at, client, server };
}

const timesOf = (heard: readonly string[], what: string): number[] =>
  heard.filter((line) => line.startsWith(what)).map((line) => Number(line.split(' ').at(-1)));

interface RequestResponse {
  readonly id: string;
  readonly kind: string;
  readonly n: number;
  readonly rttMs: number;
  readonly txReqMs: number;
  readonly txRespMs: number;
  readonly turnaroundMs: number;
  readonly totalMs: number;
}

const path = new URL('../vectors/duplex-timing.json', import.meta.url);
const file = JSON.parse(readFileSync(path, 'utf8')) as { readonly vectors: RequestResponse[] };
const exchanges = file.vectors.filter(({ kind }) => kind === 'requestResponse');

describe('request and response, by the vectors', () => {
  test('there are some', () => {
    expect(exchanges.length).toBeGreaterThan(3);
  });

  test.each(exchanges)('$id', ({ n, rttMs, txReqMs, txRespMs, turnaroundMs, totalMs }) => {
    const world = connected({ rttMs, turnaroundMs, responseBytes: txRespMs * MS });
    // All at once: the connection asks one after the other.
    for (let asked = 0; asked < n; asked += 1) world.ask(txReqMs * MS);
    world.trace();
    const [opened = 0] = timesOf(world.heard, 'opened');
    const answered = timesOf(world.heard, 'answered');
    expect(answered).toHaveLength(n);
    expect((answered.at(-1) ?? 0) - opened).toBeCloseTo(totalMs, 6);
  });
});

test('the next request leaves when the answer is there, and not before', () => {
  const world = connected();
  world.ask();
  world.ask();
  world.trace();
  expect(timesOf(world.heard, 'asked')).toEqual([-970, -950]);
  expect(timesOf(world.heard, 'answered')).toEqual([-960, -940]);
});

test('a request that nobody answers holds up all behind it', () => {
  const world = connected({ answers: false });
  for (let asked = 0; asked < 5; asked += 1) world.ask();
  world.trace();
  expect(timesOf(world.heard, 'asked')).toHaveLength(1);
  expect(timesOf(world.heard, 'answered')).toEqual([]);
});

test('what dies with the connection is not sent again, and the next request goes as ever', () => {
  const world = connected();
  world.at(0, () => {
    world.ask();
    world.ask();
  });
  world.at(5, () => world.client.goAway());
  world.at(50, () => world.client.comeBack());
  world.at(100, () => world.ask());
  world.trace();
  expect(world.heard).toContain('closed, 1 and 1 gone, 5');
  expect(timesOf(world.heard, 'asked')).toEqual([110]);
  expect(timesOf(world.heard, 'answered')).toEqual([120]);
});

test('on a dead connection a request fails at once', () => {
  const world = connected();
  world.at(0, () => world.server.crash());
  world.at(3, () => world.ask());
  world.trace();
  expect(world.heard).toContain('closed, 0 and 1 gone, 3');
});
