// The vectors about closing and sending in each readyState, on one connection between two nodes.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { instant, milliseconds, seconds } from '../../kernel/simTime';
import { Link } from '../../network/link';
import type { NetworkNode } from '../../network/node';
import { twoNodes } from '../../network/twoNodes';
import { PLAIN_SOCKET_SETTINGS, PLAIN_SOCKETS } from '../socketScene';
import { closeException, sendException } from '../wire/closeCodes';
import { negotiate } from '../wire/handshake/negotiate';
import { PLAIN_TERMS } from '../wire/handshake/openingHandshake';
import type { CloseReport } from './lifeEnd';
import { WebSocketLife } from './webSocketLife';

interface Vector {
  readonly id: string;
  readonly readyState: string;
  readonly expected: string;
  readonly source: string;
}

const path = new URL('../../vectors/ws-close.json', import.meta.url);
const { vectors } = JSON.parse(readFileSync(path, 'utf8')) as { vectors: readonly Vector[] };
const states = vectors.filter((vector) => 'readyState' in vector);

/** A connection that has just been dialled, and what its ends report. */
function dialled() {
  const { simulation, environment, ends } = twoNodes();
  const [client, server] = ends;
  const line = { index: 0, id: 'a-b', ends, latency: milliseconds(10), loss: 0 } as const;
  const link = new Link(environment, {
    ...{ ...line, rateBytesPerSecond: Number.POSITIVE_INFINITY },
    ...{ duplex: 'full-duplex', turnaround: milliseconds(0) },
  });
  const reports = new Map<NetworkNode, CloseReport>();
  const states: string[] = [];
  const setup = {
    ...{ scene: PLAIN_SOCKETS, settings: PLAIN_SOCKET_SETTINGS },
    handshake: negotiate('b', PLAIN_TERMS),
  };
  const life = new WebSocketLife(
    environment,
    { index: 0, link, client, server },
    {
      setup,
      listener: {
        accepting: () => undefined,
        opened: () => undefined,
        isReading: () => true,
        received: () => undefined,
        lost: () => undefined,
        closedAt: (closed, at, report) => {
          reports.set(at, report);
          if (at === client) states.push(closed.readyStateAt(at));
        },
      },
    },
  );
  link.listeners.push({
    linkCut: () => life.stream.linkCut(),
    linkRestored: () => life.stream.linkRestored(),
  });
  const wait = (duration = seconds(1)) => simulation.runUntil(instant(simulation.now + duration));
  life.dial();
  return { life, link, client, server, reports, states, wait };
}

function opened() {
  const world = dialled();
  world.wait();
  expect(world.life.readyStateAt(world.client)).toBe('open');
  return world;
}

const MESSAGE = { part: 'message', message: 0, place: 0, fromStorage: false } as const;
const BYTES = 30;

/** By vector: what it expects, and the proof. */
const proofs: Readonly<Record<string, readonly [expected: string, prove: () => void]>> = {
  'close-while-connecting': [
    'fail connection; readyState CLOSING then CLOSED; error + close events, code 1006',
    () => {
      const { life, client, reports, states, wait } = dialled();
      life.close(client, null);
      expect(life.readyStateAt(client)).toBe('closing');
      wait();
      expect(states).toEqual(['closed']);
      expect(reports.get(client)).toEqual({ code: 1006, wasClean: false, reason: '' });
    },
  ],
  'close-open-noargs': [
    'Close frame with no code; peer API sees 1005',
    () => {
      const { life, client, server, reports, wait } = opened();
      life.close(client, null);
      wait();
      const report = { code: 1005, wasClean: true, reason: '' };
      expect([reports.get(server), reports.get(client)]).toEqual([report, report]);
    },
  ],
  'close-closed': [
    'no-op',
    () => {
      const { life, client, states, wait } = opened();
      life.close(client, 1000);
      wait();
      life.close(client, 3000);
      wait();
      expect(states).toEqual(['closed']);
      expect(life.readyStateAt(client)).toBe('closed');
    },
  ],
  'send-connecting': [
    'InvalidStateError',
    () => {
      const { life, client } = dialled();
      expect(sendException(life.readyStateAt(client))).toBe('InvalidStateError');
    },
  ],
  'send-closing': [
    'silently dropped; bufferedAmount still grows',
    () => {
      const { life, client } = opened();
      life.close(client, 1000);
      expect(sendException(life.readyStateAt(client))).toBeNull();
      life.send(client, BYTES, MESSAGE);
      expect(life.bufferedAmountAt(client)).toBe(BYTES);
    },
  ],
  'send-closed': [
    'silently dropped; bufferedAmount still grows and is never reset to 0 by closing',
    () => {
      const { life, client, wait } = opened();
      life.close(client, 1000);
      life.send(client, BYTES, MESSAGE);
      wait();
      expect(life.readyStateAt(client)).toBe('closed');
      expect(life.bufferedAmountAt(client)).toBe(BYTES);
      life.send(client, BYTES, MESSAGE);
      expect(life.bufferedAmountAt(client)).toBe(2 * BYTES);
    },
  ],
  'tab-closed': [
    'Close frame 1001 attempted',
    () => {
      const { life, client, server, reports, wait } = opened();
      // The browser may, though its page may not.
      expect(closeException(1001, 0)).toBe('InvalidAccessError');
      life.close(client, 1001);
      wait();
      expect(reports.get(server)).toMatchObject({ code: 1001, wasClean: true });
    },
  ],
  'server-process-killed': [
    'FIN or RST without Close frame: wasClean=false, code 1006, no reason',
    () => {
      const { life, client, server, reports, wait } = opened();
      life.terminate(server);
      wait();
      expect(reports.get(client)).toEqual({ code: 1006, wasClean: false, reason: '' });
    },
  ],
  'cable-cut': [
    'nothing happens: readyState stays 1 until a write times out, a heartbeat fires or the OS reports link loss',
    () => {
      const { life, link, client, server, reports, wait } = opened();
      link.cutOff();
      wait(seconds(5));
      expect([client, server].map((node) => life.readyStateAt(node))).toEqual(['open', 'open']);
      expect(reports.size).toBe(0);
    },
  ],
};

describe('in each readyState', () => {
  test('every vector has a proof', () => {
    expect(states.map(({ id }) => id).sort()).toEqual(Object.keys(proofs).sort());
    for (const vector of states) {
      expect(Object.keys(vector).sort()).toEqual(['expected', 'id', 'readyState', 'source']);
    }
  });

  test.each(states)('$id', ({ id, expected }) => {
    const [said, prove] = proofs[id] ?? ['', () => undefined];
    expect(said).toBe(expected);
    prove();
  });
});

describe('a program that lets go', () => {
  test('during a cut: the rest and a FIN come when the line heals', () => {
    const { life, link, client, server, reports, wait } = opened();
    link.cutOff();
    life.terminate(server);
    wait();
    expect(reports.get(server)).toMatchObject({ code: 1006 });
    expect(life.readyStateAt(client)).toBe('open');
    link.restore();
    wait();
    expect(reports.get(client)).toMatchObject({ code: 1006, wasClean: false });
    expect(life.stream.isOver).toBe(true);
  });

  test('what comes for it is answered with a reset', () => {
    const { life, link, client, server, reports, wait } = opened();
    link.cutOff();
    life.send(client, BYTES, MESSAGE);
    life.terminate(server);
    link.restore();
    wait();
    expect(reports.get(client)).toMatchObject({ code: 1006, wasClean: false });
    expect(life.stream.isOver).toBe(true);
  });
});
