// The vectors of frames, text and close codes, each run through the engine's own codec.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CLOSE_CODE_NAMES, closeException, isLocalOnly, mayTravel } from './closeCodes';
import { closePayload, closeReply } from './closeFrame';
import { encodeFrame, type Frame, frameHeaderBytes, Opcode } from './frame';
import { type Decoded, FrameDecoder } from './frameDecoder';
import { headerBytesOf, readFrameHeader } from './frameHeader';
import { bytesOfHex, hexOf, MASK, pieceByPiece, readerOf, textOf } from './testing/bytes';
import { decodeUtf8, encodeUtf8, isUtf8, Utf8Checker } from './utf8';

type Fields = Readonly<Record<string, unknown>>;

function vectorsOf<Vector extends Fields>(name: string): readonly Vector[] {
  const path = new URL(`../../vectors/${name}.json`, import.meta.url);
  return (JSON.parse(readFileSync(path, 'utf8')) as { vectors: Vector[] }).vectors;
}

/** What a vector must have, and what it may have; anything else is a promise that nobody keeps. */
function expectFields(part: Fields, needed: readonly string[], optional: readonly string[] = []) {
  expect(Object.keys(part)).toEqual(expect.arrayContaining([...needed]));
  expect([...needed, ...optional]).toEqual(expect.arrayContaining(Object.keys(part)));
}

interface WrittenFrame extends Fields {
  readonly opcode: number;
  readonly fin: number;
  readonly rsv: number;
  readonly payload: string;
  readonly masked?: boolean;
}

interface FrameVector extends Fields {
  readonly id: string;
  readonly kind: 'frame' | 'headerSize' | 'sequence';
  readonly source: string;
}

const framed = vectorsOf<FrameVector>('ws-frames');
const ofKind = (kind: string) => framed.filter((vector) => vector.kind === kind);

test('every vector about frames is of a kind that is run', () => {
  expect(new Set(framed.map(({ kind }) => kind))).toEqual(
    new Set(['frame', 'headerSize', 'sequence']),
  );
});

describe('one frame', () => {
  test.each(ofKind('frame'))('$id', (vector) => {
    expectFields(vector, ['id', 'kind', 'wireHex', 'decoded', 'note', 'source']);
    const decoded = vector['decoded'] as Fields;
    expectFields(
      decoded,
      ['fin', 'opcode'],
      ['masked', 'maskKey', 'payloadUtf8', 'payloadLength', 'closeCode', 'reason'],
    );
    const wire = bytesOfHex(vector['wireHex'] as string);
    const header = readFrameHeader(wire);
    expect(header).toMatchObject({ fin: decoded['fin'] === 1, rsv: 0, opcode: decoded['opcode'] });
    expect(header.isMasked).toBe(decoded['masked'] ?? false);
    expect(header.maskKey && hexOf(header.maskKey)).toBe(decoded['maskKey'] ?? null);
    if ('payloadLength' in decoded) {
      // Its header alone.
      expect(wire).toHaveLength(headerBytesOf(wire[1] as number));
      expect(header.payloadBytes).toBe(decoded['payloadLength']);
      const payload = new Uint8Array(header.payloadBytes);
      expect(encodeFrame({ ...header, payload }).slice(0, wire.length)).toEqual(wire);
      return;
    }
    const reader = readerOf(header.isMasked ? 'server' : 'client');
    if (decoded['opcode'] === Opcode.Continuation) reader.feed(bytesOfHex('0100'));
    const [what, ...more] = reader.feed(wire);
    if (!what || what.kind === 'fault') throw new Error('The decoder gave no frame.');
    expect(more).toEqual([]);
    expect(encodeFrame(what.frame)).toEqual(wire);
    if ('payloadUtf8' in decoded) {
      expect(decodeUtf8(what.frame.payload)).toBe(decoded['payloadUtf8']);
      expect(what.frame.payload).toEqual(encodeUtf8(decoded['payloadUtf8'] as string));
    } else {
      const reason = { code: decoded['closeCode'], reason: decoded['reason'] ?? '' };
      expect(what).toMatchObject({ kind: 'close', ...reason });
      expect(closePayload(reason as never)).toEqual(what.frame.payload);
    }
  });
});

describe('the size of a header', () => {
  test.each(ofKind('headerSize'))('$id', (vector) => {
    expectFields(vector, [
      ...['id', 'kind', 'payloadLength', 'masked', 'headerHex'],
      ...['headerBytes', 'frameBytes', 'note', 'source'],
    ]);
    const isMasked = vector['masked'] as boolean;
    const payload = new Uint8Array(vector['payloadLength'] as number);
    expect(frameHeaderBytes(payload.length, isMasked)).toBe(vector['headerBytes']);
    const frame = { fin: true, rsv: 0, opcode: Opcode.Binary, payload };
    const bytes = encodeFrame({ ...frame, maskKey: isMasked ? MASK : null });
    expect(bytes).toHaveLength(vector['frameBytes'] as number);
    const headerHex = vector['headerHex'] as string;
    expect(hexOf(bytes.slice(0, headerHex.length / 2))).toBe(headerHex);
    const [decoded] = readerOf(isMasked ? 'server' : 'client').feed(bytes);
    expect(decoded).toMatchObject({ kind: 'message', isText: false });
  });
});

/** `hex:03e8+2a*124`: bytes, then one byte so many times. */
function payloadOf(text: string): Uint8Array {
  if (!text.startsWith('hex:')) return encodeUtf8(text);
  const [, start = '', byte = '', count = '0'] = /^hex:([^+]*)(?:\+(..)\*(\d+))?$/.exec(text) ?? [];
  return bytesOfHex(start + byte.repeat(Number(count)));
}

/** What the events of a decoder come to, in the words of the vectors. */
function reactionTo(events: readonly Decoded[]): Fields {
  const ofKind = <Kind extends Decoded['kind']>(kind: Kind) =>
    events.filter((event): event is Decoded & { kind: Kind } => event.kind === kind);
  const [close] = ofKind('close');
  const [fault] = ofKind('fault');
  return {
    deliver: ofKind('message').map(({ isText, payload }) =>
      isText ? decodeUtf8(payload) : `hex:${hexOf(payload)}`,
    ),
    pong: ofKind('ping').map(({ frame }) => textOf(frame.payload)),
    closeReply: close ? (closeReply(close).code ?? 'empty') : null,
    apiCode: close ? (close.code ?? 1005) : null,
    fail: fault?.code ?? null,
  };
}

function expectReaction(events: readonly Decoded[], expected: Fields): void {
  expectFields(
    expected,
    [],
    ['deliver', 'pong', 'order', 'fail', 'closeReply', 'secondIgnored', 'apiCode', 'ignored'],
  );
  const { order, secondIgnored, ignored, closeReply: reply, ...rest } = expected;
  const reaction = reactionTo(events);
  const nothing = { deliver: [], pong: [], fail: null };
  expect(reaction).toMatchObject({ ...nothing, ...rest });
  if (reply === '1000 or empty') expect([1000, 'empty']).toContain(reaction['closeReply']);
  else expect(reaction['closeReply']).toBe(reply ?? null);
  if (secondIgnored) expect(events).toHaveLength(1);
  if (ignored) expect(events.map(({ kind }) => kind)).toEqual(['pong']);
  if (order === 'pong first') {
    const kinds = events.map(({ kind }) => kind);
    expect(kinds.indexOf('ping')).toBeLessThan(kinds.indexOf('message'));
  }
}

describe('a sequence of frames', () => {
  test.each(ofKind('sequence'))('$id', (vector) => {
    expectFields(vector, ['id', 'kind', 'receiver', 'frames', 'expected', 'note', 'source']);
    const frames = vector['frames'] as readonly WrittenFrame[];
    const { receiver } = vector;
    const roles = receiver === 'any' ? (['client', 'server'] as const) : [receiver as 'client'];
    for (const role of roles) {
      const bytes = frames.flatMap((written) => {
        expectFields(written, ['opcode', 'fin', 'rsv', 'payload'], ['masked']);
        const { fin, rsv, opcode, masked = role === 'server' } = written;
        const frame: Frame = {
          ...{ fin: fin === 1, rsv, opcode },
          maskKey: masked ? MASK : null,
          payload: payloadOf(written.payload),
        };
        return [...encodeFrame(frame)];
      });
      expectReaction(readerOf(role).feed(Uint8Array.from(bytes)), vector['expected'] as Fields);
      expectReaction(
        pieceByPiece(readerOf(role), Uint8Array.from(bytes), 1),
        vector['expected'] as Fields,
      );
    }
  });

  test('RSV1 is refused unless permessage-deflate was agreed upon', () => {
    const wire = bytesOfHex('c103010203');
    expect(readerOf('client').feed(wire)).toMatchObject([{ kind: 'fault', code: 1002 }]);
    const agreed = readerOf('client', { extension: 'permessage-deflate' });
    expect(agreed.feed(wire)).toMatchObject([{ kind: 'message', isCompressed: true }]);
    // Neither on a continuation nor on a control frame.
    const later = readerOf('client', { extension: 'permessage-deflate' });
    expect(later.feed(bytesOfHex('410101c00101'))).toMatchObject([
      { kind: 'fragment' },
      { kind: 'fault', code: 1002 },
    ]);
    expect(new FrameDecoder({ ...LIMITLESS, role: 'client' }).feed(bytesOfHex('c900'))).toEqual([
      { kind: 'fault', code: 1002, why: 'A reserved bit is set.' },
    ]);
  });
});

const LIMITLESS = {
  maxFrameBytes: Number.POSITIVE_INFINITY,
  maxMessageBytes: Number.POSITIVE_INFINITY,
  extension: 'permessage-deflate',
} as const;

interface TextVector extends Fields {
  readonly id: string;
  readonly hex: string;
  readonly valid: boolean;
  readonly onTextMessage: 'deliver' | 'fail 1007';
}

describe('text', () => {
  test.each(vectorsOf<TextVector>('ws-utf8'))('$id', (vector) => {
    expectFields(vector, ['id', 'category', 'hex', 'valid', 'onTextMessage', 'source']);
    const { hex, valid, onTextMessage } = vector;
    const payload = bytesOfHex(hex);
    expect(isUtf8(payload)).toBe(valid);
    const frame = { fin: true, rsv: 0, opcode: Opcode.Text, maskKey: null, payload };
    for (const events of [
      readerOf('client').feed(encodeFrame(frame)),
      pieceByPiece(readerOf('client'), encodeFrame(frame), 1),
    ]) {
      if (onTextMessage === 'deliver') {
        expect(events).toMatchObject([{ kind: 'message', isText: true }]);
        expect(encodeUtf8(decodeUtf8(payload))).toEqual(payload);
        expect(decodeUtf8(payload)).toBe(new TextDecoder('utf-8', WHOLE).decode(payload));
      } else expect(events).toMatchObject([{ kind: 'fault', code: 1007 }]);
    }
  });

  test('half a surrogate pair is sent as U+FFFD', () => {
    expect(hexOf(encodeUtf8('a\ud800b'))).toBe('61efbfbd62');
  });

  test('an impossible start is refused before the rest is there', () => {
    expect(new Utf8Checker().push(bytesOfHex('e080'))).toBe(false);
    expect(new Utf8Checker().push(bytesOfHex('e0a0'))).toBe(true);
  });
});

const WHOLE = { fatal: true, ignoreBOM: true };

interface CodeVector extends Fields {
  readonly code: number;
  readonly ifReceived: string;
}

const closing = vectorsOf('ws-close');

test('every vector about closing has a code, a reason, or a state to close in', () => {
  const kinds = closing.map((vector) =>
    ['code', 'reasonUtf8Bytes', 'readyState'].filter((field) => field in vector),
  );
  expect(new Set(kinds.map((fields) => fields.join()))).toEqual(
    new Set(['code', 'reasonUtf8Bytes', 'readyState']),
  );
});

describe('a close code', () => {
  const codes = closing.filter((vector): vector is CodeVector => 'code' in vector);
  test.each(codes)('$code', (vector) => {
    expectFields(vector, [
      ...['code', 'name', 'validInCloseFrame', 'ifReceived', 'browserCloseArgAllowed'],
      ...['browserThrows', 'localOnly', 'source'],
    ]);
    const { code, ifReceived } = vector;
    expect(CLOSE_CODE_NAMES.get(code) ?? null).toBe(vector['name']);
    // Undefined ones are treated as those that may not stand there.
    expect(mayTravel(code)).toBe(vector['validInCloseFrame'] === true);
    expect(isLocalOnly(code)).toBe(vector['localOnly']);
    expect(closeException(code, 0)).toBe(vector['browserThrows']);
    expect(closeException(code, 0) === null).toBe(vector['browserCloseArgAllowed']);
    const payload = closePayload({ code, reason: '' });
    const frame = { fin: true, rsv: 0, opcode: Opcode.Close, maskKey: null, payload };
    const [event] = readerOf('client').feed(encodeFrame(frame));
    expect(event).toMatchObject(
      {
        'fail connection 1002': { kind: 'fault', code: 1002 },
        'echo/close clean': { kind: 'close', code },
      }[ifReceived] as object,
    );
  });
});

describe('a reason', () => {
  const reasons = closing.filter((vector) => 'reasonUtf8Bytes' in vector);
  test.each(reasons)('$id', (vector) => {
    expectFields(vector, ['id', 'reasonUtf8Bytes', 'browserClose', 'source'], ['reason']);
    const reason = (vector['reason'] as string | undefined) ?? 'a'.repeat(bytesIn(vector));
    expect(encodeUtf8(reason)).toHaveLength(bytesIn(vector));
    const thrown = closeException(1000, encodeUtf8(reason).length);
    expect(thrown ?? 'ok').toBe(vector['browserClose']);
  });

  test('of 123 bytes still fits', () => {
    expect(closeException(1000, 123)).toBeNull();
  });
});

const bytesIn = (vector: Fields): number => vector['reasonUtf8Bytes'] as number;
