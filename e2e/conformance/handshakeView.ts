// What of a handshake's text both the engine and real software define: its own fields, with keys
// that differ from run to run taken out once they fit each other.

import { acceptKeyOf, isHandshakeKey } from '../../src/engine/websocket/wire/handshake/acceptKey';
import {
  fieldOf,
  parseRequest,
  parseResponse,
} from '../../src/engine/websocket/wire/handshake/readHttpHead';

/**
 * A browser's request without what it adds of its own (Pragma, Cache-Control, User-Agent, Origin,
 * Accept-Encoding, Accept-Language, an offer to compress), in the order of the engine's.
 */
export function requestView(request: string): string[] {
  const head = parseRequest(request);
  if (head === null) return request === '' ? [] : ['no request'];
  const { method, path, httpVersion } = head;
  const key = fieldOf(head, 'Sec-WebSocket-Key') ?? '';
  const ours = ['Host', 'Upgrade', 'Connection', 'Sec-WebSocket-Version', 'Sec-WebSocket-Protocol'];
  return [
    `${method} ${path} HTTP/${httpVersion}`,
    ...ours.map((name) => `${name}: ${fieldOf(head, name)}`),
    isHandshakeKey(key) ? 'a key' : `no key: ${key}`,
  ];
}

/** A server's consent byte for byte but for the key; of a refusal the status alone. */
export function responseView(response: string, request: string): string {
  const head = parseResponse(response);
  if (head === null) return response;
  if (head.status !== 101) return String(head.status);
  const asked = parseRequest(request);
  const accept = acceptKeyOf((asked && fieldOf(asked, 'Sec-WebSocket-Key')) ?? '');
  return response.replace(accept, 'the accept key');
}
