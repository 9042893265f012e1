// A TCP connection whose ends part: resets, half-open ends, windows, and a close in each direction.

import { describe, expect, test } from 'vitest';
import { instant, milliseconds } from '../kernel/simTime';
import { Link } from './link';
import type { SendLimits } from './sendQueue';
import { TcpStream } from './tcpStream';
import { twoNodes } from './twoNodes';

const LATENCY_MS = 10;
const UNLIMITED: SendLimits = {
  receiveWindowBytes: Number.POSITIVE_INFINITY,
  sendKernelBytes: Number.POSITIVE_INFINITY,
};

/** Two ends, a link and a stream, opened at 0, with what its users hear. */
function streamed(limits = UNLIMITED) {
  const world = twoNodes();
  const { environment, ends, simulation } = world;
  const link = new Link(environment, {
    ...{ index: 0, id: 'a-b', ends, loss: 0, duplex: 'full-duplex' },
    latency: milliseconds(LATENCY_MS),
    rateBytesPerSecond: Number.POSITIVE_INFINITY,
    turnaround: milliseconds(0),
  });
  const heard: string[] = [];
  const say = (text: string) => heard.push(`${simulation.now / 1_000} ${text}`);
  const paused = new Set<object>();
  const [client, server] = ends;
  const route = { index: 0, link, client, server };
  const stream = new TcpStream<string>(environment, route, {
    limits,
    listener: {
      established: () => say('open'),
      isReading: (at) => !paused.has(at),
      read: ({ parcel, route: { to } }) => say(`${to.id} reads ${parcel.body}`),
      peerFinished: (at) => say(`${at.id} reads the end`),
      ended: (at) => say(`${at.id} is over`),
      reset: (at) => say(`${at.id} is reset`),
      lost: (losses) => say(`lost: ${losses.map(({ body, cause }) => `${body} ${cause}`).join()}`),
      buffered: () => undefined,
    },
  });
  link.listeners.push({
    linkCut: () => stream.linkCut(),
    linkRestored: () => stream.linkRestored(),
  });
  const at = (ms: number, act: () => void) =>
    simulation.schedule(instant(ms * 1_000), act, undefined);
  const send = (ms: number, body: string, from: 0 | 1 = 0, bytes = 100) =>
    at(ms, () => {
      const parcel = { type: 'message', bytes, payloadBytes: bytes, messages: [], body } as const;
      stream.send(ends[from], parcel);
    });
  at(-2 * LATENCY_MS, () => stream.dial());
  const story = () => {
    world.trace();
    return heard.filter((text) => !text.endsWith('open'));
  };
  return { link, stream, client, server, paused, at, send, story };
}

test('what was given before the end still comes, and each end is over when both have ended', () => {
  const { at, send, stream, client, server, story } = streamed();
  send(5, 'one');
  at(5, () => stream.finish(client));
  send(16, 'back', 1);
  at(20, () => stream.finish(server));
  expect(story()).toEqual([
    '15 b reads one',
    '15 b reads the end',
    '20 b is over',
    '26 a reads back',
    '30 a reads the end',
    '30 a is over',
  ]);
});

describe('a program that lets go', () => {
  test('is told by a FIN one way later, behind what left before it', () => {
    const { at, send, stream, client, story } = streamed();
    send(5, 'one');
    at(6, () => stream.letGo(client));
    expect(story()).toEqual(['15 b reads one', '16 b reads the end']);
  });

  test('during a cut: its FIN comes when the line heals', () => {
    const { at, stream, link, client, server, story } = streamed();
    at(10, () => link.cutOff());
    at(20, () => stream.letGo(client));
    at(99, () => expect(stream.isAliveAt(server)).toBe(true));
    at(100, () => link.restore());
    expect(story()).toEqual(['110 b reads the end']);
  });

  test('takes nothing any more: what comes is answered with a reset', () => {
    const { at, send, stream, link, client, story } = streamed();
    at(10, () => link.cutOff());
    at(20, () => stream.letGo(client));
    send(30, 'into the cut', 1);
    at(100, () => link.restore());
    expect(story()).toEqual([
      '110 b reads the end',
      '110 lost: into the cut sent into the cut',
      '120 b is reset',
    ]);
  });

  test('leaves what its kernel has taken, and loses what that had no room for', () => {
    const limits = { receiveWindowBytes: 100, sendKernelBytes: 200 };
    const { at, send, stream, paused, client, server, story } = streamed(limits);
    at(0, () => paused.add(server));
    for (const name of ['one', 'two', 'three']) send(1, name);
    at(5, () => stream.letGo(client));
    at(100, () => {
      paused.clear();
      stream.readOn(server);
    });
    expect(story()).toEqual([
      '5 lost: three buffered when it died',
      '100 b reads one',
      '120 b reads two',
      '120 b reads the end',
    ]);
  });

  test('with bytes unread resets the connection', () => {
    const { at, send, stream, paused, client, story } = streamed();
    at(0, () => paused.add(client));
    send(1, 'one', 1);
    at(20, () => stream.letGo(client));
    expect(story()).toEqual(['20 lost: one unread when it died', '30 b is reset']);
  });
});

test('a reset into a cut is gone, and a silent half-open end is never reset', () => {
  const { at, send, stream, paused, link, client, server, story } = streamed();
  at(0, () => paused.add(client));
  send(1, 'one', 1);
  at(15, () => link.cutOff());
  at(20, () => stream.letGo(client));
  at(100, () => link.restore());
  at(9_000, () => expect(stream.isAliveAt(server)).toBe(true));
  expect(story()).toEqual(['20 lost: one unread when it died']);
});

test('a half-open end is reset once its own bytes are answered', () => {
  const { at, send, stream, paused, link, client, story } = streamed();
  at(0, () => paused.add(client));
  send(1, 'one', 1);
  at(15, () => link.cutOff());
  at(20, () => stream.letGo(client));
  send(30, 'into the cut', 1);
  at(100, () => link.restore());
  expect(story()).toEqual([
    '20 lost: one unread when it died',
    '110 lost: into the cut sent into the cut',
    '120 b is reset',
  ]);
});

test('a full window stops the sender until the program has read, a round trip before more comes', () => {
  const { at, send, stream, paused, server, story } = streamed({
    ...{ receiveWindowBytes: 200, sendKernelBytes: 1_000 },
  });
  at(0, () => paused.add(server));
  for (const name of ['one', 'two', 'three']) send(1, name);
  at(100, () => {
    paused.clear();
    stream.readOn(server);
  });
  expect(story()).toEqual(['100 b reads one', '100 b reads two', '120 b reads three']);
});

test('what the kernel has no room for is the program’s, and each is lost where it was', () => {
  const { at, send, stream, paused, client, server, story } = streamed({
    ...{ receiveWindowBytes: 100, sendKernelBytes: 200 },
  });
  at(0, () => paused.add(server));
  for (const name of ['one', 'two', 'three']) send(1, name);
  at(5, () => expect(stream.bufferedAt(client)).toBe(100));
  at(15, () => stream.abort());
  expect(story().slice(0, 2)).toEqual([
    '15 lost: two in the kernel when it died,three buffered when it died',
    '15 lost: one unread when it died',
  ]);
});

test('nobody at the other end: the dial is answered with a reset', () => {
  const { at, server, story } = streamed();
  at(-15, () => server.crash());
  expect(story()).toEqual(['0 a is reset']);
});
