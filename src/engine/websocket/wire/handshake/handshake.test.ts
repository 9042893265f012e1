// The vectors of the opening handshake, and what they leave open.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { HandshakeTerms } from '../../../trace/trace';
import { bytesOfHex, hexOf } from '../testing/bytes';
import { encodeUtf8 } from '../utf8';
import { acceptKeyOf, isHandshakeKey } from './acceptKey';
import { base64Of, bytesInBase64 } from './base64';
import { connectStatus, ENABLE_CONNECT_PROTOCOL } from './extendedConnect';
import { type RequestHead, requestText, responseText } from './httpHead';
import { judgeRequest, type ServerPolicy, withoutUpgrade } from './judgeRequest';
import { responseFault } from './judgeResponse';
import { handshakeTexts, negotiate } from './negotiate';
import { handshakeRequest, PLAIN_TERMS, plainHandshake } from './openingHandshake';
import { fieldOf, parseRequest, parseResponse } from './readHttpHead';
import { sha1 } from './sha1';

type Fields = Readonly<Record<string, unknown>>;
interface Vector extends Fields {
  readonly id: string;
  readonly kind: string;
}

const path = new URL('../../../vectors/ws-handshake.json', import.meta.url);
const { vectors } = JSON.parse(readFileSync(path, 'utf8')) as { vectors: readonly Vector[] };
const ofKind = (kind: string) => vectors.filter((vector) => vector.kind === kind);

/** The fields of each kind: those that must be there, and those that may. */
const FIELDS: Readonly<Record<string, readonly [string[], string[]]>> = {
  accept: [
    ['key', 'accept'],
    ['sha1Hex', 'nonceHex'],
  ],
  serverValidate: [['request', 'expected', 'note'], []],
  clientValidate: [['response', 'expected', 'note'], []],
  http2: [['request', 'expected'], []],
};

test('every vector is of a kind that is run, with no field that nobody reads', () => {
  expect(new Set(vectors.map(({ kind }) => kind))).toEqual(new Set(Object.keys(FIELDS)));
  for (const vector of vectors) {
    const [needed, optional] = FIELDS[vector.kind] ?? [[], []];
    const must = ['id', 'kind', 'source', ...needed];
    expect(Object.keys(vector)).toEqual(expect.arrayContaining(must));
    expect([...must, ...optional]).toEqual(expect.arrayContaining(Object.keys(vector)));
  }
});

describe('the accept key', () => {
  test.each(ofKind('accept'))('$id', (vector) => {
    const key = vector['key'] as string;
    const { nonceHex, sha1Hex } = vector;
    expect(acceptKeyOf(key)).toBe(vector['accept']);
    expect(isHandshakeKey(key)).toBe(true);
    if (nonceHex !== undefined) expect(base64Of(bytesOfHex(nonceHex as string))).toBe(key);
    if (sha1Hex !== undefined) {
      const digest = sha1(encodeUtf8(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`));
      expect(hexOf(digest)).toBe(sha1Hex);
    }
  });

  test.each([
    ['', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
    ['abc', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ['a'.repeat(55), 'c1c8bbdc22796e28c0e15163d20899b65621d65a'],
    ['a'.repeat(56), 'c2db330f6083854c99d4b5bfb6e8f29f201be699'],
    ['a'.repeat(64), '0098ba824b5c16427bd7a1122a5a442a25ec644d'],
  ])('SHA-1 of "%s"', (text, digest) => {
    expect(hexOf(sha1(encodeUtf8(text)))).toBe(digest);
  });

  test.each(['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar'])('base64 of "%s"', (text) => {
    const written = base64Of(encodeUtf8(text));
    expect(written).toBe(btoa(text));
    expect(bytesInBase64(written)).toBe(text.length);
  });

  test.each(['Zg', 'Zg=', 'Z===', 'Zm 9', 'Zm9v=', '=Zg='])('"%s" is no base64', (text) => {
    expect(bytesInBase64(text)).toBe(-1);
  });
});

const POLICY: ServerPolicy = { subprotocols: [], acceptsDeflate: false, origins: null };

function requestOf(written: Fields): RequestHead {
  const { method, httpVersion, ...fields } = written;
  const head: RequestHead = {
    method: method as string,
    path: '/chat',
    httpVersion: httpVersion as string,
    fields: Object.entries(fields as Record<string, string>),
  };
  // By way of the text, as it comes in.
  return parseRequest(requestText(head)) ?? head;
}

describe('a server', () => {
  test.each(ofKind('serverValidate'))('$id', (vector) => {
    const request = requestOf(vector['request'] as Fields);
    const answer = judgeRequest(request, POLICY);
    const { status } = answer;
    const expectations: Readonly<Record<string, () => void>> = {
      'reject (4xx)': () => expect(Math.floor(status / 100)).toBe(4),
      'reject (400)': () => expect(status).toBe(400),
      '426 + Sec-WebSocket-Version: 13': () => {
        expect(status).toBe(426);
        expect(fieldOf(answer, 'Sec-WebSocket-Version')).toBe('13');
      },
      '403 if the server checks origin': () => {
        expect(status).toBe(101);
        const origins = ['http://server.example.com'];
        expect(judgeRequest(request, { ...POLICY, origins }).status).toBe(403);
      },
      '101, optionally Sec-WebSocket-Protocol: one of the offered': () => {
        expect(status).toBe(101);
        expect(fieldOf(answer, 'Sec-WebSocket-Protocol')).toBeNull();
        const subprotocols = ['superchat', 'other', 'chat'];
        const chosen = judgeRequest(request, { ...POLICY, subprotocols });
        expect(fieldOf(chosen, 'Sec-WebSocket-Protocol')).toBe('chat');
      },
      '101, optionally Sec-WebSocket-Extensions: permessage-deflate': () => {
        expect(fieldOf(answer, 'Sec-WebSocket-Extensions')).toBeNull();
        const agreed = judgeRequest(request, { ...POLICY, acceptsDeflate: true });
        expect(fieldOf(agreed, 'Sec-WebSocket-Extensions')).toBe('permessage-deflate');
      },
    };
    const { expected } = vector;
    if (expected === 101) expect(status).toBe(101);
    else {
      const expectation = expectations[expected as string];
      if (!expectation) throw new Error(`Nobody knows what "${expected}" asks for.`);
      expectation();
    }
  });

  const plain = handshakeRequest('server', PLAIN_TERMS, 'dGhlIHNhbXBsZSBub25jZQ==');
  const without = (name: string) => plain.fields.filter(([field]) => field !== name);

  test.each([
    ['another method', { ...plain, method: 'POST' }, 405],
    ['no host', { ...plain, fields: without('Host') }, 400],
    ['no key', { ...plain, fields: without('Sec-WebSocket-Key') }, 400],
    ['two keys', { ...plain, fields: [...plain.fields, ...plain.fields.slice(3, 4)] }, 400],
    ['no Upgrade', { ...plain, fields: without('Upgrade') }, 426],
    ['a proxy that forwards no Upgrade', withoutUpgrade(plain), 426],
  ])('refuses %s', (_, request, status) => {
    expect(judgeRequest(request, POLICY).status).toBe(status);
  });
});

describe('a client', () => {
  const key = 'dGhlIHNhbXBsZSBub25jZQ==';
  const request = handshakeRequest('server', PLAIN_TERMS, key);
  const good = { Upgrade: 'websocket', Connection: 'Upgrade' };
  const accept = { 'Sec-WebSocket-Accept': acceptKeyOf(key) };
  /** What each vector's answer must fail by, once all else about it is right. */
  const faults: Readonly<Record<string, RegExp | null>> = {
    'client-status-200': /status is 200/,
    'client-redirect': /status is 302/,
    'client-accept-wrong': /accept key/,
    'client-ext-not-offered': /extension/,
    'client-proto-not-offered': /subprotocol/,
    'client-all-good': null,
  };

  test.each(ofKind('clientValidate'))('$id', (vector) => {
    const { status, ...fields } = vector['response'] as { status: number };
    const head = { status, fields: Object.entries<string>({ ...good, ...accept, ...fields }) };
    const fault = responseFault(parseResponse(responseText(head)) ?? head, request);
    const wanted = faults[vector.id];
    if (wanted === undefined) throw new Error(`Nobody knows what ${vector.id} fails by.`);
    expect(fault === null).toBe(vector['expected'] === 'open');
    if (wanted) expect(fault).toMatch(wanted);
  });

  test.each([
    ['no Upgrade', { ...accept, Connection: 'Upgrade' }, /upgrade/],
    ['no Connection', { ...accept, Upgrade: 'websocket' }, /not upgraded/],
    ['no accept key', good, /accept key/],
  ])('fails by %s', (_, fields, wanted) => {
    const head = { status: 101, fields: Object.entries(fields as Record<string, string>) };
    expect(responseFault(head, request)).toMatch(wanted);
  });

  test('reads names of fields and tokens in any case', () => {
    const answer = [
      'HTTP/1.1 101 Switching Protocols',
      'UPGRADE: WebSocket',
      'connection:  keep-alive , upgrade ',
      `sec-websocket-accept: ${acceptKeyOf(key)}`,
    ];
    const head = parseResponse(`${answer.join('\r\n')}\r\n\r\n`);
    expect(head && responseFault(head, request)).toBeNull();
  });

  test('takes an answer only when its head has ended', () => {
    expect(parseResponse('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n')).toBeNull();
    expect(parseRequest('GET / HTTP/1.1\r\nno colon\r\n\r\n')).toBeNull();
  });
});

describe('over HTTP/2', () => {
  const on = new Map([[ENABLE_CONNECT_PROTOCOL, 1]]);

  test.each(ofKind('http2'))('$id', (vector) => {
    const request = vector['request'] as Record<string, string>;
    expect(vector['expected']).toBe(
      '200 response; no Upgrade/Connection, no Sec-WebSocket-Key/Accept; server must have sent ' +
        'SETTINGS_ENABLE_CONNECT_PROTOCOL(0x8)=1',
    );
    expect(connectStatus(request, on)).toBe(200);
    expect(connectStatus(request, new Map())).toBe(400);
    expect(connectStatus({ ...request, upgrade: 'websocket' }, on)).toBe(400);
    expect(connectStatus({ ...request, 'sec-websocket-key': 'a' }, on)).toBe(400);
    expect(connectStatus({ ...request, ':method': 'GET' }, on)).toBe(405);
    expect(connectStatus({ ...request, ':protocol': 'x' }, on)).toBe(501);
  });
});

describe('a whole handshake', () => {
  const termsOf = (terms: Partial<HandshakeTerms>): HandshakeTerms => ({
    ...PLAIN_TERMS,
    ...terms,
  });

  test('comes out plain as the run takes it to', () => {
    expect(negotiate('relay', PLAIN_TERMS)).toEqual(plainHandshake('relay'));
  });

  test.each([
    ['another version', { version: 8 }, { status: 426, opens: false }],
    ['a proxy without Upgrade', { proxy: 'dropsUpgrade' }, { status: 426, opens: false }],
    [
      'a subprotocol that both speak',
      { subprotocols: ['v2', 'v1'], serverSubprotocols: ['v1', 'v2'] },
      { status: 101, opens: true, subprotocol: 'v2' },
    ],
    [
      'a subprotocol that the server does not speak',
      { subprotocols: ['v2'], serverSubprotocols: ['v1'] },
      { status: 101, opens: false, subprotocol: null },
    ],
    [
      'permessage-deflate',
      { extension: 'permessage-deflate' },
      { status: 101, opens: true, isDeflateAgreed: true },
    ],
  ] as const)('with %s', (_, terms, outcome) => {
    expect(negotiate('server', termsOf(terms))).toMatchObject(outcome);
  });

  test('sizes are those of the texts, whatever the key', () => {
    const terms = termsOf({ subprotocols: ['v1'], serverSubprotocols: ['v1'] });
    const { requestBytes, responseBytes } = negotiate('server', terms);
    const texts = handshakeTexts('server', terms, 'dGhlIHNhbXBsZSBub25jZQ==');
    expect([requestBytes, responseBytes]).toEqual([texts.request.length, texts.response.length]);
  });
});
