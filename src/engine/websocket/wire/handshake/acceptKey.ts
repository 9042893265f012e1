// The two keys of a handshake: the client's question, and the answer that proves a WebSocket
// server.

import type { RandomStream } from '../../../kernel/random';
import { encodeUtf8 } from '../utf8';
import { base64Of, bytesInBase64 } from './base64';
import { sha1 } from './sha1';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const KEY_BYTES = 16;

/** A `Sec-WebSocket-Key`: sixteen random bytes in base64 (RFC 6455 §4.1). */
export function handshakeKey(random: RandomStream): string {
  return base64Of(Uint8Array.from({ length: KEY_BYTES }, () => random.integer(0, 255)));
}

export const isHandshakeKey = (text: string): boolean => bytesInBase64(text) === KEY_BYTES;

/** `Sec-WebSocket-Accept`: base64 of the SHA-1 of the key and a fixed text (RFC 6455 §4.2.2). */
export const acceptKeyOf = (key: string): string => base64Of(sha1(encodeUtf8(`${key}${GUID}`)));
