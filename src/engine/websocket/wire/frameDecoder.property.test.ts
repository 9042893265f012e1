// Any frame comes out as it went in, however its bytes are cut; any bytes come to a frame, a wait
// or the right close code.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandomStream, type RandomStream } from '../../kernel/random';
import { encodeFrame, type Frame, frameHeaderBytes, isControl, Opcode } from './frame';
import { type Decoded, FrameDecoder } from './frameDecoder';
import { pieceByPiece, readerOf } from './testing/bytes';
import { isUtf8 } from './utf8';

const settings = { seed: 6_455, numRuns: 500 } as const;

const key = fc.uint8Array({ minLength: 4, maxLength: 4 });
const control = fc.record({
  opcode: fc.constantFrom(Opcode.Ping, Opcode.Pong),
  payload: fc.uint8Array({ maxLength: 125 }),
});
const lengths = fc.constantFrom(0, 1, 125, 126, 127, 128, 65_535, 65_536, 70_000);
const binary = lengths.map((length) => ({
  opcode: Opcode.Binary,
  payload: Uint8Array.from({ length }, (_, index) => index * 7 + length),
}));
const text = fc.string({ unit: 'binary', maxLength: 200 }).map((said) => ({
  opcode: Opcode.Text,
  payload: new TextEncoder().encode(said),
}));
const whole = fc.oneof(control, binary, text);

/** Cuts a message into fragments at the given shares, with pings between them. */
function fragments({ opcode, payload }: Pick<Frame, 'opcode' | 'payload'>, cuts: number[]) {
  if (isControl(opcode)) return [{ opcode, payload, fin: true }];
  const places = cuts.map((cut) => Math.floor((cut / 100) * payload.length));
  const bounds = [0, ...places.sort((one, other) => one - other), payload.length];
  return bounds.slice(1).flatMap((end, index) => {
    const fragment = {
      opcode: index === 0 ? opcode : Opcode.Continuation,
      payload: payload.slice(bounds[index], end),
      fin: index === cuts.length,
    };
    const ping = { opcode: Opcode.Ping, payload: Uint8Array.of(index), fin: true };
    return index === 0 ? [fragment] : [ping, fragment];
  });
}

const sent = fc
  .array(fc.tuple(whole, fc.array(fc.nat(100), { maxLength: 3 })), { minLength: 1, maxLength: 4 })
  .map((messages) => messages.flatMap(([message, cuts]) => fragments(message, cuts)));

function chunksOf(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

/** Frames as text: comparing long arrays element by element takes its time. */
const written = (frames: readonly Frame[]) =>
  frames.map((frame) => ({ ...frame, payload: Buffer.from(frame.payload).toString('base64') }));

const framesOf = (events: readonly Decoded[]) =>
  written(events.flatMap((event) => (event.kind === 'fault' ? [] : [event.frame])));

test('decode(encode(x)) = x for any frames, fragments and cuts', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(sent, fc.option(key), sizes, (parts, maskKey, cuts) => {
      const frames: Frame[] = parts.map((part) => ({ ...part, rsv: 0, maskKey }));
      const wires = frames.map(encodeFrame);
      frames.forEach(({ payload }, index) => {
        const size = payload.length + frameHeaderBytes(payload.length, maskKey !== null);
        expect(wires[index]).toHaveLength(size);
      });
      const bytes = Uint8Array.from(Buffer.concat(wires));
      const reader = readerOf(maskKey ? 'server' : 'client');
      const events = chunksOf(bytes, cuts).flatMap((chunk) => reader.feed(chunk));
      expect(framesOf(events)).toEqual(written(frames));
      expect(reader.isInsideFrame).toBe(false);
    }),
    settings,
  );
});

test('what is read stays as it was, a Node Buffer too', () => {
  const payload = Uint8Array.of(1, 2, 3, 4, 5);
  const maskKey = Uint8Array.of(9, 8, 7, 6);
  const wire = encodeFrame({ fin: true, rsv: 0, opcode: Opcode.Binary, maskKey, payload });
  // Its `slice` is a view, unlike that of other arrays.
  const fed = Buffer.from(wire);
  const [event] = readerOf('server').feed(fed);
  expect([...fed]).toEqual([...wire]);
  fed.fill(0);
  expect(event).toMatchObject({ kind: 'message', frame: { payload, maskKey } });
});

test('an unfinished frame is a wait, and the rest of it ends the wait', () => {
  fc.assert(
    fc.property(whole, fc.nat(100), (part, share) => {
      const wire = encodeFrame({ ...part, fin: true, rsv: 0, maskKey: null });
      const cut = Math.min(wire.length - 1, Math.floor((share / 100) * wire.length));
      const reader = readerOf('client');
      expect(reader.feed(wire.subarray(0, cut))).toEqual([]);
      expect(reader.isInsideFrame).toBe(cut > 0);
      expect(framesOf(reader.feed(wire.subarray(cut)))).toHaveLength(1);
    }),
    settings,
  );
});

describe('limits', () => {
  const frame = (opcode: number, length: number, fin: boolean) =>
    encodeFrame({ fin, rsv: 0, opcode, maskKey: null, payload: new Uint8Array(length) });

  test('a frame or a message that is too big fails with 1009, as soon as its header says so', () => {
    const small = { maxFrameBytes: 200, maxMessageBytes: 300 };
    const header = frame(Opcode.Binary, 201, true).subarray(0, 4);
    expect(readerOf('client', small).feed(header)).toMatchObject([{ kind: 'fault', code: 1009 }]);
    const reader = readerOf('client', small);
    expect(reader.feed(frame(Opcode.Binary, 200, false))).toMatchObject([{ kind: 'fragment' }]);
    // A control frame between fragments is not of the message.
    expect(reader.feed(frame(Opcode.Ping, 125, true))).toMatchObject([{ kind: 'ping' }]);
    expect(reader.feed(frame(Opcode.Continuation, 100, false))).toMatchObject([
      { kind: 'fragment' },
    ]);
    expect(reader.feed(frame(Opcode.Continuation, 1, true))).toMatchObject([
      { kind: 'fault', code: 1009 },
    ]);
    expect(reader.hasEnded).toBe(true);
  });

  test.each([
    ['126 for what fits seven bits', [0x82, 126, 0, 125], 1002],
    ['127 for what fits sixteen', [0x82, 127, 0, 0, 0, 0, 0, 0, 0xff, 0xff], 1002],
    ['the highest bit', [0x82, 127, 0x80, 0, 0, 0, 0, 1, 0, 0], 1002],
  ])('%s fails', (_, bytes, code) => {
    const events = readerOf('client').feed(Uint8Array.from(bytes));
    expect(events).toMatchObject([{ kind: 'fault', code }]);
  });
});

const LIMITS = { maxFrameBytes: 3_000, maxMessageBytes: 4_000 } as const;

/** Bytes at random, every other time with a plausible start, so that they get further. */
function randomBytes(random: RandomStream, role: 'client' | 'server'): Uint8Array {
  const bytes = Uint8Array.from({ length: random.integer(0, 40) }, () => random.integer(0, 255));
  const opcodes = [0x01, 0x81, 0x82, 0x02, 0x80, 0x00, 0x88, 0x89, 0x8a, 0xc1];
  if (random.integer(0, 1) === 0 || bytes.length < 2) return bytes;
  bytes[0] = opcodes[random.integer(0, opcodes.length - 1)] as number;
  bytes[1] = random.integer(0, 20) | (role === 'server' ? 0x80 : 0);
  return bytes;
}

test('100,000 random byte strings end in a frame, a wait or the right close code', () => {
  const random = createRandomStream(7, 'byte strings');
  const seen: Record<string, number> = {};
  for (let round = 0; round < 100_000; round += 1) {
    const role = round % 2 === 0 ? 'client' : 'server';
    const extension = round % 3 === 0 ? 'permessage-deflate' : 'none';
    const options = { role, extension, ...LIMITS } as const;
    const bytes = randomBytes(random, role);
    const events = new FrameDecoder(options).feed(bytes);
    const cut = pieceByPiece(new FrameDecoder(options), bytes, random.integer(1, 7));
    if (JSON.stringify(cut) !== JSON.stringify(events)) expect(cut).toEqual(events);
    const last = events.at(-1);
    const outcome = last ? (last.kind === 'fault' ? String(last.code) : last.kind) : 'wait';
    seen[outcome] = (seen[outcome] ?? 0) + 1;
    for (const event of events) {
      const isBadText =
        event.kind === 'message' && event.isText && !event.isCompressed && !isUtf8(event.payload);
      if (isBadText) throw new Error(`Text that is no UTF-8 came through: ${bytes}`);
    }
  }
  const outcomes = ['wait', 'fragment', 'message', 'ping', 'pong', 'close', '1002', '1007', '1009'];
  expect(Object.keys(seen).sort()).toEqual(outcomes.sort());
});
