// The engine's server side of the opening handshake held against `ws`: the same request, word for
// word, gets the same answer.

import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { expect, test } from '@playwright/test';
import { acceptKeyOf } from '../../src/engine/websocket/wire/handshake/acceptKey';
import { requestText, responseText } from '../../src/engine/websocket/wire/handshake/httpHead';
import { judgeRequest } from '../../src/engine/websocket/wire/handshake/judgeRequest';
import { parseRequest } from '../../src/engine/websocket/wire/handshake/readHttpHead';
import { PLAIN_SERVER } from './loopback';
import { RealServer } from './realServer';

interface Vector {
  readonly id: string;
  readonly kind: string;
  readonly request: Readonly<Record<string, string>>;
}

const path = new URL('../../src/engine/vectors/ws-handshake.json', import.meta.url);
const { vectors } = JSON.parse(readFileSync(path, 'utf8')) as { vectors: readonly Vector[] };
const requests = vectors.filter(({ kind }) => kind === 'serverValidate');

/** Where `ws` and Node's HTTP server do otherwise than the vectors ask, with the status of each. */
const DEPARTURES: Readonly<Record<string, readonly [real: number, why: string]>> = {
  'version-8': [101, 'ws still speaks the draft before the RFC'],
  'conn-missing': [426, 'Node takes it for a plain request, and ws refuses those so'],
  http10: [101, 'ws does not look at the version of HTTP'],
};

const SUBPROTOCOLS = ['superchat', 'chat'];

async function answerOf(port: number, text: string): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.write(text);
  let answer = '';
  for await (const chunk of socket) {
    answer += (chunk as Buffer).toString('latin1');
    if (answer.includes('\r\n\r\n')) break;
  }
  socket.destroy();
  return answer.slice(0, answer.indexOf('\r\n\r\n') + 4);
}

test('requests of the vectors, word for word', async () => {
  const server = new RealServer({ ...PLAIN_SERVER, subprotocols: SUBPROTOCOLS, deflates: true });
  const port = await server.port();
  try {
    for (const { id, request } of requests) {
      const { method = '', httpVersion = '', ...fields } = request;
      const text = requestText({
        ...{ method, path: '/talk', httpVersion },
        fields: Object.entries(fields),
      });
      const head = parseRequest(text);
      if (head === null) throw new Error(`${id} is no request.`);
      const policy = { subprotocols: SUBPROTOCOLS, acceptsDeflate: true, origins: null };
      const ours = judgeRequest(head, policy);
      const real = await answerOf(port, text);
      const status = Number(real.split(' ')[1]);
      const [expected, why] = DEPARTURES[id] ?? [ours.status, 'as the engine'];
      expect.soft(status, `${id}: ${why}`).toBe(expected);
      if (status === 101 && ours.status === 101) expect.soft(real, id).toBe(responseText(ours));
    }
  } finally {
    server.close();
  }
});

test('the accept key of a real server is the engine’s', async () => {
  const server = new RealServer(PLAIN_SERVER);
  const [{ request } = { request: {} }] = requests;
  const { method = '', httpVersion = '', ...fields } = request as Record<string, string>;
  try {
    const key = Buffer.from('sixteen bytes...').toString('base64');
    const all = Object.entries({ ...fields, 'Sec-WebSocket-Key': key });
    const text = requestText({ method, path: '/talk', httpVersion, fields: all });
    expect(await answerOf(await server.port(), text)).toContain(acceptKeyOf(key));
  } finally {
    server.close();
  }
});
