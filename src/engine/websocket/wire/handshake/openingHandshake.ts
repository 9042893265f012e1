// The opening handshake as text: one GET, one answer, and after a 101 no HTTP (RFC 6455 §1.3, §4).
// Who refuses what is not here.

import type { HandshakeTerms } from '../../../trace/trace';
import { type RequestHead, type ResponseHead, requestText, responseText } from './httpHead';

/** What a browser and a server say that have nothing special in mind. */
export const PLAIN_TERMS: HandshakeTerms = {
  version: 13,
  subprotocols: [],
  serverSubprotocols: [],
  extension: 'none',
  proxy: 'none',
};

/** Sixteen bytes in base64, as long as every key. */
export const ANY_KEY = 'AAAAAAAAAAAAAAAAAAAAAA==';
/** As long as twenty bytes in base64. */
const ANY_ACCEPT = '='.repeat(28);

/** The client's request. */
export function handshakeRequest(host: string, terms: HandshakeTerms, key: string): RequestHead {
  const { version, subprotocols, extension } = terms;
  return {
    method: 'GET',
    path: '/talk',
    httpVersion: '1.1',
    fields: [
      ['Host', host],
      ['Upgrade', 'websocket'],
      ['Connection', 'Upgrade'],
      ['Sec-WebSocket-Key', key],
      ['Sec-WebSocket-Version', String(version)],
      ...field('Sec-WebSocket-Protocol', subprotocols.join(', ')),
      ...field('Sec-WebSocket-Extensions', extension === 'none' ? '' : extension),
    ],
  };
}

/** The server's consent, with what it chose of what was offered; null: nothing. */
export function switchingProtocols(
  accept: string,
  subprotocol: string | null,
  extension: string | null,
): ResponseHead {
  return {
    status: 101,
    fields: [
      ['Upgrade', 'websocket'],
      ['Connection', 'Upgrade'],
      ['Sec-WebSocket-Accept', accept],
      ...field('Sec-WebSocket-Protocol', subprotocol ?? ''),
      ...field('Sec-WebSocket-Extensions', extension ?? ''),
    ],
  };
}

const field = (name: string, value: string): (readonly [string, string])[] =>
  value === '' ? [] : [[name, value]];

/** What a connection needs to know of a handshake while a run goes on. */
export interface HandshakeOutcome {
  readonly requestBytes: number;
  readonly responseBytes: number;
  /** 101, or the status with which the server refuses. */
  readonly status: number;
  /** Whether the client takes the answer; otherwise it reports 1006. */
  readonly opens: boolean;
  readonly subprotocol: string | null;
  /** Whether both ends may compress. */
  readonly isDeflateAgreed: boolean;
}

/** What comes of plain terms, known beforehand. */
export function plainHandshake(host: string): HandshakeOutcome {
  return {
    requestBytes: requestText(handshakeRequest(host, PLAIN_TERMS, ANY_KEY)).length,
    responseBytes: responseText(switchingProtocols(ANY_ACCEPT, null, null)).length,
    status: 101,
    opens: true,
    subprotocol: null,
    isDeflateAgreed: false,
  };
}
