// The opening handshake as text: one GET, one 101, and from then on no HTTP (RFC 6455 §1.3, §4).

import type { RandomStream } from '../kernel/random';

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const KEY_BYTES = 16;

/** A `Sec-WebSocket-Key`: sixteen random bytes in base64. */
export function handshakeKey(random: RandomStream): string {
  // Sixteen bytes are 128 bits: 21 digits of six bits and one of two, which stands in the digit's
  // upper bits.
  const full = Math.floor((KEY_BYTES * 8) / 6);
  let key = '';
  for (let digit = 0; digit < full; digit += 1) key += BASE64[random.integer(0, 63)];
  return `${key}${BASE64[random.integer(0, 3) * 16]}==`;
}

/** The client's request. */
export function handshakeRequest(host: string, key: string): string {
  return [
    'GET /talk HTTP/1.1',
    `Host: ${host}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${key}`,
    'Sec-WebSocket-Version: 13',
    '',
    '',
  ].join('\r\n');
}

/**
 * Bytes of the server's answer; its `Sec-WebSocket-Accept` is a SHA-1 in base64, always 28
 * characters.
 */
export const HANDSHAKE_RESPONSE_BYTES = [
  'HTTP/1.1 101 Switching Protocols',
  'Upgrade: websocket',
  'Connection: Upgrade',
  `Sec-WebSocket-Accept: ${'='.repeat(28)}`,
  '',
  '',
].join('\r\n').length;
