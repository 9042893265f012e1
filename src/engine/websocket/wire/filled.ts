// A text as so many bytes, for payloads of which a trace keeps the length alone.

import { encodeUtf8, isUtf8 } from './utf8';

const DOT = 0x2e;

/** The text, a space and as many dots as it takes; a text that is too long is cut between characters. */
export function filled(text: string, bytes: number): Uint8Array {
  const payload = new Uint8Array(bytes).fill(DOT);
  const written = encodeUtf8(text === '' ? '' : `${text} `).subarray(0, bytes);
  let end = written.length;
  while (!isUtf8(written.subarray(0, end))) end -= 1;
  payload.set(written.subarray(0, end));
  return payload;
}
