// The client's side of a handshake: opens the connection, or fails it and tells the page nothing.

import { acceptKeyOf } from './acceptKey';
import type { RequestHead, ResponseHead } from './httpHead';
import { fieldOf, hasToken, listOf } from './readHttpHead';

/**
 * What is wrong with an answer; null: the connection is open. A script sees an error without
 * detail, then close 1006 (RFC 6455 §4.1, WHATWG WebSockets).
 */
export function responseFault(response: ResponseHead, request: RequestHead): string | null {
  const accept = acceptKeyOf(fieldOf(request, 'Sec-WebSocket-Key') ?? '');
  if (response.status !== 101) return `The status is ${response.status}, not 101.`;
  if (fieldOf(response, 'Upgrade')?.toLowerCase() !== 'websocket') {
    return 'The upgrade is not to websocket.';
  }
  if (!hasToken(fieldOf(response, 'Connection'), 'Upgrade')) {
    return 'The connection is not upgraded.';
  }
  if (fieldOf(response, 'Sec-WebSocket-Accept') !== accept) return 'The accept key is wrong.';
  const asked = extensionsOf(request);
  if (extensionsOf(response).some((name) => !asked.includes(name))) {
    return 'An extension was not offered.';
  }
  return subprotocolFault(
    fieldOf(response, 'Sec-WebSocket-Protocol'),
    listOf(fieldOf(request, 'Sec-WebSocket-Protocol')),
  );
}

function subprotocolFault(chosen: string | null, offered: readonly string[]): string | null {
  if (chosen !== null) {
    return offered.includes(chosen) ? null : 'The subprotocol was not offered.';
  }
  // Browsers go further than the RFC: who offers some wants one (WHATWG WebSockets).
  return offered.length === 0 ? null : 'None of the offered subprotocols was chosen.';
}

const extensionsOf = (head: RequestHead | ResponseHead): string[] =>
  listOf(fieldOf(head, 'Sec-WebSocket-Extensions')).map(
    (extension) => extension.split(';')[0]?.trim() ?? '',
  );
