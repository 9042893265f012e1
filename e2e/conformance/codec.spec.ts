// The engine's decoder held against the browser and against `ws`: the same bytes, given to each by a
// relay that puts words into the other one's mouth, come to the same messages, answers and ends.

import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { isLocalOnly } from '../../src/engine/websocket/wire/closeCodes';
import { encodeFrame, type Frame, Opcode } from '../../src/engine/websocket/wire/frame';
import { type Loopback, loopback, PLAIN_SERVER } from './loopback';
import { answerText, engineReading, type Reading } from './reading';
import type { Way } from './relay';

// A busy machine takes its time.
test.setTimeout(120_000);

const MASK = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);

interface Case {
  readonly name: string;
  readonly way: Way;
  readonly bytes: Uint8Array;
}

interface WrittenFrame {
  readonly opcode: number;
  readonly fin: number;
  readonly rsv: number;
  readonly payload: string;
  readonly masked?: boolean;
}

const vectorsOf = (name: string): readonly Record<string, unknown>[] => {
  const path = new URL(`../../src/engine/vectors/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')).vectors;
};

const WAYS: readonly Way[] = ['up', 'down'];

function wire(way: Way, frames: readonly Omit<Frame, 'maskKey'>[]): Uint8Array {
  const maskKey = way === 'up' ? MASK : null;
  return Buffer.concat(frames.map((frame) => encodeFrame({ ...frame, maskKey })));
}

/** `hex:03e8+2a*124`: bytes, then one byte so many times. */
function payloadOf(text: string): Uint8Array {
  if (!text.startsWith('hex:')) return Buffer.from(text);
  const [, start = '', byte = '', count = '0'] = /^hex:([^+]*)(?:\+(..)\*(\d+))?$/.exec(text) ?? [];
  return Buffer.from(start + byte.repeat(Number(count)), 'hex');
}

function sequenceCases(): Case[] {
  const sequences = vectorsOf('ws-frames').filter(({ kind }) => kind === 'sequence');
  return sequences.flatMap(({ id, receiver, frames }) => {
    const ways = WAYS.filter(
      (way) => receiver === 'any' || (receiver === 'server') === (way === 'up'),
    );
    return ways.map((way) => {
      const bytes = (frames as readonly WrittenFrame[]).map((written) => {
        const { fin, rsv, opcode, masked = way === 'up' } = written;
        const payload = payloadOf(written.payload);
        return encodeFrame({ fin: fin === 1, rsv, opcode, maskKey: masked ? MASK : null, payload });
      });
      return { name: `${id}`, way, bytes: Buffer.concat(bytes) };
    });
  });
}

const textCases = (): Case[] =>
  vectorsOf('ws-utf8').flatMap(({ id, hex }) =>
    WAYS.map((way) => {
      const payload = Buffer.from(hex as string, 'hex');
      const frame = { fin: true, rsv: 0, opcode: Opcode.Text, payload };
      return { name: `text ${id}`, way, bytes: wire(way, [frame]) };
    }),
  );

const closeCases = (): Case[] =>
  vectorsOf('ws-close').flatMap(({ code }) =>
    WAYS.filter(() => typeof code === 'number').map((way) => {
      const payload = Uint8Array.of((code as number) >> 8, (code as number) & 0xff);
      const frame = { fin: true, rsv: 0, opcode: Opcode.Close, payload };
      return { name: `close ${code}`, way, bytes: wire(way, [frame]) };
    }),
  );

async function realReading(
  real: Loopback,
  { way, bytes }: Case,
  wanted: Reading,
): Promise<Reading> {
  const { client, server, relay, host } = real;
  const before = relay.connections.length;
  await client.open(`ws://${host}/talk`, []);
  await client.until(1);
  const connection = relay.connections[before];
  const end = server.current;
  if (!connection || !end)
    throw new Error(
      `No connection came about: ${JSON.stringify(await client.state())} ${relay.connections.length} ${connection?.up.head} ${connection?.down.head}`,
    );
  connection.inject(way, bytes);
  const out = way === 'up' ? connection.down : connection.up;
  const answers = () => out.frames.flatMap(answerText);
  await relay.changed.until(
    () => answers().length >= wanted.answers.length || out.hasEnded,
    () => `answers ${JSON.stringify(wanted)}, but there are ${JSON.stringify(answers())}`,
  );
  const count = 1 + wanted.messages.length + (wanted.close === '' ? 0 : 1);
  if (way === 'down') await client.until(count);
  else {
    await server.changed.until(
      () => end.events.length >= count,
      () => `events ${JSON.stringify(wanted)}, but there are ${JSON.stringify(end.events)}`,
    );
  }
  const events = way === 'down' ? (await client.state()).events : end.events;
  relay.cut();
  return {
    messages: events.filter((text) => text.startsWith('message')).map((text) => text.slice(8, -3)),
    answers: answers(),
    close: /^close \d+/.exec(events.find((text) => text.startsWith('close')) ?? '')?.[0] ?? '',
  };
}

/**
 * Where Chromium departs from RFC 6455, and the engine does not: it fails text that is no UTF-8 with
 * 1002 instead of 1007 (§8.1); it drops the line without a word after a close code that is of no
 * range, and reports that code; and it takes amiss what follows a close frame, which is to be
 * discarded (§1.4).
 */
function asTheBrowserDoes({ name }: Case, reading: Reading): Reading {
  const { answers, close } = reading;
  if (close === 'close 1006') {
    if (name.startsWith('close ') && !isLocalOnly(Number(name.slice(6))))
      return { ...reading, answers: [], close: name };
    const isBadText = answers.includes('close 1007');
    return isBadText ? { ...reading, answers: ['close 1002'] } : reading;
  }
  return GOES_ON.includes(name) ? { ...reading, close: 'close 1006' } : reading;
}

const GOES_ON = ['two-closes', 'text-after-close', 'close-mid-fragment'];

async function expectAgreement(page: Page, cases: readonly Case[]): Promise<void> {
  expect(cases.length).toBeGreaterThan(0);
  const real = await loopback(page, PLAIN_SERVER);
  const faults: string[] = [];
  try {
    for (const each of cases) {
      const read = engineReading(each.way, each.bytes);
      const reader = each.way === 'up' ? 'ws' : 'the browser';
      const wanted = each.way === 'up' ? read : asTheBrowserDoes(each, read);
      const reading = await realReading(real, each, wanted);
      const [found, expected] = [reading, wanted].map((said) => JSON.stringify(said));
      if (found !== expected) faults.push(`${each.name}: ${reader} ${found}, not ${expected}`);
    }
    expect(faults).toEqual([]);
  } finally {
    real.close();
  }
}

test('sequences of frames', ({ page }) => expectAgreement(page, sequenceCases()));
test('text', ({ page }) => expectAgreement(page, textCases()));
test('close codes', ({ page }) => expectAgreement(page, closeCases()));
