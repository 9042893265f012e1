// The opening handshake over HTTP/2: an extended CONNECT on a stream of its own (RFC 8441).

/** Pseudo-header and header fields of one request, by name. */
export type ConnectFields = Readonly<Record<string, string>>;

/** `SETTINGS_ENABLE_CONNECT_PROTOCOL` (RFC 8441 §3): a client may ask only if the server said 1. */
export const ENABLE_CONNECT_PROTOCOL = 0x8;

const FORBIDDEN = ['upgrade', 'connection', 'host', 'sec-websocket-key'];

/**
 * The status for an extended CONNECT: 200 opens a WebSocket; nothing is upgraded and there are no
 * keys, because the stream itself proves that the server understood (§5).
 */
export function connectStatus(
  request: ConnectFields,
  settings: ReadonlyMap<number, number>,
): 200 | 400 | 405 | 501 {
  if (request[':method'] !== 'CONNECT') return 405;
  if (settings.get(ENABLE_CONNECT_PROTOCOL) !== 1) return 400;
  if (request[':protocol'] !== 'websocket') return 501;
  const isWhole = [':scheme', ':path', ':authority'].every((name) => request[name] !== undefined);
  if (!isWhole || FORBIDDEN.some((name) => request[name] !== undefined)) return 400;
  return request['sec-websocket-version'] === '13' ? 200 : 400;
}
